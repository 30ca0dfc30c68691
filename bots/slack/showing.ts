import type { Runtime } from "nephoscope";
import type { RunView } from "../shared/run-view.ts";
import { type Piece, type ShownPieces, signatureOf } from "./shown-pieces.ts";
import { SlackCallError } from "./slack-api.ts";
import type { Look, SlackMessage } from "./slack-message.ts";
import type { SlackPosts } from "./slack-posts.ts";

/** What one `show` works with. */
export interface Showing {
  readonly view: RunView;
  readonly pieces: ShownPieces;
  readonly posts: SlackPosts;
  readonly logger: Runtime["logger"];
}

/** Posts a message, or brings the posted one up to date. */
export async function put({ pieces, posts, logger }: Showing, piece: string, message: SlackMessage): Promise<void> {
  const before = pieces.get(piece);
  const signature = signatureOf(message);
  if (before.ts !== undefined && before.signature === signature) return;
  const ts = before.ts ?? (before.sending ? await posts.find(piece) : null);
  if (ts !== null) {
    try {
      await posts.update(piece, ts, message);
      return await pieces.keep(piece, { ts, signature });
    } catch (error) {
      const reason = error instanceof SlackCallError ? error.reason : null;
      if (reason !== "message_not_found" && reason !== "edit_window_closed") throw error;
      logger.warn("slack: a message can no longer be changed", { piece, reason });
      // Somebody deleted it: what there is to say is said anew. One that may not be edited stays as it is.
      if (reason === "edit_window_closed") return pieces.keep(piece, { ts, signature });
    }
  }
  await sendOnce(pieces, piece, async () => ({ ts: await posts.post(piece, message), signature }));
}

/** Says before a message is sent that it is, so that one whose reply is lost is looked for and not sent twice. */
export async function sendOnce(pieces: ShownPieces, piece: string, send: () => Promise<Piece>): Promise<void> {
  await pieces.keep(piece, { sending: true });
  try {
    await pieces.keep(piece, await send());
  } catch (error) {
    if (error instanceof SlackCallError && !error.ambiguous) pieces.forget(piece);
    throw error;
  }
}

/** Source: the errors of https://docs.slack.dev/reference/methods/chat.postMessage */
const REFUSED: ReadonlySet<string> = new Set(["invalid_blocks", "invalid_blocks_format", "invalid_arguments"]);
const TOO_LONG: ReadonlySet<string> = new Set(["msg_too_long", "msg_blocks_too_long"]);

/** Tries again with simpler blocks where Slack refuses those of a message. */
export async function humbly({ pieces, logger }: Showing, piece: string, send: (look: Look) => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await send(pieces.look(piece));
    } catch (error) {
      const humbler = humblerLook(error, pieces.look(piece));
      if (humbler === null) throw error;
      logger.warn("slack: blocks were refused; going on with simpler ones", { piece, look: humbler, error: String(error) });
      await pieces.keepLook(piece, humbler);
    }
  }
}

function humblerLook(error: unknown, look: Look): Look | null {
  const reason = error instanceof SlackCallError ? error.reason : null;
  if (reason === null || look === "brief") return null;
  if (TOO_LONG.has(reason)) return "brief";
  if (REFUSED.has(reason)) return look === "new" ? "classic" : "brief";
  return null;
}
