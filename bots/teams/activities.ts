import { z } from "zod";
import type { IncomingDecision, IncomingFeedback, IncomingQuestion, IncomingStop, Person, Place } from "../shared/incoming.ts";
import { teamsPerson, teamsPlace } from "./teams-place.ts";

const account = z.object({ id: z.string(), name: z.string().optional(), aadObjectId: z.string().optional() });

/** What every activity of Teams has; the rest is read by kind. */
export const activitySchema = z.looseObject({
  type: z.string(),
  id: z.string().default(""),
  name: z.string().optional(),
  channelId: z.string(),
  serviceUrl: z.string(),
  timestamp: z.string().optional(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  replyToId: z.string().optional(),
  from: account,
  recipient: account.partial({ id: true }).default({}),
  conversation: z.object({ id: z.string(), conversationType: z.string().optional(), tenantId: z.string().optional() }),
  channelData: z
    .object({ tenant: z.object({ id: z.string() }).optional(), team: z.object({ id: z.string() }).optional() })
    .optional()
    .catch(undefined),
  entities: z.array(z.looseObject({ type: z.string().optional() })).nullish(),
});

export type TeamsActivity = z.infer<typeof activitySchema>;

const KINDS: Readonly<Record<string, Place["kind"]>> = { personal: "personal", groupChat: "group", channel: "channel" };

export function placeOf(activity: TeamsActivity): Place {
  const tenantId = activity.conversation.tenantId ?? activity.channelData?.tenant?.id ?? "unknown";
  const { id = "", name } = activity.recipient;
  return teamsPlace(KINDS[activity.conversation.conversationType ?? ""] ?? "channel", {
    serviceUrl: activity.serviceUrl,
    conversationId: activity.conversation.id,
    tenantId,
    bot: name === undefined ? { id } : { id, name },
    teamId: activity.channelData?.team?.id ?? null,
  });
}

/** The tenant of `channelData` is of who sent it: in shared channels and federated chats another than that of the conversation. */
function personOf(activity: TeamsActivity): Person {
  return teamsPerson(activity.channelData?.tenant?.id ?? activity.conversation.tenantId ?? "unknown", activity.from);
}

const mention = z.object({ type: z.literal("mention"), text: z.string().optional(), mentioned: z.object({ id: z.string() }) });

/** The question in a message; null where nothing is asked of this bot. */
export function questionIn(activity: TeamsActivity, nowMs: number): IncomingQuestion | null {
  if (activity.type !== "message") return null;
  const place = placeOf(activity);
  const mentions = (activity.entities ?? []).flatMap((entity) => {
    const parsed = mention.safeParse(entity);
    return parsed.success && parsed.data.mentioned.id === activity.recipient.id ? [parsed.data.text ?? ""] : [];
  });
  if (place.kind !== "personal" && mentions.length === 0) return null;
  const text = mentions.reduce((rest, mentioned) => (mentioned === "" ? rest : rest.replaceAll(mentioned, " ")), activity.text ?? "");
  const question = decoded(text)
    .replaceAll(/[^\S\n]+/g, " ")
    .trim();
  if (question === "") return null;
  return {
    deliveryId: deliveryOf(activity),
    place,
    person: personOf(activity),
    text: question,
    atMs: Date.parse(activity.timestamp ?? "") || nowMs,
  };
}

/** Teams sends text as HTML escapes it: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages */
function decoded(text: string): string {
  return text
    .replaceAll(/<at\b[^>]*>|<\/at>/g, "")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

function deliveryOf(activity: TeamsActivity): string {
  return `${activity.conversation.id}:${activity.id}`;
}

export const VERBS = {
  approve: "approve",
  reject: "reject",
  revise: "revise",
  stop: "stop",
  good: "good",
  bad: "bad",
  rows: "rows",
} as const;
/** Id of the input in which changes are asked for. */
export const COMMENT_INPUT = "comment";

export type TeamsClick =
  | { readonly kind: "decide"; readonly decision: IncomingDecision }
  | { readonly kind: "stop"; readonly stop: IncomingStop }
  | { readonly kind: "feedback"; readonly feedback: IncomingFeedback }
  | { readonly kind: "rows"; readonly place: Place; readonly questionId: string; readonly page: number; readonly language: "en" | "zh" };

const executeSchema = z.object({
  action: z.object({
    verb: z.string(),
    data: z.object({
      approval: z.string().optional(),
      question: z.string().optional(),
      page: z.number().int().min(0).optional(),
      language: z.enum(["en", "zh"]).optional(),
      [COMMENT_INPUT]: z.string().optional(),
    }),
  }),
});

/** An `Action.Execute` of ours; null where it is none. */
export function clickIn(activity: TeamsActivity): TeamsClick | null {
  const parsed = executeSchema.safeParse(activity.value);
  if (!parsed.success) return null;
  const { verb, data } = parsed.data.action;
  const { approval = "", question = "" } = data;
  const common = { deliveryId: deliveryOf(activity), place: placeOf(activity), person: personOf(activity) };
  switch (verb) {
    case VERBS.approve:
    case VERBS.reject:
      return approval === "" ? null : { kind: "decide", decision: { ...common, approvalId: approval, decision: verb } };
    case VERBS.revise:
      return approval === ""
        ? null
        : { kind: "decide", decision: { ...common, approvalId: approval, decision: verb, comment: (data[COMMENT_INPUT] ?? "").trim() } };
    case VERBS.stop:
      return question === "" ? null : { kind: "stop", stop: { ...common, questionId: question } };
    case VERBS.good:
    case VERBS.bad:
      return question === "" ? null : { kind: "feedback", feedback: { ...common, questionId: question, good: verb === VERBS.good } };
    case VERBS.rows:
      return { kind: "rows", place: common.place, questionId: question, page: data.page ?? 0, language: data.language ?? "en" };
    default:
      return null;
  }
}
