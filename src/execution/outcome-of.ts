import type { Provider, Reason } from "../contracts/index.ts";
import { OrchestratorError, toOrchestratorError } from "../errors/index.ts";

/** How something that a cloud was asked for ended, and why. */
export interface Failure {
  readonly outcome: "throttled" | "denied" | "failed";
  readonly reason: Reason;
}

/** What an error means for a receipt. */
export function failureOf(error: unknown): Failure {
  const known = toOrchestratorError(error);
  return {
    outcome: outcomeOf(known.code),
    reason: { code: known.code, text: known.text, ...(known.hint === undefined ? {} : { hint: known.hint }) },
  };
}

function outcomeOf(code: string): Failure["outcome"] {
  switch (code) {
    case "PROVIDER_FORBIDDEN":
    case "PROVIDER_UNAUTHENTICATED":
      return "denied";
    case "PROVIDER_RATE_LIMITED":
      return "throttled";
    default:
      return "failed";
  }
}

/** What a provider threw, as an error of ours where the provider can tell. */
export function knownError(provider: Provider | undefined, error: unknown): unknown {
  return OrchestratorError.isInstance(error) ? error : (provider?.toError?.(error) ?? error);
}

/** Whether a person stopped the run. Our own time limit is no such thing: what it leaves undone is an outcome, not an exception. */
export function isCancelled(signal: AbortSignal): boolean {
  return signal.aborted && !(OrchestratorError.isInstance(signal.reason) && signal.reason.code === "RUN_TIMEOUT");
}

/** Throws the reason of a person's abort. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (isCancelled(signal)) throw signal.reason;
}
