import { Html, html, safeUrl } from "./html.ts";
import { type Names, withEmoji } from "./names.ts";

/**
 * Slack's own markup (https://docs.slack.dev/messaging/formatting-message-text): `*bold*`, `_italic_`, `~strike~`, code, quotes, and what stands
 * between `<` and `>`: people, channels, groups, `!here`, dates and links. A mention is one even inside of code.
 */
export function renderMrkdwn(text: string, names: Names): Html {
  const parts = text.split(/```([\s\S]*?)```/);
  return new Html(
    parts
      .map((part, index) => (index % 2 === 1 ? html`<pre>${angled(part.replace(/^\n/, ""), names)}</pre>` : lines(part, names)).markup)
      .join(""),
  );
}

function lines(text: string, names: Names): Html {
  const rows = text.split("\n").map((line) => {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line)?.[1];
    return quoted === undefined ? { quoted: false, html: inline(line, names) } : { quoted: true, html: inline(quoted, names) };
  });
  return new Html(
    rows
      .map(
        (row, index) =>
          (row.quoted ? html`<blockquote>${row.html}</blockquote>` : html`${row.html}${index < rows.length - 1 && new Html("<br>")}`)
            .markup,
      )
      .join(""),
  );
}

function inline(text: string, names: Names): Html {
  const parts = text.split(/`([^`\n]+)`/);
  return new Html(
    parts.map((part, index) => (index % 2 === 1 ? html`<code>${angled(part, names)}</code>` : styled(part, names)).markup).join(""),
  );
}

const STYLES = [
  ["*", "b"],
  ["_", "i"],
  ["~", "s"],
] as const;

/** A mark counts at the edge of a word, as in Slack. */
function styled(text: string, names: Names): Html {
  for (const [mark, tag] of STYLES) {
    const found = new RegExp(`(^|[\\s(\\[{"'.,:;!?-])\\${mark}(\\S|\\S[^\\n]*?\\S)\\${mark}(?=$|[\\s)\\]}"'.,:;!?-])`).exec(text);
    const [whole, before, inner] = found ?? [];
    if (
      found === null ||
      whole === undefined ||
      inner === undefined ||
      text.slice(0, found.index + 1).split("<").length > text.slice(0, found.index + 1).split(">").length
    )
      continue;
    const start = found.index + (before?.length ?? 0);
    return html`${styled(text.slice(0, start), names)}${new Html(`<${tag}>`)}${styled(inner, names)}${new Html(`</${tag}>`)}${styled(text.slice(found.index + whole.length), names)}`;
  }
  return angled(text, names);
}

function angled(text: string, names: Names): Html {
  const parts = text.split(/<([^<>\n]+)>/);
  return new Html(parts.map((part, index) => (index % 2 === 1 ? reference(part, names) : plain(part)).markup).join(""));
}

function reference(inner: string, names: Names): Html {
  const [target = "", label] = inner.split("|");
  if (/^@[UW]/.test(target)) return names.person(target.slice(1));
  if (/^#C/.test(target)) return names.channel(target.slice(1), label);
  if (target.startsWith("!subteam^")) return names.group(target.slice("!subteam^".length), label);
  if (/^!(here|channel|everyone)$/.test(target)) return names.everybody(target.slice(1));
  if (target.startsWith("!date^")) return html`${label ?? target}`;
  if (/^(https?:|mailto:)/i.test(target))
    return html`<a href="${safeUrl(target)}" target="_blank" rel="noreferrer">${entities(label ?? target)}</a>`;
  return plain(`<${inner}>`);
}

/** Bare addresses become links (https://docs.slack.dev/messaging/formatting-message-text#automatic-parsing). */
function plain(text: string): Html {
  const parts = text.split(/(https?:\/\/[^\s<>|]+)/);
  return new Html(
    parts
      .map((part, index) =>
        index % 2 === 1
          ? html`<a href="${safeUrl(entities(part))}" target="_blank" rel="noreferrer">${entities(part)}</a>`.markup
          : html`${withEmoji(entities(part))}`.markup,
      )
      .join(""),
  );
}

/** The three that Slack asks for, and no others. */
export function entities(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
