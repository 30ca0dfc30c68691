import { z } from "zod";
import { STATISTICS } from "./metric.ts";
import { RESOURCE_KINDS, type ResourceKind } from "./resource.ts";
import { resourceWhereSchema, whereSchema } from "./selection.ts";
import { UNITS } from "./unit.ts";
import { windowSpecSchema } from "./window.ts";

/** The output of an earlier step. */
export const referenceSchema = z.strictObject({ from: z.string().min(1).describe("id of an earlier step") });

const column = z.string().min(1);
const limit = z.int().min(1).max(100_000);

export const resourcesListSchema = z.strictObject({
  kind: z.enum(Object.keys(RESOURCE_KINDS) as [ResourceKind, ...ResourceKind[]]),
  where: resourceWhereSchema.optional(),
  readTags: z.boolean().optional().describe("read tags even where each costs a request: set when a later step uses tag:KEY"),
});

export const metricsQuerySchema = z.strictObject({
  resources: referenceSchema,
  metrics: z.array(z.string().min(1)).min(1).max(8).describe("canonical names, or native ones such as AWS/EC2:CPUUtilization"),
  statistic: z.enum(STATISTICS),
  window: windowSpecSchema,
  suffix: z.string().min(1).optional().describe("appended to the metric columns, for comparisons: cpu.utilization.before"),
});

export const logsQuerySchema = z.strictObject({
  where: whereSchema.optional(),
  service: z.string().min(1).optional().describe("service, application or log group whose logs are meant"),
  severities: z
    .array(z.enum(["debug", "info", "warning", "error", "critical"]))
    .min(1)
    .optional(),
  contains: z.array(z.string().min(1)).optional().describe("texts that all occur in the message"),
  excludes: z.array(z.string().min(1)).optional().describe("texts none of which occurs in the message"),
  native: z.string().min(1).optional().describe("a query in the cloud's own language instead of the fields above"),
  window: windowSpecSchema,
  countBy: column
    .optional()
    .describe("count entries by this field instead of returning them: service, severity, region, or a field of the entries"),
  limit: limit.optional().describe("newest entries to return; 100 unless given"),
});

export const tracesQuerySchema = z.strictObject({
  where: whereSchema.optional(),
  view: z.enum(["traces", "services"]).describe("services: one row per service with its request count, error count and latency"),
  service: z.string().min(1).optional(),
  errorsOnly: z.boolean().optional(),
  minDurationMs: z.number().min(0).optional(),
  window: windowSpecSchema,
  order: z.enum(["slowest", "newest"]).optional(),
  limit: limit.optional().describe("20 unless given"),
});

export const alarmsListSchema = z.strictObject({
  where: whereSchema.optional(),
  states: z
    .array(z.enum(["alarm", "ok", "insufficient-data"]))
    .min(1)
    .optional()
    .describe("alarm unless given"),
  names: resourceWhereSchema.shape.names,
});

/** Rows that an earlier run stored: what "of those" means. */
export const resultsLoadSchema = z.strictObject({
  runId: z.string().min(1),
  where: resourceWhereSchema.optional().describe("rows of other resources are left out"),
});

export const conditionSchema = z.strictObject({
  column: column.describe("a column, or tag:KEY for a tag of the row's resource"),
  operator: z.enum([
    "gt",
    "gte",
    "lt",
    "lte",
    "eq",
    "ne",
    "between",
    "outside",
    "in",
    "not-in",
    "contains",
    "not-contains",
    "present",
    "missing",
  ]),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  values: z
    .array(z.union([z.string(), z.number()]))
    .optional()
    .describe("for in, not-in; the two inclusive bounds for between, outside"),
  unit: z.enum(UNITS).optional().describe("unit of the value; must be the column's"),
});
export type Condition = z.infer<typeof conditionSchema>;

export const tableFilterSchema = z.strictObject({
  rows: referenceSchema,
  all: z.array(conditionSchema).optional().describe("conditions that hold together"),
  any: z.array(conditionSchema).optional().describe("conditions of which one holds"),
});

export const MEASURES = ["count", "average", "sum", "maximum", "minimum", "p50", "p90", "p95", "p99"] as const;

export const tableAggregateSchema = z.strictObject({
  rows: referenceSchema,
  groupBy: z.array(column).describe("columns or tag:KEY; empty: one row over all"),
  measures: z
    .array(z.strictObject({ function: z.enum(MEASURES), column: column.optional(), as: column.optional() }))
    .min(1)
    .describe("count needs no column; without as, the column is called like function(column)"),
});

export const tableSortSchema = z.strictObject({
  rows: referenceSchema,
  by: z.array(z.strictObject({ column, direction: z.enum(["ascending", "descending"]) })).min(1),
  limit: limit.optional().describe("keep the first so many: top-N"),
});

export const tableJoinSchema = z.strictObject({
  left: referenceSchema,
  right: referenceSchema,
  on: z.array(column).min(1).describe("columns of both; of the right side the others are added"),
  kind: z.enum(["inner", "left"]),
});

export const tableDeriveSchema = z.strictObject({
  rows: referenceSchema,
  columns: z
    .array(
      z.strictObject({
        as: column,
        operation: z.enum(["difference", "ratio", "percent-change"]).describe("left - right; left / right; (left - right) / right × 100"),
        left: column,
        right: column,
      }),
    )
    .min(1),
});

export const tableAnalyzeSchema = z.strictObject({
  rows: referenceSchema,
  instruction: z.string().min(1).describe("what to find out, in the language of the question"),
});

/** What no other tool gives: found among the cloud's API operations, written as code, approved by a person. */
export const codeRunSchema = z.strictObject({
  goal: z.string().min(1).max(1_000).describe("what is wanted, in words, with every condition of the question"),
  where: whereSchema.optional().describe("one cloud; accounts and regions if the question names them"),
  learned: z.string().min(1).optional().describe("name of a kept program that does it"),
  input: z.record(z.string(), z.json()).optional().describe("values for the kept program's parameters"),
});

/** Input schemas of the cloud-neutral tools, by tool name. Tool names are public API. */
export const TOOL_INPUTS = {
  "resources.list": resourcesListSchema,
  "metrics.query": metricsQuerySchema,
  "logs.query": logsQuerySchema,
  "traces.query": tracesQuerySchema,
  "alarms.list": alarmsListSchema,
  "code.run": codeRunSchema,
  "results.load": resultsLoadSchema,
  "table.filter": tableFilterSchema,
  "table.aggregate": tableAggregateSchema,
  "table.sort": tableSortSchema,
  "table.join": tableJoinSchema,
  "table.derive": tableDeriveSchema,
  "table.analyze": tableAnalyzeSchema,
} as const;

export type ToolName = keyof typeof TOOL_INPUTS;
export type ToolInput<Name extends ToolName> = z.infer<(typeof TOOL_INPUTS)[Name]>;
