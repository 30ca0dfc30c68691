import type { ContextBlock, RichTextBlock, RichTextElement } from "@slack/types";
import { clip, visible } from "./harmless-text.ts";
import { LIMITS } from "./limits.ts";

/**
 * Texts from clouds and models go into `rich_text` elements and `plain_text`: there Slack parses neither mentions nor links nor markup.
 * Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block (mentions and links are elements of their own).
 */
export function words(text: string, style?: { readonly bold?: true; readonly code?: true }): RichTextElement {
  const shown = visible(text) || " ";
  return style ? { type: "text", text: shown, style } : { type: "text", text: shown };
}

export function paragraph(...elements: readonly RichTextElement[]): RichTextBlock {
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [...elements] }] };
}

export function bullets(lines: readonly (readonly RichTextElement[])[]): RichTextBlock {
  return {
    type: "rich_text",
    elements: [
      {
        type: "rich_text_list",
        style: "bullet",
        elements: lines.map((elements) => ({ type: "rich_text_section", elements: [...elements] })),
      },
    ],
  };
}

export function preformatted(text: string): RichTextBlock {
  return { type: "rich_text", elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: visible(text) || " " }] }] };
}

/** A small grey line. */
export function small(text: string): ContextBlock {
  return { type: "context", elements: [{ type: "plain_text", text: clip(text, LIMITS.text) || " ", emoji: false }] };
}
