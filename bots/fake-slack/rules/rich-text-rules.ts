import type {
  RichTextBlock,
  RichTextBroadcastMention,
  RichTextChannelMention,
  RichTextColor,
  RichTextDate,
  RichTextEmoji,
  RichTextLink,
  RichTextList,
  RichTextPreformatted,
  RichTextQuote,
  RichTextSection,
  RichTextStyleable,
  RichTextTeamMention,
  RichTextText,
  RichTextUsergroupMention,
  RichTextUserMention,
} from "@slack/types";
import { z } from "zod";
import { published, text } from "./published-shape.ts";

// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block and @slack/types (block-kit/block-elements.d.ts).

const style = published<NonNullable<RichTextStyleable["style"]>>()({
  bold: z.boolean().optional(),
  code: z.boolean().optional(),
  italic: z.boolean().optional(),
  strike: z.boolean().optional(),
  underline: z.boolean().optional(),
}).optional();
const border = z.union([z.literal(0), z.literal(1)]).optional();

const plain = published<RichTextText>()({ type: z.literal("text"), text: text(12_000), style });
const link = published<RichTextLink>()({
  type: z.literal("link"),
  url: text(3000),
  text: z.string().optional(),
  unsafe: z.boolean().optional(),
  style,
});

const inline = z.discriminatedUnion("type", [
  plain,
  link,
  published<RichTextBroadcastMention>()({ type: z.literal("broadcast"), range: z.enum(["here", "channel", "everyone"]), style }),
  published<RichTextColor>()({ type: z.literal("color"), value: text(20), style }),
  published<RichTextChannelMention>()({ type: z.literal("channel"), channel_id: text(20), style }),
  published<RichTextDate>()({
    type: z.literal("date"),
    timestamp: z.number().int(),
    format: text(200),
    url: z.string().optional(),
    fallback: z.string().optional(),
    style,
  }),
  published<RichTextEmoji>()({
    type: z.literal("emoji"),
    name: text(100),
    unicode: z.string().optional(),
    url: z.string().optional(),
    style,
  }),
  published<RichTextTeamMention>()({ type: z.literal("team"), team_id: text(20), style }),
  published<RichTextUserMention>()({ type: z.literal("user"), user_id: text(20), style }),
  published<RichTextUsergroupMention>()({ type: z.literal("usergroup"), usergroup_id: text(20), style }),
]);

const section = published<RichTextSection>()({ type: z.literal("rich_text_section"), elements: z.array(inline) });

export const richText = published<RichTextBlock>()({
  type: z.literal("rich_text"),
  block_id: text(255).optional(),
  elements: z.array(
    z.discriminatedUnion("type", [
      section,
      published<RichTextList>()({
        type: z.literal("rich_text_list"),
        elements: z.array(section),
        style: z.enum(["bullet", "ordered"]),
        indent: z.number().int().min(0).max(8).optional(),
        border,
      }),
      published<RichTextQuote>()({ type: z.literal("rich_text_quote"), elements: z.array(inline), border }),
      published<RichTextPreformatted>()({
        type: z.literal("rich_text_preformatted"),
        elements: z.array(z.discriminatedUnion("type", [plain, link])),
        border,
      }),
    ]),
  ),
});
