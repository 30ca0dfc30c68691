import { SlsError } from "./sls-error.ts";

export interface SqlToken {
  /** `name`: an identifier, keyword or function, as written. `quoted`: an identifier in double quotes. */
  readonly type: "name" | "quoted" | "string" | "number" | "symbol" | "end";
  readonly text: string;
  /** From 1. */
  readonly column: number;
}

const TOKEN =
  /\s+|--[^\n]*|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|(\d+\.?\d*(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|(<>|!=|<=|>=|\|\||[-+*/%(),.<>=;])/suy;

/** Cuts an analytic statement into tokens; the last one is of type `end`. Throws {@link SlsError}. */
export function sqlTokens(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let from = 0; from < sql.length; from = TOKEN.lastIndex) {
    TOKEN.lastIndex = from;
    const match = TOKEN.exec(sql);
    if (match === null) throw sqlError(from + 1, `extraneous input '${sql.slice(from, from + 1)}'`);
    const [, text, quoted, number, name, symbol] = match;
    const column = from + 1;
    if (text !== undefined) tokens.push({ type: "string", text: text.replaceAll("''", "'"), column });
    else if (quoted !== undefined) tokens.push({ type: "quoted", text: quoted.replaceAll('""', '"'), column });
    else if (number !== undefined) tokens.push({ type: "number", text: number, column });
    else if (name !== undefined) tokens.push({ type: "name", text: name, column });
    else if (symbol !== undefined && symbol !== ";") tokens.push({ type: "symbol", text: symbol, column });
  }
  tokens.push({ type: "end", text: "<EOF>", column: sql.length + 1 });
  return tokens;
}

/** Log Service hands on what its SQL engine says ("How do I resolve common errors … when I query and analyze logs?"). */
export function sqlError(column: number, reason: string): SlsError {
  return new SlsError(400, "ParameterInvalid", `syntax error, error position is from column:${column}, line 1:${column}: ${reason}`);
}
