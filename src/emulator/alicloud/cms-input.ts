import { type CmsMetric, findMetric } from "./cms-metrics.ts";
import { RpcError } from "./rpc-error.ts";
import type { RpcRequest } from "./rpc-service.ts";

type Input = RpcRequest["input"];

/** A set of dimensions to look for. */
export type WantedDimensions = Readonly<Record<string, string>>;

const MOST_DIMENSIONS = 50;
const DEFAULT_LENGTH = 1_000;
const MOST_LENGTH = 1_440;

/** The metric a call is about, by `Namespace` and `MetricName`. */
export function requiredMetric({ Namespace: namespace, MetricName: name }: Input): CmsMetric {
  if (!namespace || !name)
    throw new RpcError(
      400,
      namespace ? "MissingMetricName" : "MissingNamespace",
      `${namespace ? "MetricName" : "Namespace"} is mandatory for this action.`,
    );
  const metric = findMetric(namespace, name);
  if (metric === undefined) throw new RpcError(404, "ResourceNotFound", "The specified resource is not found.");
  return metric;
}

/** `Period`, in seconds: one of the metric's own. */
export function periodOf({ Period: text }: Input, metric: CmsMetric): number {
  const period = text ? Number(text) : metric.periods[0];
  if (period === undefined || !metric.periods.includes(period))
    throw illegal(`The period ${text} is not one of ${metric.periods.join(",")}`);
  return period;
}

/** `Length`: points a page. */
export function lengthOf({ Length: text }: Input): number {
  const length = text ? Number(text) : DEFAULT_LENGTH;
  if (!Number.isInteger(length) || length < 1 || length > MOST_LENGTH) throw illegal(`Length is from 1 to ${MOST_LENGTH}`);
  return length;
}

/** `Dimensions`: an object or an array of objects, as JSON; undefined for everything there is. */
export function dimensionsOf({ Dimensions: text }: Input): readonly WantedDimensions[] | undefined {
  if (!text) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw illegal("Dimensions is no JSON");
  }
  const list = Array.isArray(value) ? value : [value];
  if (!list.every(isDimensions)) throw illegal("Dimensions is no array of objects of strings");
  if (list.length > MOST_DIMENSIONS) throw illegal(`Dimensions has more than ${MOST_DIMENSIONS} elements`);
  return list.length === 0 ? undefined : list;
}

/**
 * Milliseconds since the epoch, or `YYYY-MM-DDThh:mm:ssZ`. The form of the reference's own example has no zone; the points next to that
 * example show that it means China's time.
 */
export function timeOf(text: string | undefined): number | undefined {
  if (!text) return undefined;
  if (/^\d{10,16}$/.test(text)) return Number(text);
  const match = /^(\d{4}-\d\d-\d\d)([T ])(\d\d:\d\d:\d\d)(Z?)$/.exec(text);
  const [, day, separator, time, zone] = match ?? [];
  const timeMs = match === null ? Number.NaN : Date.parse(`${day}T${time}${separator === "T" && zone === "Z" ? "Z" : "+08:00"}`);
  if (Number.isNaN(timeMs)) throw illegal(`${text} is no time`);
  return timeMs;
}

/** CloudMonitor's word for whatever it cannot read; the reason is the emulator's own. */
export function illegal(reason: string): RpcError {
  return new RpcError(400, "ParameterInvalid", `Illegal parameters. ${reason}.`);
}

function isDimensions(value: unknown): value is WantedDimensions {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every((one) => typeof one === "string")
  );
}
