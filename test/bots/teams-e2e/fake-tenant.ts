import { randomUUID } from "node:crypto";

export interface TeamsPerson {
  /** As the bot sees them: `29:` and a name of its own for each bot. */
  readonly id: string;
  readonly aadObjectId: string;
  readonly name: string;
  readonly tenantId: string;
  readonly userRole: "user" | "guest" | "anonymous";
}

export interface TeamsChat {
  /** Of the channel, the group, or the chat with one person; threads of channels add `;messageid=`. */
  readonly id: string;
  readonly kind: "personal" | "groupChat" | "channel";
  readonly teamId: string | null;
  readonly channelType: "standard" | "private" | "shared" | null;
  readonly members: TeamsPerson[];
}

export const BOT = { id: "28:00000000-0000-4000-8000-00000000b071", name: "nephoscope" };

/** People and places of one organisation. */
export class FakeTenant {
  readonly id = "11111111-1111-4111-8111-111111111111";
  readonly chats = new Map<string, TeamsChat>();
  readonly #team = { id: "19:operations@thread.tacv2", aadGroupId: "33333333-3333-4333-8333-333333333333" };
  readonly #inTeam: TeamsPerson[] = [];

  addPerson(name: string, kind: "member" | "guest" | "stranger" = "member"): TeamsPerson {
    const aadObjectId = randomUUID();
    const person: TeamsPerson = {
      id: `29:${name}-${aadObjectId}`,
      aadObjectId,
      name,
      tenantId: kind === "stranger" ? "99999999-9999-4999-8999-999999999999" : this.id,
      userRole: kind === "guest" ? "guest" : "user",
    };
    // Strangers are in shared channels only, which have a roster of their own.
    if (kind !== "stranger") this.#inTeam.push(person);
    return person;
  }

  personalChat(person: TeamsPerson): TeamsChat {
    return this.#add({ id: `a:${person.aadObjectId}`, kind: "personal", teamId: null, channelType: null, members: [person] });
  }

  groupChat(members: readonly TeamsPerson[]): TeamsChat {
    return this.#add({ id: `19:${randomUUID()}@thread.v2`, kind: "groupChat", teamId: null, channelType: null, members: [...members] });
  }

  channel(channelType: "standard" | "private" | "shared" = "standard"): TeamsChat {
    const id = `19:${randomUUID()}@thread.tacv2`;
    return this.#add({ id, kind: "channel", teamId: this.#team.id, channelType, members: this.#inTeam });
  }

  /** Who is in a conversation, thread or team. */
  membersOf(id: string): readonly TeamsPerson[] | undefined {
    return id === this.#team.id ? this.#inTeam : this.chats.get(id.replace(/;messageid=.*$/, ""))?.members;
  }

  /** TeamDetails of `botframework-connector`. */
  team(id: string): Record<string, unknown> | undefined {
    if (id !== this.#team.id) return undefined;
    return { ...this.#team, name: "Operations", channelCount: this.#channels().length, memberCount: this.#inTeam.length };
  }

  /** ChannelInfo of `botframework-connector`. */
  channelsOf(teamId: string): readonly Record<string, unknown>[] {
    return teamId === this.#team.id ? this.#channels().map(({ id, channelType }) => ({ id, name: id, type: channelType })) : [];
  }

  #channels(): readonly TeamsChat[] {
    return [...this.chats.values()].filter(({ kind }) => kind === "channel");
  }

  #add(chat: TeamsChat): TeamsChat {
    this.chats.set(chat.id, chat);
    return chat;
  }
}

/** TeamsChannelAccount of `botframework-connector`. */
export function accountOf({ id, aadObjectId, name, tenantId, userRole }: TeamsPerson): Record<string, unknown> {
  const address = `${name}@example.com`;
  return { id, objectId: aadObjectId, aadObjectId, name, tenantId, userRole, email: address, userPrincipalName: address, givenName: name };
}
