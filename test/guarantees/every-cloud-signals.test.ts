import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulator, startEmulator, type Truth } from "../../src/emulator/index.ts";
import { Orchestrator, type Provider, type RunDocument } from "../../src/index.ts";
import { EVERY_CLOUD } from "./every-cloud.ts";
import { CLOCK, limitOf, NOW_MS } from "./standing-clock.ts";

let emulator: Emulator;
let orchestrator: Orchestrator;
let providers: readonly Provider[];

beforeAll(async () => {
  emulator = await startEmulator({ instances: 60, seed: 7, now: () => NOW_MS });
  providers = EVERY_CLOUD.map(({ create }) => create({}, emulator));
  orchestrator = new Orchestrator({
    providers,
    timezone: "UTC",
    runtime: { clock: CLOCK, random: () => 0 },
    limits: { timeoutMs: limitOf(60_000) },
  });
}, 60_000);
afterAll(async () => {
  await orchestrator.close();
  await emulator.close();
});

async function ask(question: string): Promise<{ readonly document: RunDocument; readonly truth: Truth }> {
  const document = await orchestrator.ask(question);
  expect(document.error).toBeNull();
  const { from, to } = document.window ?? { from: new Date(NOW_MS - 60_000).toISOString(), to: new Date(NOW_MS).toISOString() };
  return { document, truth: await emulator.truth(from, to) };
}

/** Some columns of the rows, as texts that can be compared. */
function rowsOf({ answer }: RunDocument, ...columns: readonly string[]): string[] {
  const table = answer?.table;
  const positions = columns.map((name) => table?.columns.findIndex((column) => column.name === name) ?? -1);
  return table?.rows.map((row) => positions.map((position) => row[position]).join(" ")) ?? [];
}

const CLOUDS = EVERY_CLOUD.map(({ id }) => id).sort();
const clouds = (rows: readonly { readonly provider: string }[]) => [...new Set(rows.map(({ provider }) => provider))].sort();

describe("of all five clouds, against the ground truth", () => {
  test("error logs of a service are all there", async () => {
    const { document, truth } = await ask("the latest 5000 error logs of checkout in the last 15 minutes");
    const errors = truth.logs.filter(
      ({ service, severity }) => service === "checkout" && (severity === "error" || severity === "critical"),
    );
    expect(clouds(errors)).toEqual(CLOUDS);
    const expected = errors.map(
      (line) => `${line.provider} ${line.account} ${line.region} ${new Date(line.timestampMs).toISOString()} ${line.message}`,
    );
    expect(rowsOf(document, "provider", "account", "region", "time", "message").sort()).toEqual(expected.sort());
    expect(document.receipt?.complete).toBe(true);
  });

  test("logs are counted by cloud", async () => {
    const { document, truth } = await ask("which clouds had error logs for checkout in the last hour");
    const counts = CLOUDS.map((cloud) => {
      const lines = truth.logs.filter(
        ({ provider, service, severity }) => provider === cloud && service === "checkout" && severity === "error",
      );
      return `${cloud} ${lines.length}`;
    });
    expect(rowsOf(document, "provider", "count").sort()).toEqual(counts.sort());
    expect(document.receipt?.complete).toBe(true);
  });

  test("the slowest requests are those of the clouds that have traces, and the one that has none is named", async () => {
    const { document, truth } = await ask("slowest 25 requests in the last 10 minutes");
    const slowest = truth.traces.toSorted((left, right) => right.durationMs - left.durationMs).slice(0, 25);
    expect(rowsOf(document, "provider", "id", "duration")).toEqual(
      slowest.map(({ provider, id, durationMs }) => `${provider} ${id} ${durationMs}`),
    );
    const traced = providers.filter((provider) => provider.traces !== undefined).map(({ id }) => id);
    expect(clouds(truth.traces)).toEqual(traced.toSorted());
    for (const { id, name } of providers.filter((provider) => !traced.includes(provider.id))) {
      expect(document.receipt?.notes).toContain(`${name.en} cannot read traces here; it was left out.`);
      expect(new Set(document.receipt?.scopes.map(({ provider }) => provider))).not.toContain(id);
    }
    expect(traced.length).toBeLessThan(providers.length);
  });

  test("what is alarming is told with its place", async () => {
    const { document, truth } = await ask("what is alarming anywhere");
    const ringing = truth.alarms.filter(({ state }) => state === "alarm");
    expect(clouds(ringing).length).toBeGreaterThanOrEqual(4);
    const expected = ringing.map(({ provider, account, region, name }) => `${provider} ${account} ${region} ${name}`);
    expect(rowsOf(document, "provider", "account", "region", "name").sort()).toEqual(expected.sort());
    expect(document.receipt?.complete).toBe(true);
  });

  test("databases are listed where a cloud has them, with the state it gives them", async () => {
    const { document, truth } = await ask("list all databases");
    const databases = truth.resources.filter(({ kind }) => kind === "database");
    expect(rowsOf(document, "provider", "account", "region", "id", "name").sort()).toEqual(
      databases.map(({ provider, account, region, id, name }) => `${provider} ${account} ${region} ${id} ${name}`).sort(),
    );
    expect(clouds(databases)).toEqual(providers.flatMap(({ id, resources }) => (resources.database === undefined ? [] : [id])).sort());
  });

  test("averages are by cloud", async () => {
    const { document, truth } = await ask("compare average CPU of prod by cloud");
    const averages = CLOUDS.map((cloud) => {
      const values = truth.resources.flatMap(({ provider, kind, tags, metrics }) =>
        provider === cloud && kind === "virtual-machine" && tags.env === "prod" ? (metrics["cpu.utilization"]?.avg ?? []) : [],
      );
      return `${cloud} ${(values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(6)}`;
    });
    const rows = document.answer?.table?.rows.map(([cloud, average]) => `${cloud} ${Number(average).toFixed(6)}`) ?? [];
    expect(rows.sort()).toEqual(averages.sort());
  });
});
