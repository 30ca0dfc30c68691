import {
  ANSWER_STEP,
  METRICS,
  type PlanningFacts,
  type PreviousAnswer,
  type Provider,
  type ProviderFacts,
  type ResourceKind,
  type Runtime,
  type Store,
} from "../contracts/index.ts";

/** What planners may know about the configured clouds: data of the drivers, nothing of the fleet. */
export function planningFacts(options: {
  providers: readonly Provider[];
  runtime: Runtime;
  timezone: string;
  previous: PreviousAnswer | null;
}): PlanningFacts {
  return {
    nowMs: options.runtime.clock.now(),
    timezone: options.timezone,
    providers: options.providers.map(providerFacts),
    metrics: METRICS,
    previous: options.previous,
  };
}

function providerFacts(provider: Provider): ProviderFacts {
  return {
    id: provider.id,
    name: provider.name,
    aliases: provider.aliases,
    regions: provider.regions,
    accountNames: provider.accountNames,
    kinds: Object.keys(provider.resources) as ResourceKind[],
    nativeMetrics: provider.metrics?.catalogue ?? [],
    capabilities: (["metrics", "logs", "traces", "alarms"] as const).filter((name) => provider[name] !== undefined),
  };
}

/** The last answer of a thread, which "of those" refers to. */
export async function previousAnswer(store: Store, thread: string | null): Promise<PreviousAnswer | null> {
  if (thread === null) return null;
  const runId = await store.getThread(thread);
  if (runId === undefined) return null;
  const result = await store.getResult(runId, ANSWER_STEP);
  if (result === undefined) return null;
  const kinds = new Set(result.table.rows.map((row) => row.resource?.kind));
  const [kind] = kinds;
  return {
    runId,
    columns: result.table.columns,
    kind: kinds.size === 1 && kind !== undefined ? kind : null,
    rows: result.table.rows.length,
  };
}
