import { z } from "zod";
import type { ToolInput, ToolName } from "./tool-inputs.ts";

/** Raised when a saved plan of the old version can no longer be run as it was meant. */
export const PLAN_VERSION = 1;

export const planStepSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  tool: z.string().min(1),
  input: z.record(z.string(), z.unknown()),
  dependsOn: z.array(z.string()),
});

/** Whether times can be read and written in it. */
export function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A plan as it is saved and read back: untrusted, so strict. Inputs are checked against the tools' own schemas. */
export const planSchema = z.strictObject({
  version: z.literal(PLAN_VERSION),
  question: z.string().min(1),
  language: z.enum(["zh", "en"]),
  /** IANA zone in which the question's times were read and answers are written. */
  timezone: z.string().refine(isTimezone, "is no IANA time zone"),
  /** Planned against an emulator; it then runs only against one. */
  emulated: z.boolean(),
  steps: z.array(planStepSchema).min(1),
});
export type PlanStep = z.infer<typeof planStepSchema>;
/** A DAG of steps with exactly one that no other uses: its rows are the answer. */
export type Plan = z.infer<typeof planSchema>;

/** A step whose input is known to fit its tool: what the planners build. */
export type TypedStep = {
  [Name in ToolName]: { readonly id: string; readonly tool: Name; readonly input: ToolInput<Name> };
}[ToolName];

/** Ids of the steps an input refers to (`{ from: id }` at its top level), in order, each once. */
export function referencesOf(input: Readonly<Record<string, unknown>>): string[] {
  const ids = new Set<string>();
  for (const value of Object.values(input)) {
    if (typeof value === "object" && value !== null && "from" in value && typeof value.from === "string" && !("to" in value))
      ids.add(value.from);
  }
  return [...ids];
}
