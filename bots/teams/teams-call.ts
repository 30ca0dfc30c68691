import type { Clock } from "nephoscope";
import { z } from "zod";
import { PlatformError } from "../shared/chat-platform.ts";

/** Longer than Teams ever takes to answer; an update that hangs would hold back the newer ones. */
const CALL_TIMEOUT_MS = 20_000;

/** A call to the Bot Connector that failed. */
export class TeamsCallError extends PlatformError {
  /** HTTP status; null where no answer came. */
  readonly status: number | null;
  /** What of the answer says why: `ContentStreamNotAllowed`. */
  readonly detail: string;

  constructor(
    call: string,
    failure: { readonly status: number | null; readonly detail: string; readonly retryAfterMs: number | null; readonly cause: unknown },
  ) {
    const { status, detail, retryAfterMs, cause } = failure;
    super(`Teams ${call}: ${status === null ? "no answer" : `status ${status}`}${detail === "" ? "" : `, ${detail}`}`, {
      retryable: status === null || RETRYABLE.has(status) || status >= 500,
      retryAfterMs,
      cause,
    });
    this.status = status;
    this.detail = detail;
  }
}

/** Statuses that go by: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
const RETRYABLE: ReadonlySet<number> = new Set([408, 412, 429]);

/** Calls Teams; rejects with a `TeamsCallError`, also when no answer comes in time. */
export async function callTeams<Result>(call: string, clock: Clock, run: () => Promise<Result>): Promise<Result> {
  const timeout = new AbortController();
  const late = clock.sleep(CALL_TIMEOUT_MS, timeout.signal).then(() => {
    throw new TeamsCallError(call, { status: null, detail: `nothing within ${CALL_TIMEOUT_MS / 1000} s`, retryAfterMs: null, cause: null });
  });
  try {
    return await Promise.race([run(), late]);
  } catch (error) {
    if (error instanceof TeamsCallError) throw error;
    throw new TeamsCallError(call, { ...failureOf(error, clock.now()), cause: error });
  } finally {
    late.catch(() => {});
    timeout.abort(new Error("answered"));
  }
}

/** Errors of both packages: `RestError` of botbuilder has `statusCode`, `HttpError` of agents-hosting has `status`. */
const errorSchema = z.object({
  statusCode: z.number().optional(),
  status: z.number().optional(),
  code: z.unknown().optional(),
  message: z.string().catch(""),
  response: z.object({ headers: z.unknown(), bodyAsText: z.unknown(), data: z.unknown() }).partial().optional().catch(undefined),
});

function failureOf(error: unknown, nowMs: number): { status: number | null; detail: string; retryAfterMs: number | null } {
  const parsed = errorSchema.safeParse(error);
  if (!parsed.success) return { status: null, detail: String(error), retryAfterMs: null };
  const { statusCode, status, code, message, response } = parsed.data;
  const body = typeof response?.bodyAsText === "string" ? response.bodyAsText : JSON.stringify(response?.data ?? "");
  const said = /ContentStream\w+|streamed content|exceeded streaming time|MessageSizeTooBig/i.exec(`${body} ${message}`)?.[0];
  return {
    status: statusCode ?? status ?? null,
    detail: said ?? (typeof code === "string" ? code : message.slice(0, 200)),
    retryAfterMs: retryAfter(response?.headers, nowMs),
  };
}

/** Seconds or a date: RFC 9110, section 10.2.3. */
function retryAfter(headers: unknown, nowMs: number): number | null {
  if (typeof headers !== "object" || headers === null || !("get" in headers) || typeof headers.get !== "function") return null;
  const value: unknown = headers.get("retry-after");
  if (typeof value !== "string" || value === "") return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
