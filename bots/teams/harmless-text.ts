// Marks that turn the reading direction, controls, and separators: they can make code read as what it is not. Line feeds and tabs stay.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text for a `TextRun`, which knows no markdown and no HTML: it is shown as it is read. What is invisible or turns the reading direction
 * is written as `\u202e`; `{{DATE(` and `{{TIME(`, which cards expand in every text, are taken apart.
 * Source: https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features
 */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(UNSEEN, (mark) => (mark === "\r" ? "" : `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`))
    .replaceAll(/\{\{(?=\s*(?:DATE|TIME)\s*\()/gi, "{\u2060{");
}

/** The same on one line. */
export function oneLine(text: string): string {
  return visible(text.replaceAll(/\s+/g, " ").trim());
}

/** For code: spaces at the beginning of lines stay, as renderers of cards collapse ordinary ones. */
export function codeText(text: string): string {
  return visible(text)
    .replaceAll("\t", "  ")
    .replaceAll(/^ +/gm, (spaces) => "\u00a0".repeat(spaces.length));
}

/**
 * For texts of messages, where clients have read markdown and tags even in plain ones: a word joiner keeps mentions, links, tags and
 * emphasis from beginning.
 */
export function inert(text: string): string {
  return oneLine(text)
    .replaceAll(/<(?=[/a-z!])/gi, "<\u2060")
    .replaceAll("://", ":\u2060//")
    .replaceAll("](", "]\u2060(")
    .replaceAll(/@(?=\w)/g, "@\u2060")
    .replaceAll(/[*_~`#]/g, "$&\u2060");
}

/** At most `maxLength` UTF-16 units; what was cut ends in `…`, never inside a character. */
export function clip(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${text.slice(0, Math.max(0, Math.floor(maxLength) - 1)).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** What is seen of a text on one line, and no more than `maxLength` of it. */
export function clipLine(text: string, maxLength: number): string {
  return clip(oneLine(text), maxLength);
}

/** What is seen of a text, and no more than `maxLength` of it. */
export function clipText(text: string, maxLength: number): string {
  return clip(visible(text), maxLength);
}
