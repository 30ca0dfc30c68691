/** What makes an activity part of a stream. */
export interface StreamInfo {
  readonly streamType?: string;
  readonly streamId?: string;
  readonly streamSequence?: number;
}

/** A message while it is streamed. */
export interface OpenStream {
  readonly startedMs: number;
  text: string;
  sequence: number;
  /** When the last piece came. */
  atMs: number;
}

export interface StreamRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const STREAM_MS = 120_000;
const MAX_INFORMATIVE_LENGTH = 1000;

export function streamInfoOf(activity: Readonly<Record<string, unknown>>): StreamInfo | undefined {
  const entities = Array.isArray(activity.entities) ? activity.entities : [];
  return entities.find((entity) => entity?.type === "streaminfo");
}

/**
 * Whether a piece of a stream is refused. Rules, codes and sentences:
 * https://learn.microsoft.com/microsoftteams/platform/bots/streaming-ux (sections "Stream message through REST API", "Error codes").
 */
export function streamRefusal(
  activity: Readonly<Record<string, unknown>>,
  info: StreamInfo,
  situation: { readonly isPersonal: boolean; readonly open: OpenStream | undefined; readonly nowMs: number },
): StreamRefusal | undefined {
  const { isPersonal, open, nowMs } = situation;
  const text = typeof activity.text === "string" ? activity.text : "";
  const isFinal = info.streamType === "final";
  if (!isPersonal) return forbidden("Content stream is not allowed");
  if (activity.type !== (isFinal ? "message" : "typing"))
    return bad("Streamed pieces are of type typing, and the final one of type message");
  // The final piece must not have one: same page; https://github.com/microsoft/teams.ts/issues/687.
  if (isFinal !== (info.streamSequence === undefined)) return bad("streamSequence belongs to every piece but the final one");
  if (info.streamId === undefined) {
    if (info.streamSequence !== 1) return bad("A stream begins with streamSequence 1");
    return text === "" ? bad("Start streaming activities should include text") : lengthRefusal(info, text);
  }
  if (open === undefined) return forbidden("Content stream is not allowed on an already completed streamed message");
  if (nowMs - open.startedMs > STREAM_MS) return forbidden("Content stream finished due to exceeded streaming time.");
  if (!isFinal && (info.streamSequence ?? 0) <= open.sequence) {
    // It is accepted and dropped: the page lists it with status 202.
    return {
      status: 202,
      code: "ContentStreamSequenceOrderPreConditionFailed",
      message: "PreCondition failed exception when processing streaming activity.",
    };
  }
  // One request a second; how a burst is refused is told as throttling.
  if (!isFinal && nowMs - open.atMs < 900) return { status: 429, code: "Throttled", message: "API calls quota exceeded" };
  if (info.streamType !== "informative" && !text.startsWith(open.text))
    return bad("Streamed content should contain the previously streamed");
  return lengthRefusal(info, text);
}

function lengthRefusal(info: StreamInfo, text: string): StreamRefusal | undefined {
  return info.streamType === "informative" && text.length > MAX_INFORMATIVE_LENGTH ? forbidden("Message size too large") : undefined;
}

function forbidden(message: string): StreamRefusal {
  return { status: 403, code: "ContentStreamNotAllowed", message };
}

function bad(message: string): StreamRefusal {
  return { status: 400, code: "BadRequest", message };
}
