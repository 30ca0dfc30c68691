import {
  type PartialScope,
  type Provider,
  RESOURCE_KINDS,
  type Resource,
  type ResourceKind,
  type ResourceLister,
  type ScopeFinding,
  type Where,
} from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";
import { memoryMetrics } from "./memory-metrics.ts";
import { type MemoryData, type MemoryOptions, memoryOptionsSchema } from "./memory-options.ts";
import { memoryAlarms, memoryLogs, memoryTraces } from "./memory-signals.ts";

/** A small cloud made of data, for tests and examples. It pages, batches and fails as it is told. */
export function memory(options: MemoryOptions = {}): Provider {
  const parsed = memoryOptionsSchema.safeParse(options);
  if (!parsed.success) throw invalidOptions(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`));
  const data = parsed.data;
  const places = placesOf(data);
  return {
    contractVersion: "provider-v1",
    id: data.id,
    name: { en: data.id, zh: data.id },
    aliases: [],
    regions: [...new Set(places.map(({ region }) => region))].map((id) => ({ id, partition: "memory", places: [] })),
    accountNames: {},
    emulated: false,
    async load() {},
    async *scopes(where): AsyncGenerator<ScopeFinding> {
      for (const scope of places) if (isAsked(scope, where)) yield { scope };
    },
    resources: Object.fromEntries(
      (Object.keys(RESOURCE_KINDS) as ResourceKind[]).map((kind): [ResourceKind, ResourceLister] => [kind, listerOf(data, kind)]),
    ),
    metrics: memoryMetrics(data),
    logs: memoryLogs(data),
    traces: memoryTraces(data),
    alarms: memoryAlarms(data),
    async check() {
      return { status: "ok", source: "memory", identity: null };
    },
  };
}

function listerOf(data: MemoryData, kind: ResourceKind): ResourceLister {
  const operation = `${data.id}.resources.List`;
  const resources = data.resources
    .filter((resource) => resource.kind === kind)
    .map(({ metrics: _metrics, name, ...resource }): Resource => ({ ...resource, provider: data.id, name: name ?? resource.id }));
  return async function* list(scope, _where, context) {
    const here = resources.filter(({ account, region }) => account === scope.account && region === scope.region);
    // An empty list is a page too.
    for (let start = 0; start === 0 || start < here.length; start += data.pageSize) {
      yield await context.call(operation, scope, async () => {
        await data.intercept?.(operation, scope);
        return here.slice(start, start + data.pageSize);
      });
    }
  };
}

function placesOf(data: MemoryData): readonly PartialScope[] {
  const places = [...data.resources, ...data.logs, ...data.traces, ...data.alarms].map(({ account, region }) => ({ account, region }));
  const distinct = new Map(places.map((place) => [`${place.account}/${place.region}`, place]));
  return [...distinct.values()].map((place) => ({ provider: data.id, ...place }));
}

function isAsked(scope: PartialScope, { accounts, regions }: Where): boolean {
  return isSelected(accounts, scope.account) && isSelected(regions, scope.region);
}

function isSelected(selection: Where["accounts"], item: string): boolean {
  return !selection?.exclude?.includes(item) && (selection?.include?.includes(item) ?? true);
}

function invalidOptions(facts: readonly string[]): ConfigurationError {
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `memory(): ${facts.join("; ")}`, zh: `memory() 的选项无效：${facts.join("；")}` },
    hint: { en: "Correct the options.", zh: "请修正选项。" },
  });
}
