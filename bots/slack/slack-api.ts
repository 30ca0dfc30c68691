import { ErrorCode, LogLevel, type Logger as SlackLogger, WebClient } from "@slack/web-api";
import type { Runtime } from "nephoscope";
import { PlatformError } from "../shared/chat-platform.ts";

export interface SlackApiOptions {
  readonly botToken: string;
  /** @defaultValue https://slack.com/api/ */
  readonly apiUrl?: string;
  readonly logger: Runtime["logger"];
}

/** Milliseconds after which a call that was not answered counts as lost. */
const CALL_TIMEOUT_MS = 10_000;

/** The client of Slack's Web API. It retries nothing itself: the engine does, and knows what the newest view is. */
export function slackClient(options: SlackApiOptions): WebClient {
  return new WebClient(options.botToken, {
    ...(options.apiUrl === undefined ? {} : { slackApiUrl: options.apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: CALL_TIMEOUT_MS,
    logger: slackLogger(options.logger),
  });
}

/** Bolt's log lines in the log of the process. Its debug lines hold whole messages and are left out. */
export function slackLogger(logger: Runtime["logger"]): SlackLogger {
  const say = (level: "debug" | "warn", parts: readonly unknown[]): void => logger[level](`slack: ${parts.map(String).join(" ")}`);
  return {
    debug: () => {},
    info: (...parts) => say("debug", parts),
    warn: (...parts) => say("warn", parts),
    error: (...parts) => say("warn", parts),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}

/** A call to Slack that failed. */
export class SlackCallError extends PlatformError {
  /** Slack's own word (`channel_not_found`); null where no answer came. */
  readonly reason: string | null;
  /** Slack may have done what was asked: the answer was lost, or the server broke. */
  readonly ambiguous: boolean;

  constructor(
    message: string,
    options: {
      readonly retryable: boolean;
      readonly retryAfterMs?: number | null;
      readonly cause: unknown;
      readonly reason?: string;
      readonly ambiguous?: boolean;
    },
  ) {
    super(message, options);
    this.reason = options.reason ?? null;
    this.ambiguous = options.ambiguous ?? false;
  }
}

/** Errors of Slack's own, for which it asks to try again. Source: the errors of https://docs.slack.dev/reference/methods/chat.postMessage */
const PASSING: ReadonlySet<string> = new Set([
  "fatal_error",
  "internal_error",
  "ratelimited",
  "rate_limited",
  "request_timeout",
  "service_unavailable",
]);

/** Runs a call and gives its failure as a `SlackCallError`. */
export async function callSlack<Reply>(method: string, call: () => Promise<Reply>): Promise<Reply> {
  try {
    return await call();
  } catch (error) {
    throw toCallError(method, error);
  }
}

function toCallError(method: string, error: unknown): SlackCallError {
  const { code, data, retryAfter, statusCode } = error as {
    readonly code?: string;
    readonly data?: { readonly error?: string };
    readonly retryAfter?: number;
    readonly statusCode?: number;
  };
  const failed = (why: string, options: Omit<ConstructorParameters<typeof SlackCallError>[1], "cause">): SlackCallError =>
    new SlackCallError(`Slack ${method}: ${why}`, { ...options, cause: error });
  switch (code) {
    case ErrorCode.RateLimitedError:
      return failed("rate limited", { retryable: true, retryAfterMs: (retryAfter ?? 1) * 1000, reason: "ratelimited" });
    case ErrorCode.PlatformError: {
      const reason = data?.error ?? "unknown";
      const passing = PASSING.has(reason);
      return failed(reason, { retryable: passing, reason, ambiguous: passing && reason !== "ratelimited" && reason !== "rate_limited" });
    }
    case ErrorCode.HTTPError: {
      const broke = (statusCode ?? 500) >= 500;
      return failed(`HTTP ${statusCode}`, { retryable: broke, ambiguous: broke });
    }
    default:
      return failed(error instanceof Error ? error.message : String(error), { retryable: true, ambiguous: true });
  }
}
