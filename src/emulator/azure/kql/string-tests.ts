import { semanticError } from "./kql-error.ts";

type StringTest = (pattern: string) => (text: string) => boolean;

/** Operators between strings, by name; what has no `_cs` does not look at case ("String operators"). */
export const STRING_TESTS: Readonly<Record<string, StringTest>> = {
  "=~": folded((pattern) => (text) => text === pattern),
  contains: folded((pattern) => (text) => text.includes(pattern)),
  contains_cs: (pattern) => (text) => text.includes(pattern),
  startswith: folded((pattern) => (text) => text.startsWith(pattern)),
  startswith_cs: (pattern) => (text) => text.startsWith(pattern),
  endswith: folded((pattern) => (text) => text.endsWith(pattern)),
  endswith_cs: (pattern) => (text) => text.endsWith(pattern),
  has: folded(hasTerm),
  has_cs: hasTerm,
  "matches regex": (pattern) => {
    const regex = regexOf(pattern);
    return (text) => regex.test(text);
  },
};

/** A pattern as the engine takes it; `(?i)` at its beginning ignores case. @throws KqlError where it is none. */
export function regexOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern.replace(/^\(\?i\)/, ""), pattern.startsWith("(?i)") ? "iu" : "u");
  } catch {
    throw semanticError("SEM0420", `Regex pattern is ill-formed: '${pattern}'`);
  }
}

function folded(test: StringTest): StringTest {
  return (pattern) => {
    const fold = test(pattern.toLowerCase());
    return (text) => fold(text.toLowerCase());
  };
}

const ALPHANUMERIC = /[\p{L}\p{N}]/u;

/** Terms are maximal runs of letters and digits ("String operators", What is a term?): the pattern must begin and end where they do. */
function hasTerm(pattern: string): (text: string) => boolean {
  const [first = "", last = ""] = [pattern.at(0), pattern.at(-1)];
  return (text) => {
    for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
      const before = text.at(at - 1) ?? "";
      const after = text.charAt(at + pattern.length);
      const begins = at === 0 || !ALPHANUMERIC.test(first) || !ALPHANUMERIC.test(before);
      if (begins && (after === "" || !ALPHANUMERIC.test(last) || !ALPHANUMERIC.test(after))) return true;
      if (pattern === "") return true;
    }
    return false;
  };
}
