import { z } from "zod";
import type { Person, Place } from "../shared/incoming.ts";
import type { ConversationAddress } from "./transport.ts";

/** What messages need to be sent there later, from another process. */
const referenceSchema = z.strictObject({
  serviceUrl: z.string(),
  /** In channels with `;messageid=`: the thread. */
  conversationId: z.string(),
  tenantId: z.string(),
  bot: z.strictObject({ id: z.string(), name: z.string().optional() }),
  /** Of the team whose channel it is; its roster is asked by this id. */
  teamId: z.string().nullable(),
});

export type TeamsReference = z.infer<typeof referenceSchema>;

export function referenceOf(place: Place): TeamsReference {
  return referenceSchema.parse(place.reference);
}

export function addressOf(place: Place): ConversationAddress {
  const { serviceUrl, conversationId, bot } = referenceOf(place);
  const named = bot.name === undefined ? { id: bot.id } : { id: bot.id, name: bot.name };
  return { serviceUrl, conversationId, bot: named, isPersonal: place.kind === "personal" };
}

/**
 * Ids of threads in channels end in `;messageid=` and the id of the message that began them:
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations
 */
export function withoutMessage(conversationId: string): string {
  return conversationId.replace(/;messageid=.*$/s, "");
}

export function teamsPlace(kind: Place["kind"], reference: TeamsReference): Place {
  return {
    platform: "teams",
    threadKey: `teams:${reference.tenantId}:${reference.conversationId}`,
    channel: `${reference.tenantId}:${withoutMessage(reference.conversationId)}`,
    kind,
    reference,
  };
}

/** Without an Entra object id nobody is known: such people are of no tenant, and so outsiders. */
export function teamsPerson(
  tenantId: string,
  account: { readonly id: string; readonly aadObjectId?: string | undefined; readonly name?: string | undefined },
): Person {
  return { id: account.aadObjectId ? `${tenantId}:${account.aadObjectId}` : `${UNKNOWN_TENANT}:${account.id}`, name: account.name ?? null };
}

const UNKNOWN_TENANT = "unknown";

/** `tenant:object` as its two parts. */
export function personParts(personId: string): { readonly tenantId: string; readonly objectId: string } {
  const colon = personId.indexOf(":");
  return { tenantId: personId.slice(0, colon), objectId: personId.slice(colon + 1) };
}
