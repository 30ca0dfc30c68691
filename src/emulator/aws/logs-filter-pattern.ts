import { AwsError } from "./aws-error.ts";

type Matcher = (message: string) => boolean;

/**
 * Compiles a filter pattern (Amazon CloudWatch Logs user guide, "Filter pattern syntax"): terms, `"phrases"`, `-excluded`, `?either`
 * and JSON selectors. Throws `InvalidParameterException` for a pattern that is wrong, and for regular expressions and space-delimited patterns.
 */
export function compileFilterPattern(pattern: string): Matcher {
  const trimmed = pattern.trim();
  if (trimmed === "") return () => true;
  if (trimmed.startsWith("{")) return compileJsonPattern(trimmed);
  if (trimmed.startsWith("[") || trimmed.includes("%")) throw invalidPattern();
  return compileTerms(trimmed);
}

function invalidPattern(): AwsError {
  return new AwsError("InvalidParameterException", "Invalid filter pattern");
}

const TERM = /\s*([-?]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?=\s|$)/y;

function compileTerms(pattern: string): Matcher {
  const terms: Readonly<Record<"" | "-" | "?", string[]>> = { "": [], "-": [], "?": [] };
  TERM.lastIndex = 0;
  while (TERM.lastIndex < pattern.length) {
    const match = TERM.exec(pattern);
    if (match === null) throw invalidPattern();
    const [, prefix = "", phrase, word = ""] = match;
    // Terms match as parts of words; whatever is not alphanumeric has to be quoted.
    if (phrase === undefined && !/^\w+$/.test(word))
      throw new AwsError("InvalidParameterException", `Invalid character(s) in term '${word}'`);
    terms[prefix as "" | "-" | "?"].push(phrase === undefined ? word : phrase.replace(/\\(.)/g, "$1"));
  }
  const { "": all, "-": none, "?": any } = terms;
  // The guide says that "?" does not go with other terms, not what then happens: a client must not rely on it.
  if (any.length > 0 && all.length + none.length > 0) throw invalidPattern();
  return (message) =>
    all.every((term) => message.includes(term)) &&
    !none.some((term) => message.includes(term)) &&
    (any.length === 0 || any.some((term) => message.includes(term)));
}

type Condition = (event: unknown) => boolean;

const TOKEN =
  /\s*(?:(&&|\|\||[()]|!=|<=|>=|=|<|>)|(\$(?:\.[\w-]+|\[(?:\d+|\*)\])+)|"((?:[^"\\]|\\.)*)"|(IS|NOT|EXISTS|NULL|TRUE|FALSE)\b|([^\s()&|=<>!"{}]+))/y;

interface Token {
  readonly type: "symbol" | "selector" | "string" | "keyword" | "word";
  readonly text: string;
}

function compileJsonPattern(pattern: string): Matcher {
  if (!pattern.endsWith("}")) throw invalidPattern();
  const tokens = tokensOf(pattern.slice(1, -1).trim());
  let position = 0;
  const next = (): Token => {
    const token = tokens[position++];
    if (token === undefined) throw invalidPattern();
    return token;
  };
  const accept = (text: string): boolean => {
    const found = tokens[position]?.text === text && tokens[position]?.type !== "string";
    if (found) position++;
    return found;
  };

  const either = (): Condition => {
    const parts = [both()];
    while (accept("||")) parts.push(both());
    return (event) => parts.some((part) => part(event));
  };
  const both = (): Condition => {
    const parts = [single()];
    while (accept("&&")) parts.push(single());
    return (event) => parts.every((part) => part(event));
  };
  const single = (): Condition => {
    if (accept("(")) {
      const inner = either();
      if (!accept(")")) throw invalidPattern();
      return inner;
    }
    const selector = next();
    if (selector.type !== "selector") throw invalidPattern();
    const values = (event: unknown) => select(event, selector.text);
    if (accept("NOT")) {
      if (!accept("EXISTS")) throw invalidPattern();
      return (event) => values(event).length === 0;
    }
    if (accept("IS")) {
      const wanted = { NULL: null, TRUE: true, FALSE: false }[next().text];
      if (wanted === undefined) throw invalidPattern();
      return (event) => values(event).includes(wanted);
    }
    const test = comparison(next(), next());
    return (event) => values(event).some(test);
  };

  const condition = either();
  if (position !== tokens.length) throw invalidPattern();
  return (message) => {
    const event = parsed(message);
    return event !== undefined && condition(event);
  };
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) throw invalidPattern();
    const [, symbol, selector, quoted, keyword, word = ""] = match;
    if (symbol !== undefined) tokens.push({ type: "symbol", text: symbol });
    else if (selector !== undefined) tokens.push({ type: "selector", text: selector });
    else if (quoted !== undefined) tokens.push({ type: "string", text: quoted.replace(/\\(.)/g, "$1") });
    else if (keyword !== undefined) tokens.push({ type: "keyword", text: keyword });
    else tokens.push({ type: "word", text: word });
  }
  return tokens;
}

/** Numbers compare with numbers only; text compares by `=` and `!=`, with `*` as a wildcard. */
function comparison(operator: Token, operand: Token): (value: unknown) => boolean {
  if (operator.type !== "symbol" || (operand.type !== "string" && operand.type !== "word")) throw invalidPattern();
  const number = Number(operand.text);
  if (operand.type === "word" && !Number.isNaN(number)) {
    const compare = NUMBERS[operator.text];
    if (compare === undefined) throw invalidPattern();
    return (value) => typeof value === "number" && compare(value, number);
  }
  if (operator.text !== "=" && operator.text !== "!=") throw invalidPattern();
  const source = operand.text.split("*").map(escaped).join(".*");
  const expression = new RegExp(`^${source}$`, "s");
  return (value) => typeof value === "string" && expression.test(value) === (operator.text === "=");
}

const NUMBERS: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "=": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};

function select(event: unknown, selector: string): readonly unknown[] {
  let values: unknown[] = [event];
  for (const [, name, index] of selector.matchAll(/\.([\w-]+)|\[(\d+|\*)\]/g)) {
    values = values.flatMap((value): unknown[] => {
      if (name !== undefined) {
        const isObject = typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, name);
        return isObject ? [(value as Record<string, unknown>)[name]] : [];
      }
      if (!Array.isArray(value)) return [];
      return index === "*" ? value : value.slice(Number(index), Number(index) + 1);
    });
  }
  return values;
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
