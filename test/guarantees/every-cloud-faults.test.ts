import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import type { Truth } from "../../src/emulator/truth.ts";
import { Orchestrator, type RunDocument, type ScopeReceipt } from "../../src/index.ts";
import { type CloudCase, EVERY_CLOUD } from "./every-cloud.ts";
import { KINDS } from "./fault-cases.ts";
import { CLOCK, limitOf, NOW_MS } from "./standing-clock.ts";
import { type Watched, watch } from "./watched-run.ts";

const QUESTION = "which servers have CPU over 80%";
const INSTANCES = 30;

let emulator: Emulator;
let truth: Truth;

beforeAll(async () => {
  emulator = await startEmulator({ instances: INSTANCES, seed: 7, now: () => NOW_MS });
  const { document } = await ask();
  truth = await truthOf(emulator, document);
}, 60_000);
afterAll(() => emulator.close());

async function ask(options: { readonly requestTimeoutMs?: number } = {}, of: Emulator = emulator): Promise<Watched> {
  await using orchestrator = new Orchestrator({
    providers: EVERY_CLOUD.map(({ create }) => create(options, of)),
    timezone: "UTC",
    runtime: { clock: CLOCK, random: () => 0 },
    limits: { timeoutMs: limitOf(60_000) },
  });
  return await watch(orchestrator.stream(QUESTION));
}

async function rules(faults: readonly string[], deny: readonly string[] = []): Promise<void> {
  for (const [path, body] of [
    ["reset", {}],
    ["faults", { faults, deny }],
  ] as const) {
    const reply = await fetch(`${emulator.url}/_emulator/${path}`, { method: "POST", body: JSON.stringify(body) });
    expect(reply.status, await reply.text()).toBe(200);
  }
}

function truthOf({ truth: read }: Emulator, { window }: RunDocument): Promise<Truth> {
  return window === null ? Promise.reject(new Error("no window")) : read(window.from, window.to);
}

const placeOf = ({ provider, region }: { provider: string; region: string }) => `${provider} ${region}`;

/** `provider region id` of the servers over the threshold, in the places that count. */
function hotServers({ resources }: Truth, counts: (place: { provider: string; region: string }) => boolean): string[] {
  return resources
    .filter((each) => each.kind === "virtual-machine" && counts(each) && (each.metrics["cpu.utilization"]?.avg ?? 0) > 80)
    .map((each) => `${placeOf(each)} ${each.id}`)
    .sort();
}

function shownServers({ answer }: RunDocument): string[] {
  return answer?.table?.rows.map(([provider, , region, id]) => `${provider} ${region} ${id}`).sort() ?? [];
}

function scopesOf({ receipt }: RunDocument, of: (scope: ScopeReceipt) => boolean): readonly ScopeReceipt[] {
  return receipt?.scopes.filter(of) ?? [];
}

/** Everything of the other clouds is there, and nothing of them is blamed. */
function expectOthersUntouched(document: RunDocument, cloud: CloudCase): void {
  for (const scope of scopesOf(document, ({ provider }) => provider !== cloud.id))
    expect(scope, placeOf(scope)).toMatchObject({ listing: "complete", throttled: 0, denied: 0, failed: 0, truncated: 0 });
  const others = shownServers(document).filter((server) => !server.startsWith(`${cloud.id} `));
  expect(others).toEqual(hotServers(truth, ({ provider }) => provider !== cloud.id));
  const asked = new Set(scopesOf(document, () => true).map(({ provider }) => provider));
  expect([...asked].sort()).toEqual(EVERY_CLOUD.map(({ id }) => id).sort());
}

describe.each(EVERY_CLOUD)("$id", (cloud) => {
  test.each(["throttle", "500", "reset", "malformed", "slow"])(
    "that goes wrong for a while (%s) is answered whole all the same",
    async (kind) => {
      const times = kind === "slow" ? 1 : 2;
      await rules([`${cloud.id}:${cloud.list}:${kind}:${times}`, `${cloud.id}:${cloud.metrics}:${kind}:${times}`]);
      const { document, exitStatus } = await ask();
      expect(document.receipt?.complete).toBe(true);
      expect(exitStatus).toBe(0);
      if (kind !== "slow") expect(document.usage.retries).toBeGreaterThanOrEqual(times);
      expect(shownServers(document)).toEqual(hotServers(truth, () => true));
      expectOthersUntouched(document, cloud);
    },
  );

  test.each(Object.keys(KINDS))("whose list stays wrong (%s) is named, and the others answer", async (kind) => {
    await rules([`${cloud.id}:${cloud.list}:${kind}`]);
    const { document, exitStatus } = await ask(kind === "timeout" ? { requestTimeoutMs: 300 } : {});
    const { outcome, code } = KINDS[kind]!;
    expect(document.receipt?.complete).toBe(false);
    expect(exitStatus).toBe(3);
    const scopes = scopesOf(document, ({ provider }) => provider === cloud.id);
    expect(scopes.length).toBeGreaterThan(0);
    for (const scope of scopes) {
      expect(scope, placeOf(scope)).toMatchObject({ listing: "failed", listed: 0, answered: 0, [outcome]: 1 });
      expect(scope.reasons.map((reason) => reason.code)).toEqual([code]);
    }
    expectOthersUntouched(document, cloud);
  });

  test.each(Object.keys(KINDS))("whose metrics stay wrong (%s) is listed, named, and the others answer", async (kind) => {
    await rules([`${cloud.id}:${cloud.metrics}:${kind}`]);
    const { document, exitStatus } = await ask(kind === "timeout" ? { requestTimeoutMs: 300 } : {});
    const { outcome, code } = KINDS[kind]!;
    expect(document.receipt?.complete).toBe(false);
    expect(exitStatus).toBe(3);
    const scopes = scopesOf(document, ({ provider }) => provider === cloud.id);
    expect(scopes.reduce((sum, { listed }) => sum + listed, 0)).toBe(INSTANCES);
    expect(scopes.reduce((sum, scope) => sum + scope[outcome], 0)).toBe(INSTANCES - scopes.reduce((sum, { noData }) => sum + noData, 0));
    for (const scope of scopes) {
      expect(scope).toMatchObject({ listing: "complete", answered: 0 });
      if (scope[outcome] > 0) expect(scope.reasons.map((reason) => reason.code)).toContain(code);
    }
    expectOthersUntouched(document, cloud);
  });

  test("that denies a region names it, and answers for its other regions", async () => {
    await rules([], [`${cloud.id}:${cloud.region}`]);
    const { document, exitStatus } = await ask();
    expect(document.receipt?.complete).toBe(false);
    expect(exitStatus).toBe(3);
    for (const scope of scopesOf(document, ({ provider }) => provider === cloud.id)) {
      if (scope.region !== cloud.region) {
        expect(scope, scope.region).toMatchObject({ listing: "complete", throttled: 0, denied: 0, failed: 0 });
        continue;
      }
      expect(scope).toMatchObject({ listing: cloud.denied.listing, answered: 0 });
      if (scope.listed > 0 || scope.listing === "failed") expect(scope[cloud.denied.outcome]).toBeGreaterThan(0);
    }
    const refused = scopesOf(document, (scope) => placeOf(scope) === `${cloud.id} ${cloud.region}`);
    expect(refused.reduce((sum, scope) => sum + scope[cloud.denied.outcome], 0)).toBeGreaterThan(0);
    expect(shownServers(document)).toEqual(hotServers(truth, (place) => placeOf(place) !== `${cloud.id} ${cloud.region}`));
    expectOthersUntouched(document, cloud);
  });

  test.each(["was refused", "repeats"])(
    "that loses a page (its token %s) keeps what came before, and names what is not whole",
    async (sort) => {
      await using large = await startEmulator({ providers: [cloud.id], instances: cloud.paged, seed: 7, now: () => NOW_MS });
      await using orchestrator = new Orchestrator({
        providers: [cloud.create({}, large)],
        timezone: "UTC",
        runtime: { clock: CLOCK, random: () => 0 },
      });
      const faults = [`${cloud.id}:${cloud.list}:lost-page`];
      const reply = await fetch(`${large.url}/_emulator/faults`, { method: "POST", body: JSON.stringify({ faults }) });
      expect(reply.status).toBe(200);
      // The emulator refuses a token first, and hands it out again the next time.
      if (sort === "repeats") await watch(orchestrator.stream("list all servers"));
      const { document, exitStatus } = await watch(orchestrator.stream("list all servers"));
      expect(exitStatus).toBe(3);
      expect(document).toMatchObject({ status: "answered", receipt: { complete: false } });
      const cut = scopesOf(document, ({ listing }) => listing !== "complete");
      expect(new Set(cut.flatMap(({ reasons }) => reasons.map(({ code }) => code)))).toEqual(new Set(["PROVIDER_PAGE_LOST"]));
      expect(cut.flatMap(({ reasons }) => reasons.map(({ message }) => message)).join()).toContain(sort);

      const { resources } = await large.truth(new Date(NOW_MS - 60_000).toISOString(), new Date(NOW_MS).toISOString());
      const all = resources.filter(({ kind }) => kind === "virtual-machine").map(({ id }) => id);
      const rows = document.answer?.table?.rows.map((row) => String(row[3])) ?? [];
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.length).toBeLessThanOrEqual(all.length);
      expect(new Set(rows).size).toBe(rows.length);
      expect(rows.filter((id) => !all.includes(id))).toEqual([]);
      // Whole places are whole.
      for (const { account, region, listed } of scopesOf(document, ({ listing }) => listing === "complete"))
        expect(listed, region).toBe(
          resources.filter((each) => each.kind === "virtual-machine" && each.account === account && each.region === region).length,
        );
    },
  );
});
