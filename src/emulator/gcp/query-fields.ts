import { enumName } from "./enumerations.ts";
import { invalidArgument } from "./google-error.ts";

/** Fields of a request message as the query string has them: `interval.endTime`, or with the names of the `.proto` file. */
export class QueryFields {
  readonly #query: URLSearchParams;

  constructor(query: URLSearchParams) {
    this.#query = query;
  }

  /** Empty where it is absent. */
  text(name: string): string {
    return this.#query.get(name) ?? this.#query.get(snakeCase(name)) ?? "";
  }

  texts(name: string): readonly string[] {
    return [...this.#query.getAll(name), ...(snakeCase(name) === name ? [] : this.#query.getAll(snakeCase(name)))];
  }

  /** 0 where it is absent. @throws GoogleError for what is no 32-bit integer. */
  integer(name: string): number {
    const text = this.text(name);
    if (text !== "" && !/^-?\d{1,9}$/.test(text)) throw this.#invalid(name, text, "TYPE_INT32");
    return Number(text);
  }

  /** Milliseconds since the epoch; undefined where it is absent. @throws GoogleError for what is no RFC 3339 time. */
  time(name: string): number | undefined {
    const text = this.text(name);
    if (text === "") return undefined;
    const ms = parseTimestamp(text);
    if (ms === undefined) throw this.#invalid(name, text, "type.googleapis.com/google.protobuf.Timestamp");
    return ms;
  }

  /** Milliseconds; undefined where it is absent. @throws GoogleError for what is no number of seconds like `300s`. */
  duration(name: string): number | undefined {
    const text = this.text(name);
    if (text === "") return undefined;
    if (!/^-?\d+(\.\d{1,9})?s$/.test(text)) throw this.#invalid(name, text, "type.googleapis.com/google.protobuf.Duration");
    return Math.round(Number(text.slice(0, -1)) * 1_000);
  }

  /** The first name of the table where it is absent. @throws GoogleError for what is neither name nor number. */
  enumeration<Table extends Readonly<Record<string, number>>>(table: Table, name: string, type: string): keyof Table & string {
    const text = this.text(name);
    const found = enumName(table, text === "" ? "0" : text);
    if (found === undefined) throw this.#invalid(name, text, type);
    return found;
  }

  #invalid(name: string, text: string, type: string): Error {
    return invalidArgument(`Invalid value at '${snakeCase(name)}' (${type}), "${text}"`);
  }
}

/** RFC 3339 with any offset and up to nine digits of a second; undefined for anything else. */
export function parseTimestamp(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const ms = Date.parse(text.replace(/(\.\d{3})\d+/, "$1").toUpperCase());
  return Number.isNaN(ms) ? undefined : ms;
}

/** Z-normalised, with 0 or 3 digits of a second (the JSON mapping of `google.protobuf.Timestamp`). */
export function formatTimestamp(ms: number): string {
  const text = new Date(ms).toISOString();
  return ms % 1_000 === 0 ? `${text.slice(0, 19)}Z` : text;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
