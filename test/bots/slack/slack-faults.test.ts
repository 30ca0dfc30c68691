import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PlatformError } from "../../../bots/shared/chat-platform.ts";
import type { Place } from "../../../bots/shared/incoming.ts";
import type { RunView } from "../../../bots/shared/run-view.ts";
import { answer, answered, approval, servers, step, table, view, waiting } from "./sample-views.ts";
import { openStage, type Stage, shower } from "./slack-stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage[Symbol.asyncDispose]());

const MAX_TRIES = 10;

/** As the engine does, without its waiting. */
async function persistently(show: (view: RunView) => Promise<void>, wanted: RunView): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await show(wanted);
    } catch (error) {
      if (!(error instanceof PlatformError) || !error.retryable || tries === MAX_TRIES) throw error;
    }
  }
}

const code = "x".repeat(9000);
const long = approval({ code, codeLines: 300 });
const VIEWS: readonly RunView[] = [
  view(),
  view({ steps: [step("a", "done", "4/4"), step("b", "running")] }),
  waiting({ approvals: [long] }),
  view({ approvals: [{ ...long, status: "approved", canDecide: false, decisions: [{ by: "T:U", at: "00:01", text: "Approved" }] }] }),
  answered({
    approvals: [{ ...long, status: "approved", canDecide: false, decisions: [{ by: "T:U", at: "00:01", text: "Approved" }] }],
    answer: answer({ table: table(servers(300)), chart: async () => new Uint8Array([1]) }),
  }),
];

/** Plan, program, card, answer, CSV, chart: each once, in this order. */
function expectWholeThread(place: Place): void {
  const replies = stage.replies(place);
  const kinds = replies.map((reply) => {
    const text = JSON.stringify(reply.blocks);
    if (reply.files.length > 0) return stage.slack.workspace.files.get(reply.files[0]!)!.name;
    if (text.includes("Approved")) return "card";
    return text.includes("2 servers") ? "answer" : "plan";
  });
  expect(kinds).toEqual(["plan", "approval-apr_1.txt", "card", "answer", "answer-q_1.csv", "chart-q_1.png"]);
  expect(replies.some(({ stream }) => stream?.open)).toBe(false);
  expect(JSON.stringify(replies[0]!.blocks)).toContain("Answered in 2.1 s");
  expect(JSON.stringify(replies.map(({ blocks }) => blocks))).not.toContain("nephoscope_stop");
}

const METHODS = [
  "chat.startStream",
  "chat.appendStream",
  "chat.stopStream",
  "chat.postMessage",
  "chat.update",
  "files.getUploadURLExternal",
  "upload",
  "files.completeUploadExternal",
  "users.info",
];

describe.each(METHODS)("%s", (method) => {
  test.each(["429", "500", "reset-before", "reset-after"] as const)(
    "answers %s, once and twice: the thread ends as it should, nothing twice",
    async (kind) => {
      for (const skip of [0, 1, 2]) {
        const place = await stage.ask();
        stage.slack.faults.add({ method, kind, skip, times: 2 });
        const { show } = shower(stage.platform, place);
        for (const wanted of VIEWS) await persistently(show, wanted);
        expectWholeThread(place);
        stage.slack.faults.clear();
      }
    },
  );
});

test("a process that dies after any of its calls leaves a thread that the next one brings to its end, nothing twice", async () => {
  const place = await stage.ask();
  const whole = shower(stage.platform, place);
  const before = stage.slack.calls.length;
  for (const wanted of VIEWS) await whole.show(wanted);
  const calls = stage.slack.calls.length - before;
  for (let dies = 1; dies < calls; dies += 1) {
    const other = await stage.ask();
    // From then on nothing gets through: to the bot it is as if it had died there.
    stage.slack.faults.add({ kind: "reset-after", skip: dies - 1, times: 1 });
    stage.slack.faults.add({ kind: "reset-before", skip: dies - 1 });
    const first = shower(stage.platform, other);
    for (const wanted of VIEWS) await first.show(wanted).catch(() => {});
    stage.slack.faults.clear();
    const second = shower(stage.platform, other, first.last());
    await second.show(VIEWS.at(-1)!);
    expectWholeThread(other);
  }
});

test("a stream that Slack has ended goes on as a message", async () => {
  const place = await stage.ask();
  const { show } = shower(stage.platform, place);
  await show(view());
  stage.replies(place)[0]!.stream!.open = false;
  await show(view({ steps: [step("a", "done"), step("b", "running")] }));
  expect(stage.replies(place)).toHaveLength(1);
  expect(JSON.stringify(stage.replies(place)[0]!.blocks)).toContain('"type":"plan"');
});

test("a rate limit says when to try again", async () => {
  const place = await stage.ask();
  stage.slack.faults.add({ method: "chat.postMessage", kind: "429", retryAfterSeconds: 7 });
  await expect(shower(stage.platform, place).show(answered())).rejects.toMatchObject({ retryable: true, retryAfterMs: 7000 });
});

test("what Slack refuses for good is not tried again", async () => {
  const place = await stage.ask();
  const elsewhere = { ...place, reference: { ...place.reference, channel: "CNOWHERE" } };
  await expect(shower(stage.platform, elsewhere).show(answered())).rejects.toMatchObject({ retryable: false, reason: "channel_not_found" });
});

test("messages that somebody deleted do not keep the answer from coming", async () => {
  const place = await stage.ask();
  const { show } = shower(stage.platform, place);
  await show(view());
  stage.slack.workspace.message(stage.channel, stage.replies(place)[0]!.ts)!.deleted = true;
  await show(answered());
  expect(stage.replies(place).filter(({ deleted }) => !deleted)).toHaveLength(2);
});

test("a sentence whose reply was lost is not said twice", async () => {
  const place = await stage.ask();
  stage.slack.faults.add({ method: "chat.postMessage", kind: "reset-after", times: 1 });
  await expect(stage.platform.tell(place, "You are not allowed to ask here.")).rejects.toMatchObject({ retryable: true });
  await stage.platform.tell(place, "You are not allowed to ask here.");
  await stage.platform.tell(place, "You are not allowed to ask here.");
  expect(stage.replies(place)).toHaveLength(2);
});
