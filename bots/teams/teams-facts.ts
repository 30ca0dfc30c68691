import type { Clock } from "nephoscope";
import { z } from "zod";
import type { PersonFacts, PlaceFacts } from "../shared/chat-platform.ts";
import type { Person, Place } from "../shared/incoming.ts";
import { callTeams, TeamsCallError } from "./teams-call.ts";
import { personParts, referenceOf, type TeamsReference, withoutMessage } from "./teams-place.ts";
import type { MemberPage, TeamsTransport } from "./transport.ts";

/** What Teams itself says about places and people, by the bot's own rights: rosters and channels of where it is installed. */
export interface TeamsFacts {
  place(place: Place): Promise<PlaceFacts>;
  person(person: Person, place: Place): Promise<PersonFacts>;
  /** What people see, with the id beside it, because names are not unique; the id alone where Teams cannot say. */
  displayName(personId: string, place: Place): Promise<string>;
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context */
const memberSchema = z.looseObject({
  aadObjectId: z.string().nullish(),
  objectId: z.string().nullish(),
  name: z.string().nullish(),
  tenantId: z.string().nullish(),
  userRole: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
});
const channelSchema = z.looseObject({ id: z.string(), type: z.string().nullish() });
const teamSchema = z.looseObject({ aadGroupId: z.string().nullish() });

/** A roster that goes on beyond this is not read to its end, and counts as shared. */
const MAX_MEMBER_PAGES = 20;

/**
 * `homeTenant`: whose bot this is. Without Microsoft Graph the bot knows one group of a person: the team in whose channel they ask.
 * Other teams and Entra groups of theirs are not known, so rules and approvers that name them do not fit.
 */
export function teamsFacts(transport: TeamsTransport, clock: Clock, homeTenant: () => Promise<string>): TeamsFacts {
  async function memberOf(reference: TeamsReference, objectId: string): Promise<z.infer<typeof memberSchema> | null> {
    const roster = reference.teamId ?? withoutMessage(reference.conversationId);
    try {
      return memberSchema.parse(await callTeams("member", clock, () => transport.member(reference.serviceUrl, roster, objectId)));
    } catch (error) {
      // 404: not in this conversation. People of other organisations in a shared channel are not in the roster of its team.
      if (error instanceof TeamsCallError && error.status === 404) return null;
      throw error;
    }
  }

  /** Whether somebody of another tenant is in the roster of the conversation itself. One that nobody is in says nothing. */
  async function holdsOthers(reference: TeamsReference, home: string): Promise<boolean> {
    let continuationToken: string | null = null;
    let seen = 0;
    for (let page = 0; page < MAX_MEMBER_PAGES; page++) {
      const token: string | null = continuationToken;
      const reply: MemberPage = await callTeams("members", clock, () =>
        transport.members(reference.serviceUrl, withoutMessage(reference.conversationId), token),
      );
      if (reply.members.some((member) => memberSchema.parse(member).tenantId !== home)) return true;
      seen += reply.members.length;
      if (reply.continuationToken === null) return seen === 0;
      continuationToken = reply.continuationToken;
    }
    return true;
  }

  return {
    async place(place) {
      const reference = referenceOf(place);
      const home = await homeTenant();
      if (place.kind === "personal") return { isPublic: false, isShared: false };
      if (place.kind === "group") return { isPublic: false, isShared: await holdsOthers(reference, home) };
      if (reference.teamId === null) return { isPublic: true, isShared: true };
      const { teamId } = reference;
      const channels = await callTeams("channels", clock, () => transport.channels(reference.serviceUrl, teamId));
      const type = typeOf(channels, withoutMessage(reference.conversationId), teamId);
      // Guests of the tenant may be in every channel; people of other tenants only in shared ones, whose own roster names them.
      const isShared = type === null ? await holdsOthers(reference, home) : type !== "standard" && type !== "private";
      return { isPublic: type !== "private", isShared };
    },
    async person(person, place) {
      const { tenantId, objectId } = personParts(person.id);
      const home = await homeTenant();
      const reference = referenceOf(place);
      if (tenantId !== home) return { isOutsider: true, groups: [] };
      const member = await memberOf(reference, objectId);
      if (member === null) return { isOutsider: true, groups: [] };
      if (!member.userRole && !member.userPrincipalName) throw new Error("Teams does not say whether this person is a guest.");
      const isGuest = (member.userRole ?? "user").toLowerCase() !== "user" || /#EXT#/i.test(member.userPrincipalName ?? "");
      const isOutsider = isGuest || (member.tenantId ?? home) !== home;
      const { teamId } = reference;
      if (isOutsider || teamId === null) return { isOutsider, groups: [] };
      const team = teamSchema.parse(await callTeams("team", clock, () => transport.team(reference.serviceUrl, teamId)));
      return { isOutsider, groups: [teamId, ...(team.aadGroupId ? [team.aadGroupId] : [])] };
    },
    async displayName(personId, place) {
      const { objectId } = personParts(personId);
      try {
        const name = (await memberOf(referenceOf(place), objectId))?.name;
        return name ? `${name} (${objectId})` : objectId;
      } catch {
        return objectId;
      }
    },
  };
}

/** `standard`, `private` or `shared`; null where Teams does not say. The General channel has the id of its team. */
function typeOf(channels: readonly unknown[], channelId: string, teamId: string): string | null {
  if (channelId === teamId) return "standard";
  return channels.map((each) => channelSchema.parse(each)).find(({ id }) => id === channelId)?.type || null;
}
