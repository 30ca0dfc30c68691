import { optionalImport } from "../../runtime/index.ts";
import { keptPromises } from "../shared/kept-promises.ts";

/**
 * The vendor's packages, loaded on first use. ECS, RDS and STS have no package here: they are asked through the core's own signer.
 * @alicloud/ecs20140526 7.11.6 takes 320–500 ms to import, for 380 operations of which two are needed, where the core takes 110 ms
 * and CMS 120 ms more (Node 24, warm).
 */
const SDKS = {
  core: () => optionalImport("@alicloud/openapi-core", () => import("@alicloud/openapi-core")),
  credentials: () => optionalImport("@alicloud/credentials", () => import("@alicloud/credentials")),
  cms: () => optionalImport("@alicloud/cms20190101", () => import("@alicloud/cms20190101")),
  sls: () => optionalImport("@alicloud/sls20201230", () => import("@alicloud/sls20201230")),
} as const;

type SdkName = keyof typeof SDKS;
export type Sdk<Name extends SdkName> = Awaited<ReturnType<(typeof SDKS)[Name]>>;
export type CmsClient = InstanceType<Sdk<"cms">["default"]["default"]>;
export type SlsClient = InstanceType<Sdk<"sls">["default"]["default"]>;

/** The packages are CommonJS with a default of their own: Node wraps it into another one, bundlers and test runners do not. */
export function defaultOf<Class extends abstract new (...parts: never[]) => unknown>(module: {
  readonly default: { readonly default: Class };
}): Class {
  const wrapped: Class | { readonly default: Class } = module.default;
  return typeof wrapped === "function" ? wrapped : wrapped.default;
}

export type LoadSdk = <Name extends SdkName>(name: Name) => Promise<Sdk<Name>>;

export function sdkLoader(): LoadSdk {
  const kept = keptPromises();
  return (name) => kept(name, SDKS[name] as () => Promise<Sdk<typeof name>>);
}
