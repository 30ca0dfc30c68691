/** C0 and C1 controls, DEL; line and paragraph separators; marks that turn the reading direction of what follows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it looks for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text from a cloud, safe for a terminal: whoever names a server must not move the cursor, hide a row or reverse it. Controls are
 * shown as their pictures (ESC as ␛), so that a reader sees that something is there.
 */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return "␡";
    return "�";
  });
}

/** The same for text of several lines. */
export function visibleLines(text: string): string {
  return text.split(/\r?\n/).map(visibleText).join("\n");
}

/** The same for JSON: the value stays as it is, unseen characters are written as escapes. */
export function visibleJson(json: string): string {
  return json.replace(UNSEEN, (character) =>
    character === "\n" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
