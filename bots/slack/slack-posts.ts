import type { KnownBlock, MessageMetadata } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { limitProblems } from "./limits.ts";
import { callSlack, SlackCallError } from "./slack-api.ts";
import type { SlackFile, SlackMessage } from "./slack-message.ts";
import type { SlackReference } from "./slack-place.ts";

const EVENT_TYPE = "nephoscope";

/** What every message is sent with: nothing in it becomes a link, a mention or a preview. */
const QUIET = { parse: "none", link_names: false, unfurl_links: false, unfurl_media: false } as const;

/** The messages of one question in its thread. */
export interface SlackPosts {
  /** @returns its timestamp, which is its id in the channel */
  post(piece: string, message: SlackMessage): Promise<string>;
  update(piece: string, ts: string, message: SlackMessage): Promise<void>;
  upload(file: SlackFile): Promise<void>;
  /** Looks for a piece whose sending failed in a way that leaves open whether it was posted. */
  find(piece: string): Promise<string | null>;
  /** The same for a stream: what we posted in this thread and gave no name yet. Streams get theirs when they are stopped. */
  findStream(): Promise<string | null>;
  findFile(name: string): Promise<boolean>;
  metadata(piece: string): MessageMetadata;
}

export interface SlackPostsOptions {
  readonly client: WebClient;
  readonly botUser: () => Promise<string>;
  readonly reference: SlackReference;
  readonly questionId: string;
}

export function slackPosts({ client, botUser, reference, questionId }: SlackPostsOptions): SlackPosts {
  const { channel, threadTs: thread_ts } = reference;
  const metadata = (piece: string): MessageMetadata => ({ event_type: EVENT_TYPE, event_payload: { question: questionId, piece } });

  async function findReply(isIt: (reply: Reply) => boolean): Promise<Reply | null> {
    let cursor: string | undefined;
    do {
      const page = await callSlack("conversations.replies", () =>
        client.conversations.replies({ channel, ts: thread_ts, include_all_metadata: true, limit: 200, ...(cursor ? { cursor } : {}) }),
      );
      const found = (page.messages as readonly Reply[] | undefined)?.find(isIt);
      if (found) return found;
      cursor = page.response_metadata?.next_cursor;
    } while (cursor);
    return null;
  }

  return {
    metadata,
    async post(piece, message) {
      const reply = await callSlack("chat.postMessage", () =>
        client.chat.postMessage({ channel, thread_ts, ...checked(message), ...QUIET, metadata: metadata(piece) }),
      );
      return timestampOf("chat.postMessage", reply.ts);
    },
    async update(piece, ts, message) {
      await callSlack("chat.update", () =>
        client.chat.update({ channel, ts, ...checked(message), parse: "none", link_names: false, metadata: metadata(piece) }),
      );
    },
    async upload(file) {
      await callSlack("files.uploadV2", () =>
        client.files.uploadV2({
          channel_id: channel,
          thread_ts,
          file: Buffer.from(file.content),
          filename: file.name,
          title: file.name,
          ...(file.altText === undefined ? {} : { alt_text: file.altText }),
        }),
      );
    },
    async find(piece) {
      const found = await findReply(({ metadata: kept }) => {
        const payload = kept?.event_type === EVENT_TYPE ? kept.event_payload : undefined;
        return payload?.question === questionId && payload.piece === piece;
      });
      return found?.ts ?? null;
    },
    async findStream() {
      const us = await botUser();
      const found = await findReply(
        (reply) =>
          reply.user === us && reply.ts !== thread_ts && reply.metadata?.event_type !== EVENT_TYPE && (reply.files ?? []).length === 0,
      );
      return found?.ts ?? null;
    },
    async findFile(name) {
      return (await findReply((reply) => (reply.files ?? []).some((file) => file.name === name))) !== null;
    },
  };
}

interface Reply {
  readonly ts?: string;
  readonly user?: string;
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: Readonly<Record<string, unknown>> };
  readonly files?: readonly { readonly name?: string }[];
}

/** Slack refuses what is over a limit only after it has travelled, and often without saying which. */
export function checked(message: SlackMessage): { text: string; blocks: KnownBlock[] } {
  const problems = limitProblems(message);
  if (problems.length > 0)
    throw new SlackCallError(`A message is over Slack's limits: ${problems.join(", ")}`, { retryable: false, cause: message });
  return { text: message.text, blocks: [...message.blocks] };
}

function timestampOf(method: string, ts: string | undefined): string {
  if (ts === undefined)
    throw new SlackCallError(`Slack ${method}: no timestamp in its answer`, { retryable: true, ambiguous: true, cause: null });
  return ts;
}
