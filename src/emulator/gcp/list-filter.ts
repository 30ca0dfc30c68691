type Shape = Readonly<Record<string, unknown>>;
type Test = (shape: Shape) => boolean;

interface Token {
  readonly kind: "(" | ")" | "operator" | "word" | "quoted" | "end";
  readonly text: string;
}

const TOKEN = /\s*(?:([()])|(!=|<=|>=|[=<>:])|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s()=<>:!"']+))/y;

/**
 * Compiles the `filter` of a list as resources have it (AIP-160; Compute Engine API reference, `instances.aggregatedList`): comparisons with
 * `=`, `!=`, `>`, `<`, `<=`, `>=`, `:`, joined by AND (the default) and OR; or `eq` and `ne` with a regular expression that must match the
 * whole field. Throws what `invalid` makes for anything else.
 */
export function compileListFilter(filter: string, invalid: () => Error): Test {
  if (filter.trim() === "") return () => true;
  const tokens = tokenize(filter, invalid);
  let index = 0;
  const peek = () => tokens[index] ?? END;
  const take = () => tokens[index++] ?? END;

  const conjunction = (): Test => {
    const tests = [disjunction()];
    while (peek().kind !== "end" && peek().kind !== ")") {
      if (isWord(peek(), "AND")) take();
      tests.push(disjunction());
    }
    return (shape) => tests.every((test) => test(shape));
  };
  // OR binds closer than AND (AIP-160).
  const disjunction = (): Test => {
    const tests = [factor()];
    while (isWord(peek(), "OR")) {
      take();
      tests.push(factor());
    }
    return (shape) => tests.some((test) => test(shape));
  };
  const factor = (): Test => {
    if (isWord(peek(), "NOT")) {
      take();
      const test = factor();
      return (shape) => !test(shape);
    }
    if (peek().kind !== "(") return comparison();
    take();
    const test = conjunction();
    if (take().kind !== ")") throw invalid();
    return test;
  };
  const comparison = (): Test => {
    const field = take();
    const operator = take();
    const value = take();
    const named = field.kind === "word" && (value.kind === "word" || value.kind === "quoted");
    const known = operator.kind === "operator" || isWord(operator, "eq") || isWord(operator, "ne");
    if (!named || !known) throw invalid();
    return comparisonTest(field.text.split("."), operator.text, value, invalid);
  };

  const test = conjunction();
  if (peek().kind !== "end") throw invalid();
  return test;
}

const END: Token = { kind: "end", text: "" };

function isWord({ kind, text }: Token, word: string): boolean {
  return kind === "word" && text === word;
}

function tokenize(filter: string, invalid: () => Error): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const text = filter.trimEnd();
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) throw invalid();
    const [, parenthesis, operator, double, single, word] = match;
    if (parenthesis === "(" || parenthesis === ")") tokens.push({ kind: parenthesis, text: parenthesis });
    else if (operator !== undefined) tokens.push({ kind: "operator", text: operator });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else tokens.push({ kind: "quoted", text: (double ?? single ?? "").replace(/\\(.)/g, "$1") });
  }
  return tokens;
}

function comparisonTest(path: readonly string[], operator: string, value: Token, invalid: () => Error): Test {
  switch (operator) {
    case "=":
      return (shape) => valuesAt(shape, path).some((found) => found === value.text);
    case "!=":
      return (shape) => !valuesAt(shape, path).some((found) => found === value.text);
    case ":":
      // Without quotes a star asks whether there is the field at all (API reference: "The `:*` comparison").
      if (value.kind === "word" && value.text === "*") return (shape) => valuesAt(shape, path).length > 0;
      return (shape) => valuesAt(shape, path).some((found) => matchesHas(found, value.text));
    case "eq":
    case "ne": {
      const pattern = wholePattern(value.text, invalid);
      const wanted = operator === "eq";
      return (shape) => valuesAt(shape, path).some((found) => pattern.test(found)) === wanted;
    }
    default:
      return (shape) => valuesAt(shape, path).some((found) => isOrdered(found, operator, value.text));
  }
}

/** Equality, with a star at an end for any rest (AIP-160, "Has operator"). */
function matchesHas(found: string, wanted: string): boolean {
  return wanted.endsWith("*") ? found.startsWith(wanted.slice(0, -1)) : found === wanted;
}

function isOrdered(found: string, operator: string, wanted: string): boolean {
  const numeric = found !== "" && wanted !== "" && Number.isFinite(Number(found)) && Number.isFinite(Number(wanted));
  const [left, right] = numeric ? [Number(found), Number(wanted)] : [found, wanted];
  if (operator === "<") return left < right;
  if (operator === "<=") return left <= right;
  return operator === ">" ? left > right : left >= right;
}

function wholePattern(text: string, invalid: () => Error): RegExp {
  try {
    return new RegExp(`^(?:${text})$`, "u");
  } catch {
    throw invalid();
  }
}

/** The scalars behind a path; those of every element where a list is on the way. */
function valuesAt(value: unknown, [name, ...rest]: readonly string[]): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((element) => valuesAt(element, name === undefined ? [] : [name, ...rest]));
  if (name === undefined) return value === undefined || typeof value === "object" ? [] : [String(value)];
  if (typeof value !== "object" || value === null) return [];
  // Fields may be named as in the `.proto` file: `display_name`.
  const key = Object.hasOwn(value, name) ? name : name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.hasOwn(value, key) ? valuesAt((value as Shape)[key], rest) : [];
}
