import { z } from "zod";
import { RESOURCE_STATES } from "./resource.ts";

const names = z.array(z.string().min(1)).min(1);

/** Which of a set are meant. Both absent: all. */
function selectionOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ include: z.array(item).min(1).optional(), exclude: z.array(item).min(1).optional() });
}

/** A condition on one tag. Keys match exactly, then without regard to case; values are compared without regard to case. */
export const tagConditionSchema = z.strictObject({
  key: z.string().min(1),
  operator: z.enum(["in", "not-in", "exists", "missing"]).describe("not-in holds for resources without the tag too"),
  values: names.optional().describe("for in and not-in"),
});
export type TagCondition = z.infer<typeof tagConditionSchema>;

export const nameConditionSchema = z.strictObject({
  operator: z.enum(["is", "is-not", "contains", "not-contains", "starts-with", "ends-with"]),
  value: z.string().min(1),
});
export type NameCondition = z.infer<typeof nameConditionSchema>;

/** Where to look. Region ids are the vendor's own; `aws:eu-west-1` is that of AWS alone, as clouds use one id for different places. */
export const whereSchema = z.strictObject({
  providers: selectionOf(z.string().min(1)).optional(),
  accounts: selectionOf(z.string().min(1)).optional(),
  regions: selectionOf(z.string().min(1)).optional(),
});
export type Where = z.infer<typeof whereSchema>;

/** What the caller restricts a question to, whatever it says: the CLI's `--account`, a bot's policy. */
export interface Restriction {
  readonly providers?: readonly string[];
  /** Ids or friendly names. */
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  /** By key: resources without the value are left out. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Which resources are meant; all conditions hold together. */
export const resourceWhereSchema = whereSchema.extend({
  states: selectionOf(z.enum(RESOURCE_STATES)).optional(),
  tags: z.array(tagConditionSchema).optional(),
  names: z.array(nameConditionSchema).optional(),
  ids: names.optional(),
});
export type ResourceWhere = z.infer<typeof resourceWhereSchema>;
