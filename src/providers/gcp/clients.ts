import type { ProviderContext, Runtime, Scope } from "../../contracts/index.ts";
import { optionalImport } from "../../runtime/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { keptPromises } from "../shared/kept-promises.ts";
import { type Credentials, createCredentials } from "./credentials.ts";
import { PROVIDER_ID } from "./errors.ts";
import { createHttp } from "./http.ts";
import type { GcpOptions } from "./options.ts";
import { createTransport, type Transport } from "./transport.ts";

/** The vendor's packages, loaded on first use. */
const SDKS = {
  auth: () => optionalImport("google-auth-library", () => import("google-auth-library")),
  monitoring: () => optionalImport("@google-cloud/monitoring", () => import("@google-cloud/monitoring")),
  logging: () => optionalImport("@google-cloud/logging", () => import("@google-cloud/logging")),
  cloudtrace: () => optionalImport("@googleapis/cloudtrace", () => import("@googleapis/cloudtrace")),
} as const;

type SdkName = keyof typeof SDKS;
type Sdk<Name extends SdkName> = Awaited<ReturnType<(typeof SDKS)[Name]>>;

/** Clients of the services that have one; the others are asked over plain REST. */
const CLIENTS = {
  metrics: async (sdk: LoadSdk, transport: Transport) => new (await sdk("monitoring")).MetricServiceClient(gaxOptions(transport)),
  alertPolicies: async (sdk: LoadSdk, transport: Transport) =>
    new (await sdk("monitoring")).AlertPolicyServiceClient(gaxOptions(transport)),
  logging: async (sdk: LoadSdk, transport: Transport) => new (await sdk("logging")).v2.LoggingServiceV2Client(gaxOptions(transport)),
  traces: async (sdk: LoadSdk, transport: Transport) =>
    (await sdk("cloudtrace")).cloudtrace({ version: "v1", retry: false, fetchImplementation: transport.fetch }).projects.traces,
} as const;

type LoadSdk = <Name extends SdkName>(name: Name) => Promise<Sdk<Name>>;
type ClientName = keyof typeof CLIENTS;
type Client<Name extends ClientName> = Awaited<ReturnType<(typeof CLIENTS)[Name]>>;

/** One request: where it goes in receipts and limits, how it is sent, and what of its reply is needed. */
interface Call<Reply extends object, Result> {
  /** `monitoring.ListTimeSeries` */
  readonly operation: string;
  readonly scope: Partial<Pick<Scope, "account" | "region">>;
  send(): Promise<unknown>;
  /** Inside the gate, so that a reply in which something is missing is asked for again. */
  read(reply: Reply): Result;
}

export interface Clients {
  readonly credentials: Credentials;
  sdk: LoadSdk;
  client<Name extends ClientName>(name: Name): Promise<Client<Name>>;
  /** Sends one request of a client through the context's gate. */
  call<Reply extends object, Result>(context: ProviderContext, call: Call<Reply, Result>): Promise<Result>;
  /** GET over plain REST, for the `send` of a call; parameters that are undefined are left out. */
  get(url: string, parameters: Readonly<Record<string, string | undefined>>): Promise<unknown>;
  /** One plain request, for the `send` of a call. */
  send(url: URL, init: RequestInit): Promise<unknown>;
  close(): void;
}

/** Keeps clients, and with them their connections, for the life of the provider. */
export function createClients(options: GcpOptions, emulator: EmulatorMode | undefined, env: Runtime["env"]): Clients {
  const kept = keptPromises();
  const sdk: LoadSdk = (name) => kept(`sdk/${name}`, SDKS[name] as () => Promise<Sdk<typeof name>>);
  const library = () => sdk("auth");
  const http = createHttp({ library, emulator, env, requestTimeoutMs: options.requestTimeoutMs });
  const credentials = createCredentials({ library, http, emulator });
  const transport = createTransport(credentials, http);

  return {
    credentials,
    sdk,
    client: (name) => kept(`client/${name}`, () => CLIENTS[name](sdk, transport) as Promise<Client<typeof name>>),
    call: <Reply extends object, Result>(context: ProviderContext, { operation, scope, send, read }: Call<Reply, Result>) =>
      context.call(`${PROVIDER_ID}.${operation}`, { provider: PROVIDER_ID, ...scope }, async (signal) =>
        read(await transport.run<Reply>({ context, operation, signal }, send)),
      ),
    get(url, parameters) {
      const target = new URL(url);
      for (const [name, value] of Object.entries(parameters)) if (value !== undefined) target.searchParams.set(name, value);
      return transport.fetch(target);
    },
    send: (url, init) => transport.fetch(url, init),
    close: () => http.close(),
  };
}

/** Options of a single request of google-gax: pages and retries are the core's. */
export const ONE_REQUEST = { autoPaginate: false, retry: null } as unknown as { autoPaginate: false };

/** REST instead of gRPC, by our transport: all that google-gax does with its credentials is to fetch. Its two versions type them differently. */
function gaxOptions({ fetch }: Transport): never {
  return { fallback: true, authClient: { fetch, getRequestHeaders: async () => new Headers() } } as never;
}
