import { z } from "zod";
import { AwsError } from "./aws-error.ts";

// JSON brings numbers and epoch seconds, the query protocol strings and ISO 8601: one schema reads both.
const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
const instant = z.union([
  z.number().transform((seconds) => seconds * 1_000),
  z.string().transform((text, context) => {
    const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text);
    if (Number.isNaN(ms)) context.issues.push({ code: "custom", message: "must be a timestamp", input: text });
    return ms;
  }),
]);
const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);
const dimensions = z
  .array(z.looseObject({ Name: z.string(), Value: z.string() }))
  .max(30)
  .default([]);
const strings = z.array(z.string());

export const getMetricDataSchema = z.looseObject({
  StartTime: instant,
  EndTime: instant,
  MetricDataQueries: z
    .array(
      z.looseObject({
        Id: z.string(),
        Label: z.string().optional(),
        Expression: z.string().optional(),
        ReturnData: flag.default(true),
        MetricStat: z
          .looseObject({
            Metric: z.looseObject({ Namespace: z.string(), MetricName: z.string(), Dimensions: dimensions }),
            Period: number,
            Stat: z.string(),
            Unit: z.string().optional(),
          })
          .optional(),
      }),
    )
    .min(1),
  ScanBy: z.enum(["TimestampDescending", "TimestampAscending"]).default("TimestampDescending"),
  MaxDatapoints: number.default(100_800),
  NextToken: z.string().optional(),
});
export type GetMetricDataInput = z.infer<typeof getMetricDataSchema>;

export const getMetricStatisticsSchema = z.looseObject({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: dimensions,
  StartTime: instant,
  EndTime: instant,
  Period: number,
  Statistics: strings.max(5).default([]),
  ExtendedStatistics: strings.max(10).default([]),
  Unit: z.string().optional(),
});

export const listMetricsSchema = z.looseObject({
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z
    .array(z.looseObject({ Name: z.string(), Value: z.string().optional() }))
    .max(10)
    .default([]),
  NextToken: z.string().optional(),
});

export const describeAlarmsSchema = z.looseObject({
  AlarmNames: strings.max(100).optional(),
  AlarmNamePrefix: z.string().optional(),
  AlarmTypes: z.array(z.enum(["MetricAlarm", "CompositeAlarm"])).default(["MetricAlarm"]),
  StateValue: z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]).optional(),
  MaxRecords: number.default(50),
  NextToken: z.string().optional(),
});

export const describeAlarmHistorySchema = z.looseObject({
  AlarmName: z.string().optional(),
  AlarmTypes: z.array(z.enum(["MetricAlarm", "CompositeAlarm"])).default(["MetricAlarm"]),
  HistoryItemType: z.enum(["StateUpdate", "ConfigurationUpdate", "Action"]).optional(),
  StartDate: instant.optional(),
  EndDate: instant.optional(),
  MaxRecords: number.default(100),
  NextToken: z.string().optional(),
  ScanBy: z.enum(["TimestampDescending", "TimestampAscending"]).default("TimestampDescending"),
});

export const listDashboardsSchema = z.looseObject({ DashboardNamePrefix: z.string().optional(), NextToken: z.string().optional() });
export const dashboardNameSchema = z.looseObject({ DashboardName: z.string() });
export const deleteDashboardsSchema = z.looseObject({ DashboardNames: strings.min(1).max(100) });

/** @throws AwsError `ValidationException`, naming the first member that is wrong. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw validationError(`1 validation error detected: Value at '${issue?.path.join(".")}' failed to satisfy constraint: ${issue?.message}`);
}

export function validationError(message: string): AwsError {
  return new AwsError("ValidationException", message, { queryCode: "ValidationError" });
}

export function invalidValue(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message, { queryCode: "InvalidParameterValue" });
}

export function invalidCombination(message: string): AwsError {
  return new AwsError("InvalidParameterCombinationException", message, { queryCode: "InvalidParameterCombination" });
}

export function invalidNextToken(): AwsError {
  return new AwsError("InvalidNextToken", "The specified NextToken is not valid.", { queryCode: "InvalidNextToken" });
}
