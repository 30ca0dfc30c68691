/** Canonical codes of `google.rpc.Code` the emulator answers with, and their HTTP status (google/rpc/code.proto). */
export const HTTP_STATUS = {
  INVALID_ARGUMENT: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  RESOURCE_EXHAUSTED: 429,
  UNAVAILABLE: 503,
} as const;
type CanonicalCode = keyof typeof HTTP_STATUS;

interface ErrorDetail {
  /** `type.googleapis.com/google.rpc.ErrorInfo`. */
  readonly "@type": string;
  readonly [field: string]: unknown;
}

interface ErrorFacts {
  readonly details?: readonly ErrorDetail[];
  /** How the older error format of Compute Engine and Cloud SQL calls it: `invalid`, `notFound`. */
  readonly reason?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a Google API refuses a request with. */
export class GoogleError extends Error {
  readonly code: CanonicalCode;
  readonly details: readonly ErrorDetail[];
  readonly reason: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: CanonicalCode, message: string, { details = [], reason, headers = {} }: ErrorFacts = {}) {
    super(message);
    this.code = code;
    this.details = details;
    this.reason = reason;
    this.headers = headers;
  }
}

/** A request the service cannot read. */
export function invalidArgument(message: string): GoogleError {
  return new GoogleError("INVALID_ARGUMENT", message);
}

/** `google.rpc.ErrorInfo`. */
export function errorInfo(reason: string, domain: string, metadata: Readonly<Record<string, string>>): ErrorDetail {
  return { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason, domain, metadata };
}
