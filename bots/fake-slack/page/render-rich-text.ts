import type { RichTextBlock, RichTextBlockElement, RichTextElement } from "@slack/types";
import { Html, html, safeUrl } from "./html.ts";
import { emoji, type Names } from "./names.ts";

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block. */
export function renderRichText(block: RichTextBlock, names: Names): Html {
  return html`${block.elements.map((element) => part(element, names))}`;
}

function part(element: RichTextBlockElement, names: Names): Html {
  switch (element.type) {
    case "rich_text_section":
      return html`<div class="rich">${element.elements.map((inner) => run(inner, names))}</div>`;
    case "rich_text_preformatted":
      return html`<pre>${element.elements.map((inner) => run(inner, names))}</pre>`;
    case "rich_text_quote":
      return html`<blockquote>${element.elements.map((inner) => run(inner, names))}</blockquote>`;
    case "rich_text_list": {
      const items = element.elements.map((item) => html`<li>${item.elements.map((inner) => run(inner, names))}</li>`);
      return element.style === "ordered" ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
    }
  }
}

const TAGS = [
  ["bold", "b"],
  ["italic", "i"],
  ["strike", "s"],
  ["underline", "u"],
  ["code", "code"],
] as const;

function run(element: RichTextElement, names: Names): Html {
  return TAGS.reduce(
    (inner, [style, tag]) => (element.style?.[style] ? new Html(`<${tag}>${inner.markup}</${tag}>`) : inner),
    content(element, names),
  );
}

function content(element: RichTextElement, names: Names): Html {
  switch (element.type) {
    case "text":
      return html`${element.text}`;
    case "link":
      return html`<a href="${safeUrl(element.url)}" target="_blank" rel="noreferrer">${element.text ?? element.url}</a>`;
    case "emoji":
      return html`${emoji(element.name)}`;
    case "user":
      return names.person(element.user_id);
    case "usergroup":
      return names.group(element.usergroup_id);
    case "channel":
      return names.channel(element.channel_id);
    case "broadcast":
      return names.everybody(element.range);
    case "date":
      return html`${element.fallback ?? new Date(element.timestamp * 1000).toISOString()}`;
    case "team":
      return html`${element.team_id}`;
    case "color":
      return html`${element.value}`;
  }
}
