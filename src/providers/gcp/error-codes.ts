import type { ProviderError } from "../../errors/index.ts";
import { meaningOfStatus } from "../shared/error-meanings.ts";

type ProviderCode = ProviderError["code"];

/** Canonical codes by their number (google/rpc/code.proto), as clients that speak gRPC give them. */
const CODE_NAMES = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
] as const;

const MEANINGS: Readonly<Record<string, ProviderCode>> = {
  RESOURCE_EXHAUSTED: "PROVIDER_RATE_LIMITED",
  UNAUTHENTICATED: "PROVIDER_UNAUTHENTICATED",
  PERMISSION_DENIED: "PROVIDER_FORBIDDEN",
  NOT_FOUND: "PROVIDER_NOT_FOUND",
  DEADLINE_EXCEEDED: "PROVIDER_UNAVAILABLE",
  ABORTED: "PROVIDER_UNAVAILABLE",
  INTERNAL: "PROVIDER_UNAVAILABLE",
  UNAVAILABLE: "PROVIDER_UNAVAILABLE",
  UNKNOWN: "PROVIDER_UNAVAILABLE",
  DATA_LOSS: "PROVIDER_UNAVAILABLE",
};

/**
 * Reasons that say more than the status they come with: Compute Engine answers 403 to too many requests ("Compute Engine API rate
 * quotas"), and so do other services that have the errors of its generation.
 */
const REASONS: Readonly<Record<string, ProviderCode>> = {
  rateLimitExceeded: "PROVIDER_RATE_LIMITED",
  userRateLimitExceeded: "PROVIDER_RATE_LIMITED",
  quotaExceeded: "PROVIDER_RATE_LIMITED",
  concurrentLimitExceeded: "PROVIDER_RATE_LIMITED",
  RATE_LIMIT_EXCEEDED: "PROVIDER_RATE_LIMITED",
  backendError: "PROVIDER_UNAVAILABLE",
};

/** Errors of the token endpoint (RFC 6749, 5.2) that mean the credentials are no longer good. */
const TOKEN_ERRORS: ReadonlySet<string> = new Set(["invalid_grant", "invalid_client", "unauthorized_client", "deleted_client"]);

/** The name of a canonical code that came as a number. */
export function nameOfCode(code: number): string | undefined {
  return CODE_NAMES[code];
}

/** What a refusal means; `reasons` are those of the reply's details, most telling first. */
export function meaningOf(vendorCode: string, reasons: readonly string[], status: number | undefined): ProviderCode {
  for (const reason of reasons) {
    const meaning = REASONS[reason];
    if (meaning !== undefined) return meaning;
  }
  if (TOKEN_ERRORS.has(vendorCode)) return "PROVIDER_UNAUTHENTICATED";
  return MEANINGS[vendorCode] ?? meaningOfStatus(status);
}
