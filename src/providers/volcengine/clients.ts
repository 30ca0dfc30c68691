import type { ProviderContext, Runtime, Scope } from "../../contracts/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { keptPromises } from "../shared/kept-promises.ts";
import type { Credentials } from "./credentials.ts";
import { hostLabel, PROVIDER_ID, toVolcengineError } from "./errors.ts";
import type { Operation } from "./operations.ts";
import type { VolcengineOptions } from "./options.ts";
import { resultOf, tlsResultOf } from "./read-reply.ts";
import { loadService, loadTls, type TlsService } from "./sdk.ts";
import { createTransport, type HttpReply, type Transport } from "./transport.ts";

/** Operations of the log service that are used. */
type TlsOperation =
  | "DescribeProjects"
  | "DescribeTopics"
  | "DescribeIndex"
  | "SearchLogs"
  | "DescribeTraceInstances"
  | "SearchTraces"
  | "DescribeTrace";

type TlsResult<Name extends TlsOperation> = DeepPartial<Awaited<ReturnType<TlsService[Name]>>>;
/** What the SDK's types promise, and a reply may lack. */
export type DeepPartial<Value> = Value extends readonly (infer Item)[]
  ? readonly DeepPartial<Item>[]
  : Value extends object
    ? { readonly [Field in keyof Value]?: DeepPartial<Value[Field]> | null }
    : Value;

/** One identity in one region. */
export interface Connection {
  /**
   * Sends one request through the context's gate. `read` takes from the result what is needed, inside the gate, so that a reply in which
   * something is missing is asked for again.
   */
  call<Input extends object, Result, Value>(
    operation: Operation<Input, Result>,
    input: Input,
    read: (result: Result) => Value,
  ): Promise<Value>;
  /** The same for the log service. */
  tls<Name extends TlsOperation, Value>(
    name: Name,
    input: Parameters<TlsService[Name]>[0],
    read: (result: TlsResult<Name>) => Value,
  ): Promise<Value>;
}

export interface Clients {
  /** Loads what nearly every question needs. */
  load(): Promise<void>;
  connect(credentials: Credentials, scope: Partial<Scope> & { readonly region: string }, context: ProviderContext): Connection;
  close(): void;
}

const DEFAULT_REQUEST_TIMEOUT_MS = 30_000;
const OPEN_HOST = "open.volcengineapi.com";
/** The version of the log service's API in which `SearchLogs` takes milliseconds (its Go SDK calls it `SearchLogsV2`). */
const TLS_VERSION = "0.3.0";

/** Sends requests; keeps connections for the life of the provider. */
export function createClients(options: VolcengineOptions, emulator: EmulatorMode | undefined, env: Runtime["env"]): Clients {
  const address = emulator?.url ?? options.endpoint;
  const endpoint = address === undefined ? undefined : new URL(address);
  // Nothing of an emulator may go through a proxy.
  const transport = createTransport(options.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS, emulator === undefined ? env : undefined);
  const kept = keptPromises();
  const service = () => kept("service", loadService);
  const tlsService = () => kept("tls", loadTls);
  const target = (host: string) => ({ host: endpoint?.host ?? host, protocol: endpoint?.protocol ?? "https:" });

  return {
    load: async () => {
      await service();
    },
    connect(credentials, scope, context) {
      const { region } = scope;
      const identity = {
        region,
        accessKeyId: credentials.accessKeyId,
        secretKey: credentials.secretAccessKey,
        // Always given: what is left out, the SDK takes from its own search for keys.
        sessionToken: credentials.sessionToken,
      };
      const gate = <Value>(operation: string, name: string, send: (adapter: Sent) => Promise<Value>) =>
        context.call(`${PROVIDER_ID}.${operation}`, { provider: PROVIDER_ID, ...scope }, async (signal) => {
          try {
            return await send({ adapter: transport.adapter(signal) });
          } catch (error) {
            signal.throwIfAborted();
            throw toVolcengineError(error, name);
          }
        });
      return {
        async call(operation, input, read) {
          const { serviceName, version, name, method, contentType } = operation;
          const Service = await service();
          const client = new Service({ ...identity, ...target(OPEN_HOST), serviceName, defaultVersion: version } as ServiceOptions);
          const api = client.createAPI<object, unknown>(name, { method, contentType });
          return gate(`${operation.service}.${name}`, name, async (sent) => {
            const reply = (await api(input, { Action: name, ...sent })) as unknown as HttpReply;
            return read(resultOf(reply, name) as never);
          });
        },
        async tls(name, input, read) {
          const Service = await tlsService();
          const host = target(`tls-${hostLabel(region)}.volces.com`);
          const client = new Service({ ...identity, ...host, serviceName: "TLS", version: TLS_VERSION } as ServiceOptions & {
            version: string;
          });
          return gate(`tls.${name}`, name, async (sent) => {
            const reply = (await client[name](input as never, sent)) as unknown as HttpReply;
            return read(tlsResultOf(reply, name) as never);
          });
        },
      };
    },
    close: () => transport.close(),
  };
}

type ServiceOptions = ConstructorParameters<Awaited<ReturnType<typeof loadService>>>[0];
interface Sent {
  readonly adapter: ReturnType<Transport["adapter"]>;
}
