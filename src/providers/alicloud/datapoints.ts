import { z } from "zod";
import type { ProviderError } from "../../errors/index.ts";
import { failure, replyInvalid } from "./errors.ts";
import type { SeriesPlan } from "./periods.ts";

const OPERATION = "DescribeMetricList";

const datapointsSchema = z.array(z.looseObject({ timestamp: z.int(), instanceId: z.string() }));

export type Datapoint = z.infer<typeof datapointsSchema>[number];

/** Reads `Datapoints`, JSON within JSON. Throws `PROVIDER_REPLY_INVALID`. */
export function parseDatapoints(text: string): readonly Datapoint[] {
  let parsed: ReturnType<typeof datapointsSchema.safeParse>;
  try {
    parsed = datapointsSchema.safeParse(JSON.parse(text));
  } catch (error) {
    throw replyInvalid(OPERATION, error);
  }
  if (!parsed.success) throw replyInvalid(OPERATION, parsed.error);
  return parsed.data;
}

/** The value of a point; an error where the metric has no such statistic. */
export function statisticOf(point: Datapoint, field: SeriesPlan["field"], native: string): number | ProviderError {
  const value = point[field];
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const message = { en: `CloudMonitor has no ${field} of ${native}.`, zh: `云监控没有 ${native} 的 ${field} 统计值。` };
  return failure("PROVIDER_FAILED", message, {
    hint: { en: "Ask for another statistic, for example the average.", zh: "请改用其他统计方式，例如平均值。" },
  });
}

/** Which of several series of a resource a point belongs to: disks have one each, told apart by whatever else the point has. */
export function seriesKey(point: Datapoint): string {
  const rest = Object.entries(point).filter(([name]) => !POINT_FIELDS.has(name));
  return rest.length === 0 ? "" : JSON.stringify(rest.sort());
}

const POINT_FIELDS: ReadonlySet<string> = new Set([
  "timestamp",
  "userId",
  "instanceId",
  "Average",
  "Maximum",
  "Minimum",
  "Sum",
  "Value",
  "order",
  "groupId",
]);
