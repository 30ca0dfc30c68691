import type {
  Alarm,
  LogPage,
  LogSource,
  MetricName,
  Provider,
  Resource,
  ResourceKind,
  Scope,
  TimeWindow,
  TraceService,
  TraceSummary,
} from "../../../src/contracts/index.ts";
import { collect, probeContext } from "./probe.ts";

/** Where and when a provider is asked. */
export interface AskedPlace {
  readonly provider: string;
  readonly account: string;
  readonly region: string;
  readonly nowMs: number;
  readonly window: TimeWindow;
  /** Long enough for a second page of traces. @defaultValue window */
  readonly traceWindow?: TimeWindow;
}

export interface MetricQuestion {
  readonly kind: ResourceKind;
  readonly metric: MetricName;
  /** @defaultValue average */
  readonly statistic?: "average" | "sum";
}

export interface MetricAnswer {
  readonly id: string;
  readonly value: number | null;
  readonly points: readonly unknown[];
  readonly failure: string | undefined;
}

/** The questions that can be put to any provider, about one account in one region; each with a context of its own. */
export function questionsAbout(place: AskedPlace) {
  const { provider: id, account, region, nowMs, window, traceWindow = window } = place;
  const scopeOf = (service: string): Scope => ({ provider: id, account, region, service });
  const context = () => probeContext(nowMs);

  async function resources(provider: Provider, kind: ResourceKind, readTags = true): Promise<readonly Resource[]> {
    return (await collect(provider.resources[kind]?.(scopeOf(kind), readTags ? { readTags } : {}, context()))).flat();
  }

  async function sources(provider: Provider): Promise<readonly LogSource[]> {
    return (await collect(provider.logs?.sources(scopeOf("logs"), undefined, context()))).flat();
  }

  return {
    resources,
    sources,
    scopes: (provider: Provider) => collect(provider.scopes({}, context())),
    check: (provider: Provider) => provider.check(context()),

    async logs(provider: Provider, request: { readonly native?: string; readonly countBy?: string } = {}): Promise<readonly LogPage[]> {
      const found = await sources(provider);
      const size = provider.logs?.batchSize ?? 1;
      const batches = Array.from({ length: Math.ceil(found.length / size) }, (_, index) => found.slice(index * size, (index + 1) * size));
      const pages = batches.map((batch) =>
        collect(provider.logs?.read(scopeOf("logs"), { sources: batch, window, limit: 5_000, ...request }, context())),
      );
      return (await Promise.all(pages)).flat();
    },

    /** Of the resources that one request takes. */
    async metric(
      provider: Provider,
      { kind, metric, statistic = "average" }: MetricQuestion,
      of: readonly Resource[],
    ): Promise<readonly MetricAnswer[]> {
      const native = provider.metrics?.catalogue.find((each) => each.kind === kind && each.metric === metric);
      if (native === undefined || provider.metrics === undefined) throw new TypeError(`no ${metric}`);
      const targets = of.slice(0, provider.metrics.batchSize).map((resource) => ({ resource, metric: native }));
      const readings = (await collect(provider.metrics.read(scopeOf(kind), { targets, statistic, window }, context()))).flat();
      return readings
        .map(({ target, value, points, failure }) => ({ id: target.resource.id, value, points, failure: failure?.code }))
        .sort((left, right) => (left.id < right.id ? -1 : 1));
    },

    async alarms(provider: Provider): Promise<readonly Alarm[]> {
      return (await collect(provider.alarms?.list(scopeOf("alarms"), ["alarm", "ok", "insufficient-data"], context()))).flat();
    },

    async traces(provider: Provider): Promise<readonly TraceSummary[]> {
      return (await collect(provider.traces?.search(scopeOf("traces"), { errorsOnly: false, window: traceWindow }, context()))).flat();
    },

    async tracedServices(provider: Provider): Promise<readonly TraceService[]> {
      return (await collect(provider.traces?.services(scopeOf("traces"), { window: traceWindow }, context()))).flat();
    },
  };
}
