import { AwsError } from "./aws-error.ts";

export interface InsightsToken {
  readonly type: "name" | "quoted-name" | "string" | "number" | "regex" | "symbol" | "end";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /\s*(?:#[^\n]*\s*)*(?:([A-Za-z_@][\w.@]*)|`([^`]+)`|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\d+(?:\.\d+)?(?:ms|[smhdw])?)|(\/(?:[^/\\\n]|\\.)+\/)|(=~|!=|<=|>=|[=<>|,()[\]*+-]))/y;

/** Splits a Logs Insights query. Throws `MalformedQueryException`. */
export function insightsTokens(query: string): readonly InsightsToken[] {
  const tokens: InsightsToken[] = [];
  const text = query.replace(/\s*(#[^\n]*)?\s*$/, "");
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw malformedQuery("unexpected symbol found", from, text.length);
    const [whole, name, quotedName, double, single, number, regex, symbol = ""] = match;
    const end = from + whole.length;
    const add = (type: InsightsToken["type"], value: string) =>
      tokens.push({ type, text: value, start: end - whole.trimStart().length, end });
    if (name !== undefined) add("name", name);
    else if (quotedName !== undefined) add("quoted-name", quotedName);
    else if (double !== undefined || single !== undefined) add("string", (double ?? single ?? "").replace(/\\(.)/g, "$1"));
    else if (number !== undefined) add("number", number);
    else if (regex !== undefined) add("regex", regex.slice(1, -1));
    else add("symbol", symbol);
  }
  tokens.push({ type: "end", text: "", start: query.length, end: query.length });
  return tokens;
}

/** The vendor's refusal of a query, with the place of the mistake. */
export function malformedQuery(problem: string, startCharOffset: number, endCharOffset: number): AwsError {
  const message = `${problem} (${startCharOffset},${endCharOffset})`;
  return new AwsError("MalformedQueryException", message, {
    fields: { queryCompileError: { location: { startCharOffset, endCharOffset }, message: problem } },
  });
}
