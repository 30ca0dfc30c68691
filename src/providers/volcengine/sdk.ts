import { optionalImport } from "../../runtime/index.ts";

const PACKAGE = "@volcengine/openapi";

/**
 * The two parts of the vendor's package that are used, by their own files: its index loads every product's client, which takes three times
 * as long. Importing them makes them look for keys in the environment and in `~/.volc/config`; every client here is given its own, so
 * what they find is never used.
 */
const PARTS = {
  service: () => optionalImport(PACKAGE, () => import("@volcengine/openapi/lib/base/service.js")),
  tls: () => optionalImport(PACKAGE, () => import("@volcengine/openapi/lib/services/tls/index.js")),
} as const;

type ServiceModule = Awaited<ReturnType<(typeof PARTS)["service"]>>["default"];
type Service = ServiceModule["default"];
export type TlsService = InstanceType<Awaited<ReturnType<(typeof PARTS)["tls"]>>["TlsService"]>;

/** The generic client of all Open API services. */
export async function loadService(): Promise<Service> {
  const { default: exported } = await PARTS.service();
  // Compiled CommonJS: some loaders give the class itself, Node what `exports` holds.
  return "default" in exported ? exported.default : (exported as unknown as Service);
}

/** The client of the log service. */
export async function loadTls(): Promise<new (options: ConstructorParameters<Service>[0] & { version: string }) => TlsService> {
  return (await PARTS.tls()).TlsService as never;
}

type SentWith = NonNullable<Parameters<ReturnType<InstanceType<Service>["createAPI"]>>[1]>;
/** How the SDK's HTTP library hands on a request that is ready to be sent. */
export type Adapter = NonNullable<SentWith["adapter"]>;
