import type { CodeOf } from "../../errors/index.ts";

type ProviderCode = CodeOf<"ProviderError">;

/** Vendor codes by what they mean, in words apart from each other. */
export type VendorCodes = Readonly<
  Record<Exclude<ProviderCode, "PROVIDER_FAILED" | "PROVIDER_PAGE_LOST" | "PROVIDER_REPLY_INVALID">, string>
>;

/** What each vendor code means; `spelling` is what is compared of it. */
export function meaningsOf(codes: VendorCodes, spelling: (code: string) => string = (code) => code): ReadonlyMap<string, ProviderCode> {
  return new Map(
    Object.entries(codes).flatMap(([meaning, words]) =>
      words
        .trim()
        .split(/\s+/)
        .map((code) => [spelling(code), meaning as ProviderCode] as const),
    ),
  );
}

/** What an HTTP status means where the vendor's code says nothing. */
export function meaningOfStatus(status: number | undefined): ProviderCode {
  if (status === undefined) return "PROVIDER_FAILED";
  if (status === 429) return "PROVIDER_RATE_LIMITED";
  if (status === 401) return "PROVIDER_UNAUTHENTICATED";
  if (status === 403) return "PROVIDER_FORBIDDEN";
  if (status === 404) return "PROVIDER_NOT_FOUND";
  return status >= 500 || status === 408 ? "PROVIDER_UNAVAILABLE" : "PROVIDER_FAILED";
}

/** Errors of Node's sockets and of name resolution; those of its HTTP parser begin with `HPE_`. */
const NETWORK_CODES: ReadonlySet<string> = new Set([
  "ECONNRESET",
  "ECONNREFUSED",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ERR_STREAM_PREMATURE_CLOSE",
]);

/** Whether an error's code says that the connection was not made, or broke. */
export function isNetworkCode(code: unknown): code is string {
  return typeof code === "string" && (NETWORK_CODES.has(code) || code.startsWith("HPE_"));
}
