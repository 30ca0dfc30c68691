import type { Provider, Resource, ResourceKind } from "../../../src/contracts/index.ts";
import { type Probe, same, truthful, type WorldSize } from "./probe.ts";
import { type AskedPlace, type MetricQuestion, questionsAbout } from "./provider-questions.ts";

/** What the provider of a cloud is asked. */
export interface ProbePlan extends AskedPlace {
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

interface MetricProbe extends MetricQuestion {
  /** Whether the cloud measures it of the resource with this id. @defaultValue of each */
  readonly isMeasured?: (id: string) => boolean;
}

type AskedFor = ResourceKind | "metrics" | "alarms" | "sources" | "logs" | "traces";
type Questions = ReturnType<typeof questionsAbout>;
interface Place {
  readonly account: string;
  readonly region: string;
}

/** Asks everything that the provider can be asked, so that each operation it uses is used. */
export function probesOf(plan: ProbePlan): readonly Probe[] {
  const questions = questionsAbout(plan);
  const isHere = (row: Place) => placeOf(row) === placeOf(plan);
  return [
    scopesProbe(questions),
    { name: "check", world: "small", ask: questions.check },
    ...plan.kinds.map((kind) => listing(questions, isHere, kind, "small")),
    ...plan.longKinds.map((kind) => listing(questions, isHere, kind, "large")),
    ...plan.metrics.map((probe) => metricProbe(questions, probe)),
    truthful(
      { name: "alarms", world: "small", ask: questions.alarms },
      (alarms) => alarms.map(stateOf),
      ({ alarms }) => alarms.filter(isHere).map(stateOf),
    ),
    ...logProbes(questions, isHere, plan.nativeLogQuery),
    ...(plan.traces ? traceProbes(questions, isHere, plan) : []),
    ...plan.throttled.map(([operation, asking]) => throttledProbe(questions, `${plan.provider}:${operation}`, asking)),
  ];
}

function scopesProbe({ scopes }: Questions): Probe {
  const ask = async (provider: Provider) =>
    (await scopes(provider)).toSorted((left, right) => (placeOf(left.scope) < placeOf(right.scope) ? -1 : 1));
  return truthful(
    { name: "scopes", world: "small", ask },
    (findings) => findings.map((finding) => `${placeOf(finding.scope)}${"failure" in finding ? " failed" : ""}`),
    ({ resources }, findings) => {
      // Those with resources are among them; a cloud may have more.
      const filled = new Set(resources.map(placeOf));
      return [...filled, ...findings.map(({ scope }) => placeOf(scope)).filter((place) => !filled.has(place))];
    },
  );
}

function listing({ resources }: Questions, isHere: (row: Place) => boolean, kind: ResourceKind, world: WorldSize): Probe {
  const readTags = world === "small";
  // Tags of functions may cost a request each.
  const tagged = readTags || kind !== "function";
  const row = (each: Pick<Resource, "id" | "name" | "state" | "tags">) =>
    JSON.stringify([each.id, each.name, each.state, tagged && Object.entries(each.tags).sort()]);
  return truthful(
    { name: `${kind}s${readTags ? "" : ", second page"}`, world, ask: (provider) => resources(provider, kind, readTags) },
    (listed) => listed.map(row),
    (truth) => truth.resources.filter((each) => each.kind === kind && isHere(each)).map(row),
  );
}

function metricProbe({ resources, metric }: Questions, { isMeasured = () => true, ...question }: MetricProbe): Probe {
  const { kind, metric: name, statistic } = question;
  let of: readonly Resource[] | undefined;
  const ask = async (provider: Provider) => {
    // Once, while it is recorded: the mutations are those of the replies with points.
    of ??= await resources(provider, kind);
    return metric(provider, question, of);
  };
  const text = (id: string, value: number | null | undefined) => `${id} ${value?.toPrecision(6)}`;
  return truthful(
    { name: `${name} of ${kind}s`, world: "small", ask },
    (readings) => {
      if (!readings.some(({ value }) => value !== null)) throw new Error("no value at all");
      return readings.filter(({ id }) => isMeasured(id)).map(({ id, value }) => text(id, value ?? undefined));
    },
    (truth, readings) => {
      const asked = new Set(readings.map(({ id }) => id).filter(isMeasured));
      const rows = truth.resources.filter((row) => row.kind === kind && asked.has(row.id));
      return rows.map(({ id, metrics }) => text(id, metrics[name]?.[statistic === "sum" ? "sum" : "avg"]));
    },
  );
}

function logProbes({ logs }: Questions, isHere: (row: Place) => boolean, native: string): readonly Probe[] {
  const line = ({ timestampMs, message }: { readonly timestampMs: number; readonly message: string }) => `${timestampMs} ${message}`;
  return [
    truthful(
      { name: "log entries", world: "small", ask: (provider) => logs(provider) },
      (pages) => pages.flatMap((page) => page.entries ?? []).map(line),
      (truth) => truth.logs.filter(isHere).map(line),
    ),
    truthful(
      { name: "log counts", world: "small", ask: (provider) => logs(provider, { countBy: "severity" }) },
      (pages) => [String(pages.flatMap((page) => page.counts ?? []).reduce((sum, { count }) => sum + count, 0))],
      (truth) => [String(truth.logs.filter(isHere).length)],
    ),
    { name: "native log query", world: "small", ask: (provider) => logs(provider, { native }) },
  ];
}

function traceProbes({ traces, tracedServices }: Questions, isHere: (row: Place) => boolean, { window }: AskedPlace): readonly Probe[] {
  return [
    truthful(
      { name: "traces", world: "small", ask: traces },
      (found) => found.filter(({ timestampMs }) => timestampMs >= window.fromMs && timestampMs < window.toMs).map(({ id }) => id),
      (truth) => truth.traces.filter(isHere).map(({ id }) => id),
    ),
    { name: "traced services", world: "small", ask: tracedServices },
  ];
}

function throttledProbe(questions: Questions, operation: string, asking: AskedFor): Probe {
  const { resources, metric, alarms, sources, logs, traces } = questions;
  const cpu = { kind: "virtual-machine", metric: "cpu.utilization" } as const;
  const others: Readonly<Partial<Record<AskedFor, Probe["ask"]>>> = {
    metrics: async (provider) => metric(provider, cpu, await resources(provider, cpu.kind)),
    alarms,
    sources,
    logs: (provider) => logs(provider),
    traces,
  };
  return {
    name: `${operation}, throttled, asking for ${asking}`,
    world: "small",
    faults: [`${operation}:throttle`],
    ask: others[asking] ?? ((provider) => resources(provider, asking as ResourceKind)),
    verify: (answer) => same([String(answer).split(" ")[0] ?? ""], ["PROVIDER_RATE_LIMITED"]),
  };
}

function placeOf({ account, region }: Place): string {
  return `${account}/${region}`;
}

function stateOf({ name, state }: { readonly name: string; readonly state: string }): string {
  return `${name} ${state}`;
}
