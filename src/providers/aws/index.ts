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
import { listFunctions } from "./functions.ts";
import { listInstances } from "./instances.ts";
import { invokeOperation } from "./invoke.ts";
import { listLoadBalancers } from "./load-balancers.ts";
import { cloudWatchLogs } from "./logs.ts";
import { AWS_METRICS, parseNativeMetric } from "./metrics.ts";
import { type AwsOptions, awsOptionsSchema } from "./options.ts";
import { MOST_QUERIES, nativeMetricQuery, readMetrics } from "./read-metrics.ts";
import { AWS_REGIONS, partitionOf } from "./regions.ts";
import { findScopes } from "./scopes.ts";
import { xray } from "./traces.ts";

export type { AwsAccountOptions, AwsOptions } from "./options.ts";

/** How long after its end a point may still be missing (CloudWatch shows points of EC2 within two minutes). */
const METRIC_LAG_MS = 2 * 60_000;

/** Amazon Web Services by the official SDK. Throws `CONFIGURATION_INVALID`; asks nothing and loads nothing before it is used. */
export function aws(options: AwsOptions = {}, { env }: Pick<Runtime, "env"> = nodeRuntime()): Provider {
  const settings = parseOptions(awsOptionsSchema, options, PROVIDER_NAME, "AwsOptions");
  const emulator = emulatorMode(env);
  const accountNames: Record<string, string> = {};
  const clients = createClients(settings, emulator, env);
  const accounts = createAccounts({ options: settings, clients, emulator, names: accountNames });
  return {
    contractVersion: "provider-v1",
    id: PROVIDER_ID,
    name: PROVIDER_NAME,
    aliases: ["amazon", "amazon web services", "亚马逊", "亚马逊云"],
    regions: AWS_REGIONS,
    accountNames,
    emulated: emulator !== undefined,
    configured: (signal) => isConfigured(settings, emulator, env, signal),
    async load() {
      // What nearly every question needs. In emulator mode the accounts' names are learnt on the way.
      await Promise.all([
        clients.sdk("sts"),
        clients.sdk("ec2"),
        clients.sdk("cloudwatch"),
        emulator && accounts.all(new AbortController()).catch(() => {}),
      ]);
    },
    scopes: (where, context) => findScopes(accounts, where, context),
    resources: {
      "virtual-machine": listInstances(accounts),
      database: listDatabases(accounts),
      function: listFunctions(accounts),
      "load-balancer": listLoadBalancers(accounts),
    },
    metrics: {
      lagMs: METRIC_LAG_MS,
      batchSize: MOST_QUERIES,
      catalogue: AWS_METRICS,
      parseNative: parseNativeMetric,
      read: readMetrics(accounts),
      nativeQuery: nativeMetricQuery,
    },
    logs: cloudWatchLogs(accounts),
    traces: xray(accounts),
    alarms: { list: listAlarms(accounts) },
    operations: {
      partition: ({ region }) => (emulator === undefined ? partitionOf(region) : "emulator"),
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
