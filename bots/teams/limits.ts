/** What Teams publishes. */
export const LIMITS = {
  /**
   * Bytes of one message. 100 KB are published, and messages of 70 KB refused, because what counts is UTF-16 with what the service adds:
   * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages,
   * https://learn.microsoft.com/answers/questions/5566078. 28 KB, the limit that was published before, held everywhere.
   */
  messageBytes: 28_000,
  /** Of a chart in a message, which is all ASCII: what is published less what is around it. Where Teams refuses it, it is left out. */
  chartBytes: 90_000,
  /** Characters of an informative update: https://learn.microsoft.com/microsoftteams/platform/bots/streaming-ux */
  informative: 1000,
  /** A stream ends two minutes after it began, whatever is sent: same page. */
  streamMs: 120_000,
  /** Streamed pieces of one message, at most one a second: same page. */
  streamIntervalMs: 1000,
  /** Characters that people may type into "Ask for changes". */
  comment: 1000,
  /** Of what notifications show. */
  summary: 200,
} as const;

/**
 * Milliseconds between updates of one card. A conversation takes 7 operations in 1 s, 60 in 30 s and 1,800 in an hour; at one in 2 s a
 * question of an hour stays below all three, and sentences and approvals of the same conversation have room beside it.
 * Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit#per-bot-per-thread-limit
 */
export const UPDATE_INTERVAL_MS = 2000;

/** What is around a card when it is sent: summary, addresses, the text of a stream that ends. */
export const ENVELOPE_BYTES = 6000;

/** UTF-8 bytes of a message as it is sent. */
export function messageBytes(message: unknown): number {
  return Buffer.byteLength(JSON.stringify(message));
}

export function fits(message: unknown, maxBytes: number = LIMITS.messageBytes): boolean {
  return messageBytes(message) <= maxBytes;
}
