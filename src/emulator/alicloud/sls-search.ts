import { SlsError } from "./sls-error.ts";
import { INDEXED_FIELDS, type SlsRecord } from "./sls-record.ts";
import type { Comparison, Search } from "./sls-search-parser.ts";
import { containsPhrase, termWordsOf, wordsOf } from "./sls-words.ts";
import { wildcardPattern } from "./wildcard.ts";

type Test = (record: SlsRecord) => boolean;

/** Fields that every log has and that can be searched for without an index of their own. */
const RESERVED = ["__source__", "__topic__"];

/** Makes a test of a search statement. Throws {@link SlsError} for fields that are not indexed, or not in the way that is asked for. */
export function searchTest(search: Search): Test {
  switch (search.type) {
    case "all":
      return () => true;
    case "and":
    case "or": {
      const [left, right] = [searchTest(search.left), searchTest(search.right)];
      return search.type === "and" ? (record) => left(record) && right(record) : (record) => left(record) || right(record);
    }
    case "not": {
      const test = searchTest(search.operand);
      return (record) => !test(record);
    }
    case "exists":
      requireIndexed(search.field);
      return ({ fields }) => fields[search.field] !== undefined;
    case "compare": {
      const { field, operator, value } = search;
      requireNumbers(field);
      return ({ fields }) => fields[field] !== undefined && compared(Number(fields[field]), operator, value);
    }
    case "range": {
      const { field, low, high, open } = search;
      requireNumbers(field);
      return ({ fields }) => {
        const value = Number(fields[field] ?? Number.NaN);
        return (open[0] ? value > low : value >= low) && (open[1] ? value < high : value <= high);
      };
    }
    case "term":
      return termTest(search);
  }
}

function termTest({ field, text, phrase }: Extract<Search, { type: "term" }>): Test {
  if (field !== undefined) {
    requireIndexed(field);
    if (INDEXED_FIELDS[field] === "long") {
      const value = Number(text);
      if (text === "" || Number.isNaN(value)) throw invalid(`the field ${field} is of type long`);
      return ({ fields }) => Number(fields[field]) === value;
    }
  }
  const names = field === undefined ? Object.keys(INDEXED_FIELDS).filter((name) => INDEXED_FIELDS[name] === "text") : [field];
  const wanted = phrase ? wordsOf(text) : termWordsOf(text);
  if (phrase) return ({ fields }) => names.some((name) => containsPhrase(wordsOf(fields[name] ?? ""), wanted));
  // `key:""` finds logs in which the field is there and empty.
  if (wanted.length === 0) return ({ fields }) => field === undefined || fields[field] === "";
  const tests = wanted.map(wordTest);
  return ({ fields }) => {
    const words = names.flatMap((name) => wordsOf(fields[name] ?? ""));
    return tests.every((test) => words.some(test));
  };
}

function wordTest(wanted: string): (word: string) => boolean {
  if (!/[*?]/.test(wanted)) return (word) => word === wanted;
  const pattern = wildcardPattern(wanted, { many: "*", one: "?" });
  return (word) => pattern.test(word);
}

function compared(left: number, operator: Comparison, right: number): boolean {
  switch (operator) {
    case "=":
      return left === right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
  }
}

function requireIndexed(field: string): void {
  if (!Object.hasOwn(INDEXED_FIELDS, field) && !RESERVED.includes(field))
    throw new SlsError(
      400,
      "ParameterInvalid",
      `key (${field}) is not config as key value config, if symbol : is in your log, please wrap : with quotation mark "`,
    );
}

function requireNumbers(field: string): void {
  requireIndexed(field);
  if (INDEXED_FIELDS[field] !== "long") throw invalid(`the field ${field} is not of type long or double`);
}

function invalid(reason: string): SlsError {
  return new SlsError(400, "ParameterInvalid", `query is invalid: ${reason}`);
}
