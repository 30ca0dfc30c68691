import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectedRows, type FleetQuestion, rowsOf, SERVERS } from "./fleet-questions.ts";
import { startWorld, type World } from "./world.ts";

// Large enough that one account has more than a page of servers in its largest region.
const INSTANCES = 5_000;

const REQUESTS: FleetQuestion = {
  text: "slowest 5000 requests of checkout in the last hour",
  columns: ["account", "region", "id"],
  expected: (truth, isAnswered) =>
    truth.traces
      .filter(isAnswered)
      .filter(({ service }) => service === "checkout")
      .map(({ account, region, id }) => [account, region, id]),
};

const ALL_ALARMS: FleetQuestion = {
  text: "list all alarms",
  columns: ["account", "region", "name"],
  expected: (truth, isAnswered) => truth.alarms.filter(isAnswered).map(({ account, region, name }) => [account, region, name]),
};

const CASES = [
  { name: "DescribeInstances", question: SERVERS },
  { name: "DescribeAlarms", question: ALL_ALARMS },
  { name: "GetTraceSummaries", question: REQUESTS },
] as const;

let world: World;
beforeAll(async () => {
  world = await startWorld({ instances: INSTANCES });
}, 60_000);
afterAll(() => world[Symbol.asyncDispose]());

describe.each(["was refused", "repeats"] as const)("a page token that %s", (sort) => {
  test.each(CASES)("$name: what came before it is the answer, and the rest is named", async ({ name, question }) => {
    await world.rules({ faults: [`aws:${name}:lost-page`] });
    // The emulator refuses a token first, and hands it out again the next time.
    if (sort === "repeats") await world.ask(question.text);
    const before = (await world.calls()).length;
    const { document, exitStatus } = await world.ask(question.text);
    const calls = (await world.calls()).slice(before);
    const lost = calls.filter(({ fault }) => fault !== null);
    expect(lost.length).toBeGreaterThan(0);
    const isLost = (place: { account: string; region: string }) =>
      lost.some((call) => call.account === place.account && call.region === place.region);

    expect(document).toMatchObject({ status: "answered", receipt: { complete: false } });
    expect(exitStatus).toBe(3);
    for (const scope of document.receipt?.scopes ?? []) {
      if (isLost(scope)) {
        expect(scope).toMatchObject({ listing: "partial" });
        expect(scope.reasons.map(({ code }) => code)).toEqual(["PROVIDER_PAGE_LOST"]);
        expect(scope.listed).toBeGreaterThan(0);
      } else expect(scope).toMatchObject({ listing: "complete", throttled: 0, denied: 0, failed: 0 });
    }

    const reasons = document.receipt?.scopes.flatMap((scope) => scope.reasons.map(({ message }) => message)).join(" ");
    expect(reasons).toContain(sort);

    const truth = await world.truth(document);
    const rows = rowsOf(document, question.columns);
    const shown = new Set(rows);
    const all = new Set(expectedRows(question, truth, () => true));
    const whole = expectedRows(question, truth, (place) => !isLost(place));
    expect(shown.size).toBe(rows.length);
    expect(rows.filter((row) => !all.has(row))).toEqual([]);
    expect(whole.filter((row) => !shown.has(row))).toEqual([]);
    expect(rows.length).toBeGreaterThan(whole.length);
    // A token that repeats may come with the last page; nobody can tell.
    expect(rows.length).toBeLessThanOrEqual(all.size - (sort === "repeats" ? 0 : 1));
  });
});
