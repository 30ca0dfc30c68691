import type { ConfirmationDialog, MrkdwnElement, PlainTextElement, RawNumberElement, RawTextElement } from "@slack/types";
import { z } from "zod";
import { published, text } from "./published-shape.ts";

// Limits: the descriptions in @slack/types (block-kit/composition-objects.d.ts) and
// https://docs.slack.dev/reference/block-kit/composition-objects/text-object ("minimum length 1, maximum length 3000").

const MAX_TEXT = 3000;

export function plainText(maxCharacters = MAX_TEXT) {
  return published<PlainTextElement>()({ type: z.literal("plain_text"), text: text(maxCharacters), emoji: z.boolean().optional() });
}

export function mrkdwn(maxCharacters = MAX_TEXT) {
  return published<MrkdwnElement>()({ type: z.literal("mrkdwn"), text: text(maxCharacters), verbatim: z.boolean().optional() });
}

export function anyText(maxCharacters = MAX_TEXT) {
  return z.discriminatedUnion("type", [plainText(maxCharacters), mrkdwn(maxCharacters)]);
}

export const rawText = published<RawTextElement>()({ type: z.literal("raw_text"), text: text(10_000) });

export const rawNumber = published<RawNumberElement>()({ type: z.literal("raw_number"), value: z.number(), text: text(10_000) });

export const confirmation = published<ConfirmationDialog>()({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30).optional(),
  deny: plainText(30).optional(),
  style: z.enum(["primary", "danger"]).optional(),
});
