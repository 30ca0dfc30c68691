import type { MetricDataResult } from "@aws-sdk/client-cloudwatch";
import { ProviderError } from "../../errors/index.ts";
import { PROVIDER_ID, required } from "./errors.ts";

const OPERATION = "GetMetricData";

/** The points of one query, as they come in over pages. */
export interface MetricSeries {
  /** Native values by time, in milliseconds since the epoch. */
  readonly points: Map<number, number>;
  complete: boolean;
  failure?: ProviderError;
}

/** A part of a reply that was checked: ready to be added to its series. */
export interface SeriesPart {
  readonly id: string;
  readonly timestamps: readonly Date[];
  readonly values: readonly number[];
  readonly status: "complete" | "partial" | "failed";
  readonly failure?: ProviderError;
}

/** Checks one result. Throws `PROVIDER_REPLY_INVALID` where something is missing. */
export function seriesPart(result: MetricDataResult): SeriesPart {
  const id = required(result.Id, OPERATION, "Id");
  const timestamps = required(result.Timestamps, OPERATION, "Timestamps");
  const values = required(result.Values, OPERATION, "Values");
  if (timestamps.length !== values.length) required(undefined, OPERATION, "a value for each timestamp");
  const part = { id, timestamps, values };
  const detail = result.Messages?.[0]?.Value ?? "";
  switch (required(result.StatusCode, OPERATION, "StatusCode")) {
    case "Complete":
      return { ...part, status: "complete" };
    case "PartialData":
      return { ...part, status: "partial" };
    case "Forbidden":
      return { ...part, status: "failed", failure: seriesFailure("PROVIDER_FORBIDDEN", `Forbidden ${detail}`) };
    default:
      return { ...part, status: "failed", failure: seriesFailure("PROVIDER_UNAVAILABLE", `${result.StatusCode} ${detail}`) };
  }
}

/** Adds a part to its series. */
export function addPart(series: MetricSeries, part: SeriesPart): void {
  part.timestamps.forEach((timestamp, index) => {
    series.points.set(timestamp.getTime(), part.values[index] ?? 0);
  });
  if (part.failure !== undefined) series.failure = part.failure;
  series.complete = part.status !== "partial";
}

/** For series that the last page leaves unfinished, or that no page mentions. */
export function unfinished(): ProviderError {
  return seriesFailure("PROVIDER_REPLY_INVALID", "the metric is missing in the reply, or only a part of it came");
}

function seriesFailure(code: ProviderError["code"], detail: string): ProviderError {
  return new ProviderError({
    code,
    providerId: PROVIDER_ID,
    message: { en: `AWS ${OPERATION}: ${detail.trim()}`, zh: `AWS ${OPERATION}：${detail.trim()}` },
    hint: { en: "Ask again in a minute.", zh: "请一分钟后重试。" },
  });
}
