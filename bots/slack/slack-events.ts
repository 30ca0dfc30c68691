import { z } from "zod";
import type { IncomingQuestion } from "../shared/incoming.ts";
import { plainQuestion } from "./plain-question.ts";
import { slackPerson, slackPlace } from "./slack-place.ts";

/** Whose bot this is: from `auth.test`. */
export interface SlackIdentity {
  readonly team: string;
  readonly botUser: string;
  readonly botId: string;
}

/** What is read of an event. Everything else of it is left alone. */
const messageSchema = z.object({
  type: z.enum(["app_mention", "message"]),
  subtype: z.string().optional(),
  channel: z.string(),
  channel_type: z.string().optional(),
  user: z.string().optional(),
  /** Of who wrote, where it is not the workspace of the channel (Slack Connect). */
  user_team: z.string().optional(),
  source_team: z.string().optional(),
  team: z.string().optional(),
  bot_id: z.string().optional(),
  app_id: z.string().optional(),
  edited: z.unknown().optional(),
  text: z.string().default(""),
  ts: z.string(),
  thread_ts: z.string().optional(),
});

const envelopeSchema = z.object({ team_id: z.string(), event_id: z.string(), event: messageSchema });

/** A file may come with the question; it is not read. */
const SUBTYPES: ReadonlySet<string | undefined> = new Set([undefined, "file_share"]);

/**
 * The question in an event; null where there is none for us: not ours to answer (bots, ourselves, edits, joins), or in a channel
 * without a mention, whose messages this app is not subscribed to.
 */
export function questionIn(body: unknown, identity: SlackIdentity): IncomingQuestion | null {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success) return null;
  const { event, event_id: deliveryId, team_id: eventTeam } = envelope.data;
  const direct = event.channel_type === "im" || event.channel.startsWith("D");
  if (event.type === "message" ? !direct : direct) return null;
  if (event.user === undefined || event.user === identity.botUser || event.bot_id !== undefined) return null;
  if (!SUBTYPES.has(event.subtype) || event.edited !== undefined) return null;
  const personTeam = event.user_team ?? event.source_team ?? event.team ?? eventTeam;
  return {
    deliveryId,
    place: slackPlace(
      identity.team,
      { channel: event.channel, threadTs: event.thread_ts ?? event.ts, recipientTeam: personTeam, recipientUser: event.user },
      event.channel_type,
    ),
    person: slackPerson(personTeam, event.user),
    text: plainQuestion(event.text, identity.botUser),
    atMs: Math.round(Number(event.ts) * 1000),
  };
}

const threadStartedSchema = z.object({
  event: z.object({
    type: z.literal("assistant_thread_started"),
    assistant_thread: z.object({ user_id: z.string(), channel_id: z.string(), thread_ts: z.string() }),
  }),
});

/** Somebody opened an assistant thread. */
export function threadStartedIn(body: unknown): { readonly user: string; readonly channel: string; readonly threadTs: string } | null {
  const parsed = threadStartedSchema.safeParse(body);
  if (!parsed.success) return null;
  const { user_id: user, channel_id: channel, thread_ts: threadTs } = parsed.data.event.assistant_thread;
  return { user, channel, threadTs };
}
