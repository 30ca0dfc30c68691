import type { WebClient } from "@slack/web-api";
import type { Clock, Language } from "nephoscope";
import type { PersonFacts, PlaceFacts } from "../shared/chat-platform.ts";
import type { Person, Place } from "../shared/incoming.ts";
import { callSlack, SlackCallError } from "./slack-api.ts";
import { personParts, referenceOf } from "./slack-place.ts";

/** What Slack itself says about places and people. Nothing is taken from events: they name ids, and ids alone. */
export interface SlackFacts {
  place(place: Place): Promise<PlaceFacts>;
  person(person: Person): Promise<PersonFacts>;
  /** What people see, with the id beside it, because anybody can call themselves anything; the id alone where Slack cannot say. */
  displayName(personId: string): Promise<string>;
  language(userId: string): Promise<Language>;
}

/** Answers are used this long: somebody who is removed from a group has no more than a minute. */
const CACHE_MS = 60_000;
const CACHE_ENTRIES = 1000;

/** `team`: whose bot this is. `groups`: ids of the user groups that the access rules name; with none, groups are not asked for. */
export function slackFacts(
  client: WebClient,
  clock: Clock,
  options: { readonly team: () => Promise<string>; readonly groups: readonly string[] },
): SlackFacts {
  const users = cached(clock, async (user) => {
    const { user: info } = await callSlack("users.info", () => client.users.info({ user, include_locale: true }));
    if (info === undefined) throw new SlackCallError("Slack users.info: no user in its answer", { retryable: false, cause: null });
    return info;
  });
  const channels = cached(clock, async (channel) => {
    const { channel: info } = await callSlack("conversations.info", () => client.conversations.info({ channel }));
    if (info === undefined)
      throw new SlackCallError("Slack conversations.info: no channel in its answer", { retryable: false, cause: null });
    return info;
  });
  const members = cached(clock, async (usergroup) => {
    const reply = await callSlack("usergroups.users.list", () => client.usergroups.users.list({ usergroup }));
    return new Set(reply.users ?? []);
  });

  return {
    async place(place) {
      const info = await channels(referenceOf(place).channel);
      const direct = info.is_im === true || info.is_mpim === true;
      return {
        isPublic: !direct && info.is_private !== true,
        isShared:
          info.is_ext_shared === true || info.is_pending_ext_shared === true || (info.is_shared === true && info.is_org_shared !== true),
      };
    },
    async person(person) {
      const { team, user } = personParts(person.id);
      const home = await options.team();
      const info = await users(user);
      // In an Enterprise Grid people have a workspace of their own and are members of others.
      const isMember = team === info.team_id && (team === home || (info.enterprise_user?.teams ?? []).includes(home));
      const isFull = ![info.is_restricted, info.is_ultra_restricted, info.is_stranger, info.is_bot, info.deleted].includes(true);
      const groups = await Promise.all(options.groups.map(async (group) => ((await members(group)).has(user) ? [group] : [])));
      return { isOutsider: !isMember || !isFull, groups: groups.flat() };
    },
    async displayName(personId) {
      const { user } = personParts(personId);
      try {
        const info = await users(user);
        const name = info.profile?.display_name || info.real_name || info.name;
        return name ? `${name} (${user})` : user;
      } catch {
        return user;
      }
    },
    async language(userId) {
      try {
        return (await users(userId)).locale?.startsWith("zh") ? "zh" : "en";
      } catch {
        return "en";
      }
    },
  };
}

/** Keeps answers, never failures; the oldest go first. */
function cached<Value>(clock: Clock, load: (key: string) => Promise<Value>): (key: string) => Promise<Value> {
  const entries = new Map<string, { readonly atMs: number; readonly value: Promise<Value> }>();
  return (key) => {
    const entry = entries.get(key);
    if (entry !== undefined && clock.now() - entry.atMs < CACHE_MS) return entry.value;
    const value = load(key);
    entries.delete(key);
    entries.set(key, { atMs: clock.now(), value });
    const oldest = entries.keys().next();
    if (entries.size > CACHE_ENTRIES && !oldest.done) entries.delete(oldest.value);
    value.catch(() => {
      if (entries.get(key)?.value === value) entries.delete(key);
    });
    return value;
  };
}
