const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " ", "#39": "'", "#34": '"' };

// Control characters, and marks that turn the direction of text or are not seen: nothing a description needs.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/**
 * HTML or Markdown of a vendor as one line of plain text of at most `maxLength` characters, cut after a sentence where one ends in time.
 * What lies far beyond the cut is not even read, so that a long text costs no time.
 */
export function plainText(source: unknown, maxLength: number): string {
  if (typeof source !== "string") return "";
  const text = withoutTags(source.slice(0, maxLength * 8))
    .replace(/&([a-z]{2,4}|#3[49]);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/\]\([^()\s]{0,400}\)/g, "]")
    .replace(/\*\*|`/g, "")
    .replace(UNSEEN, " ")
    .replace(/\s+/g, " ")
    .trim();
  return cut(text, maxLength);
}

const INLINE = /^<\/?(?:a|b|i|em|code|strong|span|sup|sub)\b/i;

/** Without HTML tags, those between blocks leaving a space; `a < b` stays. */
function withoutTags(html: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let open = html.indexOf("<"); open >= 0; open = html.indexOf("<", from)) {
    const isTag = /[a-zA-Z/!]/.test(html.charAt(open + 1));
    const close = isTag ? html.indexOf(">", open) : open;
    if (close < 0) break;
    parts.push(html.slice(from, isTag ? open : open + 1), isTag && !INLINE.test(html.slice(open, open + 9)) ? " " : "");
    from = close + 1;
  }
  return parts.join("") + html.slice(from);
}

function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const head = text.slice(0, maxLength);
  const end = Math.max(head.lastIndexOf(". "), head.lastIndexOf("。"));
  if (end >= maxLength / 3) return head.slice(0, end + 1);
  // Half of a surrogate pair is no text.
  return `${head.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
