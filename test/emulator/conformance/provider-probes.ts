import type { MetricName, Provider, ProviderContext, Resource, ResourceKind, Scope } from "../../../src/contracts/index.ts";
import type { Truth } from "../../../src/emulator/index.ts";
import { OrchestratorError } from "../../../src/errors/index.ts";
import { nodeRuntime } from "../../../src/runtime/index.ts";
import { ACCOUNT, NOON_MS } from "../aws-world.ts";

const REGION = "us-east-1";
const MINUTE_MS = 60_000;
const MOST_CALLS = 60;
const scopeOf = (service: string): Scope => ({ provider: "aws", account: ACCOUNT, region: REGION, service });
export const PROBE_WINDOW = { fromMs: NOON_MS - 40 * MINUTE_MS, toMs: NOON_MS - 10 * MINUTE_MS };
/** Long enough for a second page of traces. */
const HOURS = { fromMs: NOON_MS - 300 * MINUTE_MS, toMs: NOON_MS - 10 * MINUTE_MS };

/** Something that the provider is asked, and what the ground truth says to it. */
export interface Probe {
  readonly name: string;
  /** Which of the two emulators; `large` is for second pages. */
  readonly world: "small" | "large";
  /** Faults to set while it is recorded. */
  readonly faults?: readonly string[];
  ask(provider: Provider): Promise<unknown>;
  /** Throws if the answer is not true. */
  verify?(answer: unknown, truth: Truth): void;
}

/** Lets a bounded number of calls through: a mutation may send a client round in circles. */
function probeContext(): ProviderContext {
  let calls = 0;
  const { signal } = new AbortController();
  return {
    signal,
    runtime: nodeRuntime({ clock: { now: () => NOON_MS, sleep: async () => {} } }),
    call: async (_operation, _scope, send) => {
      if (++calls > MOST_CALLS) throw new Error("too many calls");
      return send(signal);
    },
    shared: (_key, start) => start(),
    note: () => {},
  };
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function list(provider: Provider, kind: ResourceKind, tagged = true): Promise<Resource[]> {
  // The condition on a tag makes the provider read tags where they cost calls of their own.
  const where = tagged ? { tags: [{ key: "team", operator: "exists" as const }] } : {};
  const lister = provider.resources[kind];
  if (lister === undefined) throw new TypeError(`no ${kind}`);
  return (await collect(lister(scopeOf(kind), kind === "function" ? where : {}, probeContext()))).flat();
}

function listing(kind: ResourceKind, world: Probe["world"] = "small"): Probe {
  return {
    name: `${kind}s${world === "large" ? ", second page" : ""}`,
    world,
    ask: (provider) => list(provider, kind, world === "small"),
    verify: (answer, truth) => {
      const tagged = world === "small" || kind !== "function";
      const row = ({ id, name, state, tags }: Pick<Resource, "id" | "name" | "state" | "tags">) =>
        JSON.stringify([id, name, state, tagged && Object.entries(tags).sort()]);
      const expected = truth.resources.filter((each) => each.kind === kind && each.account === ACCOUNT && each.region === REGION);
      same((answer as Resource[]).map(row), expected.map(row));
    },
  };
}

function metric(kind: ResourceKind, name: MetricName): Probe {
  let resources: Resource[] | undefined;
  return {
    name,
    world: "small",
    ask: async (provider) => {
      // Once, while it is recorded: the mutations are those of the metrics' own replies and of the target groups.
      resources ??= await list(provider, kind);
      const native = provider.metrics?.catalogue.find((each) => each.kind === kind && each.metric === name);
      if (native === undefined || provider.metrics === undefined) throw new TypeError(`no ${name}`);
      const targets = resources.map((resource) => ({ resource, metric: native }));
      const request = { targets, statistic: "average" as const, window: PROBE_WINDOW };
      const readings = (await collect(provider.metrics.read(scopeOf(kind), request, probeContext()))).flat();
      return readings.map(({ target, value, points, failure }) => ({ id: target.resource.id, value, points, failure: failure?.code }));
    },
    verify: (answer, truth) => {
      const value = (id: string, number: number | null | undefined) => `${id} ${number?.toFixed(3)}`;
      const expected = truth.resources.filter((each) => each.kind === kind && each.account === ACCOUNT && each.region === REGION);
      same(
        (answer as { id: string; value: number | null }[]).map((each) => value(each.id, each.value ?? undefined)),
        expected.map((each) => value(each.id, each.metrics[name]?.avg)),
      );
    },
  };
}

function logs(name: string, request: { native?: string; countBy?: string; kind?: string }): Probe {
  return {
    name,
    world: "small",
    ask: async (provider) => {
      const capability = provider.logs;
      if (capability === undefined) throw new TypeError("no logs");
      const groups = (await collect(capability.sources(scopeOf("logs"), undefined, probeContext()))).flat();
      const { kind, ...rest } = request;
      // A single small group is read in another way than several of them.
      const sources = kind === "small" ? groups.filter((group) => group.name.startsWith("/aws/lambda/")).slice(0, 1) : groups;
      return collect(capability.read(scopeOf("logs"), { sources, window: PROBE_WINDOW, limit: 5_000, ...rest }, probeContext()));
    },
    verify: (answer, truth) => {
      const pages = answer as { entries?: { timestampMs: number; message: string }[]; counts?: { count: number }[] }[];
      const rows = truth.logs.filter((row) => row.account === ACCOUNT && row.region === REGION);
      const line = ({ timestampMs, message }: { timestampMs: number; message: string }) => `${timestampMs} ${message}`;
      const entries = pages.flatMap((page) => page.entries ?? []).map(line);
      if (request.kind === undefined && request.native === undefined && request.countBy === undefined) same(entries, rows.map(line));
      if (request.countBy !== undefined)
        same([pages.flatMap((page) => page.counts ?? []).reduce((sum, { count }) => sum + count, 0)], [rows.length]);
      if (request.kind === "small" && !entries.every((each) => rows.map(line).includes(each))) throw new Error("lines that nobody wrote");
    },
  };
}

function same(seen: readonly unknown[], expected: readonly unknown[]): void {
  const [left, right] = [seen, expected].map((rows) => JSON.stringify([...rows].sort()));
  if (left !== right || expected.length === 0)
    throw new Error(`not the ground truth: ${left?.slice(0, 300)} instead of ${right?.slice(0, 300)}`);
}

const throttled = (operation: string, ask: Probe["ask"]): Probe => ({
  name: `${operation}, throttled`,
  world: "small",
  faults: [`aws:${operation}:throttle`],
  ask,
  verify: (answer) => same([answer], ["PROVIDER_RATE_LIMITED"]),
});

const alarms = (provider: Provider) =>
  collect(provider.alarms?.list(scopeOf("alarms"), ["alarm", "ok", "insufficient-data"], probeContext()) ?? none());
const sources = (provider: Provider) => collect(provider.logs?.sources(scopeOf("logs"), undefined, probeContext()) ?? none());
const traces = (provider: Provider) =>
  collect(provider.traces?.search(scopeOf("traces"), { errorsOnly: false, window: HOURS }, probeContext()) ?? none());
async function* none(): AsyncGenerator<never> {}

/** Asks everything that the provider can be asked about one account and region, so that each operation it uses is used. */
export const PROBES: readonly Probe[] = [
  { name: "scopes", world: "small", ask: (provider) => collect(provider.scopes({}, probeContext())) },
  { name: "check", world: "small", ask: (provider) => provider.check(probeContext()) },
  listing("virtual-machine"),
  listing("database"),
  listing("function"),
  listing("load-balancer"),
  listing("virtual-machine", "large"),
  listing("function", "large"),
  metric("virtual-machine", "cpu.utilization"),
  metric("load-balancer", "targets.unhealthy"),
  {
    name: "alarms",
    world: "small",
    ask: alarms,
    verify: (answer, truth) => {
      const expected = truth.alarms.filter((row) => row.account === ACCOUNT && row.region === REGION);
      same(
        (answer as { id: string }[][]).flat().map(({ id }) => id),
        expected.map(({ id }) => id),
      );
    },
  },
  logs("log entries", {}),
  logs("log entries of a small group", { kind: "small" }),
  logs("log counts", { countBy: "severity" }),
  logs("native log query", { native: "stats count(*) as n, max(latencyMs) by service, bin(5m)" }),
  {
    name: "traces",
    world: "small",
    ask: traces,
    verify: (answer, { traces: rows }) => {
      const found = (answer as { id: string; timestampMs: number }[][])
        .flat()
        .filter(({ timestampMs }) => timestampMs >= PROBE_WINDOW.fromMs && timestampMs < PROBE_WINDOW.toMs);
      same(
        found.map(({ id }) => id),
        rows.filter((row) => row.account === ACCOUNT && row.region === REGION).map(({ id }) => id),
      );
    },
  },
  {
    name: "traced services",
    world: "small",
    ask: (provider) => collect(provider.traces?.services(scopeOf("traces"), { window: HOURS }, probeContext()) ?? none()),
  },
  throttled("DescribeInstances", (provider) => list(provider, "virtual-machine")),
  throttled("DescribeDBInstances", (provider) => list(provider, "database")),
  throttled("ListFunctions", (provider) => list(provider, "function")),
  throttled("DescribeLoadBalancers", (provider) => list(provider, "load-balancer")),
  throttled("DescribeAlarms", alarms),
  throttled("DescribeLogGroups", sources),
  throttled("GetTraceSummaries", traces),
];

/** What a probe says: its answer, or the code of what it throws. */
export async function outcomeOf(probe: Probe, provider: Provider): Promise<{ readonly answer: unknown; readonly thrown: boolean }> {
  try {
    return { answer: await probe.ask(provider), thrown: false };
  } catch (error) {
    const failure = provider.toError?.(error) ?? error;
    return { answer: OrchestratorError.isInstance(failure) ? failure.code : String(failure), thrown: true };
  }
}
