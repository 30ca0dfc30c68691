import { z } from "zod";

const input = z.record(z.string(), z.unknown());

/** What the planning model may reply. Unknown fields are ignored; what matters is checked again, against the tools' own schemas. */
export const plannerReplySchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("intent"),
    tool: z.string().min(1).nullable(),
    input: input.nullish(),
    goal: z.string().nullish(),
  }),
  z.object({
    kind: z.literal("plan"),
    steps: z.array(z.object({ id: z.string().min(1), tool: z.string().min(1), input })).min(1),
  }),
  z.object({
    kind: z.literal("refusal"),
    reason: z.enum(["off-topic", "write", "unclear", "contradictory"]),
    explanation: z.string().nullish(),
  }),
]);
export type PlannerReply = z.infer<typeof plannerReplySchema>;

/** The value without the `null`s that models write for "not given". */
export function withoutNulls(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([key, field]) => [key, prune(field)]),
  );
}

function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(prune);
  return typeof value === "object" && value !== null ? withoutNulls(value as Record<string, unknown>) : value;
}
