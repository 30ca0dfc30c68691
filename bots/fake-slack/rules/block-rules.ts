import type {
  ActionsBlock,
  AlertBlock,
  ContainerBlock,
  ContextActionsBlock,
  ContextBlock,
  DataTableBlock,
  DividerBlock,
  HeaderBlock,
  ImageBlock,
  InputBlock,
  MarkdownBlock,
  PlanBlock,
  SectionBlock,
  TableBlock,
  TaskCardBlock,
} from "@slack/types";
import { z } from "zod";
import { anyText, mrkdwn, plainText, rawNumber, rawText } from "./composition-rules.ts";
import {
  button,
  feedbackButtons,
  hasOneSource,
  iconButton,
  imageElement,
  imageSource,
  overflow,
  plainTextInput,
  staticSelect,
  urlSource,
} from "./element-rules.ts";
import { list, published, text } from "./published-shape.ts";
import { richText } from "./rich-text-rules.ts";

// Limits: the descriptions in @slack/types (block-kit/blocks.d.ts), which repeat https://docs.slack.dev/reference/block-kit/blocks.

const block_id = text(255).optional();

/** https://docs.slack.dev/reference/block-kit/blocks/table-block: 100 rows, 20 cells a row. */
const table = published<TableBlock>()({
  type: z.literal("table"),
  block_id,
  rows: list(list(z.discriminatedUnion("type", [rawText, rawNumber, richText]), 20), 100),
  column_settings: list(
    z.strictObject({ align: z.enum(["left", "center", "right"]).optional(), is_wrapped: z.boolean().optional() }).nullable(),
    20,
  ).optional(),
});

/** https://docs.slack.dev/reference/block-kit/blocks/data-table-block: a header and 1 to 100 rows, all of one length, no rich text in the header. */
const dataTable = published<DataTableBlock>()({
  type: z.literal("data_table"),
  block_id,
  caption: text(150),
  rows: list(list(z.discriminatedUnion("type", [rawText, rawNumber, richText]), 20), 101),
  page_size: z.number().int().min(1).max(100).optional(),
  row_header_column_index: z.number().int().min(0).max(19).optional(),
})
  .refine(({ rows }) => rows.length >= 2, { error: "no fewer than 2 items allowed", path: ["rows"] })
  .refine(({ rows }) => new Set(rows.map((row) => row.length)).size === 1, {
    error: "all rows must have the same number of cells",
    path: ["rows"],
  })
  .refine(({ rows }) => rows[0]?.every((cell) => cell.type !== "rich_text") ?? true, {
    error: "rich_text not allowed in header",
    path: ["rows", 0],
  });

const taskCard = published<TaskCardBlock>()({
  type: z.literal("task_card"),
  block_id,
  task_id: text(255),
  title: text(3000),
  details: richText.optional(),
  output: richText.optional(),
  sources: z.array(urlSource).optional(),
  status: z.enum(["pending", "in_progress", "complete", "error"]),
});

const actions = published<ActionsBlock>()({
  type: z.literal("actions"),
  block_id,
  elements: list(z.discriminatedUnion("type", [button, overflow, staticSelect]), 25),
});

const context = published<ContextBlock>()({
  type: z.literal("context"),
  block_id,
  elements: list(z.discriminatedUnion("type", [imageElement, plainText(), mrkdwn()]), 10),
});

const divider = published<DividerBlock>()({ type: z.literal("divider"), block_id });

const header = published<HeaderBlock>()({ type: z.literal("header"), block_id, text: plainText(150) });

const image = published<ImageBlock>()({
  type: z.literal("image"),
  block_id,
  alt_text: text(2000),
  title: plainText(2000).optional(),
  ...imageSource,
}).refine(hasOneSource, { error: "must provide one of image_url or slack_file" });

const section = published<SectionBlock>()({
  type: z.literal("section"),
  block_id,
  text: anyText().optional(),
  fields: list(anyText(2000), 10).optional(),
  accessory: z.discriminatedUnion("type", [button, imageElement, overflow, staticSelect]).optional(),
  expand: z.boolean().optional(),
}).refine((block) => block.text !== undefined || block.fields !== undefined, { error: "must provide text or fields" });

/**
 * https://docs.slack.dev/reference/block-kit/blocks/container-block. Slack's own validator takes fewer children than that page names
 * (https://docs.rs/slack-morphism/2.31.0/slack_morphism/prelude/struct.SlackContainerBlock.html); those that both name are taken here.
 */
const container = published<ContainerBlock>()({
  type: z.literal("container"),
  block_id,
  title: plainText(150).optional(),
  rich_text_title: richText.optional(),
  subtitle: anyText(150).optional(),
  child_blocks: list(z.discriminatedUnion("type", [actions, context, divider, header, image, section, table]), 10),
  width: z.enum(["narrow", "standard", "wide", "full"]).optional(),
  icon: imageElement.optional(),
  is_collapsible: z.boolean().optional(),
  default_collapsed: z.boolean().optional(),
  has_header_divider: z.boolean().optional(),
})
  .refine((block) => block.title !== undefined || block.rich_text_title !== undefined, { error: "must provide title or rich_text_title" })
  .refine((block) => !block.default_collapsed || block.is_collapsible === true, { error: "default_collapsed requires is_collapsible" });

/** What may stand in a message; `input` only in views: https://docs.slack.dev/reference/block-kit/blocks/input-block. */
const MESSAGE_BLOCKS = [
  actions,
  published<AlertBlock>()({
    type: z.literal("alert"),
    block_id,
    text: anyText(),
    level: z.enum(["default", "info", "warning", "error", "success"]).optional(),
  }),
  container,
  context,
  published<ContextActionsBlock>()({
    type: z.literal("context_actions"),
    block_id,
    elements: list(z.discriminatedUnion("type", [feedbackButtons, iconButton]), 5),
  }),
  dataTable,
  divider,
  header,
  image,
  published<MarkdownBlock>()({ type: z.literal("markdown"), block_id, text: text(12_000) }),
  published<PlanBlock>()({ type: z.literal("plan"), block_id, title: text(3000), tasks: z.array(taskCard).optional() }),
  richText,
  section,
  table,
  taskCard,
] as const;

const inputBlock = published<InputBlock>()({
  type: z.literal("input"),
  block_id,
  label: plainText(2000),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  element: z.discriminatedUnion("type", [plainTextInput, staticSelect]),
  dispatch_action: z.boolean().optional(),
});

/**
 * Slack knows more (`card`, `carousel`, `file`, `video`), which this fake has no rules for: it refuses them, so that nobody takes
 * for accepted what was never looked at.
 */
export const messageBlock = z.discriminatedUnion("type", MESSAGE_BLOCKS);
export const viewBlock = z.discriminatedUnion("type", [...MESSAGE_BLOCKS, inputBlock]);
