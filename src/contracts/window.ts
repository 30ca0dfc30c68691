import { z } from "zod";
import type { Statistic } from "./metric.ts";

/**
 * A stretch of time as plans hold it. A relative one is resolved when the plan runs: the last `lastMs` that every asked cloud can
 * have delivered, aligned to whole minutes (to 5 minutes from 5 minutes up, so that basic monitoring has exactly its points in it).
 */
export const windowSpecSchema = z.union([
  z.strictObject({ lastMs: z.int().min(60_000).describe("length of the window that ends now, in milliseconds") }),
  z.strictObject({
    from: z.iso.datetime({ offset: true }).describe("start, inclusive, ISO 8601 with zone"),
    to: z.iso.datetime({ offset: true }).describe("end, exclusive"),
  }),
]);
export type WindowSpec = z.infer<typeof windowSpecSchema>;

/** A resolved window: `fromMs` inclusive, `toMs` exclusive, milliseconds since the epoch. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A window as a step looked at it. */
export interface ResolvedWindow extends TimeWindow {
  readonly statistic: Statistic | null;
  /** Longest point that went into an answer, in milliseconds; null where there are no points. Final once the batches ended. */
  periodMs: number | null;
}
