import type { MetricName, Provider, Resource, ResourceKind, Scope, TimeWindow } from "../../../src/contracts/index.ts";
import type { Truth } from "../../../src/emulator/index.ts";
import { collect, type Probe, probeContext, same, type WorldSize } from "./probe.ts";

/** What the provider of a cloud is asked about one account in one region. */
export interface ProbePlan {
  readonly provider: string;
  readonly account: string;
  readonly region: string;
  readonly nowMs: number;
  readonly window: TimeWindow;
  /** Long enough for a second page of traces. @defaultValue window */
  readonly traceWindow?: TimeWindow;
  readonly kinds: readonly ResourceKind[];
  /** Kinds of which the large world has more than a page. */
  readonly longKinds: readonly ResourceKind[];
  readonly metrics: readonly MetricProbe[];
  readonly traces: boolean;
  /** In the cloud's own language. */
  readonly nativeLogQuery: string;
  /** Operations that throttle, by what makes the provider call them. */
  readonly throttled: readonly (readonly [operation: string, asking: AskedFor])[];
}

export interface MetricProbe {
  readonly kind: ResourceKind;
  readonly metric: MetricName;
  /** @defaultValue average */
  readonly statistic?: "average" | "sum";
  /** Whether the cloud measures it of the resource with this id. @defaultValue of each */
  readonly isMeasured?: (id: string) => boolean;
}

export type AskedFor = ResourceKind | "metrics" | "alarms" | "sources" | "logs" | "traces" | "traced services";

type Ask = Probe["ask"];

/** Asks everything that the provider can be asked, so that each operation it uses is used. */
export function probesOf(plan: ProbePlan): readonly Probe[] {
  const { provider: id, account, region, nowMs, window, traceWindow = window } = plan;
  const scopeOf = (service: string): Scope => ({ provider: id, account, region, service });
  const context = () => probeContext(nowMs);
  const isHere = (row: { readonly account: string; readonly region: string }) => row.account === account && row.region === region;
  const resourcesOf = (truth: Truth, kind: ResourceKind) => truth.resources.filter((row) => row.kind === kind && isHere(row));

  const list = async (provider: Provider, kind: ResourceKind, readTags = true): Promise<Resource[]> =>
    (await collect(provider.resources[kind]?.(scopeOf(kind), readTags ? { readTags } : {}, context()))).flat();

  const sourcesOf = async (provider: Provider) => (await collect(provider.logs?.sources(scopeOf("logs"), undefined, context()))).flat();

  const readLogs = async (provider: Provider, request: { readonly native?: string; readonly countBy?: string }) => {
    const sources = await sourcesOf(provider);
    const batches = Array.from({ length: Math.ceil(sources.length / (provider.logs?.batchSize ?? 1)) }, (_, index) =>
      sources.slice(index * (provider.logs?.batchSize ?? 1), (index + 1) * (provider.logs?.batchSize ?? 1)),
    );
    const shared = context();
    const pages = batches.map((batch) =>
      collect(provider.logs?.read(scopeOf("logs"), { sources: batch, window, limit: 5_000, ...request }, shared)),
    );
    return (await Promise.all(pages)).flat();
  };

  const asks: Readonly<Partial<Record<AskedFor, Ask>>> = {
    metrics: (provider) => metric({ kind: "virtual-machine", metric: "cpu.utilization" }).ask(provider),
    alarms: async (provider) =>
      (await collect(provider.alarms?.list(scopeOf("alarms"), ["alarm", "ok", "insufficient-data"], context()))).flat(),
    sources: sourcesOf,
    logs: (provider) => readLogs(provider, {}),
    traces: async (provider) =>
      (await collect(provider.traces?.search(scopeOf("traces"), { errorsOnly: false, window: traceWindow }, context()))).flat(),
    "traced services": async (provider) =>
      (await collect(provider.traces?.services(scopeOf("traces"), { window: traceWindow }, context()))).flat(),
  };
  const ask = (what: AskedFor): Ask => asks[what] ?? ((provider) => list(provider, what as ResourceKind));

  function listing(kind: ResourceKind, world: WorldSize): Probe {
    const readTags = world === "small";
    return {
      name: `${kind}s${readTags ? "" : ", second page"}`,
      world,
      ask: (provider) => list(provider, kind, readTags),
      verify: (answer, truth) => {
        // Tags of functions may cost a request each.
        const tagged = readTags || kind !== "function";
        const row = (each: Pick<Resource, "id" | "name" | "state" | "tags">) =>
          JSON.stringify([each.id, each.name, each.state, tagged && Object.entries(each.tags).sort()]);
        same((answer as Resource[]).map(row), resourcesOf(truth, kind).map(row));
      },
    };
  }

  function metric({ kind, metric: name, statistic = "average", isMeasured = () => true }: MetricProbe): Probe {
    let resources: Resource[] | undefined;
    return {
      name: `${name} of ${kind}s`,
      world: "small",
      ask: async (provider) => {
        // Once, while it is recorded: the mutations are those of the replies with points.
        resources ??= await list(provider, kind);
        const native = provider.metrics?.catalogue.find((each) => each.kind === kind && each.metric === name);
        if (native === undefined || provider.metrics === undefined) throw new TypeError(`no ${name}`);
        const batch = resources.slice(0, provider.metrics.batchSize);
        const request = { targets: batch.map((resource) => ({ resource, metric: native })), statistic, window };
        const readings = (await collect(provider.metrics.read(scopeOf(kind), request, context()))).flat();
        return readings
          .map(({ target, value, points, failure }) => ({ id: target.resource.id, value, points, failure: failure?.code }))
          .sort((left, right) => (left.id < right.id ? -1 : 1));
      },
      verify: (answer, truth) => {
        const field = statistic === "sum" ? "sum" : "avg";
        const text = (id: string, value: number | null | undefined) => `${id} ${value?.toPrecision(6)}`;
        const expected = new Map(resourcesOf(truth, kind).map((row) => [row.id, row.metrics[name]?.[field]]));
        const readings = (answer as readonly { id: string; value: number | null }[]).filter(({ id }) => isMeasured(id));
        same(
          readings.map((each) => text(each.id, each.value ?? undefined)),
          readings.map((each) => text(each.id, expected.get(each.id))),
        );
        if (!readings.some(({ value }) => value !== null)) throw new Error("no value at all");
      },
    };
  }

  function throttled(operation: string, asking: AskedFor): Probe {
    return {
      name: `${operation}, throttled, asking for ${asking}`,
      world: "small",
      faults: [`${id}:${operation}:throttle`],
      ask: ask(asking),
      verify: (answer) => same([JSON.stringify(answer)], ['"PROVIDER_RATE_LIMITED"']),
    };
  }

  const line = ({ timestampMs, message }: { timestampMs: number; message: string }) => `${timestampMs} ${message}`;
  const state = (alarm: { name: string; state: string }) => `${alarm.name} ${alarm.state}`;
  const inWindow = ({ timestampMs }: { timestampMs: number }) => timestampMs >= window.fromMs && timestampMs < window.toMs;
  type LogPages = readonly { entries?: { timestampMs: number; message: string }[]; counts?: { count: number }[] }[];

  const logProbes: readonly Probe[] = [
    {
      name: "log entries",
      world: "small",
      ask: ask("logs"),
      verify: (answer, truth) => {
        const entries = (answer as LogPages).flatMap((page) => page.entries ?? []);
        same(entries.map(line), truth.logs.filter(isHere).map(line));
      },
    },
    {
      name: "log counts",
      world: "small",
      ask: (provider) => readLogs(provider, { countBy: "severity" }),
      verify: (answer, truth) => {
        const total = (answer as LogPages).flatMap((page) => page.counts ?? []).reduce((sum, { count }) => sum + count, 0);
        same([String(total)], [String(truth.logs.filter(isHere).length)]);
      },
    },
    { name: "native log query", world: "small", ask: (provider) => readLogs(provider, { native: plan.nativeLogQuery }) },
  ];

  const traceProbes: readonly Probe[] = [
    {
      name: "traces",
      world: "small",
      ask: ask("traces"),
      verify: (answer, { traces }) => {
        const found = (answer as { id: string; timestampMs: number }[]).filter(inWindow);
        same(
          found.map((each) => each.id),
          traces.filter(isHere).map((each) => each.id),
        );
      },
    },
    { name: "traced services", world: "small", ask: ask("traced services") },
  ];

  return [
    {
      name: "scopes",
      world: "small",
      ask: async (provider) => (await collect(provider.scopes({}, context()))).map((finding) => JSON.stringify(finding)).sort(),
      verify: (answer, truth) => {
        const found = new Set(
          (answer as string[])
            .map((text) => JSON.parse(text) as { scope: Scope; failure?: unknown })
            .map(({ scope, failure }) => `${scope.account}/${scope.region} ${failure !== undefined}`),
        );
        const lacking = truth.resources.filter((row) => !found.has(`${row.account}/${row.region} false`));
        same(["found"], lacking.length === 0 ? ["found"] : lacking.map((row) => `${row.account}/${row.region}`));
      },
    },
    { name: "check", world: "small", ask: (provider) => provider.check(context()) },
    ...plan.kinds.map((kind) => listing(kind, "small")),
    ...plan.longKinds.map((kind) => listing(kind, "large")),
    ...plan.metrics.map(metric),
    {
      name: "alarms",
      world: "small",
      ask: ask("alarms"),
      verify: (answer, truth) => same((answer as { name: string; state: string }[]).map(state), truth.alarms.filter(isHere).map(state)),
    },
    ...logProbes,
    ...(plan.traces ? traceProbes : []),
    ...plan.throttled.map(([operation, asking]) => throttled(operation, asking)),
  ];
}
