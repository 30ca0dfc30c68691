import type { RunView } from "../shared/run-view.ts";
import { clip, inert } from "./harmless-text.ts";
import { LIMITS } from "./limits.ts";
import { streamEnd, streamed } from "./messages.ts";
import { stepText } from "./plan-card.ts";
import { type Piece, type PostedPieces, signatureOf } from "./posted-pieces.ts";
import { type Posting, post } from "./posting.ts";
import { TeamsCallError } from "./teams-call.ts";
import type { Activity } from "./transport.ts";

/** Before Teams ends a stream by itself, it is ended here and goes on as a card. */
const STREAM_MS = LIMITS.streamMs - 15_000;

const PLAN = "plan";

/**
 * Shows a working run as a stream: the step that runs as informative text, then steps as they end, one line each, because streamed text
 * only grows. False: no stream (any more), a card should show it.
 */
export async function streamPlan(posting: Posting, pieces: PostedPieces, view: RunView): Promise<boolean> {
  const piece = pieces.get(PLAN);
  if ((view.state !== "queued" && view.state !== "working") || piece.id !== undefined || piece.noStream) return false;
  const { stream } = piece;
  try {
    if (stream === undefined) return await begin(posting, pieces, view);
    if (posting.clock.now() - stream.startedMs > STREAM_MS) return false;
    return await goOn(posting, pieces, view, stream);
  } catch (error) {
    if (!(error instanceof TeamsCallError) || error.retryable) throw error;
    // Refused, stopped by the reader, or over time.
    await pieces.keep(PLAN, { noStream: true });
    return false;
  }
}

/** Ends the stream as this message. False: there is none, or it has died. */
export async function endStream(posting: Posting, pieces: PostedPieces, message: Activity, title: string): Promise<boolean> {
  const piece = pieces.get(PLAN);
  const { stream } = piece;
  if (stream === undefined) return false;
  try {
    await post(posting, streamEnd(message, stream.text === "" ? inert(title) : stream.text, stream.id));
  } catch (error) {
    if (!(error instanceof TeamsCallError) || error.retryable) throw error;
    await pieces.keep(PLAN, { noStream: true });
    return false;
  }
  await pieces.keep(PLAN, { id: stream.id, signature: signatureOf(message) });
  return true;
}

async function begin(posting: Posting, pieces: PostedPieces, view: RunView): Promise<boolean> {
  const text = informative(view);
  const id = await post(posting, streamed("informative", text, 1, null));
  if (id === "") return false;
  await pieces.keep(PLAN, { signature: signatureOf(text), stream: { id, startedMs: posting.clock.now(), text: "", told: [] } });
  return true;
}

async function goOn(posting: Posting, pieces: PostedPieces, view: RunView, stream: NonNullable<Piece["stream"]>): Promise<boolean> {
  // Sequence numbers only have to grow: time does, over restarts too.
  const sequence = 2 + Math.floor((posting.clock.now() - stream.startedMs) / (LIMITS.streamIntervalMs / 2));
  const ended = view.steps.filter(({ id, state }) => (state === "done" || state === "failed") && !stream.told.includes(id));
  if (ended.length > 0) {
    const text = [...(stream.text === "" ? [] : [stream.text]), ...ended.map((step) => inert(stepText(step)))].join("\n\n");
    await post(posting, streamed("streaming", text, sequence, stream.id));
    await pieces.keep(PLAN, { stream: { ...stream, text, told: [...stream.told, ...ended.map(({ id }) => id)] } });
    return true;
  }
  const text = informative(view);
  const signature = signatureOf(text);
  // Informative text gives way to streamed text for good.
  if (stream.text !== "" || pieces.get(PLAN).signature === signature) return true;
  await post(posting, streamed("informative", text, sequence, stream.id));
  await pieces.keep(PLAN, { signature, stream });
  return true;
}

function informative(view: RunView): string {
  const running = view.steps.find(({ state }) => state === "running");
  return clip(inert([view.title, ...(running === undefined ? [] : [stepText(running)])].join(" · ")), LIMITS.informative);
}
