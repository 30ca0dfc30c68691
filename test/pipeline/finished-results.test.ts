import { expect, test } from "vitest";
import type { Plan, ReceiptEntry, StoredResult } from "../../src/contracts/index.ts";
import { finishedResults } from "../../src/pipeline/finished-results.ts";

const scope = { provider: "aws", account: "1", region: "eu-west-1", service: "compute" };
const reason = { code: "PROVIDER_UNAVAILABLE", text: { en: "down", zh: "不可用" } };
const COMPLETE: ReceiptEntry = { type: "listing", scope, state: "complete" };
const FAILED: ReceiptEntry = { type: "listing", scope, state: "failed", outcome: "failed", reason };
const THROTTLED: ReceiptEntry = { type: "outcome", scope, keys: ["a"], outcome: "throttled", reason };
const STOPPED: ReceiptEntry = { type: "outcome", scope, keys: ["a"], outcome: "noData", reason };

const step = (id: string, ...dependsOn: string[]) => ({ id, tool: "x", input: {}, dependsOn });
const plan: Plan = {
  version: 1,
  question: "?",
  language: "en",
  timezone: "UTC",
  emulated: false,
  steps: [step("list"), step("keep", "list"), step("metrics", "keep"), step("other")],
};
const result = (stepId: string, ...receipt: ReceiptEntry[]): StoredResult => ({
  runId: "r",
  stepId,
  table: { columns: [], rows: [] },
  receipt,
});
const ids = (...stored: StoredResult[]) => finishedResults(plan, stored).map(({ stepId }) => stepId);

test("whole results are gone on with, also where resources have no data", () => {
  expect(ids(result("list", COMPLETE), result("metrics", STOPPED), result("other", COMPLETE))).toEqual(["list", "metrics", "other"]);
});

test("a step that a cloud cut or refused runs again, with all that depend on it, over steps that are not stored", () => {
  expect(ids(result("list", FAILED), result("metrics", STOPPED), result("other", COMPLETE))).toEqual(["other"]);
  expect(ids(result("list", COMPLETE), result("metrics", THROTTLED))).toEqual(["list"]);
});

test("a result whose source is not there is not used", () => {
  expect(ids(result("metrics", STOPPED))).toEqual([]);
});
