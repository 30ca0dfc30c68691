import type { Provider, Runtime } from "../../contracts/index.ts";
import { nodeRuntime } from "../../runtime/index.ts";
import { emulatorMode } from "../shared/emulator-mode.ts";
import { parseOptions } from "../shared/parse-options.ts";
import { createAccounts } from "./accounts.ts";
import { listAlarms } from "./alarms.ts";
import { checkAccounts } from "./check.ts";
import { createClients } from "./clients.ts";
import { isConfigured } from "./configured.ts";
import { consoleUrl } from "./console.ts";
import { listDatabases } from "./databases.ts";
import { PROVIDER_ID, PROVIDER_NAME, toProviderError } from "./errors.ts";
import { listInstances } from "./instances.ts";
import { invokeOperation } from "./invoke.ts";
import { listLoadBalancers } from "./load-balancers.ts";
import { tlsLogs } from "./logs.ts";
import { parseNativeMetric, VOLCENGINE_METRICS } from "./metrics.ts";
import { type VolcengineOptions, volcengineOptionsSchema } from "./options.ts";
import { MOST_INSTANCES } from "./periods.ts";
import { nativeMetricQuery, readMetrics } from "./read-metrics.ts";
import { VOLCENGINE_REGIONS } from "./regions.ts";
import { findScopes } from "./scopes.ts";
import { tlsTraces } from "./traces.ts";

export type { VolcengineAccountOptions, VolcengineOptions } from "./options.ts";

/** How long after its end a point may still be missing. */
const METRIC_LAG_MS = 3 * 60_000;

/** Volcengine (火山引擎) by the official SDK. Throws `CONFIGURATION_INVALID`; asks nothing and loads nothing before it is used. */
export function volcengine(options: VolcengineOptions = {}, { env }: Pick<Runtime, "env"> = nodeRuntime()): Provider {
  const settings = parseOptions(volcengineOptionsSchema, options, PROVIDER_NAME, "VolcengineOptions");
  const emulator = emulatorMode(env);
  const accountNames: Record<string, string> = {};
  const clients = createClients(settings, emulator, env);
  const accounts = createAccounts({ options: settings, clients, emulator, env, names: accountNames });
  return {
    contractVersion: "provider-v1",
    id: PROVIDER_ID,
    name: PROVIDER_NAME,
    aliases: ["volcano engine", "volcano", "volc", "bytedance cloud", "火山", "火山云", "字节云"],
    regions: VOLCENGINE_REGIONS,
    accountNames,
    emulated: emulator !== undefined,
    configured: (signal) => isConfigured(settings, emulator, env, signal),
    async load() {
      // What nearly every question needs. In emulator mode the accounts' names are learnt on the way.
      await Promise.all([clients.load(), emulator && accounts.all(new AbortController()).catch(() => {})]);
    },
    scopes: (where, context) => findScopes(accounts, where, context),
    resources: {
      "virtual-machine": listInstances(accounts),
      database: listDatabases(accounts),
      "load-balancer": listLoadBalancers(accounts),
    },
    metrics: {
      lagMs: METRIC_LAG_MS,
      batchSize: MOST_INSTANCES,
      oneMetricARequest: true,
      catalogue: VOLCENGINE_METRICS,
      parseNative: parseNativeMetric,
      read: readMetrics(accounts),
      nativeQuery: nativeMetricQuery,
    },
    logs: tlsLogs(accounts),
    traces: tlsTraces(accounts),
    alarms: { list: listAlarms(accounts) },
    operations: {
      partition: () => (emulator === undefined ? "volcengine" : "emulator"),
      invoke: invokeOperation(accounts),
    },
    consoleUrl,
    check: (context) => checkAccounts(accounts, emulator, context),
    toError: toProviderError,
    async close() {
      clients.close();
    },
  };
}
