import type { LogRecord } from "./tls-world.ts";
import { VolcengineError } from "./volcengine-error.ts";

export type RecordTest = (record: LogRecord) => boolean;

/** Characters that part words, of the full-text index and of `message` (DescribeIndex tells them). */
export const DELIMITERS = ", '\";=()[]{}?@&<>/:\n\t\r";
/** Fields with an index of their own. `exact`: the whole value is one word. */
export const INDEXED_FIELDS: ReadonlyMap<string, "exact" | "words" | "long"> = new Map([
  ["level", "exact"],
  ["service", "exact"],
  ["message", "words"],
  ["path", "exact"],
  ["requestId", "exact"],
  ["status", "long"],
  ["latencyMs", "long"],
]);

type Token =
  | { readonly type: "word"; readonly text: string; readonly quoted: boolean }
  | { readonly type: "phrase"; readonly text: string }
  | { readonly type: "operator"; readonly text: ":" | ">" | ">=" | "<" | "<=" | "=" }
  | { readonly type: "and" | "or" | "not" | "open" | "close" | "end" };

/**
 * Compiles a search statement (log service guide, "Search syntax"): words, `"quoted words"`, `#"phrases"`, `key:value`, `key>number`,
 * AND, OR, NOT in any case, `&&`, `||`, `!`, parentheses; a blank means AND. `*` finds everything. NOT binds closest, then AND, then OR.
 */
export function compileSearch(query: string): RecordTest {
  const parser = new SearchParser(tokensOf(query));
  return parser.parse();
}

class SearchParser {
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): RecordTest {
    const test = this.#alternatives();
    if (this.#peek().type !== "end") throw syntaxError("unexpected closing parenthesis");
    return test;
  }

  #alternatives(): RecordTest {
    const tests = [this.#conjunction()];
    while (this.#accept("or")) tests.push(this.#conjunction());
    return (record) => tests.some((test) => test(record));
  }

  #conjunction(): RecordTest {
    const tests = [this.#negation()];
    for (;;) {
      const joined = this.#accept("and");
      const { type } = this.#peek();
      if (!joined && (type === "end" || type === "or" || type === "close")) return (record) => tests.every((test) => test(record));
      tests.push(this.#negation());
    }
  }

  #negation(): RecordTest {
    if (!this.#accept("not")) return this.#primary();
    const test = this.#negation();
    return (record) => !test(record);
  }

  #primary(): RecordTest {
    const token = this.#next();
    switch (token.type) {
      case "open": {
        const test = this.#alternatives();
        if (!this.#accept("close")) throw syntaxError("missing closing parenthesis");
        return test;
      }
      case "phrase":
        return (record) => [...record.fields.values()].some((value) => holdsPhrase(value, token.text));
      case "word": {
        const operator = this.#peek();
        if (operator.type !== "operator") return fullText(token);
        this.#next();
        return fieldTest(token.text, operator.text, this.#next());
      }
      default:
        throw syntaxError(`unexpected ${token.type}`);
    }
  }

  #accept(type: Token["type"]): boolean {
    if (this.#peek().type !== type) return false;
    this.#position++;
    return true;
  }

  #peek(): Token {
    return this.#tokens[this.#position] ?? { type: "end" };
  }

  #next(): Token {
    const token = this.#peek();
    this.#position++;
    return token;
  }
}

function fullText({ text, quoted }: { readonly text: string; readonly quoted: boolean }): RecordTest {
  if (text === "*" && !quoted) return () => true;
  const wanted = wordTests(text, quoted);
  return (record) => {
    const words = new Set([...record.fields.values()].flatMap(wordsOf));
    return wanted.every((test) => test(words));
  };
}

function fieldTest(name: string, operator: string, value: Token): RecordTest {
  const index = INDEXED_FIELDS.get(name);
  if (index === undefined) throw syntaxError(`field ${name} has no index`);
  if (value.type === "phrase" && operator === ":") return (record) => holdsPhrase(record.fields.get(name) ?? "", value.text);
  if (value.type !== "word") throw syntaxError(`field ${name} lacks a value`);
  if (index === "long") return numberTest(name, operator, value.text);
  if (operator !== ":" && operator !== "=") throw syntaxError(`operator ${operator} needs a numeric field, ${name} is text`);
  if (value.text === "*" && !value.quoted) return (record) => record.fields.has(name);
  if (index === "words") {
    const wanted = wordTests(value.text, value.quoted);
    return (record) => {
      const words = new Set(wordsOf(record.fields.get(name) ?? ""));
      return wanted.every((test) => test(words));
    };
  }
  const [test] = value.quoted ? [exactly(value.text.toLowerCase())] : wildcard(value.text);
  return (record) => test(new Set([(record.fields.get(name) ?? "").toLowerCase()]));
}

function numberTest(name: string, operator: string, text: string): RecordTest {
  const wanted = Number(text);
  if (text === "" || Number.isNaN(wanted)) throw syntaxError(`${text} is no number, as field ${name} needs one`);
  const compare = (left: number) => {
    switch (operator) {
      case ">":
        return left > wanted;
      case ">=":
        return left >= wanted;
      case "<":
        return left < wanted;
      case "<=":
        return left <= wanted;
      default:
        return left === wanted;
    }
  };
  return (record) => record.fields.has(name) && compare(Number(record.fields.get(name)));
}

type WordsTest = (words: ReadonlySet<string>) => boolean;

/** A keyword is parted into words like the logs are; all of them must be there, in no order. */
function wordTests(text: string, quoted: boolean): readonly WordsTest[] {
  if (!quoted && /[*?]/.test(text)) return wildcard(text);
  return wordsOf(text).map(exactly);
}

function exactly(wanted: string): WordsTest {
  return (words) => words.has(wanted);
}

/** `*` and `?` within or at the end of a word; a word cannot begin with them. */
function wildcard(text: string): readonly [WordsTest] {
  if (/^[*?]/.test(text)) throw syntaxError("a word cannot begin with * or ?");
  if (!/[*?]/.test(text)) return [exactly(text.toLowerCase())];
  const source = text
    .toLowerCase()
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const pattern = new RegExp(`^${source}$`, "s");
  return [(words) => [...words].some((word) => pattern.test(word))];
}

/** The words of a text in lower case; each Chinese character is one (`IncludeChinese` of the index). */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let word = "";
  for (const character of text.toLowerCase()) {
    const chinese = /\p{Script=Han}/u.test(character);
    if (!chinese && !DELIMITERS.includes(character)) {
      word += character;
      continue;
    }
    if (word !== "") words.push(word);
    if (chinese) words.push(character);
    word = "";
  }
  if (word !== "") words.push(word);
  return words;
}

function holdsPhrase(value: string, phrase: string): boolean {
  return value.toLowerCase().includes(phrase.toLowerCase());
}

const KEYWORDS: Readonly<Record<string, "and" | "or" | "not">> = { and: "and", or: "or", not: "not" };

function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\s+|(?<phrase>#"(?:[^"\\]|\\.)*")|(?<quoted>"(?:[^"\\]|\\.)*")|(?<logic>&&|\|\||!|\(|\))|(?<operator>>=|<=|[:><=])|(?<word>(?:\\.|[^\s()"'#:><=!&|\\])+)|(?<wrong>.)/gsu;
  for (const { groups = {} } of query.matchAll(pattern)) {
    const { phrase, quoted, logic, operator, word, wrong } = groups;
    if (wrong !== undefined) throw syntaxError(`unexpected ${wrong}`);
    if (phrase !== undefined) tokens.push({ type: "phrase", text: unescaped(phrase.slice(2, -1)) });
    else if (quoted !== undefined) tokens.push({ type: "word", text: unescaped(quoted.slice(1, -1)), quoted: true });
    else if (logic !== undefined) tokens.push({ type: LOGIC[logic] ?? "end" });
    else if (operator !== undefined) tokens.push({ type: "operator", text: operator as ":" });
    else if (word !== undefined) {
      const keyword = KEYWORDS[word.toLowerCase()];
      tokens.push(keyword === undefined ? { type: "word", text: unescaped(word), quoted: false } : { type: keyword });
    }
  }
  return tokens;
}

const LOGIC: Readonly<Record<string, "and" | "or" | "not" | "open" | "close">> = {
  "&&": "and",
  "||": "or",
  "!": "not",
  "(": "open",
  ")": "close",
};

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, "$1");
}

function syntaxError(reason: string): VolcengineError {
  return new VolcengineError("SearchSyntaxError", `Search statement syntax error: ${reason}.`);
}
