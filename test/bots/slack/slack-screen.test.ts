import { afterEach, beforeEach, expect, test } from "vitest";
import { answer, answered, approval, servers, step, table, view, waiting } from "./sample-views.ts";
import { openStage, type Stage, shower } from "./slack-stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage[Symbol.asyncDispose]());

const blockTypes = (message: { readonly blocks: readonly { readonly type: string }[] }) => message.blocks.map(({ type }) => type);

test("a plan streams while the run works, and one message with the plan stays", async () => {
  const place = await stage.ask();
  const { show } = shower(stage.platform, place);
  await show(view());
  const [streaming] = stage.replies(place);
  expect(streaming!.stream?.open).toBe(true);
  await show(view({ steps: [step("a", "done", "4/4"), step("b", "running")] }));
  expect(stage.slack.calls.map(({ method }) => method)).toContain("chat.appendStream");
  await show(answered());
  const [plan, reply] = stage.replies(place);
  expect(stage.replies(place)).toHaveLength(2);
  expect(plan!.ts).toBe(streaming!.ts);
  expect(plan!.stream?.open ?? false).toBe(false);
  expect(blockTypes(plan!)).toEqual(["plan"]);
  expect(blockTypes(reply!)).toEqual(["rich_text", "table", "context", "container", "context", "context_actions"]);
});

test("showing the same view again posts and changes nothing", async () => {
  const place = await stage.ask();
  const { show, last } = shower(stage.platform, place);
  await show(answered());
  const calls = stage.slack.calls.length;
  await show(answered());
  await shower(stage.platform, place, last()).show(answered());
  expect(stage.slack.calls.slice(calls)).toEqual([]);
});

test("the stream is stopped before the approval card is posted", async () => {
  const place = await stage.ask();
  const { show } = shower(stage.platform, place);
  await show(view());
  await show(waiting());
  const methods = stage.slack.calls.map(({ method }) => method);
  expect(methods.indexOf("chat.stopStream")).toBeLessThan(methods.indexOf("chat.postMessage"));
  const [, card] = stage.replies(place);
  expect(blockTypes(card!)).toContain("actions");
});

test("a decided card keeps its body, loses its buttons and says who, when and what", async () => {
  const place = await stage.ask();
  const { show } = shower(stage.platform, place);
  const { asker, approver } = stage.people;
  const askedBy = `${stage.slack.teamId}:${asker}`;
  await show(waiting({ approvals: [approval({ askedBy })] }));
  const before = stage.replies(place)[1]!;
  const by = `${stage.slack.teamId}:${approver}`;
  await show(
    view({
      approvals: [approval({ askedBy, status: "approved", canDecide: false, decisions: [{ by, at: "00:01 UTC", text: "Approved" }] })],
    }),
  );
  const after = stage.replies(place)[1]!;
  expect(after.ts).toBe(before.ts);
  const body = blockTypes(before).slice(0, -1);
  expect(blockTypes(after)).toEqual([...body, "rich_text"]);
  expect(JSON.stringify(after.blocks)).toContain(`grace (${approver})`);
  expect(JSON.stringify(after.blocks)).toContain("00:01 UTC");
  expect(JSON.stringify(after.blocks)).not.toContain('"type":"user"');
});

test("another process goes on where the stream of a dead one stands", async () => {
  const place = await stage.ask();
  const first = shower(stage.platform, place);
  await first.show(view());
  await shower(stage.platform, place, first.last()).show(answered());
  expect(stage.replies(place)).toHaveLength(2);
  expect(blockTypes(stage.replies(place)[0]!)).toEqual(["plan"]);
});

test("5,000 rows: what fits is shown, how many there are is said, and the CSV file has all of them", async () => {
  const place = await stage.ask();
  const rows = servers(5000);
  await shower(stage.platform, place).show(answered({ answer: answer({ table: table(rows) }) }));
  const [, reply] = stage.replies(place);
  expect(JSON.stringify(reply!.blocks)).toMatch(/Showing \d+ of 5,000 rows/);
  expect(stage.files(place)).toEqual(["answer-q_1.csv"]);
});

test("a chart is uploaded, and one that cannot be drawn is told", async () => {
  const place = await stage.ask();
  await shower(stage.platform, place).show(answered({ answer: answer({ chart: async () => new Uint8Array([137, 80, 78, 71]) }) }));
  expect(stage.files(place)).toEqual(["chart-q_1.png"]);
  const other = await stage.ask("again");
  await shower(stage.platform, other).show(answered({ answer: answer({ chart: () => Promise.reject(new Error("no canvas")) }) }));
  expect(JSON.stringify(stage.replies(other)[1]!.blocks)).toContain("could not be drawn");
});
