import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expectCounted, faulted, KINDS, OPERATIONS, type Operation, PLACES, patience, scopeAt } from "./fault-cases.ts";
import {
  ALARMS,
  CHECKOUT_ERRORS,
  expectedRows,
  HOT_SERVERS,
  MAIN,
  PAYMENTS,
  type Place,
  rowsOf,
  SERVERS,
  SLOWEST_REQUESTS,
} from "./fleet-questions.ts";
import { limitOf } from "./standing-clock.ts";
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

describe("a fault that stays takes away what it concerns, and nothing else", () => {
  const cases = OPERATIONS.flatMap((operation) =>
    Object.entries(KINDS).map(([kind, ending]) => ({ ...operation, kind, ...ending })),
  ).filter(
    // Six times a client's patience is long: one operation of each sort shows it.
    ({ name, kind }) => kind !== "timeout" || ["AssumeRole", "DescribeInstances", "GetMetricData", "GetQueryResults"].includes(name),
  );

  test.each(cases)("$name: $kind for ever", async ({ name, kind, question, unlisted, outcome, code }) => {
    await world.rules({ faults: [`aws:${name}:${kind}`] });
    const { document, exitStatus } = await world.ask(question.text, patience(kind));
    const calls = await world.calls();
    const asked = (place: Place) =>
      calls.some((call) => call.operation.endsWith(`.${name}`) && call.account === place.account && call.region === place.region);
    const isUnlisted = ({ account }: Place) =>
      unlisted === "everywhere" || (unlisted === "main" && account === MAIN) || (unlisted === "payments" && account === PAYMENTS);
    const isAnswered = (place: Place) => !isUnlisted(place) && !(unlisted === "nowhere" && asked(place));

    expect(document.receipt?.complete).toBe(false);
    expectCounted(document, calls);
    for (const place of PLACES) {
      const scope = scopeAt(document, place);
      if (isAnswered(place)) {
        expect(scope, place.region).toMatchObject({ ...place, listing: "complete", throttled: 0, denied: 0, failed: 0, truncated: 0 });
        continue;
      }
      expect(scope, place.region).toMatchObject({ account: place.account, listing: isUnlisted(place) ? "failed" : "complete" });
      expect(scope?.[outcome], place.region).toBeGreaterThan(0);
      expect(scope?.answered, place.region).toBe(0);
      expect(scope?.reasons.map((reason) => reason.code)).toContain(code);
    }
    // Six requests for each thing that was wanted, one where asking again cannot help.
    const wanted = new Set(calls.filter(({ fault }) => fault !== null).map(({ account, region }) => `${account} ${region}`)).size;
    if (kind === "expired") expect(document.usage.retries).toBe(0);
    else if (kind === "timeout") expect(document.usage.retries).toBeGreaterThanOrEqual(wanted * 5);
    else expect(document.usage.retries).toBe(faulted(calls) - faulted(calls) / 6);

    if (unlisted === "everywhere") {
      expect(document).toMatchObject({ status: "failed", answer: null, error: { code } });
      expect(document.error?.hint).toMatch(outcome === "denied" ? /credentials/i : /again|narrow/i);
      expect(exitStatus).toBe(1);
      return;
    }
    expect(document.status).toBe("answered");
    expect(exitStatus).toBe(3);
    expect(rowsOf(document, question.columns)).toEqual(expectedRows(question, await world.truth(document), isAnswered));
    if (name === "GetMetricData") expect(document.answer?.text).not.toContain("Nothing matched");
  });

  const told = ["DescribeInstances", "GetMetricData"].flatMap((name) => Object.keys(KINDS).map((kind) => ({ name, kind })));
  test.each(told)("$name: $kind: what happened is said in a sentence", async ({ name, kind }) => {
    await world.rules({ faults: [`aws:${name}:${kind}`] });
    const { document } = await world.ask("列出 CPU > 80% 的服务器", patience(kind));
    const reasons = new Set(
      document.receipt?.scopes
        .flatMap((scope) => scope.reasons)
        .flatMap(({ code, message }) => (code.startsWith("PROVIDER_") ? [message] : [])),
    );
    // The same everywhere, so that it is said once.
    expect([...reasons]).toHaveLength(1);
    const text = document.error?.message ?? document.answer?.warnings.join("\n") ?? "";
    const [reason = "?"] = reasons;
    expect(text).toContain(reason.replace(/[。.]$/, ""));
    expect(text).toMatch(/\p{Script=Han}/u);
    expect(text).not.toMatch(/SyntaxError|TypeError|@smithy|\[ERROR\]|node_modules|undefined|\.[jt]s:\d+/);
  });
});

describe("a fault that stays for a part of the places", () => {
  const cases = (["DescribeInstances", "GetMetricData", "DescribeLogGroups", "DescribeAlarms"] as const).flatMap((name) =>
    (["throttle", "500", "reset", "malformed"] as const).map((kind) => ({
      ...(OPERATIONS.find((operation) => operation.name === name) as Operation),
      kind,
      ...(KINDS[kind] as (typeof KINDS)[string]),
    })),
  );

  test.each(cases)("$name: $kind 66 times", async ({ name, kind, question, unlisted, outcome, code }) => {
    await world.rules({ faults: [`aws:${name}:${kind}:66`] });
    const { document, exitStatus } = await world.ask(question.text);
    const calls = await world.calls();
    // Where a call got through in the end, as the cloud saw it.
    const isAnswered = ({ account, region }: Place) =>
      calls.some(
        (call) => call.operation.endsWith(`.${name}`) && call.account === account && call.region === region && call.fault === null,
      );
    const lost = PLACES.filter((place) => !isAnswered(place));
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.length).toBeLessThan(PLACES.length);

    expect(document).toMatchObject({ status: "answered", receipt: { complete: false } });
    expect(exitStatus).toBe(3);
    for (const place of PLACES) {
      const scope = scopeAt(document, place);
      expect(scope?.listing, place.region).toBe(isAnswered(place) || unlisted === "nowhere" ? "complete" : "failed");
      expect((scope?.[outcome] ?? 0) > 0, place.region).toBe(!isAnswered(place));
      if (!isAnswered(place)) expect(scope?.reasons.map((reason) => reason.code)).toContain(code);
    }
    // A long list of regions is cut in the sentence; the receipt has them all.
    for (const { account } of lost) expect(document.answer?.warnings.join()).toContain(account);
    expect(rowsOf(document, question.columns)).toEqual(expectedRows(question, await world.truth(document), isAnswered));
    expectCounted(document, calls);
  });
});

describe("a region that refuses", () => {
  test.each([SERVERS, HOT_SERVERS, CHECKOUT_ERRORS, SLOWEST_REQUESTS, ALARMS])("$text", async (question) => {
    await world.rules({ deny: ["aws:eu-west-1"] });
    const { document, exitStatus } = await world.ask(question.text);
    const isAnswered = ({ region }: Place) => region !== "eu-west-1";
    expect(document).toMatchObject({ status: "answered", receipt: { complete: false }, usage: { retries: 0 } });
    expect(exitStatus).toBe(3);
    for (const place of PLACES) {
      const scope = scopeAt(document, place);
      if (isAnswered(place)) expect(scope).toMatchObject({ listing: "complete", throttled: 0, denied: 0, failed: 0 });
      else expect(scope).toMatchObject({ listing: "failed", queried: 1, denied: 1, reasons: [{ code: "PROVIDER_FORBIDDEN", count: 1 }] });
    }
    expect(document.answer?.warnings.join()).toContain("eu-west-1");
    expect(rowsOf(document, question.columns)).toEqual(expectedRows(question, await world.truth(document), isAnswered));
    expectCounted(document, await world.calls());
  });

  test("is told in the language of the question", async () => {
    await world.rules({ deny: ["aws:eu-west-1"] });
    const { document, exitStatus } = await world.ask("列出 CPU > 80% 的服务器");
    expect(exitStatus).toBe(3);
    expect(document.answer?.text).toMatch(/^不完整：.*eu-west-1/);
    expect(rowsOf(document, HOT_SERVERS.columns)).toEqual(
      expectedRows(HOT_SERVERS, await world.truth(document), ({ region }) => region !== "eu-west-1"),
    );
  });
});

test("1200 servers, throttling for a while and a region that refuses: right rows for all that can be read", async () => {
  await using large = await startWorld({ instances: 1_200, faults: ["aws:DescribeInstances:throttle:2"], deny: ["aws:eu-west-1"] });
  const { document, exitStatus } = await large.ask("which servers have CPU over 80% in the last 5 minutes");
  const isAnswered = ({ region }: Place) => region !== "eu-west-1";
  expect(exitStatus).toBe(3);
  expect(document).toMatchObject({ status: "answered", receipt: { complete: false }, usage: { retries: 2 } });
  const denied = document.receipt?.scopes.filter((scope) => scope.denied > 0).map(({ region }) => region);
  expect(denied).toEqual(["eu-west-1", "eu-west-1"]);
  const rows = rowsOf(document, HOT_SERVERS.columns);
  expect(rows).toEqual(expectedRows(HOT_SERVERS, await large.truth(document), isAnswered));
  expect(rows.length).toBeGreaterThan(50);
});

describe("a time limit", () => {
  test("gives what is there, and names what is not", async () => {
    await world.rules({ faults: ["aws:DescribeInstances:slow:2"] });
    const { document, exitStatus } = await world.ask(SERVERS.text, { run: { timeoutMs: limitOf(1_500) } });
    const calls = await world.calls();
    const slow = calls.filter(({ fault }) => fault === "slow");
    const isAnswered = ({ account, region }: Place) => !slow.some((call) => call.account === account && call.region === region);
    expect(slow).toHaveLength(2);
    expect(document).toMatchObject({ status: "answered", receipt: { complete: false } });
    expect(exitStatus).toBe(3);
    for (const place of PLACES) {
      if (isAnswered(place)) expect(scopeAt(document, place)).toMatchObject({ listing: "complete", failed: 0 });
      else expect(scopeAt(document, place)).toMatchObject({ listing: "failed", failed: 1, reasons: [{ code: "RUN_TIMEOUT" }] });
    }
    expect(rowsOf(document, SERVERS.columns)).toEqual(expectedRows(SERVERS, await world.truth(document), isAnswered));
  });
});
