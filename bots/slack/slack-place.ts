import { z } from "zod";
import type { Person, Place } from "../shared/incoming.ts";

/** Where in Slack a conversation is, and for whom its plan streams. */
const referenceSchema = z.strictObject({
  channel: z.string(),
  threadTs: z.string(),
  /** Of who asked: streams outside of direct messages name a recipient. */
  recipientTeam: z.string(),
  recipientUser: z.string(),
});

export type SlackReference = z.infer<typeof referenceSchema>;

/** The place of a thread; `team` is the bot's own, so that a shared channel has one key for everybody in it. */
export function slackPlace(team: string, reference: SlackReference, channelType?: string): Place {
  return {
    platform: "slack",
    threadKey: `slack:${team}:${reference.channel}:${reference.threadTs}`,
    channel: `${team}:${reference.channel}`,
    kind: kindOf(reference.channel, channelType),
    reference,
  };
}

export function referenceOf(place: Place): SlackReference {
  return referenceSchema.parse(place.reference);
}

/** Ids of direct messages begin with D. Source: https://docs.slack.dev/reference/objects/conversation-object */
function kindOf(channel: string, channelType: string | undefined): Place["kind"] {
  if (channelType === "im" || channel.startsWith("D")) return "personal";
  return channelType === "mpim" ? "group" : "channel";
}

export function slackPerson(team: string, user: string, name: string | null = null): Person {
  return { id: `${team}:${user}`, name };
}

/** `T1:U1` as its two parts. */
export function personParts(personId: string): { readonly team: string; readonly user: string } {
  const [team = "", user = ""] = personId.split(":");
  return { team, user };
}
