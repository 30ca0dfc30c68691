import stringWidth from "string-width";

const PLAIN = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter();

/** Columns of a terminal that the text takes: two for a Chinese character, none for a colour code. */
export function textWidth(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

export function padText(text: string, width: number, align: "left" | "right"): string {
  const padding = " ".repeat(Math.max(0, width - textWidth(text)));
  return align === "left" ? text + padding : padding + text;
}

/** Keeps whole characters of one end so that the text, with a `…` for what is gone, takes at most `width` columns (from 1). */
export function shortenText(text: string, width: number, keep: "start" | "end" = "start"): string {
  if (textWidth(text) <= width) return text;
  const characters = Array.from(graphemes.segment(text), ({ segment }) => segment);
  if (keep === "end") characters.reverse();
  const kept: string[] = [];
  let used = 0;
  for (const character of characters) {
    used += textWidth(character);
    if (used > width - 1) break;
    kept.push(character);
  }
  return keep === "end" ? `…${kept.reverse().join("")}` : `${kept.join("")}…`;
}

/** Breaks a line at spaces so that it fits, further lines being indented. A word that is too long stays whole. */
export function wrapText(line: string, width: number, indent: number): string[] {
  if (textWidth(line) <= width) return [line];
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(/(?<=\S)(?= )/)) {
    if (current !== "" && textWidth(current + word) > width) {
      lines.push(current);
      current = " ".repeat(indent) + word.trimStart();
    } else current += word;
  }
  return [...lines, current];
}

/** Breaks a line that is full, behind a space where there is one near its end. Not a character of it is lost. */
export function foldText(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const { segment } of graphemes.segment(line)) {
    if (current !== "" && textWidth(current + segment) > width) {
      const space = segment === " " ? current.length - 1 : current.lastIndexOf(" ");
      const end = space >= current.length / 2 ? space + 1 : current.length;
      lines.push(current.slice(0, end));
      current = current.slice(end);
    }
    current += segment;
  }
  return [...lines, current];
}
