import { VolcengineError } from "./volcengine-error.ts";

export interface SqlToken {
  readonly type: "name" | "string" | "number" | "symbol" | "end";
  /** Names outside quotes as written; symbols as they are. */
  readonly text: string;
  /** Whether a name stood in double quotes, which makes it a column whatever it says. */
  readonly quoted: boolean;
}

export const END: SqlToken = { type: "end", text: "", quoted: false };

/** Parts an analysis statement. @throws VolcengineError for characters that have no place in one. */
export function sqlTokens(statement: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  const pattern =
    /\s+|(?<string>'(?:[^']|'')*')|(?<column>"[^"]+")|(?<number>\d+(?:\.\d+)?)|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<symbol><>|!=|<=|>=|[-+*/%(),=<>])|(?<wrong>.)/gsu;
  for (const { groups = {} } of statement.matchAll(pattern)) {
    const { string, column, number, name, symbol, wrong } = groups;
    if (wrong !== undefined) throw sqlError(`unexpected ${wrong}`);
    if (string !== undefined) tokens.push({ type: "string", text: string.slice(1, -1).replaceAll("''", "'"), quoted: false });
    else if (column !== undefined) tokens.push({ type: "name", text: column.slice(1, -1), quoted: true });
    else if (number !== undefined) tokens.push({ type: "number", text: number, quoted: false });
    else if (name !== undefined) tokens.push({ type: "name", text: name, quoted: false });
    else if (symbol !== undefined) tokens.push({ type: "symbol", text: symbol, quoted: false });
  }
  return tokens;
}

export function sqlError(reason: string): VolcengineError {
  return new VolcengineError("SqlSyntaxError", `SQL syntax error: ${reason}.`);
}
