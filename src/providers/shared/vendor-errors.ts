import { type OrchestratorError, ProviderError, type Text } from "../../errors/index.ts";
import { spacedName } from "./spaced-name.ts";

type Code = ProviderError["code"];

export interface Vendor {
  readonly id: string;
  /** As people know it. */
  readonly name: Text;
  /** What to do where credentials are refused, and where they are not enough. */
  readonly hints: Readonly<Record<"PROVIDER_UNAUTHENTICATED" | "PROVIDER_FORBIDDEN", Text>>;
}

/** What else is known of a failure. Without `hint` its code has one. */
interface FailureFacts {
  readonly hint?: Text;
  readonly details?: ProviderError["details"];
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** The failures of one cloud, so that all clouds tell theirs in the same words. */
export interface VendorErrors {
  /** Any failure, in our own words. */
  failure(code: Code, message: Text, facts?: FailureFacts): ProviderError;
  /** What the vendor said: its code, which may be empty, and its sentence. */
  said(code: Code, vendorCode: string, sentence: string, facts?: FailureFacts): ProviderError;
  /** The connection was not made, broke, or nothing came in time, which has no code. */
  notReached(operation: string, networkCode: string | null, cause: unknown): ProviderError;
  /** A reply that cannot be read at all. */
  replyInvalid(operation: string, cause: unknown): ProviderError;
  /** A part of a reply that cannot be missing; `PROVIDER_REPLY_INVALID` if it is, so that a cut reply never looks like an empty one. */
  required<Value>(value: Value | null | undefined, operation: string, field: string): Value;
  /** A region or project as a part of a host name, where anything else might lead credentials to another host. Throws `PROVIDER_REPLY_INVALID`. */
  hostLabel(text: string): string;
  /** For places that can hold only a `ProviderError`: a missing credential there is one that the cloud would refuse. */
  asProviderError(error: OrchestratorError): ProviderError;
}

export function vendorErrors({ id, name, hints }: Vendor): VendorErrors {
  const { en } = name;
  const zh = spacedName(name.zh);
  const zhWithin = zh === name.zh ? zh : ` ${zh}`;

  const hintsByCode: Readonly<Partial<Record<Code, Text>>> = {
    ...hints,
    PROVIDER_RATE_LIMITED: { en: "Ask again in a minute, or narrow the question.", zh: "请一分钟后重试，或缩小范围。" },
    PROVIDER_UNAVAILABLE: { en: "Ask again in a minute; check the network if it stays so.", zh: "请一分钟后重试；若仍如此，请检查网络。" },
    PROVIDER_REPLY_INVALID: {
      en: `Ask again; if it stays so, something between here and ${en} changes replies.`,
      zh: `请重试；若仍如此，说明中间设备改写了${zhWithin}的响应。`,
    },
  };

  function failure(code: Code, message: Text, facts: FailureFacts = {}): ProviderError {
    const { hint = hintsByCode[code], details, retryAfterMs, cause } = facts;
    return new ProviderError({
      code,
      providerId: id,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(details === undefined ? {} : { details }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(cause === undefined ? {} : { cause }),
    });
  }

  return {
    failure,
    said(code, vendorCode, sentence, facts) {
      const words = [vendorCode, sentence].filter(Boolean).join(": ");
      return failure(code, { en: `${en}: ${words}`, zh: `${zh}返回：${words}` }, facts);
    },
    notReached(operation, networkCode, cause) {
      const message =
        networkCode === null || networkCode === "ETIMEDOUT"
          ? { en: `${en} did not answer ${operation} in time.`, zh: `${zh}没有及时响应 ${operation}。` }
          : {
              en: `The connection to ${en} broke during ${operation} (${networkCode}).`,
              zh: `执行 ${operation} 时与${zhWithin}的连接中断（${networkCode}）。`,
            };
      return failure("PROVIDER_UNAVAILABLE", message, { details: { networkCode }, cause });
    },
    replyInvalid(operation, cause) {
      const message = { en: `The reply of ${en} to ${operation} cannot be read.`, zh: `无法解析${zhWithin}对 ${operation} 的响应。` };
      return failure("PROVIDER_REPLY_INVALID", message, { cause });
    },
    required(value, operation, field) {
      if (value !== undefined && value !== null) return value;
      const message = { en: `${en} answered ${operation} without ${field}.`, zh: `${zh}对 ${operation} 的响应缺少 ${field}。` };
      throw failure("PROVIDER_REPLY_INVALID", message);
    },
    hostLabel(text) {
      if (/^[a-z0-9-]{1,63}$/.test(text)) return text;
      const shown = JSON.stringify(text);
      throw failure("PROVIDER_REPLY_INVALID", {
        en: `${en} has no host for ${shown}: only lower-case letters, digits and hyphens make a host name.`,
        zh: `${zh}没有 ${shown} 对应的主机：主机名只能由小写字母、数字和连字符组成。`,
      });
    },
    asProviderError(error) {
      if (error instanceof ProviderError) return error;
      const code = error.code === "CREDENTIAL_MISSING" ? "PROVIDER_UNAUTHENTICATED" : "PROVIDER_FAILED";
      const { hint, details } = error;
      return failure(code, error.text, { ...(hint === undefined ? {} : { hint }), details, cause: error });
    },
  };
}
