import type { KnownBlock } from "@slack/types";
import { z } from "zod";
import { SlackApiError } from "../slack-api-error.ts";
import { messageBlock, viewBlock } from "./block-rules.ts";

/** https://docs.slack.dev/block-kit: 50 blocks in a message, 100 in a view. */
const MAX_BLOCKS = 50;
const MAX_VIEW_BLOCKS = 100;

/** https://docs.slack.dev/reference/methods/chat.postMessage, "Truncating content"; chat.update and postEphemeral answer `msg_too_long`. */
export const MAX_MESSAGE_TEXT = 40_000;

/** https://docs.slack.dev/reference/methods/chat.postMessage, argument `markdown_text`. */
export const MAX_MARKDOWN_TEXT = 12_000;

/** All cells of all tables of one message: https://docs.slack.dev/reference/block-kit/blocks/table-block, and getnao/nao#1178 (measured). */
const MAX_TABLE_CHARACTERS = 10_000;

/**
 * Nowhere published. Measured in slackapi/bolt-js#2509: markdown blocks are accepted up to 13,296 characters, with a divider up to 13,171:
 * 125 characters for every block besides its text. Slack counts `&`, `<` and `>` as their entities.
 */
const MAX_MESSAGE_SIZE = 13_296;
const BLOCK_OVERHEAD = 125;

/** What Slack would refuse is refused with its code. Accepts the JSON text of a form field as well. */
export function parseBlocks(value: unknown, where = "/blocks"): readonly KnownBlock[] {
  return checkedBlocks(value, where, messageBlock, MAX_BLOCKS);
}

export function parseViewBlocks(value: unknown): readonly KnownBlock[] {
  return checkedBlocks(value, "/view/blocks", viewBlock, MAX_VIEW_BLOCKS);
}

function checkedBlocks(value: unknown, where: string, rule: z.ZodType, maxBlocks: number): readonly KnownBlock[] {
  const list = z.array(z.looseObject({ type: z.string() })).safeParse(value);
  if (!list.success) throw new SlackApiError("invalid_blocks_format");
  if (list.data.length > maxBlocks) throw invalidBlocks([`no more than ${maxBlocks} items allowed [json-pointer:${where}]`]);
  const problems = list.data.flatMap((block, index) => problemsOf(block, rule, `${where}/${index}`));
  problems.push(...repeated(list.data, where));
  if (problems.length > 0) throw invalidBlocks(problems);
  const blocks = list.data as unknown as readonly KnownBlock[];
  if (charactersInTables(blocks) > MAX_TABLE_CHARACTERS) {
    throw invalidBlocks([`table cells must be less than ${MAX_TABLE_CHARACTERS + 1} characters in all [json-pointer:${where}]`]);
  }
  if (sizeOf(blocks) > MAX_MESSAGE_SIZE) throw new SlackApiError("msg_blocks_too_long");
  return blocks;
}

function invalidBlocks(details: readonly string[]): SlackApiError {
  return new SlackApiError("invalid_blocks", details);
}

function problemsOf(block: unknown, rule: z.ZodType, pointer: string): readonly string[] {
  const checked = rule.safeParse(block);
  if (checked.success) return [];
  return checked.error.issues.map((issue) => `${issue.message} [json-pointer:${[pointer, ...issue.path].join("/")}]`);
}

/** Block ids are unique in a message, action ids in a block: https://docs.slack.dev/reference/block-kit/block-elements/button-element. */
function repeated(blocks: readonly Record<string, unknown>[], where: string): readonly string[] {
  const problems: string[] = [];
  const seen = new Set<unknown>();
  for (const [index, block] of blocks.entries()) {
    if (block.block_id !== undefined && seen.has(block.block_id)) {
      problems.push(`block_id already exists [json-pointer:${where}/${index}/block_id]`);
    }
    seen.add(block.block_id);
    const elements = Array.isArray(block.elements) ? block.elements : [];
    const ids = elements.map((element: { action_id?: unknown }) => element?.action_id).filter((id) => id !== undefined);
    if (new Set(ids).size < ids.length) problems.push(`action_id already exists [json-pointer:${where}/${index}/elements]`);
  }
  return problems;
}

/** Every text that is shown, however deep. */
function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (typeof inner === "string") return key === "text" || key === "title" || key === "alt_text" || key === "url" ? [inner] : [];
    return textsOf(inner);
  });
}

function charactersInTables(blocks: readonly KnownBlock[]): number {
  const tables = blocks.filter(({ type }) => type === "table" || type === "data_table");
  return tables.flatMap(textsOf).reduce((sum, cell) => sum + cell.length, 0);
}

function sizeOf(blocks: readonly KnownBlock[]): number {
  const texts = blocks.flatMap(textsOf).reduce((sum, part) => sum + escapedLength(part), 0);
  return texts + (blocks.length - 1) * BLOCK_OVERHEAD;
}

function escapedLength(part: string): number {
  return part.length + (part.match(/&/g)?.length ?? 0) * 4 + (part.match(/[<>]/g)?.length ?? 0) * 3;
}
