import { afterEach, beforeEach, expect, test } from "vitest";
import { ACTIONS, REVISE_INPUT, reviseAction } from "../../../bots/slack/slack-actions.ts";
import { answered, view, waiting } from "./sample-views.ts";
import { openStage, type Stage, shower } from "./slack-stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage[Symbol.asyncDispose]());

test("Approve and Reject come in as decisions of the person who clicked, in the thread of the question", async () => {
  const { slack, people, received } = stage;
  const place = await stage.ask();
  await shower(stage.platform, place).show(waiting());
  const card = stage.replies(place).at(-1)!;
  await slack.click(people.approver, stage.channel, card.ts, ACTIONS.approve);
  await slack.click(people.asker, stage.channel, card.ts, ACTIONS.reject);
  await slack.until(() => slack.ephemerals(people.asker).length === 1);
  expect(received.decisions.map(({ person, approvalId, decision }) => [person.id, approvalId, decision])).toEqual([
    [`${slack.teamId}:${people.approver}`, "apr_1", "approve"],
    [`${slack.teamId}:${people.asker}`, "apr_1", "reject"],
  ]);
  expect(received.decisions[0]!.place.threadKey).toBe(place.threadKey);
  expect(new Set(received.decisions.map(({ deliveryId }) => deliveryId)).size).toBe(2);
  expect(slack.ephemerals(people.approver).map(({ text }) => text)).toEqual(["Done."]);
});

test("a click that is delivered twice is one delivery", async () => {
  const { slack, people, received } = stage;
  const place = await stage.ask();
  await shower(stage.platform, place).show(waiting());
  const click = await slack.click(people.approver, stage.channel, stage.replies(place).at(-1)!.ts, ACTIONS.approve);
  await slack.redeliver(click.id);
  await slack.until(() => slack.ephemerals(people.approver).length === 2);
  expect(received.decisions).toHaveLength(2);
  expect(new Set(received.decisions.map(({ deliveryId }) => deliveryId)).size).toBe(1);
});

test("Ask for changes opens a form in the language of the question, and its text comes in as the comment", async () => {
  const { slack, people, received } = stage;
  const place = await stage.ask();
  await shower(stage.platform, place).show(waiting({ language: "zh" }));
  await slack.click(people.approver, stage.channel, stage.replies(place).at(-1)!.ts, reviseAction("zh"));
  await slack.until(() => slack.views(people.approver).length === 1);
  const [opened] = slack.views(people.approver);
  expect(JSON.stringify(opened)).toContain("需要修改什么？");
  const [block] = (opened as unknown as { view: { blocks: { block_id: string }[] } }).view.blocks;
  await slack.submit(people.approver, opened!.id, { [block!.block_id]: { [REVISE_INPUT]: "only eu-west-1" } });
  await slack.until(() => slack.ephemerals(people.approver).length === 1);
  expect(received.decisions).toMatchObject([
    { approvalId: "apr_1", decision: "revise", comment: "only eu-west-1", person: { id: `${slack.teamId}:${people.approver}` } },
  ]);
  expect(received.decisions[0]!.place.threadKey).toBe(place.threadKey);
  expect(slack.views(people.approver)).toEqual([]);
});

test("Stop names the question, also from a message that streams; it goes when the run has ended", async () => {
  const { slack, people, received } = stage;
  const place = await stage.ask();
  const { show } = shower(stage.platform, place);
  await show(view());
  await slack.click(people.asker, stage.channel, stage.replies(place)[0]!.ts, ACTIONS.stop);
  await slack.until(() => slack.ephemerals(people.asker).length === 1);
  expect(received.stops).toMatchObject([{ questionId: "q_1" }]);
  await show(answered());
  await expect(slack.click(people.asker, stage.channel, stage.replies(place)[0]!.ts, ACTIONS.stop)).rejects.toThrow(RangeError);
});

test.each([true, false])("feedback comes in with its verdict: %s", async (good) => {
  const { slack, people, received } = stage;
  const place = await stage.ask();
  await shower(stage.platform, place).show(answered());
  await slack.click(people.asker, stage.channel, stage.replies(place)[1]!.ts, ACTIONS.feedback, { value: `${good ? "good" : "bad"}:q_1` });
  await slack.until(() => slack.ephemerals(people.asker).length === 1);
  expect(received.feedback).toMatchObject([{ questionId: "q_1", good }]);
});

test("a form that cannot be opened is told to whoever clicked", async () => {
  const { slack, people } = stage;
  const place = await stage.ask();
  await shower(stage.platform, place).show(waiting());
  slack.faults.add({ method: "views.open", kind: "500" });
  await slack.click(people.approver, stage.channel, stage.replies(place).at(-1)!.ts, reviseAction("en"));
  await slack.until(() => slack.ephemerals(people.approver).length === 1);
  expect(slack.ephemerals(people.approver)[0]!.text).toContain("Click again");
});
