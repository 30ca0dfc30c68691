/** Characters that end a line or a comment, that nobody sees, or that turn the direction of writing. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu;

/** Text on one line, with nothing hidden in it; at most `maxLength` characters. */
export function oneLine(text: string, maxLength: number): string {
  // Descriptions may be megabytes long: what is cut anyway need not be cleaned.
  const line = text
    .slice(0, maxLength * 4)
    .replace(UNSAFE, " ")
    .trim();
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1).trimEnd()}…`;
}

/** The first sentence, on one line. */
export function firstSentence(text: string, maxLength: number): string {
  const line = oneLine(text, Math.max(maxLength, 1_000));
  const end = /[。！？]|[.!?](?= |$)/u.exec(line);
  return oneLine(end === null ? line : line.slice(0, end.index + 1), maxLength);
}

/** A line as it may stand in a comment: it can neither end it nor begin a tag or a directive. */
export function inComment(line: string): string {
  return line.replace(/[*/](?=[*/])/g, "$& ").replaceAll("@", "(at)");
}

/** Names that need no quotes as a property: no keyword does. */
const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/;

/** A property's name as it stands in a type. */
export function propertyName(name: string): string {
  return PLAIN_NAME.test(name) && name !== "__proto__" && name !== "constructor" ? name : literal(name);
}

/** A string as a literal type. JSON allows two line ends that TypeScript's strings allow too, but people's editors do not. */
export function literal(text: string): string {
  return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
