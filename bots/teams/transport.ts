/** An activity as it travels: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object */
export type Activity = Readonly<Record<string, unknown>> & { readonly type: string };

/** A conversation at the service that hosts it, and the bot's name in it. JSON-safe: messages are sent to it after restarts too. */
export interface ConversationAddress {
  readonly serviceUrl: string;
  readonly conversationId: string;
  readonly bot: { readonly id: string; readonly name?: string };
  /** The agents playground streams only where a message says itself that its conversation is personal. */
  readonly isPersonal?: boolean;
}

/** How a message names its conversation. */
export function conversationOf({ conversationId, isPersonal }: ConversationAddress): {
  readonly id: string;
  readonly conversationType?: string;
} {
  return isPersonal ? { id: conversationId, conversationType: "personal" } : { id: conversationId };
}

/** A page of a roster. Members are as Teams gives them. */
export interface MemberPage {
  readonly members: readonly unknown[];
  readonly continuationToken: string | null;
}

/**
 * The Bot Connector, behind whichever of Microsoft's packages speaks to it. Calls reject with the package's own errors, which carry a
 * status and headers; nothing is retried here.
 */
export interface TeamsTransport {
  /** Resolves when the token proves that Microsoft sent this activity to this bot; rejects otherwise. */
  authenticate(authorization: string | undefined, activity: Activity): Promise<void>;
  /** The id of what was posted; empty where the service gives none. */
  send(to: ConversationAddress, activity: Activity): Promise<string>;
  update(to: ConversationAddress, activityId: string, activity: Activity): Promise<void>;
  remove(to: ConversationAddress, activityId: string): Promise<void>;
  /** `memberId`: Entra object id or Teams id. */
  member(serviceUrl: string, conversationId: string, memberId: string): Promise<unknown>;
  members(serviceUrl: string, conversationId: string, continuationToken: string | null): Promise<MemberPage>;
  team(serviceUrl: string, teamId: string): Promise<unknown>;
  /** Channels of a team, as Teams gives them. */
  channels(serviceUrl: string, teamId: string): Promise<readonly unknown[]>;
}

/** Who the bot is. */
export interface TeamsCredentials {
  /** Client id of the app registration. */
  readonly appId: string;
  /** Client secret; not needed with a managed identity. */
  readonly appPassword?: string;
  readonly appType: "SingleTenant" | "UserAssignedMSI";
  readonly tenantId: string;
  /** Where the keys are published by which tokens are checked, when not at Microsoft's own address. */
  readonly openIdMetadataUrl?: string;
}
