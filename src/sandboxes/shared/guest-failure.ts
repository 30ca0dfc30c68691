import { z } from "zod";
import type { SandboxFailure, SandboxLimits } from "../../contracts/index.ts";
import { DEADLOCK, failureOf, limitReached, NOWHERE, placeIn } from "./failures.ts";

const FROM_GUEST = ["syntax", "error", "result", "deadlock", "memory", "batch-bytes", "result-bytes", "stopped"] as const;

const failureSchema = z.strictObject({
  kind: z.enum(FROM_GUEST),
  name: z.string(),
  message: z.string(),
  stack: z.string(),
  code: z.string(),
});

export type GuestFailure = z.infer<typeof failureSchema>;

/** Reads how the sandbox says that the run failed; `undefined` where that is not in its form. */
export function readGuestFailure(text: string): GuestFailure | undefined {
  try {
    return failureSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** `failedWith` says of a code whether a call of this run failed with it: a program may write any code on an error of its own. */
export function toFailure(guest: GuestFailure, limits: SandboxLimits, failedWith: (code: string) => boolean): SandboxFailure {
  const { kind, name, message, code } = guest;
  const place = placeIn(guest.stack);
  if (kind === "memory" || kind === "batch-bytes" || kind === "result-bytes") return { ...limitReached(kind, limits), ...place };
  if (kind === "deadlock") return failureOf("deadlock", DEADLOCK);
  if (kind === "stopped") return protocolBroken("it stopped without being told to");
  const known = failedWith(code) ? code : null;
  const text = [name, message].filter((part) => part !== "").join(": ") || "The program threw something without a message.";
  return { ...failureOf(kind, text, place), code: known };
}

export function protocolBroken(problem: string): SandboxFailure {
  return failureOf("crash", `The sandbox broke the protocol: ${problem}.`, NOWHERE);
}
