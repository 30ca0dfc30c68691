import type { Provider, Runtime } from "../../contracts/index.ts";
import { nodeRuntime, optionalImport } from "../../runtime/index.ts";
import { emulatorMode } from "../shared/emulator-mode.ts";
import { parseOptions } from "../shared/parse-options.ts";
import { createAccounts } from "./accounts.ts";
import { listAlarms } from "./alarms.ts";
import { checkAccounts } from "./check.ts";
import { createClients } from "./clients.ts";
import { CLOUDS } from "./clouds.ts";
import { isConfigured } from "./configured.ts";
import { consoleUrl } from "./console.ts";
import { credentialFactory, emulatorCredentials, loadIdentity } from "./credentials.ts";
import { DATABASES } from "./databases.ts";
import { PROVIDER_ID, PROVIDER_NAME, toProviderError } from "./errors.ts";
import { FUNCTIONS } from "./functions.ts";
import { listFromGraph } from "./graph-resources.ts";
import { VIRTUAL_MACHINES } from "./instances.ts";
import { invokeOperation } from "./invoke.ts";
import { LOAD_BALANCERS } from "./load-balancers.ts";
import { logAnalytics } from "./logs.ts";
import { AZURE_METRICS, parseNativeMetric } from "./metrics.ts";
import { nativeMetricQuery } from "./native-metric-query.ts";
import { type AzureOptions, azureOptionsSchema } from "./options.ts";
import { MOST_TARGETS, readMetrics } from "./read-metrics.ts";
import { AZURE_REGIONS } from "./regions.ts";
import { findScopes } from "./scopes.ts";
import { createTokens } from "./tokens.ts";
import { applicationInsights } from "./traces.ts";
import { createTransport } from "./transport.ts";
import { createWorkspaces } from "./workspaces.ts";

export type { AzureOptions } from "./options.ts";

/** How long after its end a point may still be missing (Azure Monitor, "Metrics overview": about three minutes). */
const METRIC_LAG_MS = 3 * 60_000;
const DEFAULT_REQUEST_TIMEOUT_MS = 30_000;

/** Microsoft Azure by the official SDK. Throws `CONFIGURATION_INVALID`; asks nothing and loads nothing before it is used. */
export function azure(options: AzureOptions = {}, { env }: Pick<Runtime, "env"> = nodeRuntime()): Provider {
  const settings = parseOptions(azureOptionsSchema, options, PROVIDER_NAME, "AzureOptions");
  const cloudName = settings.cloud ?? "AzureCloud";
  const cloud = CLOUDS[cloudName];
  const emulator = emulatorMode(env);
  const accountNames: Record<string, string> = {};
  const handedOut = emulatorCredentials(emulator);
  const transport = createTransport(createConnection(), emulator, settings.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS);
  const tokens = createTokens(credentialFactory(settings, cloud, handedOut), transport);
  const clients = createClients(cloud, transport, tokens);
  const accounts = createAccounts({ options: settings, clients, handedOut, names: accountNames });
  const workspaces = createWorkspaces(accounts, clients);
  return {
    contractVersion: "provider-v1",
    id: PROVIDER_ID,
    name: PROVIDER_NAME,
    aliases: ["microsoft azure", "microsoft", "微软云", "微软 azure"],
    regions: AZURE_REGIONS,
    accountNames,
    emulated: emulator !== undefined,
    configured: (signal) => isConfigured(settings, emulator, env, signal),
    async load() {
      // What nearly every question needs. In emulator mode the accounts' names are learnt on the way.
      await Promise.all([
        loadIdentity(),
        clients.load("resourceGraph", "batchMetrics"),
        emulator && accounts.prepare(new AbortController()).catch(() => {}),
      ]);
    },
    scopes: (where, context) => findScopes({ accounts, cloud: cloudName, onlyRegions: settings.regions }, where, context),
    resources: {
      "virtual-machine": listFromGraph(accounts, clients, VIRTUAL_MACHINES),
      database: listFromGraph(accounts, clients, DATABASES),
      function: listFromGraph(accounts, clients, FUNCTIONS),
      "load-balancer": listFromGraph(accounts, clients, LOAD_BALANCERS),
    },
    metrics: {
      lagMs: METRIC_LAG_MS,
      batchSize: MOST_TARGETS,
      catalogue: AZURE_METRICS,
      parseNative: parseNativeMetric,
      read: readMetrics(clients, workspaces),
      nativeQuery: nativeMetricQuery,
    },
    logs: logAnalytics(clients, workspaces),
    traces: applicationInsights(clients, workspaces),
    alarms: { list: listAlarms(accounts, clients) },
    operations: {
      partition: () => (emulator === undefined ? cloud.partition : "emulator"),
      invoke: invokeOperation(cloud, clients),
    },
    consoleUrl: consoleUrl(cloud),
    check: (context) => checkAccounts({ accounts, tokens, cloud, emulator }, context),
    toError: toProviderError,
  };
}

/** The SDK's own HTTP client, one for the life of the provider: it keeps the connections. */
function createConnection() {
  const load = () => optionalImport("@azure/core-rest-pipeline", () => import("@azure/core-rest-pipeline"));
  let client: Promise<ReturnType<Awaited<ReturnType<typeof load>>["createDefaultHttpClient"]>> | undefined;
  return () => {
    client ??= load().then((sdk) => sdk.createDefaultHttpClient());
    return client;
  };
}
