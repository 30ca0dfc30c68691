const DIGITS: Readonly<Record<string, number>> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const SMALL: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const LARGE: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 };
const HAN_NUMERAL = /[零〇一二两三四五六七八九十百千万亿]+/y;

const ENGLISH: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
      .split(" ")
      .map((word, value) => [word, value]),
  ),
  ...Object.fromEntries("twenty thirty forty fifty sixty seventy eighty ninety".split(" ").map((word, index) => [word, (index + 2) * 10])),
};
const ENGLISH_SCALES: Readonly<Record<string, number>> = { hundred: 100, thousand: 1000, million: 1_000_000 };

export interface NumberMatch {
  readonly end: number;
  readonly value: number;
}

/** A number at `start`: digits, Chinese numerals (`八十`, `一百二`, `三千五`, `1.5万`) or English words (`twenty-five`). */
export function readNumber(lower: string, start: number): NumberMatch | undefined {
  return readDigits(lower, start) ?? readHan(lower, start) ?? readEnglish(lower, start);
}

function readDigits(lower: string, start: number): NumberMatch | undefined {
  const pattern = /(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?/y;
  pattern.lastIndex = start;
  const text = pattern.exec(lower)?.[0];
  if (text === undefined) return undefined;
  let end = start + text.length;
  let value = Number(text.replaceAll(",", ""));
  const scale = LARGE[lower[end] ?? ""] ?? SMALL[lower[end] ?? ""];
  if (scale !== undefined) {
    value *= scale;
    end += 1;
  } else if (/k(?![a-z0-9])/y.test(lower.slice(end, end + 2))) {
    value *= 1000;
    end += 1;
  }
  return { end, value };
}

function readHan(lower: string, start: number): NumberMatch | undefined {
  HAN_NUMERAL.lastIndex = start;
  const text = HAN_NUMERAL.exec(lower)?.[0];
  if (text === undefined) return undefined;
  const value = hanValue(text);
  if (value === undefined) return undefined;
  const fraction = /点([零〇一二三四五六七八九]+)(?![分刻零〇一二三四五六七八九十])/y;
  fraction.lastIndex = start + text.length;
  const decimals = fraction.exec(lower);
  if (decimals?.[1] === undefined) return { end: start + text.length, value };
  const digits = [...decimals[1]].map((digit) => DIGITS[digit]).join("");
  return { end: start + text.length + decimals[0].length, value: Number(`${value}.${digits}`) };
}

function hanValue(text: string): number | undefined {
  const signs = [...text];
  if (signs.every((sign) => DIGITS[sign] !== undefined)) {
    // A row of plain digits is read digit by digit; 两 only stands alone.
    return signs.length > 1 && text.includes("两") ? undefined : Number(signs.map((sign) => DIGITS[sign]).join(""));
  }
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  let lastScale = 1;
  for (const sign of signs) {
    const small = SMALL[sign];
    const large = LARGE[sign];
    if (small !== undefined) {
      section += (digit ?? 1) * small;
      lastScale = small;
      digit = undefined;
    } else if (large !== undefined) {
      total = (total + section + (digit ?? 0)) * large;
      if (total === 0) return undefined;
      section = 0;
      lastScale = large;
      digit = undefined;
    } else {
      if (digit !== undefined && digit !== 0) return undefined;
      digit = DIGITS[sign] ?? 0;
      if (digit === 0) lastScale = 1;
    }
  }
  // 一百二 is 120, 三千五 is 3500, 一百零二 is 102.
  const tail = digit === undefined ? 0 : lastScale >= 100 ? digit * (lastScale / 10) : digit;
  return total + section + tail;
}

function readEnglish(lower: string, start: number): NumberMatch | undefined {
  const words = /[a-z]+/y;
  let at = start;
  let end: number | undefined;
  let total = 0;
  let section: number | undefined;
  while (true) {
    words.lastIndex = at;
    const word = words.exec(lower)?.[0];
    if (word === undefined) break;
    const value = ENGLISH[word];
    const scale = ENGLISH_SCALES[word];
    if (value !== undefined) {
      if (section !== undefined && !(section % 100 === 0 || (section % 10 === 0 && section % 100 >= 20 && value < 10 && value > 0))) break;
      section = (section ?? 0) + value;
    } else if (scale !== undefined && section !== undefined) {
      if (scale === 100) section *= 100;
      else {
        total += section * scale;
        section = 0;
      }
    } else break;
    end = at + word.length;
    if (lower[end] !== " " && lower[end] !== "-") break;
    at = end + 1;
  }
  if (end === undefined || section === undefined) return undefined;
  if (/[\p{L}\p{N}_]/u.test(lower[end] ?? "") && !/\p{Script=Han}/u.test(lower[end] ?? "")) return undefined;
  return { end, value: total + section };
}
