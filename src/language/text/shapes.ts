import { MONTHS } from "../lexicon/times.ts";
import { UNIT_SPELLINGS } from "../lexicon/units.ts";
import { HAN, isWordCharacter } from "./normalise.ts";
import { readNumber } from "./numerals.ts";
import type { Measure, Sense } from "./sense.ts";

interface ShapeMatch {
  readonly end: number;
  readonly sense: Sense;
}

type Shape = (text: string, lower: string, start: number) => ShapeMatch | undefined;

/** What is recognised by its form, before any word list: quotations, ids, times, dates, numbers with units. */
export const SHAPES: readonly Shape[] = [quotation, identifier, instant, date, monthName, clock, hanClock, quantity];

function run(pattern: RegExp, text: string, start: number): RegExpExecArray | undefined {
  pattern.lastIndex = start;
  return pattern.exec(text) ?? undefined;
}

function quotation(text: string, _lower: string, start: number): ShapeMatch | undefined {
  const match = run(/"([^"]{1,200})"|`([^`]{1,200})`|(?<![\p{L}\p{N}])'([^']{1,200})'(?![\p{L}\p{N}])/uy, text, start);
  if (match === undefined) return undefined;
  const value = (match[1] ?? match[2] ?? match[3] ?? "").trim();
  return value === "" ? undefined : { end: start + match[0].length, sense: { is: "quoted", value } };
}

function identifier(text: string, lower: string, start: number): ShapeMatch | undefined {
  if (isWordCharacter(lower[start - 1])) return undefined;
  const instance = run(/i-[0-9a-f]{8,17}(?![\w-])/y, lower, start);
  if (instance !== undefined) return { end: start + instance[0].length, sense: { is: "id", kind: "virtual-machine" } };
  const arn = run(/arn:[\w-]+:[\w-]+:[\w-]*:\d*:[\w:/.-]*[\w/]/y, text, start);
  if (arn !== undefined) return { end: start + arn[0].length, sense: { is: "id", kind: null } };
  const account = run(/\d{12}(?!\d)/y, lower, start);
  if (account !== undefined) return { end: start + 12, sense: { is: "account", id: account[0] } };
  const type = run(/(?:db\.)?[a-z]\d[a-z0-9-]{0,8}\.(?:nano|micro|small|medium|large|xlarge|\d{1,2}xlarge|metal)(?![\w-])/y, lower, start);
  if (type !== undefined) return { end: start + type[0].length, sense: { is: "instanceType" } };
  const native = run(/[A-Za-z]\w*(?:\/\w+)+:[A-Za-z][\w.]*/y, text, start);
  if (native !== undefined) return { end: start + native[0].length, sense: { is: "metric", metrics: [native[0]] } };
  const logGroup = run(/\/[A-Za-z][\w.-]*(?:\/[\w.-]*\w)*/y, text, start);
  if (logGroup !== undefined) return { end: start + logGroup[0].length, sense: { is: "logGroup" } };
  return undefined;
}

function instant(text: string, _lower: string, start: number): ShapeMatch | undefined {
  const pattern = /(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?(?![\d:])/iy;
  const match = run(pattern, text, start);
  if (match === undefined) return undefined;
  const local = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (!isDate(local[0] ?? 0, local[1] ?? 0, local[2] ?? 0) || (local[3] ?? 0) > 24 || (local[4] ?? 0) > 59) return undefined;
  const end = start + match[0].length;
  const zone = match[7];
  if (zone === undefined) return { end, sense: { is: "instant", ms: null, local } };
  const utc = Date.UTC(local[0] ?? 0, (local[1] ?? 1) - 1, local[2], local[3], local[4], local[5]);
  const offset = /([+-])(\d{2}):?(\d{2})/.exec(zone);
  const sign = offset?.[1] === "-" ? -1 : 1;
  const offsetMs = offset === null ? 0 : sign * (Number(offset[2]) * 60 + Number(offset[3])) * 60_000;
  return { end, sense: { is: "instant", ms: utc - offsetMs, local: null } };
}

function date(text: string, _lower: string, start: number): ShapeMatch | undefined {
  const full = run(/(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d:])|(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?/y, text, start);
  const year = full?.[1] ?? full?.[4];
  if (full !== undefined && year !== undefined) {
    return dateOf(start + full[0].length, Number(year), Number(full[2] ?? full[5]), Number(full[3] ?? full[6]));
  }
  const short = run(/(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]/y, text, start);
  return short === undefined ? undefined : dateOf(start + short[0].length, null, Number(short[1]), Number(short[2]));
}

const LONG_MONTHS = MONTHS.flatMap((month) => [month, `${month.slice(0, 3)}(?=\\.? \\d)`]).join("|");
const SHORT_MONTHS = MONTHS.flatMap((month) => [month, month.slice(0, 3)]).join("|");
/** `March 10th, 2025`, `mar 10`. */
const MONTH_FIRST = new RegExp(`(${LONG_MONTHS})\\.? (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?(?![\\w:])`, "y");
/** `10 March 2025`, `10th of march`. */
const DAY_FIRST = new RegExp(`(\\d{1,2})(?:st|nd|rd|th)? (?:of )?(${SHORT_MONTHS})(?:,? (\\d{4}))?(?![\\w:])`, "y");

function monthName(_text: string, lower: string, start: number): ShapeMatch | undefined {
  if (isWordCharacter(lower[start - 1])) return undefined;
  const first = run(MONTH_FIRST, lower, start);
  if (first?.[1] !== undefined) return dateOf(start + first[0].length, yearOf(first[3]), monthOf(first[1]), Number(first[2]));
  const second = run(DAY_FIRST, lower, start);
  if (second?.[2] !== undefined) return dateOf(start + second[0].length, yearOf(second[3]), monthOf(second[2]), Number(second[1]));
  return undefined;
}

function yearOf(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

function monthOf(name: string): number {
  return MONTHS.findIndex((month) => month.startsWith(name.slice(0, 3))) + 1;
}

function dateOf(end: number, year: number | null, month: number, day: number): ShapeMatch | undefined {
  return isDate(year ?? 2024, month, day) ? { end, sense: { is: "date", year, month, day } } : undefined;
}

function isDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function clock(_text: string, lower: string, start: number): ShapeMatch | undefined {
  const word = run(/(noon|midday|midnight|中午12点|正午|午夜)(?![a-z])/y, lower, start);
  if (word !== undefined) {
    const hour = word[1] === "midnight" || word[1] === "午夜" ? 0 : 12;
    return { end: start + word[0].length, sense: { is: "clock", hour, minute: 0, meridiem: true } };
  }
  const match = run(
    /(\d{1,2}):(\d{2})(?::\d{2})?(?: ?([ap])\.?m\.?(?![a-z]))?(?![\d:])|(\d{1,2}) ?([ap])\.?m\.?(?![a-z])|(\d{1,2}) o'clock/y,
    lower,
    start,
  );
  if (match === undefined) return undefined;
  return clockOf(start + match[0].length, Number(match[1] ?? match[4] ?? match[6]), Number(match[2] ?? 0), match[3] ?? match[5]);
}

function hanClock(_text: string, lower: string, start: number): ShapeMatch | undefined {
  if (!/[\d零一二两三四五六七八九十]/.test(lower[start] ?? "")) return undefined;
  // Here 点 is the clock's, not a decimal point.
  const hour = readNumber(lower.slice(start, start + 12).replace(/点/g, "點"), 0);
  if (hour === undefined) return undefined;
  let at = start + hour.end;
  if (lower[at] === " ") at += 1;
  if (!/[点时]/.test(lower[at] ?? "") || !Number.isInteger(hour.value)) return undefined;
  at += 1;
  const rest = run(/钟|整|半|一刻|三刻/y, lower, at)?.[0];
  if (rest !== undefined) {
    const minute = { 半: 30, 一刻: 15, 三刻: 45 }[rest] ?? 0;
    return clockOf(at + rest.length, hour.value, minute, undefined);
  }
  const minute = readNumber(lower, at);
  if (minute !== undefined && lower[minute.end] === "分" && lower[minute.end + 1] !== "钟") {
    return clockOf(minute.end + 1, hour.value, minute.value, undefined);
  }
  return clockOf(at, hour.value, 0, undefined);
}

function clockOf(end: number, hour: number, minute: number, half: string | undefined): ShapeMatch | undefined {
  if (minute > 59 || hour > 24 || (half !== undefined && (hour < 1 || hour > 12))) return undefined;
  const shifted = half === undefined ? hour : (hour % 12) + (half === "p" ? 12 : 0);
  return { end, sense: { is: "clock", hour: shifted, minute, meridiem: half !== undefined } };
}

function quantity(text: string, lower: string, start: number): ShapeMatch | undefined {
  if (isWordCharacter(lower[start - 1]) && /\d/.test(lower[start] ?? "") && !HAN.test(lower[start - 1] ?? "")) return undefined;
  if (lower.startsWith("每秒", start)) {
    const each = quantity(text, lower, text[start + 2] === " " ? start + 3 : start + 2);
    if (each?.sense.is !== "quantity" || each.sense.measure?.dimension !== "bytes") return undefined;
    return { end: each.end, sense: { ...each.sense, measure: { dimension: "bytes/second", factor: each.sense.measure.factor } } };
  }
  const before = lower[start] === "%";
  const number = readNumber(lower, before ? start + 1 : start);
  if (number === undefined) return undefined;
  if (before) return percentOf(number.end, number.value);
  const tenths = run(/(?: ?)成([一二三四五六七八九半])?(?!功|本)/y, lower, number.end);
  if (tenths !== undefined && number.value <= 10) {
    const more = tenths[1] === undefined ? 0 : tenths[1] === "半" ? 5 : "零一二三四五六七八九".indexOf(tenths[1]);
    return percentOf(number.end + tenths[0].length, number.value * 10 + more);
  }
  const half = run(/ ?个半(小时|钟头|月)/y, lower, number.end);
  if (half !== undefined) {
    const factor = half[1] === "月" ? 30 * 86_400_000 : 3_600_000;
    return {
      end: number.end + half[0].length,
      sense: { is: "quantity", value: number.value + 0.5, measure: { dimension: "duration", factor } },
    };
  }
  const unit = readUnit(text, number.end);
  if (unit === undefined) {
    // "95th" is no number, and a letter right after the digits makes a word of it.
    return isWordCharacter(lower[number.end]) ? undefined : { end: number.end, sense: { is: "quantity", value: number.value } };
  }
  return { end: unit.end, sense: { is: "quantity", value: number.value, measure: unit.measure, unit: unit.text } };
}

function percentOf(end: number, value: number): ShapeMatch {
  return { end, sense: { is: "quantity", value, measure: { dimension: "percent", factor: 1 }, unit: "%" } };
}

const LONGEST_UNIT = Math.max(...[...UNIT_SPELLINGS.keys()].map((unit) => unit.length));

function readUnit(text: string, start: number): { readonly end: number; readonly text: string; readonly measure: Measure } | undefined {
  const at = text[start] === " " || text[start] === "-" ? start + 1 : start;
  for (let length = LONGEST_UNIT; length > 0; length -= 1) {
    const spelling = text.slice(at, at + length);
    if (spelling.length < length) continue;
    const measure = UNIT_SPELLINGS.get(spelling) ?? UNIT_SPELLINGS.get(spelling.toLowerCase());
    if (measure === undefined) continue;
    if (isWordCharacter(spelling.at(-1)) && isWordCharacter(text[at + length])) continue;
    if (/[a-z]$/i.test(spelling) && /^-\w/.test(text.slice(at + length))) continue;
    return { end: at + length, text: spelling, measure };
  }
  return undefined;
}
