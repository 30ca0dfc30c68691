import type { HttpClient } from "@azure/core-rest-pipeline";
import type { TokenCredential } from "@azure/identity";
import type { LogsQueryResult } from "@azure/monitor-query-logs";
import type { MetricsQueryResourcesOptions, MetricsQueryResult } from "@azure/monitor-query-metrics";
import { ConfigurationError } from "../../errors/index.ts";
import { optionalImport } from "../../runtime/index.ts";

/** What every client of the SDK is made with. */
export interface ClientOptions {
  readonly httpClient: HttpClient;
  readonly retryOptions: { readonly maxRetries: number };
}

interface BatchMetricsClient {
  queryResources(
    resourceIds: string[],
    metricNames: string[],
    namespace: string,
    options: MetricsQueryResourcesOptions,
  ): Promise<Pick<MetricsQueryResult, "metrics" | "resourceId">[]>;
}

interface LogsClient {
  queryWorkspace(workspaceId: string, query: string, timespan: { startTime: Date; endTime: Date }): Promise<LogsQueryResult>;
}

export interface MetricsPackage {
  createClient(endpoint: string, credential: TokenCredential, options: ClientOptions): BatchMetricsClient;
}

export interface LogsPackage {
  createClient(endpoint: string, credential: TokenCredential, options: ClientOptions): LogsClient;
}

/** The package for metrics:getBatch: the maintained one, else the one that came before it. */
export function loadMetricsPackage(): Promise<MetricsPackage> {
  return firstInstalled<MetricsPackage>(
    async () => {
      const sdk = await optionalImport("@azure/monitor-query-metrics", () => import("@azure/monitor-query-metrics"));
      return { createClient: (endpoint, credential, options) => new sdk.MetricsClient(endpoint, credential, options) };
    },
    async () => {
      const sdk = await optionalImport("@azure/monitor-query", () => import("@azure/monitor-query"));
      return {
        createClient: (endpoint, credential, options) => new sdk.MetricsClient(endpoint, credential, options) as BatchMetricsClient,
      };
    },
  );
}

/** The package for queries of Log Analytics, chosen likewise. The older one appends the API's version to the address itself. */
export function loadLogsPackage(): Promise<LogsPackage> {
  return firstInstalled<LogsPackage>(
    async () => {
      const sdk = await optionalImport("@azure/monitor-query-logs", () => import("@azure/monitor-query-logs"));
      return {
        createClient: (endpoint, credential, options) => new sdk.LogsQueryClient(credential, { ...options, endpoint: `${endpoint}/v1` }),
      };
    },
    async () => {
      const sdk = await optionalImport("@azure/monitor-query", () => import("@azure/monitor-query"));
      return {
        createClient: (endpoint, credential, options) =>
          new sdk.LogsQueryClient(credential, { ...options, endpoint }) as unknown as LogsClient,
      };
    },
  );
}

async function firstInstalled<Package>(maintained: () => Promise<Package>, earlier: () => Promise<Package>): Promise<Package> {
  try {
    return await maintained();
  } catch (missing) {
    if (!isMissing(missing)) throw missing;
    // Where neither is there, the one to install is the maintained one.
    return earlier().catch((error: unknown) => {
      throw isMissing(error) ? missing : error;
    });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof ConfigurationError && error.code === "DEPENDENCY_MISSING";
}
