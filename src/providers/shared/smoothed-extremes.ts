import type { Statistic } from "../../contracts/index.ts";
import type { Text } from "../../errors/index.ts";
import { spacedName } from "./spaced-name.ts";

const MINUTE_MS = 60_000;

/** What is to be said of extremes that a cloud can tell only of averages; undefined where they are those of single minutes. */
export function smoothedExtremes(name: Text, statistic: Statistic, periodMs: number): Text | undefined {
  if ((statistic !== "maximum" && statistic !== "minimum") || periodMs <= MINUTE_MS) return undefined;
  const minutes = periodMs / MINUTE_MS;
  return {
    en: `${name.en}: the ${statistic} is that of averages over ${minutes} minutes, not of single minutes.`,
    zh: `${spacedName(name.zh)}的${statistic === "maximum" ? "最大值" : "最小值"}取自每 ${minutes} 分钟的平均值，而不是每分钟的值。`,
  };
}
