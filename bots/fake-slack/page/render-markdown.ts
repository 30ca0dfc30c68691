import { Html, html, safeUrl } from "./html.ts";
import type { Names } from "./names.ts";
import { renderMrkdwn } from "./render-mrkdwn.ts";

/** The Markdown of `markdown` blocks and streams, as far as https://docs.slack.dev/reference/block-kit/blocks/markdown-block describes it. */
export function renderMarkdown(text: string, names: Names): Html {
  const parts = text.split(/^```[^\n]*\n([\s\S]*?)^```[ \t]*$/m);
  return new Html(
    parts.map((part, index) => (index % 2 === 1 ? html`<pre>${part.replace(/\n$/, "")}</pre>`.markup : paragraphs(part, names))).join(""),
  );
}

function paragraphs(text: string, names: Names): string {
  const out: string[] = [];
  let table: string[] = [];
  const endTable = () => {
    if (table.length > 0) out.push(tableOf(table, names));
    table = [];
  };
  for (const line of text.split("\n")) {
    if (/^\s*\|/.test(line)) {
      table.push(line);
      continue;
    }
    endTable();
    const heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1];
    const item = /^\s*(?:[-*+]|\d+\.)\s+(.*)$/.exec(line)?.[1];
    const quote = /^>\s?(.*)$/.exec(line)?.[1];
    if (heading !== undefined) out.push(html`<h4>${span(heading, names)}</h4>`.markup);
    else if (item !== undefined) out.push(html`<div class="item">• ${span(item, names)}</div>`.markup);
    else if (quote !== undefined) out.push(html`<blockquote>${span(quote, names)}</blockquote>`.markup);
    else if (line.trim() !== "") out.push(html`<div>${span(line, names)}</div>`.markup);
  }
  endTable();
  return out.join("");
}

function tableOf(rows: readonly string[], names: Names): string {
  const cells = rows
    .filter((row) => !/^\s*\|[\s:|-]+\|?\s*$/.test(row))
    .map((row) =>
      row
        .trim()
        .replace(/^\||\|$/g, "")
        .split("|"),
    );
  return html`<div class="scroll"><table>${cells.map((row) => html`<tr>${row.map((cell) => html`<td>${span(cell.trim(), names)}</td>`)}</tr>`)}</table></div>`
    .markup;
}

/** Strong, emphasis, code and links; a backslash makes the next sign plain; what is left is looked at for mentions. */
function span(text: string, names: Names): Html {
  const found = /`([^`]+)`|\*\*(.+?)\*\*|\[([^\]]*)\]\(([^)\s]+)\)|\*(\S(?:.*?\S)?)\*|\\([\\`*_{}[\]()#+\-.!|<>~&@:])/.exec(text);
  if (found === null) return mentionsOnly(text, names);
  const [whole, code, strong, label, url, weak, escaped] = found;
  const middle =
    code !== undefined
      ? html`<code>${code}</code>`
      : strong !== undefined
        ? html`<b>${span(strong, names)}</b>`
        : url !== undefined
          ? html`<a href="${safeUrl(url)}" target="_blank" rel="noreferrer">${label}</a>`
          : weak !== undefined
            ? html`<i>${span(weak, names)}</i>`
            : html`${escaped}`;
  return html`${mentionsOnly(text.slice(0, found.index), names)}${middle}${span(text.slice(found.index + whole.length), names)}`;
}

function mentionsOnly(text: string, names: Names): Html {
  const parts = text.split(/(<[@#!][^<>\n]+>)/);
  return new Html(parts.map((part, index) => (index % 2 === 1 ? renderMrkdwn(part, names) : html`${part}`).markup).join(""));
}
