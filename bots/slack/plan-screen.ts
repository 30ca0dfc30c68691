import type { WebClient } from "@slack/web-api";
import type { RunView } from "../shared/run-view.ts";
import { LIMITS, textBytes } from "./limits.ts";
import { planChunks, planMessage, planTasks, stopBlocks } from "./plan-message.ts";
import { humbly, put, type Showing, sendOnce } from "./showing.ts";
import { callSlack, SlackCallError } from "./slack-api.ts";
import type { SlackReference } from "./slack-place.ts";

/** The plan of one question: streamed while it works, a message that is replaced otherwise. */
export interface PlanScreen {
  show(showing: Showing): Promise<void>;
}

const PIECE = "plan";

/**
 * A stream is stopped before people are asked for consent and at the end, and left for `chat.update` of the same message when Slack
 * ends it (about five minutes; https://github.com/vercel/chat/issues/607), refuses it or asks for fewer calls.
 */
export function planScreen(client: WebClient, { channel, threadTs, recipientTeam, recipientUser }: SlackReference): PlanScreen {
  /** What the stream of this process has said; null where there is none of it. */
  let said: Map<string, string> | null = null;
  let streamsAreRefused = false;

  async function start(showing: Showing): Promise<void> {
    const { view, pieces } = showing;
    const next = new Map<string, string>();
    const chunks = [...planChunks(view, next), { type: "blocks" as const, blocks: stopBlocks(view) }];
    await sendOnce(pieces, PIECE, async () => {
      const reply = await callSlack("chat.startStream", () =>
        client.chat.startStream({
          channel,
          thread_ts: threadTs,
          recipient_team_id: recipientTeam,
          recipient_user_id: recipientUser,
          task_display_mode: "plan",
          chunks,
        }),
      );
      if (reply.ts === undefined)
        throw new SlackCallError("Slack chat.startStream: no timestamp", { retryable: true, ambiguous: true, cause: reply });
      return { ts: reply.ts, streaming: true };
    });
    said = next;
  }

  async function append(showing: Showing, ts: string, before: ReadonlyMap<string, string>): Promise<void> {
    const next = new Map(before);
    const chunks = planChunks(showing.view, next);
    if (chunks.length === 0) return;
    await callSlack("chat.appendStream", () => client.chat.appendStream({ channel, ts, chunks }));
    said = next;
  }

  /** After it the plan is a message like any other. */
  async function stop({ pieces, posts, logger }: Showing, ts: string): Promise<void> {
    try {
      await callSlack("chat.stopStream", () => client.chat.stopStream({ channel, ts, metadata: posts.metadata(PIECE) }));
    } catch (error) {
      if (!(error instanceof SlackCallError) || error.retryable) throw error;
      logger.debug("slack: the stream had ended", { error: error.message });
    }
    said = null;
    await pieces.keep(PIECE, { ts });
  }

  async function replace(showing: Showing): Promise<void> {
    await humbly(showing, PIECE, (look) => put(showing, PIECE, planMessage(showing.view, look)));
  }

  return {
    async show(showing) {
      const { view, pieces, posts, logger } = showing;
      const piece = pieces.get(PIECE);
      if (piece.ts === undefined && piece.sending) {
        const lost = (await posts.find(PIECE)) ?? (await posts.findStream());
        if (lost !== null) await stop(showing, lost);
        else pieces.forget(PIECE);
      }
      const { ts, streaming } = pieces.get(PIECE);
      if (ts === undefined) {
        if (streamsAreRefused || !canStream(view)) return replace(showing);
        try {
          return await start(showing);
        } catch (error) {
          if (!givesWay(error)) throw error;
          logger.debug("slack: no stream; a message instead", { error: String(error) });
          streamsAreRefused = true;
          return replace(showing);
        }
      }
      if (streaming && said !== null && canStream(view)) {
        try {
          return await append(showing, ts, said);
        } catch (error) {
          if (!givesWay(error)) throw error;
          logger.debug("slack: the stream ended early", { error: String(error) });
          said = null;
        }
      }
      if (streaming) await stop(showing, ts);
      await replace(showing);
    },
  };
}

function canStream(view: RunView): boolean {
  return view.state === "working" && textBytes(planTasks(view)) <= LIMITS.streamBytes;
}

/** Whether a message can do what the stream could not: it was refused or has ended, or there are too many calls. */
function givesWay(error: unknown): boolean {
  return error instanceof SlackCallError && !error.ambiguous && (!error.retryable || error.reason === "ratelimited");
}
