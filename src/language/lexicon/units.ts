import type { Measure } from "../text/sense.ts";

const rate = (factor: number): Measure => ({ dimension: "bytes/second", factor });
const bytes = (factor: number): Measure => ({ dimension: "bytes", factor });
const duration = (factor: number): Measure => ({ dimension: "duration", factor });
const percent: Measure = { dimension: "percent", factor: 1 };

const PREFIXES: readonly (readonly [string, number])[] = [
  ["", 1],
  ["k", 1e3],
  ["m", 1e6],
  ["g", 1e9],
  ["t", 1e12],
];
const BINARY: readonly (readonly [string, number])[] = [
  ["ki", 2 ** 10],
  ["mi", 2 ** 20],
  ["gi", 2 ** 30],
  ["ti", 2 ** 40],
];
const LONG: readonly (readonly [string, number])[] = [
  ["byte", 1],
  ["kilobyte", 1e3],
  ["megabyte", 1e6],
  ["gigabyte", 1e9],
  ["terabyte", 1e12],
  ["kibibyte", 2 ** 10],
  ["mebibyte", 2 ** 20],
  ["gibibyte", 2 ** 30],
];
const LONG_BITS: readonly (readonly [string, number])[] = [
  ["bit", 1],
  ["kilobit", 1e3],
  ["megabit", 1e6],
  ["gigabit", 1e9],
];
const PER_SECOND = ["/s", "/sec", "/second", " per second", " a second", "每秒", "/秒"];

/**
 * Units as people write them after a number. An upper-case B is bytes, `b` in `bps` and in `Mb/s` is bits; all-lower-case `mb/s` is
 * taken as bytes, as most people mean it.
 */
export const UNIT_SPELLINGS: ReadonlyMap<string, Measure> = new Map<string, Measure>([
  ...["%", "percent", "per cent", "pct", "percentage", "个百分点", "percentage points"].map((text) => [text, percent] as const),
  ...PREFIXES.flatMap(([prefix, factor]) => byteUnits(prefix, factor)),
  ...BINARY.flatMap(([prefix, factor]) => byteUnits(prefix, factor)),
  ...PREFIXES.flatMap(([prefix, factor]) => bitUnits(prefix, factor)),
  ...LONG.flatMap(([name, factor]) =>
    [name, `${name}s`].flatMap((text) => [[text, bytes(factor)] as const, ...PER_SECOND.map((per) => [text + per, rate(factor)] as const)]),
  ),
  ...LONG_BITS.flatMap(([name, factor]) =>
    [name, `${name}s`].flatMap((text) => PER_SECOND.map((per) => [text + per, rate(factor / 8)] as const)),
  ),
  ...[["字节", 1] as const, ["千字节", 1e3] as const, ["兆字节", 1e6] as const, ["吉字节", 1e9] as const].flatMap(([text, factor]) => [
    [text, bytes(factor)] as const,
    ...["/秒", "每秒", "/s"].map((per) => [text + per, rate(factor)] as const),
  ]),
  ...["iops", "ops/s", "ops per second", "ops", "/s", "per second", "次/秒", "次每秒", "/秒"].map(
    (text) => [text, { dimension: "count/second", factor: 1 }] as const,
  ),
  ...["ms", "millisecond", "milliseconds", "msec", "毫秒"].map((text) => [text, duration(1)] as const),
  ...["s", "sec", "secs", "second", "seconds", "秒", "秒钟"].map((text) => [text, duration(1000)] as const),
  ...["m", "min", "mins", "minute", "minutes", "分钟", "分", "个分钟"].map((text) => [text, duration(60_000)] as const),
  ...["quarter of an hour", "quarters of an hour", "quarter hours", "刻钟", "个刻钟"].map((text) => [text, duration(900_000)] as const),
  ...["h", "hr", "hrs", "hour", "hours", "小时", "个小时", "钟头", "个钟头"].map((text) => [text, duration(3_600_000)] as const),
  ...["d", "day", "days", "天", "日"].map((text) => [text, duration(86_400_000)] as const),
  ...["w", "week", "weeks", "周", "个星期", "星期", "个周"].map((text) => [text, duration(7 * 86_400_000)] as const),
  ...["month", "months", "个月"].map((text) => [text, duration(30 * 86_400_000)] as const),
]);

function byteUnits(prefix: string, factor: number): (readonly [string, Measure])[] {
  const upper = prefix.toUpperCase().replace("I", "i");
  const spellings = new Set([
    `${upper}B`,
    `${prefix}B`,
    prefix === "" ? "B" : `${prefix}b`,
    ...(prefix === "" ? [] : [`${upper.toUpperCase()}B`]),
  ]);
  return [...spellings].flatMap((text) => [
    [text, bytes(factor)] as const,
    [`${text}ps`, rate(text.endsWith("B") ? factor : factor / 8)] as const,
    ...PER_SECOND.map((per) => [text + per, rate(factor)] as const),
  ]);
}

function bitUnits(prefix: string, factor: number): (readonly [string, Measure])[] {
  const upper = prefix.toUpperCase();
  const perSecond = rate(factor / 8);
  return [
    [`${prefix}bps`, perSecond],
    [`${upper}bps`, perSecond],
    [`${prefix}bit/s`, perSecond],
    [`${upper}bit/s`, perSecond],
    ...(prefix === "" ? [] : PER_SECOND.map((per): readonly [string, Measure] => [`${upper}b${per}`, perSecond])),
  ];
}
