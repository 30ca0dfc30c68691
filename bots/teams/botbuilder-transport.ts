import { createRequire } from "node:module";
import { ConfigurationBotFrameworkAuthentication } from "botbuilder";
import { z } from "zod";
import { type Activity, type ConversationAddress, conversationOf, type TeamsCredentials, type TeamsTransport } from "./transport.ts";

type Authentication = InstanceType<typeof ConfigurationBotFrameworkAuthentication>;
type Factory = Awaited<ReturnType<Authentication["authenticateRequest"]>>["connectorFactory"];
type Client = Awaited<ReturnType<NonNullable<Factory>["create"]>>;

const pageSchema = z.object({ members: z.array(z.unknown()), continuationToken: z.string().nullish() });
const channelsSchema = z.object({ conversations: z.array(z.unknown()) });

/**
 * The Bot Connector through `botbuilder`. Its REST client and its token check are used, its turns are not: what a turn offers ends with
 * the request ("proxy that has been revoked"), and a bot that answers later needs neither. Null credentials: no token is wanted or sent.
 */
export function botbuilderTransport(credentials: TeamsCredentials | null): TeamsTransport {
  keepStreamEntities();
  const authentication = new ConfigurationBotFrameworkAuthentication(credentials === null ? {} : configurationOf(credentials));
  // One for each service, of which there is one a region: credentials keep their token.
  const clients = new Map<string, Promise<Client>>();
  const client = async (serviceUrl: string): Promise<Client> => {
    const made = clients.get(serviceUrl) ?? open(serviceUrl);
    clients.set(serviceUrl, made);
    return made.catch((error: unknown) => {
      clients.delete(serviceUrl);
      throw error;
    });
  };
  async function open(serviceUrl: string): Promise<Client> {
    const made = await authentication.createConnectorFactory(claimsOf(credentials?.appId ?? "")).create(serviceUrl, AUDIENCE);
    withoutRetries(made);
    return made;
  }

  return {
    async authenticate(authorization, activity) {
      // The activity was parsed as far as it is used; the token check reads `channelId` and `serviceUrl`.
      await authentication.authenticateRequest(activity as never, authorization ?? "");
    },
    async send(to, activity) {
      const { conversations } = await client(to.serviceUrl);
      const sent = await conversations.sendToConversation(to.conversationId, addressed(to, activity) as never);
      return sent?.id ?? "";
    },
    async update(to, activityId, activity) {
      const { conversations } = await client(to.serviceUrl);
      await conversations.updateActivity(to.conversationId, activityId, { ...addressed(to, activity), id: activityId } as never);
    },
    async remove(to, activityId) {
      await (await client(to.serviceUrl)).conversations.deleteActivity(to.conversationId, activityId);
    },
    async member(serviceUrl, conversationId, memberId) {
      return await (await client(serviceUrl)).conversations.getConversationMember(conversationId, memberId);
    },
    async members(serviceUrl, conversationId, continuationToken) {
      const { conversations } = await client(serviceUrl);
      const options = { pageSize: 500, ...(continuationToken === null ? {} : { continuationToken }) };
      const page: unknown = await conversations.getConversationPagedMembers(conversationId, options as never);
      const { members, continuationToken: next } = pageSchema.parse(page);
      return { members, continuationToken: next || null };
    },
    async team(serviceUrl, teamId) {
      return await teamsOf(await client(serviceUrl), serviceUrl).fetchTeamDetails(teamId);
    },
    async channels(serviceUrl, teamId) {
      const reply = await teamsOf(await client(serviceUrl), serviceUrl).fetchChannelList(teamId);
      return channelsSchema.parse(reply).conversations;
    },
  };
}

/** Scope of tokens for the connector: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication */
const AUDIENCE = "https://api.botframework.com";

/**
 * The client tries three times by itself, waiting for as long as Teams asks. Whoever calls tries again here, with what is to be said by
 * then, so that policy goes; the client has no option for it.
 */
function withoutRetries(client: unknown): void {
  pipelineSchema.parse(client).client.pipeline.removePolicy({ name: "defaultRetryPolicy" });
}

const pipelineSchema = z.object({
  client: z.custom<{ readonly pipeline: { removePolicy(policy: { readonly name: string }): unknown } }>(
    (value) => typeof value === "object" && value !== null && "pipeline" in value,
  ),
});

function configurationOf(credentials: TeamsCredentials): Record<string, string> {
  return {
    MicrosoftAppId: credentials.appId,
    MicrosoftAppType: credentials.appType,
    MicrosoftAppTenantId: credentials.tenantId,
    ...(credentials.appPassword === undefined ? {} : { MicrosoftAppPassword: credentials.appPassword }),
    ...(credentials.openIdMetadataUrl === undefined ? {} : channelAt(credentials, credentials.openIdMetadataUrl)),
  };
}

/** With one address of its own the package takes none of its defaults; the others are those it has for the public cloud. */
function channelAt({ tenantId }: TeamsCredentials, openIdMetadataUrl: string): Record<string, string> {
  return {
    ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
    ToBotFromChannelTokenIssuer: AUDIENCE,
    ToBotFromEmulatorOpenIdMetadataUrl: "https://login.microsoftonline.com/botframework.com/v2.0/.well-known/openid-configuration",
    ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${tenantId}`,
    ToChannelFromBotOAuthScope: AUDIENCE,
  };
}

/** The factory reads the bot's id from claims as an incoming token has them. */
function claimsOf(appId: string): Parameters<Authentication["createConnectorFactory"]>[0] {
  const claims = appId === "" ? [] : [{ type: "aud", value: appId }];
  return {
    claims,
    isAuthenticated: true,
    getClaimValue: (type: string) => claims.find((claim) => claim.type === type)?.value ?? null,
  } as never;
}

function addressed(to: ConversationAddress, activity: Activity): Activity {
  return { channelId: "msteams", serviceUrl: to.serviceUrl, conversation: conversationOf(to), from: to.bot, ...activity };
}

/** The operations on teams are in a client that `botbuilder` does not export; its own `TeamsInfo` makes one like this, out of a turn. */
function teamsOf(client: Client, baseUri: string): TeamsOperations {
  const { TeamsConnectorClient } = connectorSchema.parse(requireConnector("botframework-connector"));
  const made = new TeamsConnectorClient(client.credentials, { baseUri });
  withoutRetries(made);
  return made.teams;
}

interface TeamsOperations {
  fetchTeamDetails(teamId: string): Promise<unknown>;
  fetchChannelList(teamId: string): Promise<unknown>;
}

const connectorSchema = z.object({
  TeamsConnectorClient: z.custom<new (credentials: unknown, options: { readonly baseUri: string }) => { readonly teams: TeamsOperations }>(
    (value) => typeof value === "function",
  ),
});

/** From where `botbuilder` itself is: the connector is its dependency, not ours. */
function requireConnector(path: string): unknown {
  return createRequire(createRequire(import.meta.url).resolve("botbuilder"))(path);
}

/**
 * The serializer of `botframework-connector` 4.23.3 drops what its model of an entity does not name: `streamType`, `streamSequence` and
 * `streamId`, without which Teams takes streamed text for messages. Told that entities have further properties, it keeps them. The model
 * is one object of the process, so this is done once, however many bots there are.
 */
function keepStreamEntities(): void {
  const { Entity } = mappersSchema.parse(requireConnector("botframework-connector/lib/connectorApi/models/mappers"));
  Entity.type.additionalProperties = { type: { name: "Object" } };
}

const mappersSchema = z.object({
  Entity: z.custom<{ type: { additionalProperties?: unknown } }>((value) => typeof value === "object" && value !== null),
});
