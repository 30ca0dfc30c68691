import type { TokenCredential } from "@azure/identity";
import type { ProviderContext, Scope } from "../../contracts/index.ts";
import { ProviderError } from "../../errors/index.ts";
import { optionalImport } from "../../runtime/index.ts";
import { keptPromises } from "../shared/kept-promises.ts";
import type { Cloud } from "./clouds.ts";
import { hostLabel, PROVIDER_ID, toAzureError } from "./errors.ts";
import { type ClientOptions, loadLogsPackage, loadMetricsPackage } from "./monitor-packages.ts";
import type { Tokens } from "./tokens.ts";
import type { Transport } from "./transport.ts";

/** The vendor's packages, loaded on first use. */
const SDKS = {
  resourceGraph: () => optionalImport("@azure/arm-resourcegraph", () => import("@azure/arm-resourcegraph")),
  batchMetrics: loadMetricsPackage,
  subscriptionMetrics: () => optionalImport("@azure/arm-monitor", () => import("@azure/arm-monitor")),
  logs: loadLogsPackage,
} as const;

type Sdk<Service extends ServiceName> = Awaited<ReturnType<(typeof SDKS)[Service]>>;

interface ClientParts {
  readonly cloud: Cloud;
  readonly place: Place;
  readonly credential: TokenCredential;
  readonly options: ClientOptions;
}

const CLIENTS = {
  resourceGraph: (sdk: Sdk<"resourceGraph">, { cloud, credential, options }: ClientParts) =>
    new sdk.ResourceGraphClient(credential, { ...options, endpoint: cloud.resourceManager }),
  batchMetrics: (sdk: Sdk<"batchMetrics">, { cloud, place, credential, options }: ClientParts) =>
    sdk.createClient(`https://${hostLabel(place.region ?? "")}.${cloud.metricsDomain}`, credential, options),
  subscriptionMetrics: (sdk: Sdk<"subscriptionMetrics">, { cloud, place, credential, options }: ClientParts) =>
    new sdk.MonitorClient(credential, place.account ?? "", { ...options, endpoint: cloud.resourceManager }),
  logs: (sdk: Sdk<"logs">, { cloud, credential, options }: ClientParts) => sdk.createClient(cloud.logs, credential, options),
} as const;

/** Whom a service's tokens are for, and what usage calls it. */
const SERVICES: Readonly<Record<ServiceName, { readonly label: string; audience(cloud: Cloud): string }>> = {
  resourceGraph: { label: "resourcegraph", audience: (cloud) => cloud.resourceManager },
  // Not the default of @azure/monitor-query-metrics, which metrics:getBatch refuses.
  batchMetrics: { label: "metrics", audience: (cloud) => `https://${cloud.metricsDomain}` },
  subscriptionMetrics: { label: "metrics", audience: (cloud) => cloud.resourceManager },
  logs: { label: "loganalytics", audience: (cloud) => cloud.logs },
};

type ServiceName = keyof typeof SDKS;
type Client<Service extends ServiceName> = ReturnType<(typeof CLIENTS)[Service]>;
type Place = Partial<Pick<Scope, "account" | "region">>;

/** One request without a client of its own. */
interface PlainRequest {
  /** Whom the token is for. */
  readonly audience: string;
  readonly url: URL;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD";
  /** JSON. */
  readonly body: unknown;
  /** `compute.Disks_List` */
  readonly operation: string;
  readonly place: Place;
}

/** One request to a service. */
interface AzureRequest<Service extends ServiceName, Reply, Result> {
  readonly service: Service;
  /** As the vendor's API reference spells it. */
  readonly operation: string;
  readonly place: Place;
  send(client: Client<Service>): Promise<Reply>;
  /** Takes from the reply what is needed, inside the gate, so that a reply in which something is missing is asked for again. */
  read(reply: Reply): Result;
}

export interface Clients {
  /** Loads packages before they are needed. Rejects with `DEPENDENCY_MISSING`. */
  load(...services: readonly ServiceName[]): Promise<void>;
  /** Sends one request through the context's gate. */
  call<Service extends ServiceName, Reply, Result>(
    request: AzureRequest<Service, Reply, Result>,
    context: ProviderContext,
  ): Promise<Result>;
  /** Sends one plain request through the context's gate; gives the reply's JSON, `{}` where it has no body. */
  send(request: PlainRequest, context: ProviderContext): Promise<unknown>;
}

/**
 * Makes a client for each request, which costs less than a tenth of a millisecond: connections and tokens are kept beside them, and so each
 * request ends with its own signal, also where a package has no option for one (@azure/monitor-query-logs).
 */
export function createClients(cloud: Cloud, transport: Transport, tokens: Tokens): Clients {
  const kept = keptPromises();
  const sdk = <Service extends ServiceName>(service: Service) => kept(service, SDKS[service] as () => Promise<Sdk<Service>>);

  return {
    async load(...services) {
      await Promise.all(services.map((service) => sdk(service)));
    },
    async call({ service, operation, place, send, read }, context) {
      const { label, audience } = SERVICES[service];
      const [module, issued] = await Promise.all([sdk(service), tokens.get(audience(cloud), context)]);
      const create = CLIENTS[service] as unknown as (sdk: typeof module, parts: ClientParts) => Client<typeof service>;
      return context.call(`${PROVIDER_ID}.${label}.${operation}`, { provider: PROVIDER_ID, ...place }, async (signal) => {
        const wire = transport.open(signal);
        const options = { httpClient: wire.httpClient, retryOptions: NO_RETRIES };
        try {
          return read(await send(create(module, { cloud, place, credential: fixedCredential(issued.token), options })));
        } catch (error) {
          signal.throwIfAborted();
          const mapped = toAzureError(error, operation, wire.last());
          if (mapped instanceof ProviderError && mapped.code === "PROVIDER_UNAUTHENTICATED") tokens.drop(audience(cloud), issued.token);
          throw mapped;
        }
      });
    },
    async send({ audience, url, method, body, operation, place }, context) {
      const [sdk, issued] = await Promise.all([pipelineSdk(), tokens.get(audience, context)]);
      return context.call(`${PROVIDER_ID}.${operation}`, { provider: PROVIDER_ID, ...place }, async (signal) => {
        const wire = transport.open(signal);
        const headers = sdk.createHttpHeaders({ authorization: `Bearer ${issued.token}`, accept: "application/json" });
        if (body !== undefined) headers.set("content-type", "application/json");
        const request = sdk.createPipelineRequest({
          url: url.href,
          method,
          headers,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        try {
          const { status, bodyAsText } = await wire.httpClient.sendRequest(request);
          if (status >= 300) throw new Error(`HTTP ${status}`);
          return bodyAsText ? JSON.parse(bodyAsText) : {};
        } catch (error) {
          signal.throwIfAborted();
          const mapped = toAzureError(error, operation, wire.last());
          if (mapped instanceof ProviderError && mapped.code === "PROVIDER_UNAUTHENTICATED") tokens.drop(audience, issued.token);
          throw mapped;
        }
      });
    },
  };
}

const pipelineSdk = () => optionalImport("@azure/core-rest-pipeline", () => import("@azure/core-rest-pipeline"));

/** Retrying is the core's; the SDK would hide throttling from it. */
const NO_RETRIES = { maxRetries: 0 };

function fixedCredential(token: string): TokenCredential {
  return { getToken: async () => ({ token, expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };
}
