import type { TraceData } from "../trace-data.ts";

/** 32 hexadecimal digits, as W3C Trace Context has them: the first eight are the second of the beginning. */
export function operationId({ key, startMs }: Pick<TraceData, "key" | "startMs">): string {
  return `${Math.floor(startMs / 1_000)
    .toString(16)
    .padStart(8, "0")}${key}`;
}
