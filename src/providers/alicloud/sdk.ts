import { optionalImport } from "../../runtime/index.ts";

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

/** import() goes through the module loader every time; a promise that is kept does not. */
export function sdkLoader(): LoadSdk {
  const loaded = new Map<SdkName, Promise<unknown>>();
  return <Name extends SdkName>(name: Name) => {
    let module = loaded.get(name);
    if (module === undefined) {
      module = SDKS[name]();
      loaded.set(name, module);
      // A package that is missing now may be installed later, in a long-lived process.
      module.catch(() => loaded.delete(name));
    }
    return module as Promise<Sdk<Name>>;
  };
}
