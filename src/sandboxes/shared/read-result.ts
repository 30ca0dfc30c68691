import type { SandboxFailure, SandboxLimits } from "../../contracts/index.ts";
import { failureOf, limitReached } from "./failures.ts";
import { protocolBroken } from "./guest-failure.ts";
import { unsafeJson } from "./plain-json.ts";

/** How a run ended, without what is the same for all. */
export type Verdict = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly failure: SandboxFailure };

/** Reads the result that a program gave, as JSON. */
export function readResult(json: string, limits: SandboxLimits, refusesUnsafe = true): Verdict {
  if (Buffer.byteLength(json) > limits.maxResultBytes) return failed(limitReached("result-bytes", limits));
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return failed(protocolBroken("its result is no JSON"));
  }
  const unsafe = refusesUnsafe ? unsafeJson(value) : undefined;
  return unsafe === undefined ? { ok: true, value } : failed(failureOf("result", `The result is refused: ${unsafe}.`));
}

export function failed(failure: SandboxFailure): Verdict {
  return { ok: false, failure };
}
