import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expectCounted, faulted, OPERATIONS, PASSING_KINDS, patience } from "./fault-cases.ts";
import { expectedRows, HOT_SERVERS, rowsOf, SERVERS } from "./fleet-questions.ts";
import { startWorld, type World } from "./world.ts";

let world: World;
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

beforeAll(async () => {
  world = await startWorld();
  process.on("unhandledRejection", note);
});
afterEach(() => {
  expect(unhandled.splice(0)).toEqual([]);
});
afterAll(async () => {
  process.off("unhandledRejection", note);
  await world[Symbol.asyncDispose]();
});

describe("a fault that passes changes nothing but the retries", () => {
  const cases = OPERATIONS.flatMap(({ name, question }) => PASSING_KINDS.map((kind) => ({ name, kind, question })));

  test.each(cases)("$name: $kind twice", async ({ name, kind, question }) => {
    await world.rules({ faults: [`aws:${name}:${kind}:2`] });
    const { document, exitStatus } = await world.ask(question.text, patience(kind));
    const calls = await world.calls();
    expect(document).toMatchObject({ status: "answered", error: null, receipt: { complete: true }, answer: { warnings: [] } });
    expect(exitStatus).toBe(0);
    expect(rowsOf(document, question.columns)).toEqual(expectedRows(question, await world.truth(document), () => true));
    expect(faulted(calls)).toBe(2);
    if (kind === "timeout") expect(document.usage.retries).toBeGreaterThanOrEqual(2);
    else expect(document.usage.retries).toBe(2);
    expectCounted(document, calls);
  });

  test.each(["throttle", "500", "reset", "malformed"])("any operation: %s four times", async (kind) => {
    await world.rules({ faults: [`aws:*:${kind}:4`] });
    const { document, exitStatus } = await world.ask(HOT_SERVERS.text);
    expect(exitStatus).toBe(0);
    expect(document).toMatchObject({ receipt: { complete: true }, usage: { retries: 4 } });
    expect(rowsOf(document, HOT_SERVERS.columns)).toEqual(expectedRows(HOT_SERVERS, await world.truth(document), () => true));
    expectCounted(document, await world.calls());
  });

  test("a reply that comes late is waited for", async () => {
    await world.rules({ faults: ["aws:DescribeInstances:slow:1"] });
    const { document, exitStatus } = await world.ask(SERVERS.text);
    expect(exitStatus).toBe(0);
    expect(document.usage.retries).toBe(0);
    expect(rowsOf(document, SERVERS.columns)).toEqual(expectedRows(SERVERS, await world.truth(document), () => true));
  });
});
