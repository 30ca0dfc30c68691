// Marks that turn the reading direction, controls, and separators: they can make code read as what it is not. Line feeds and tabs stay.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text that is shown as it is read: what is invisible or turns the reading direction is written as `\u202e`. */
export function visible(text: string): string {
  return text.toWellFormed().replaceAll(UNSEEN, (mark) => (mark === "\r" ? "" : `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`));
}

/** The same on one line. */
export function oneLine(text: string): string {
  return visible(text.replaceAll(/\s+/g, " ").trim());
}

/**
 * For fields that Slack parses (`text` of a message, mrkdwn): with these three escaped no mention, link or date can begin.
 * Source: https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escapeMrkdwn(text: string): string {
  return visible(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * For fields whose parsing is not published (titles of streamed tasks): a word joiner keeps mentions, links and emoji names from being
 * recognised, whether the field is parsed or not.
 */
export function inert(text: string): string {
  return oneLine(text)
    .replaceAll(/<(?=[@!#a-z])/gi, "<\u2060")
    .replaceAll(/@(?=here|channel|everyone)/gi, "@\u2060")
    .replaceAll("://", ":\u2060//")
    .replaceAll("](", "]\u2060(")
    .replaceAll(/[*_~`]/g, "\u2060$&\u2060");
}

/** What is seen of a text in at most `maxBytes` of UTF-8; what was cut ends in `…`, never inside a character. */
export function clip(text: string, maxBytes: number): string {
  const shown = visible(text);
  if (Buffer.byteLength(shown) <= maxBytes) return shown;
  let bytes = ELLIPSIS_BYTES;
  let kept = "";
  for (const character of shown) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    kept += character;
  }
  return `${kept}…`;
}

const ELLIPSIS_BYTES = 3;

export function isCut(text: string, maxBytes: number): boolean {
  return Buffer.byteLength(visible(text)) > maxBytes;
}
