import type { ProviderContext, Runtime } from "../../contracts/index.ts";
import { optionalImport } from "../../runtime/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { keptPromises } from "../shared/kept-promises.ts";
import { PROVIDER_ID, toAwsError } from "./errors.ts";
import type { AwsOptions } from "./options.ts";

/** The vendor's packages, loaded on first use. */
const SDKS = {
  ec2: () => optionalImport("@aws-sdk/client-ec2", () => import("@aws-sdk/client-ec2")),
  cloudwatch: () => optionalImport("@aws-sdk/client-cloudwatch", () => import("@aws-sdk/client-cloudwatch")),
  logs: () => optionalImport("@aws-sdk/client-cloudwatch-logs", () => import("@aws-sdk/client-cloudwatch-logs")),
  xray: () => optionalImport("@aws-sdk/client-xray", () => import("@aws-sdk/client-xray")),
  rds: () => optionalImport("@aws-sdk/client-rds", () => import("@aws-sdk/client-rds")),
  lambda: () => optionalImport("@aws-sdk/client-lambda", () => import("@aws-sdk/client-lambda")),
  elb: () => optionalImport("@aws-sdk/client-elastic-load-balancing-v2", () => import("@aws-sdk/client-elastic-load-balancing-v2")),
  sts: () => optionalImport("@aws-sdk/client-sts", () => import("@aws-sdk/client-sts")),
} as const;

const CLIENTS = {
  ec2: (sdk: Sdk<"ec2">, config: ClientConfig) => new sdk.EC2Client(config),
  cloudwatch: (sdk: Sdk<"cloudwatch">, config: ClientConfig) => new sdk.CloudWatchClient(config),
  logs: (sdk: Sdk<"logs">, config: ClientConfig) => new sdk.CloudWatchLogsClient(config),
  xray: (sdk: Sdk<"xray">, config: ClientConfig) => new sdk.XRayClient(config),
  rds: (sdk: Sdk<"rds">, config: ClientConfig) => new sdk.RDSClient(config),
  lambda: (sdk: Sdk<"lambda">, config: ClientConfig) => new sdk.LambdaClient(config),
  elb: (sdk: Sdk<"elb">, config: ClientConfig) => new sdk.ElasticLoadBalancingV2Client(config),
  sts: (sdk: Sdk<"sts">, config: ClientConfig) => new sdk.STSClient(config),
} as const;

export type ServiceName = keyof typeof SDKS;
type Sdk<Service extends ServiceName> = Awaited<ReturnType<(typeof SDKS)[Service]>>;
type Client<Service extends ServiceName> = ReturnType<(typeof CLIENTS)[Service]>;
/** As the SDK hands them from one client to the next: keeps them until they expire. */
export type Credentials = NonNullable<NonNullable<ConstructorParameters<Sdk<"sts">["STSClient"]>[0]>["credentials"]>;

type Logger = NonNullable<NonNullable<ConstructorParameters<Sdk<"sts">["STSClient"]>[0]>["logger"]>;

/** What all clients have in common of the SDK's configuration. */
interface ClientConfig {
  region: string;
  profile?: string;
  credentials?: Credentials;
  endpoint?: string;
  maxAttempts: number;
  logger: Logger;
  requestHandler: Readonly<Record<string, unknown>>;
}

/** What a client is made for. Clients of the same key, region and service are made once. */
export interface ClientTarget {
  /** The account as configured. */
  readonly key: string;
  readonly region: string;
  readonly profile?: string | undefined;
  readonly credentials?: Credentials | undefined;
}

/** One service of one account in one region. */
export interface Connection<Service extends ServiceName> {
  readonly sdk: Sdk<Service>;
  readonly client: Client<Service>;
  /**
   * Sends one request through the context's gate. `read` takes from the reply what is needed, inside the gate, so that a reply
   * in which something is missing is asked for again.
   */
  call<Reply, Result>(
    operation: string,
    send: (client: Client<Service>, options: SendOptions) => Promise<Reply>,
    read: (reply: Reply) => Result,
    costUsd?: (result: Result) => number,
  ): Promise<Result>;
}

interface SendOptions {
  readonly abortSignal: AbortSignal;
}

export interface Clients {
  sdk<Service extends ServiceName>(service: Service): Promise<Sdk<Service>>;
  client<Service extends ServiceName>(service: Service, target: ClientTarget): Promise<Client<Service>>;
  connect<Service extends ServiceName>(
    service: Service,
    target: ClientTarget & { readonly account?: string },
    context: ProviderContext,
  ): Promise<Connection<Service>>;
  close(): void;
}

const DEFAULT_REQUEST_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** Above what the core sends at a time to one host. */
const MAX_SOCKETS = 256;

/** Keeps clients, and with them their keep-alive connections, for the life of the provider. */
export function createClients(options: AwsOptions, emulator: EmulatorMode | undefined, env: Runtime["env"]): Clients {
  const clients = new Map<string, Promise<{ destroy(): void }>>();
  const shared = sharedConfig(options, emulator, env);

  const kept = keptPromises();
  const sdk: Clients["sdk"] = (service) => kept(service, SDKS[service] as () => Promise<Sdk<typeof service>>);

  function client<Service extends ServiceName>(service: Service, target: ClientTarget): Promise<Client<Service>> {
    const key = `${target.key}/${target.region}/${service}`;
    let known = clients.get(key) as Promise<Client<Service>> | undefined;
    if (known === undefined) {
      const create = CLIENTS[service] as unknown as (sdk: Sdk<Service>, config: ClientConfig) => Client<Service>;
      const { region, profile, credentials } = target;
      const own = { region, ...(profile === undefined ? {} : { profile }), ...(credentials === undefined ? {} : { credentials }) };
      known = sdk(service).then((module) => create(module, { ...shared, ...own }));
      clients.set(key, known);
      known.catch(() => clients.delete(key));
    }
    return known;
  }

  return {
    sdk,
    client,
    async connect(service, target, context) {
      const [module, ready] = await Promise.all([sdk(service), client(service, target)]);
      const scope = { provider: PROVIDER_ID, region: target.region, ...(target.account === undefined ? {} : { account: target.account }) };
      return {
        sdk: module,
        client: ready,
        call: (operation, send, read, costUsd) =>
          context.call(
            `${PROVIDER_ID}.${service}.${operation}`,
            scope,
            async (signal) => {
              try {
                return read(await send(ready, { abortSignal: signal }));
              } catch (error) {
                signal.throwIfAborted();
                throw toAwsError(error, operation);
              }
            },
            costUsd,
          ),
      };
    },
    close() {
      for (const known of clients.values()) known.then((ready) => ready.destroy()).catch(() => {});
      clients.clear();
    },
  };
}

function sharedConfig(options: AwsOptions, emulator: EmulatorMode | undefined, env: Runtime["env"]): Omit<ClientConfig, "region"> {
  const requestTimeout = options.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS;
  // Node's agents look at HTTPS_PROXY and NO_PROXY when they are handed the environment; the SDK does not do it.
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS, ...(emulator === undefined ? { proxyEnv: env } : {}) };
  const endpoint = emulator?.url ?? options.endpoint;
  return {
    // Retrying is the core's; the SDK would hide throttling from it.
    maxAttempts: 1,
    logger: QUIET,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout,
      // The request timeout ends with the reply's first byte; this one covers a body that stalls.
      socketTimeout: requestTimeout,
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(emulator === undefined ? {} : NO_SHARED_FILES),
  };
}

/** Without `info` and `error`, for which the SDK copies every input and output, even where nobody listens. */
const QUIET = { debug() {}, warn() {} } as unknown as Logger;

/** Settings that the SDK otherwise looks up in the shared configuration files, which an emulator must never depend on. */
const NO_SHARED_FILES = {
  defaultsMode: "standard",
  retryMode: "standard",
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  userAgentAppId: async () => undefined,
  authSchemePreference: [],
  sigv4aSigningRegionSet: [],
  disableClockSkewCorrection: false,
  disableRequestCompression: true,
  requestMinCompressionSizeBytes: 10_240,
};
