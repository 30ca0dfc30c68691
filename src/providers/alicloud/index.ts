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
import { simpleLogService } from "./logs.ts";
import { ALICLOUD_METRICS, parseNativeMetric } from "./metrics.ts";
import { type AlicloudOptions, alicloudOptionsSchema } from "./options.ts";
import { MOST_INSTANCES, nativeMetricQuery, readMetrics } from "./read-metrics.ts";
import { ALICLOUD_REGIONS } from "./regions.ts";
import { findScopes } from "./scopes.ts";

export type { AlicloudAccountOptions, AlicloudOptions } from "./options.ts";

/** How long after its end a point may still be missing: basic metrics are taken once a minute, and shown within the next two. */
const METRIC_LAG_MS = 2 * 60_000;

/** Alibaba Cloud by the vendor's packages. Throws `CONFIGURATION_INVALID`; asks nothing and loads nothing before it is used. */
export function alicloud(options: AlicloudOptions = {}, { env }: Pick<Runtime, "env"> = nodeRuntime()): Provider {
  const settings = parseOptions(alicloudOptionsSchema, options, PROVIDER_NAME, "AlicloudOptions");
  const emulator = emulatorMode(env);
  const accountNames: Record<string, string> = {};
  const clients = createClients(settings, emulator, env);
  const accounts = createAccounts({ options: settings, clients, emulator, names: accountNames });
  return {
    contractVersion: "provider-v1",
    id: PROVIDER_ID,
    name: PROVIDER_NAME,
    aliases: ["alibaba", "alibaba cloud", "aliyun", "阿里", "阿里云"],
    regions: ALICLOUD_REGIONS,
    accountNames,
    emulated: emulator !== undefined,
    configured: (signal) => isConfigured(settings, emulator, env, signal),
    async load() {
      // What nearly every question needs. In emulator mode, which needs no credential chain, the accounts' names are learnt on the way.
      await Promise.all([
        clients.sdk("core"),
        clients.sdk("cms"),
        emulator === undefined ? clients.sdk("credentials") : accounts.all(new AbortController()).catch(() => {}),
      ]);
    },
    scopes: (where, context) => findScopes(accounts, where, context),
    resources: { "virtual-machine": listInstances(accounts), database: listDatabases(accounts) },
    metrics: {
      lagMs: METRIC_LAG_MS,
      batchSize: MOST_INSTANCES,
      oneMetricARequest: true,
      catalogue: ALICLOUD_METRICS,
      parseNative: parseNativeMetric,
      read: readMetrics(accounts),
      nativeQuery: nativeMetricQuery,
    },
    logs: simpleLogService(accounts),
    alarms: { list: listAlarms(accounts) },
    operations: {
      partition: () => (emulator === undefined ? "alicloud" : "emulator"),
      invoke: invokeOperation(accounts),
    },
    consoleUrl,
    check: (context) => checkAccounts(accounts, emulator, env, context),
    toError: toProviderError,
    async close() {
      clients.close();
    },
  };
}
