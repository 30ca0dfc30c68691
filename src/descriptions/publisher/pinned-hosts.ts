/** A place that a publisher's descriptions are fetched from: one host, below one path. Nothing else is ever asked. */
export interface PinnedPlace {
  readonly host: string;
  readonly path: string;
}

export const AWS_MODELS: PinnedPlace = { host: "raw.githubusercontent.com", path: "/aws/api-models-aws/main/models/" };
export const AZURE_SPECS: PinnedPlace = { host: "raw.githubusercontent.com", path: "/Azure/azure-rest-api-specs/main/specification/" };
export const ALIBABA_METADATA: PinnedPlace = { host: "api.aliyun.com", path: "/meta/v1/products/" };
export const VOLCENGINE_EXPLORER: PinnedPlace = { host: "api.volcengine.com", path: "/api/common/explorer/" };

/** Google publishes each API's discovery document at the API's own host. */
export function googleDiscovery(api: string): PinnedPlace {
  return { host: `${api}.googleapis.com`, path: "/$discovery/rest" };
}

/** Whether an address is of the place: over TLS, at its usual port, without credentials, and not out of it by `..`. */
export function isOf({ host, path }: PinnedPlace, url: URL): boolean {
  const isPlain = url.protocol === "https:" && url.port === "" && url.username === "" && url.password === "";
  return isPlain && url.hostname === host && url.pathname.startsWith(path) && !/%2f|%5c|%2e|\\/i.test(url.pathname);
}
