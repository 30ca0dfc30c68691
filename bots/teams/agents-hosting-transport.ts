import { Activity as HostedActivity } from "@microsoft/agents-activity";
import { type AuthConfiguration, authorizeJWT, ConnectorClient, MsalTokenProvider } from "@microsoft/agents-hosting";
import { z } from "zod";
import { type Activity, type ConversationAddress, conversationOf, type TeamsCredentials, type TeamsTransport } from "./transport.ts";

const pageSchema = z.object({ members: z.array(z.unknown()), continuationToken: z.string().nullish() });
const channelsSchema = z.object({ conversations: z.array(z.unknown()) });
const claimsSchema = z.looseObject({ iss: z.string(), serviceurl: z.string().optional() });

/** Scope of tokens for the connector: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication */
const SCOPE = "https://api.botframework.com/.default";
const CHANNEL_ISSUER = "https://api.botframework.com";

/**
 * The Bot Connector through `@microsoft/agents-hosting`, the maintained successor of `botbuilder`. Null credentials: no token is wanted
 * or sent.
 */
export function agentsHostingTransport(credentials: TeamsCredentials | null): TeamsTransport {
  const configuration = credentials === null ? null : configurationOf(credentials);
  const tokens = configuration === null ? null : new MsalTokenProvider(configuration);
  const client = async (serviceUrl: string): Promise<ConnectorClient> =>
    ConnectorClient.createClientWithToken(serviceUrl, (await tokens?.getAccessToken(SCOPE)) ?? "");
  const get = async (serviceUrl: string, path: string, params: Record<string, string> = {}): Promise<unknown> =>
    (await (await client(serviceUrl)).httpClient.request({ method: "get", url: path, params })).data;

  return {
    async authenticate(authorization, activity) {
      if (configuration === null) return;
      const claims = claimsSchema.parse(await verified(configuration, authorization));
      // The package only warns of a token that names another service than its activity does; `botbuilder` refuses it, and so is it here.
      if (claims.iss === CHANNEL_ISSUER && claims.serviceurl !== activity.serviceUrl) throw new Error("The token is for another service.");
    },
    async send(to, activity) {
      const sent = await (await client(to.serviceUrl)).sendToConversation(to.conversationId, addressed(to, activity));
      return sent?.id ?? "";
    },
    async update(to, activityId, activity) {
      await (await client(to.serviceUrl)).updateActivity(to.conversationId, activityId, addressed(to, { ...activity, id: activityId }));
    },
    async remove(to, activityId) {
      await (await client(to.serviceUrl)).deleteActivity(to.conversationId, activityId);
    },
    member: (serviceUrl, conversationId, memberId) =>
      get(serviceUrl, `v3/conversations/${encodeURIComponent(conversationId)}/members/${encodeURIComponent(memberId)}`),
    async members(serviceUrl, conversationId, continuationToken) {
      const params = { pageSize: "500", ...(continuationToken === null ? {} : { continuationToken }) };
      const page = pageSchema.parse(await get(serviceUrl, `v3/conversations/${encodeURIComponent(conversationId)}/pagedmembers`, params));
      return { members: page.members, continuationToken: page.continuationToken || null };
    },
    team: (serviceUrl, teamId) => get(serviceUrl, `v3/teams/${encodeURIComponent(teamId)}`),
    async channels(serviceUrl, teamId) {
      return channelsSchema.parse(await get(serviceUrl, `v3/teams/${encodeURIComponent(teamId)}/conversations`)).conversations;
    },
  };
}

/** `connections` is where the package looks for the audience of a token: without them it refuses every one. */
function configurationOf(credentials: TeamsCredentials): AuthConfiguration {
  const own: AuthConfiguration = {
    clientId: credentials.appId,
    tenantId: credentials.tenantId,
    authType: credentials.appType === "UserAssignedMSI" ? "UserManagedIdentity" : "ClientSecret",
    validateIssuer: true,
    ...(credentials.appPassword === undefined ? {} : { clientSecret: credentials.appPassword }),
  };
  return { ...own, connections: new Map([["serviceConnection", own]]) };
}

/** The claims of a token. The package checks it as a middleware: whether it went on, and what it answered if not, is what is looked at. */
async function verified(configuration: AuthConfiguration, authorization: string | undefined): Promise<unknown> {
  if (authorization === undefined || authorization === "") throw new Error("There is no token.");
  const request: Parameters<ReturnType<typeof authorizeJWT>>[0] = { method: "POST", headers: { authorization } };
  let passed = false;
  let answer: unknown = null;
  const response = {
    headersSent: false,
    writableEnded: false,
    status: () => response,
    setHeader: () => response,
    end: () => response,
    send(body?: unknown) {
      answer = body;
      return response;
    },
  };
  await authorizeJWT(configuration)(request, response, () => {
    passed = true;
  });
  if (!passed) throw new Error(`The token was refused: ${JSON.stringify(answer)}`);
  return request.user;
}

function addressed(to: ConversationAddress, activity: Activity): HostedActivity {
  return HostedActivity.fromObject({
    channelId: "msteams",
    serviceUrl: to.serviceUrl,
    conversation: conversationOf(to),
    from: to.bot,
    ...activity,
  });
}
