import { createHash } from "node:crypto";
import { DATA_KINDS, type Text } from "nephoscope";
import type { AccessRule, AccessRules } from "./access-rules.ts";
import type { PersonFacts, PlaceFacts } from "./chat-platform.ts";
import { REFUSALS } from "./engine-wording.ts";
import type { Person, Place } from "./incoming.ts";
import type { Grant } from "./question-record.ts";

export interface Circumstances {
  readonly place: Place;
  readonly person: Person;
  /** The bot's own team or tenant: rules name its people and channels without it. */
  readonly homeTeam: string;
  readonly placeFacts: PlaceFacts;
  readonly personFacts: PersonFacts;
}

export type Verdict = { readonly allowed: true; readonly grant: Grant } | { readonly allowed: false; readonly why: Text };

/** Whether a person may ask in a place, and what: by the first rule that fits. Where none does, nobody may. */
export function decideAccess(rules: AccessRules, circumstances: Circumstances): Verdict {
  const { place, placeFacts, personFacts, homeTeam } = circumstances;
  const rule = rules.rules.find((one) => fits(one, circumstances));
  if (rule === undefined) {
    if (placeFacts.isShared) return { allowed: false, why: REFUSALS.sharedChannel };
    return { allowed: false, why: personFacts.isOutsider ? REFUSALS.outsider : REFUSALS.noRule };
  }
  const inOpen = place.kind !== "personal" && placeFacts.isPublic;
  const hidden: ReadonlySet<string> = new Set(inOpen && rules.logsInPublicChannels !== true ? ["logs", "traces"] : []);
  const { users = [], groups = [] } = rules.approvers ?? {};
  return {
    allowed: true,
    grant: {
      where: rule.where ?? null,
      data: (rule.data ?? DATA_KINDS).filter((kind) => !hidden.has(kind)),
      policy: {
        via: place.platform,
        approvers: [...users.map((user) => qualified(user, homeTeam)), ...groups],
        selfApproval: rules.selfApproval ?? false,
        writeApprovals: rules.writeApprovals ?? 2,
      },
    },
  };
}

function fits(rule: AccessRule, { place, person, homeTeam, placeFacts, personFacts }: Circumstances): boolean {
  const names = (ids: readonly string[] | undefined, id: string) => ids?.some((one) => one === id || `${homeTeam}:${one}` === id) ?? false;
  if (placeFacts.isShared && rule.outsiders !== true) return false;
  if (rule.channels !== undefined && !names(rule.channels, place.channel)) return false;
  if (personFacts.isOutsider) return rule.outsiders === true && names(rule.users, person.id);
  return (
    rule.everybody === true || names(rule.users, person.id) || (rule.groups?.some((group) => personFacts.groups.includes(group)) ?? false)
  );
}

/** A user of the bot's own team is named without it. */
function qualified(user: string, homeTeam: string): string {
  return user.includes(":") ? user : `${homeTeam}:${user}`;
}

/**
 * The thread under which answers are kept and "of those" finds them: not that of somebody in the same conversation who may see other things.
 */
export function threadOf(place: Place, { where, data }: Grant): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted).sort();
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, one]) => [key, sorted(one)]),
    );
  };
  const sees = createHash("sha256")
    .update(JSON.stringify(sorted({ where, data })))
    .digest("hex");
  return `${place.threadKey}#${sees.slice(0, 16)}`;
}
