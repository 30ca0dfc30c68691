import type { CodeOf, ErrorCode } from "./codes.ts";
import type { Language, Text } from "./text.ts";

// From the global registry, so that two copies of the package recognise each other's errors.
const BRAND = Symbol.for("nephoscope.error");

export interface ErrorOptions<Code extends ErrorCode = ErrorCode> {
  readonly code: Code;
  /** What happened, and to what. One string serves both languages only where it holds no prose. */
  readonly message: Text | string;
  /** What to do next. */
  readonly hint?: Text;
  /** Facts for programs: flat, JSON-safe, never a secret. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
  readonly cause?: unknown;
}

/** What leaves the process instead of an Error object: in events, stores and JSON. */
export interface ErrorSummary {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | null;
}

/** Base of all errors nephoscope throws; thrown itself only for our own bugs. */
export class OrchestratorError extends Error {
  override readonly name: string = "OrchestratorError";
  readonly code: ErrorCode;
  /** The message in both languages; `message` is the English one. */
  readonly text: Text;
  readonly hint: Text | undefined;
  readonly details: NonNullable<ErrorOptions["details"]>;
  readonly [BRAND] = true;

  constructor(options: ErrorOptions) {
    const text = typeof options.message === "string" ? { en: options.message, zh: options.message } : options.message;
    super(text.en, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.text = text;
    this.hint = options.hint;
    this.details = options.details ?? {};
  }

  /** Whether the same call may succeed later. */
  get retryable(): boolean {
    return false;
  }

  summary(language: Language = "en"): ErrorSummary {
    return { code: this.code, message: this.text[language], hint: this.hint?.[language] ?? null };
  }

  /** Works across copies of the package, where `instanceof` does not. */
  static isInstance(error: unknown): error is OrchestratorError {
    return typeof error === "object" && error !== null && BRAND in error;
  }
}

/** Wrong options, a missing package or a missing credential: found before any call to a cloud. */
export class ConfigurationError extends OrchestratorError {
  override readonly name = "ConfigurationError";
  declare readonly code: CodeOf<"ConfigurationError">;
  constructor(options: ErrorOptions<CodeOf<"ConfigurationError">>) {
    super(options);
  }
}

/** The question cannot be turned into a plan; the person has to word it differently. */
export class QuestionError extends OrchestratorError {
  override readonly name = "QuestionError";
  declare readonly code: CodeOf<"QuestionError">;
  constructor(options: ErrorOptions<CodeOf<"QuestionError">>) {
    super(options);
  }
}

const RETRYABLE_PROVIDER_CODES: ReadonlySet<string> = new Set<CodeOf<"ProviderError">>([
  "PROVIDER_RATE_LIMITED",
  "PROVIDER_UNAVAILABLE",
  "PROVIDER_REPLY_INVALID",
]);

/** A cloud said no, or said something unusable. */
export class ProviderError extends OrchestratorError {
  override readonly name = "ProviderError";
  declare readonly code: CodeOf<"ProviderError">;
  readonly providerId: string;
  /** What the cloud asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(options: ErrorOptions<CodeOf<"ProviderError">> & { readonly providerId: string; readonly retryAfterMs?: number }) {
    super(options);
    this.providerId = options.providerId;
    this.retryAfterMs = options.retryAfterMs;
  }

  override get retryable(): boolean {
    return RETRYABLE_PROVIDER_CODES.has(this.code);
  }
}

/** The model failed, refused, or wrote something unusable. */
export class ModelError extends OrchestratorError {
  override readonly name = "ModelError";
  declare readonly code: CodeOf<"ModelError">;
  readonly modelId: string;
  readonly retryAfterMs: number | undefined;

  constructor(options: ErrorOptions<CodeOf<"ModelError">> & { readonly modelId: string; readonly retryAfterMs?: number }) {
    super(options);
    this.modelId = options.modelId;
    this.retryAfterMs = options.retryAfterMs;
  }

  override get retryable(): boolean {
    return this.code === "MODEL_UNAVAILABLE" || this.code === "MODEL_RATE_LIMITED";
  }
}

/** The plan cannot be run. */
export class PlanError extends OrchestratorError {
  override readonly name = "PlanError";
  declare readonly code: CodeOf<"PlanError">;
  constructor(options: ErrorOptions<CodeOf<"PlanError">>) {
    super(options);
  }
}

/** Code could not be written, or did what it may not. */
export class CodeError extends OrchestratorError {
  override readonly name = "CodeError";
  declare readonly code: CodeOf<"CodeError">;
  constructor(options: ErrorOptions<CodeOf<"CodeError">>) {
    super(options);
  }
}

/** A person's consent is missing, was refused, or does not cover this. */
export class ApprovalError extends OrchestratorError {
  override readonly name = "ApprovalError";
  declare readonly code: CodeOf<"ApprovalError">;
  constructor(options: ErrorOptions<CodeOf<"ApprovalError">>) {
    super(options);
  }
}

/** API descriptions or their index cannot be had. */
export class KnowledgeError extends OrchestratorError {
  override readonly name = "KnowledgeError";
  declare readonly code: CodeOf<"KnowledgeError">;
  constructor(options: ErrorOptions<CodeOf<"KnowledgeError">>) {
    super(options);
  }
}

/** The store could not be read or written. */
export class StoreError extends OrchestratorError {
  override readonly name = "StoreError";
  declare readonly code: CodeOf<"StoreError">;
  constructor(options: ErrorOptions<CodeOf<"StoreError">>) {
    super(options);
  }
}

/** A limit of our own was reached. (Not `TimeoutError`, which is a DOMException's name.) */
export class TimeLimitError extends OrchestratorError {
  override readonly name = "TimeLimitError";
  declare readonly code: CodeOf<"TimeLimitError">;
  readonly timeoutMs: number;

  constructor(options: ErrorOptions<CodeOf<"TimeLimitError">> & { readonly timeoutMs: number }) {
    super(options);
    this.timeoutMs = options.timeoutMs;
  }

  override get retryable(): boolean {
    return true;
  }
}

/** Wraps what is not ours, once, at a boundary. An abort is not an error of ours: callers rethrow `signal.reason` first. */
export function toOrchestratorError(error: unknown): OrchestratorError {
  if (OrchestratorError.isInstance(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new OrchestratorError({
    code: "INTERNAL",
    message: { en: `Unexpected failure: ${message}`, zh: `意外错误：${message}` },
    hint: {
      en: "This is a defect of nephoscope. Please report it with the run id.",
      zh: "这是 nephoscope 的缺陷，请附上运行编号报告给我们。",
    },
    cause: error,
  });
}
