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
import { cloudLogging } from "./logs.ts";
import { GCP_METRICS, parseNativeMetric } from "./metrics.ts";
import { type GcpOptions, gcpOptionsSchema } from "./options.ts";
import { BATCH_SIZE, nativeMetricQuery, readMetrics } from "./read-metrics.ts";
import { GCP_REGIONS } from "./regions.ts";
import { findScopes } from "./scopes.ts";
import { cloudTrace } from "./traces.ts";

export type { GcpOptions, GcpProjectOptions } from "./options.ts";

/** How long after its end a point may still be missing: "not visible for up to 240 seconds" (Google Cloud metrics list, compute). */
const METRIC_LAG_MS = 4 * 60_000;

/** Google Cloud by its official packages. Throws `CONFIGURATION_INVALID`; asks nothing and loads nothing before it is used. */
export function gcp(options: GcpOptions = {}, { env }: Pick<Runtime, "env"> = nodeRuntime()): Provider {
  const settings = parseOptions(gcpOptionsSchema, options, PROVIDER_NAME, "GcpOptions");
  const emulator = emulatorMode(env);
  const accountNames: Record<string, string> = {};
  const clients = createClients(settings, emulator, env);
  const accounts = createAccounts({ options: settings, clients, env, names: accountNames });
  return {
    contractVersion: "provider-v1",
    id: PROVIDER_ID,
    name: PROVIDER_NAME,
    aliases: ["google", "google cloud", "google cloud platform", "谷歌云", "谷歌"],
    regions: GCP_REGIONS,
    accountNames,
    emulated: emulator !== undefined,
    configured: (signal) => isConfigured(settings, emulator, env, signal),
    async load() {
      // What nearly every question needs. In emulator mode the projects' names are learnt on the way.
      const { signal } = new AbortController();
      await Promise.all([clients.sdk("auth"), clients.client("metrics"), emulator && accounts.emulated({ signal }).catch(() => {})]);
    },
    scopes: (where, context) => findScopes({ accounts, clients, options: settings }, where, context),
    resources: { "virtual-machine": listInstances(clients), database: listDatabases(clients) },
    metrics: {
      lagMs: METRIC_LAG_MS,
      batchSize: BATCH_SIZE,
      catalogue: GCP_METRICS,
      parseNative: parseNativeMetric,
      read: readMetrics(clients),
      nativeQuery: nativeMetricQuery,
    },
    logs: cloudLogging(clients),
    traces: cloudTrace(clients),
    alarms: { list: listAlarms(clients) },
    operations: {
      partition: () => (emulator === undefined ? "gcp" : "emulator"),
      invoke: invokeOperation(clients),
    },
    consoleUrl,
    check: (context) => checkAccounts({ accounts, clients, emulator, env }, context),
    toError: toProviderError,
    async close() {
      clients.close();
    },
  };
}
