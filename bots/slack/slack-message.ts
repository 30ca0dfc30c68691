import type { KnownBlock } from "@slack/types";

export interface SlackMessage {
  /** For notifications and screen readers; escaped. */
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

export interface SlackFile {
  readonly piece: string;
  /** Unique in its thread: by it a file is found again whose reply was lost. */
  readonly name: string;
  readonly content: string | Uint8Array;
  /** For screen readers, where it is an image. */
  readonly altText?: string;
}

/**
 * How much a message dares: `new` with all blocks; `classic` with those that every workspace has had for years, after Slack refused a
 * newer one; `brief` with the table and long texts in files only, after Slack found it too long.
 */
export type Look = "new" | "classic" | "brief";
