import type { OperationDescription, ProviderContext, Runtime } from "../../contracts/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { hostOf, type Product } from "./endpoints.ts";
import { hostLabel, PROVIDER_ID, RefusedReply, required, toAlicloudError } from "./errors.ts";
import type { AlicloudOptions } from "./options.ts";
import { type CmsClient, defaultOf, type LoadSdk, type Sdk, type SlsClient, sdkLoader } from "./sdk.ts";
import { type Keys, type RequestMeans, sendRpc } from "./send-rpc.ts";
import { executeOverTransport } from "./send-sls.ts";
import { createTransport } from "./transport.ts";

/** Versions of the APIs that have no package of their own here. */
const VERSIONS = { sts: "2015-04-01", ecs: "2014-05-26", rds: "2014-08-15" } as const satisfies Partial<Record<Product, string>>;

interface ConnectionTarget {
  readonly keys: () => Promise<Keys>;
  readonly region: string;
  readonly account?: string | undefined;
}

/** One account in one region. `read` takes from a reply what is needed, inside the gate, so that a reply in which something is missing is asked for again. */
export interface Connection {
  /** A request of a service without a package of its own. Replies are as the API reference spells them. */
  rpc<Reply, Result>(
    product: keyof typeof VERSIONS,
    operation: string,
    query: Readonly<Record<string, string | undefined>>,
    read: (reply: Partial<Reply>) => Result,
  ): Promise<Result>;
  /** A request of CloudMonitor by its SDK, whose reply must say that it succeeded. */
  cms<Body extends CmsBody, Result>(
    operation: string,
    send: (client: CmsClient, sdk: Sdk<"cms">, runtime: never) => Promise<{ readonly body?: Body }>,
    read: (body: Body) => Result,
  ): Promise<Result>;
  /** A request of the Simple Log Service by its SDK. */
  sls<Reply, Result>(
    operation: string,
    send: (client: SlsClient, sdk: Sdk<"sls">, runtime: never) => Promise<Reply>,
    read: (reply: Reply) => Result,
  ): Promise<Result>;
  /** A request of any RPC operation; the reply as it came. */
  anyRpc(operation: OperationDescription, host: string, query: Readonly<Record<string, string>>): Promise<unknown>;
  /** A request of any operation of the log service. */
  anySls(operation: string, version: string, request: SlsRequest): Promise<unknown>;
}

interface CmsBody {
  readonly code?: string | number;
  readonly message?: string;
  readonly requestId?: string;
  readonly success?: boolean;
}

/** A request of the log service. The project is the first label of its host. */
export interface SlsRequest {
  readonly method: string;
  readonly pathname: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly hostMap: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Clients {
  readonly sdk: LoadSdk;
  connect(target: ConnectionTarget, context: ProviderContext): Connection;
  close(): void;
}

/** Keeps clients and keep-alive connections for the life of the provider. The SDK's own retries are never reached: its transport is replaced. */
export function createClients(options: AlicloudOptions, emulator: EmulatorMode | undefined, env: Runtime["env"]): Clients {
  const transport = createTransport(options.requestTimeoutMs, emulator, env);
  const sdk = sdkLoader();
  const cmsClients = new Map<string, CmsClient>();
  const slsClients = new Map<string, SlsClient>();

  function cmsClient(module: Sdk<"cms">, core: Sdk<"core">, region: string): CmsClient {
    let client = cmsClients.get(region);
    if (client === undefined) {
      client = new (defaultOf(module))(new core.$OpenApiUtil.Config({ regionId: region, endpoint: hostOf("cms", region) }));
      const host = client._endpoint;
      client.doRequest = async ({ action, version }, { query }, runtime) => {
        const request = { host, action: action ?? "", version: version ?? "", query: query ?? {} };
        return { body: await sendRpc(core, transport, request, runtime as unknown as RequestMeans) };
      };
      cmsClients.set(region, client);
    }
    return client;
  }

  function slsClient(module: Sdk<"sls">, core: Sdk<"core">, region: string): SlsClient {
    let client = slsClients.get(region);
    if (client === undefined) {
      client = new (defaultOf(module))(new core.$OpenApiUtil.Config({ regionId: hostLabel(region) }));
      client.execute = executeOverTransport(client, transport);
      slsClients.set(region, client);
    }
    return client;
  }

  return {
    sdk,
    connect({ keys, region, account }, context) {
      const scope = { provider: PROVIDER_ID, region, ...(account === undefined ? {} : { account }) };
      const call = <Result>(service: string, operation: string, send: (signal: AbortSignal) => Promise<Result>) =>
        context.call(`${PROVIDER_ID}.${service}.${operation}`, scope, async (signal) => {
          try {
            return await send(signal);
          } catch (error) {
            signal.throwIfAborted();
            throw toAlicloudError(error, operation);
          }
        });
      return {
        async rpc(product, operation, query, read) {
          const [core, held] = await Promise.all([sdk("core"), keys()]);
          const request = { host: hostOf(product, region), version: VERSIONS[product], action: operation, query: present(query) };
          return call(product, operation, async (signal) => read(await sendRpc(core, transport, request, { keys: held, signal })));
        },
        async cms(operation, send, read) {
          const [module, core, held] = await Promise.all([sdk("cms"), sdk("core"), keys()]);
          const client = cmsClient(module, core, region);
          return call("cms", operation, async (signal) => {
            const reply = await send(client, module, { keys: held, signal } as never);
            return read(accepted(reply.body, operation));
          });
        },
        async sls(operation, send, read) {
          const [module, core, held] = await Promise.all([sdk("sls"), sdk("core"), keys()]);
          const client = slsClient(module, core, region);
          return call("sls", operation, async (signal) => read(await send(client, module, { keys: held, signal } as never)));
        },
        async anyRpc({ service, name, version }, host, query) {
          const [core, held] = await Promise.all([sdk("core"), keys()]);
          const request = { host, version, action: name, query: { RegionId: region, ...query } };
          return call(service, name, async (signal) => {
            const reply = await sendRpc(core, transport, request, { keys: held, signal });
            return service === "cms" ? accepted(lowerCased(reply), name) && reply : reply;
          });
        },
        async anySls(operation, version, { method, pathname, query, headers, hostMap, body }) {
          const [module, core, held] = await Promise.all([sdk("sls"), sdk("core"), keys()]);
          const client = slsClient(module, core, region);
          const params = { action: operation, version, protocol: "HTTPS", method, pathname, authType: "AK", style: "ROA" };
          const types = { reqBodyType: "json", bodyType: "json" };
          const request = { query, headers, hostMap, ...(body === undefined ? {} : { body }) };
          return call("sls", operation, async (signal) => {
            const reply = await client.execute({ ...params, ...types } as never, request as never, { keys: held, signal } as never);
            return required(reply.body, operation, "a body");
          });
        },
      };
    },
    close() {
      transport.close();
    },
  };
}

/** CloudMonitor may refuse with status 200 and a `Code` other than 200 (CMS API reference, response parameters). */
function accepted<Body extends CmsBody>(body: Body | undefined, operation: string): Body {
  const { code, message = "", success, requestId = null } = required(body, operation, "a body");
  const vendorCode = String(required(code, operation, "Code"));
  if (vendorCode === "200" && success !== false) return body as Body;
  throw new RefusedReply({ vendorCode, message, status: Number(vendorCode) || 200, requestId });
}

/** The fields of CMS that say whether it succeeded, as the SDK calls them. */
function lowerCased(reply: object): CmsBody {
  const { Code, Message, RequestId, Success } = reply as Readonly<Record<string, string | undefined>>;
  const success = Success === undefined ? {} : { success: String(Success) === "true" };
  return {
    ...(Code === undefined ? {} : { code: Code }),
    ...(Message === undefined ? {} : { message: Message }),
    ...(RequestId === undefined ? {} : { requestId: RequestId }),
    ...success,
  };
}

function present(query: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
