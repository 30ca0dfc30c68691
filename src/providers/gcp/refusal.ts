/** What a reply that says no tells about itself. */
export interface Refusal {
  /** A canonical code (`PERMISSION_DENIED`), or an OAuth error (`invalid_grant`); empty where the body says neither. */
  readonly vendorCode: string;
  /** Reasons in the details, most telling first: `SERVICE_DISABLED`, `rateLimitExceeded`. */
  readonly reasons: readonly string[];
  readonly message: string | undefined;
  readonly retryAfterMs: number | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the body of a refusal: `google.rpc.Status` as JSON (AIP-193), with the `errors` of older services, or an OAuth error (RFC 6749).
 * `retryAfter` is the header, in seconds.
 */
export function readRefusal(body: unknown, retryAfter: string | null | undefined): Refusal {
  const parsed = fieldsOf(typeof body === "string" ? parsedJson(body) : body);
  const { error } = parsed;
  const seconds = Number(retryAfter ?? Number.NaN);
  const headerMs = seconds > 0 ? seconds * 1_000 : undefined;
  if (typeof error === "string") {
    return { vendorCode: error, reasons: [], message: textOf(parsed.error_description), retryAfterMs: headerMs };
  }
  const status = fieldsOf(error);
  const details = listOf(status.details).map(fieldsOf);
  const reasons = [...details, ...listOf(status.errors).map(fieldsOf)].flatMap(({ reason }) => textOf(reason) ?? []);
  const delay = details.flatMap(({ retryDelay }) => textOf(retryDelay) ?? [])[0];
  const delayMs = delay === undefined ? undefined : Number.parseFloat(delay) * 1_000;
  return {
    vendorCode: textOf(status.status) ?? "",
    reasons,
    message: textOf(status.message),
    retryAfterMs: headerMs ?? (delayMs !== undefined && delayMs > 0 ? delayMs : undefined),
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A page of a proxy.
    return undefined;
  }
}

function fieldsOf(value: unknown): Fields {
  // Some services wrap the error in a list, as they do each item of a streamed reply.
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "object" && first !== null ? (first as Fields) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
