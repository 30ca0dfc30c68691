import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { agentsHostingTransport } from "../../../bots/teams/agents-hosting-transport.ts";
import { botbuilderTransport } from "../../../bots/teams/botbuilder-transport.ts";
import type { TeamsCredentials, TeamsTransport } from "../../../bots/teams/transport.ts";
import { fakeConnector, streamOf } from "./fake-connector.ts";
import { ASKER, BOT, message, TENANT } from "./teams-stage.ts";

const APP_ID = "33333333-3333-4333-8333-333333333333";
const SERVICE = "https://smba.trafficmanager.net/emea/";
const credentials: TeamsCredentials = { appId: APP_ID, appPassword: "secret", appType: "SingleTenant", tenantId: TENANT };

const TRANSPORTS: readonly (readonly [string, (credentials: TeamsCredentials | null) => TeamsTransport])[] = [
  ["botbuilder", botbuilderTransport],
  ["@microsoft/agents-hosting", agentsHostingTransport],
];

describe.each(TRANSPORTS)("the connector through %s", (_name, open) => {
  it("sends, updates and removes, as the bot", async () => {
    await using connector = await fakeConnector();
    const transport = open(null);
    const to = { serviceUrl: connector.url, conversationId: "19:chan@thread.tacv2;messageid=1", bot: BOT };
    const id = await transport.send(to, {
      type: "message",
      text: "one",
      attachments: [{ contentType: "x/y", content: { deep: [{ n: 1 }] } }],
    });
    expect(connector.posted).toMatchObject([
      {
        id,
        conversation: to.conversationId,
        activity: { text: "one", from: { id: BOT.id }, attachments: [{ content: { deep: [{ n: 1 }] } }] },
      },
    ]);
    await transport.update(to, id, { type: "message", text: "two" });
    expect(connector.posted[0]).toMatchObject({ updates: 1, activity: { text: "two" } });
    await expect(transport.remove(to, "unknown")).rejects.toBeDefined();
  });

  it("keeps what makes a message part of a stream", async () => {
    await using connector = await fakeConnector();
    const entity = { type: "streaminfo", streamType: "streaming", streamId: "m9", streamSequence: 4 };
    await open(null).send(
      { serviceUrl: connector.url, conversationId: "a:1", bot: BOT },
      { type: "typing", text: "…", entities: [entity] },
    );
    expect(streamOf(connector.posted[0]?.activity ?? {})).toEqual(entity);
  });

  it("reads rosters, teams and channels whole", async () => {
    await using connector = await fakeConnector();
    const member = {
      id: "29:1",
      aadObjectId: ASKER.aadObjectId,
      name: "Ann",
      tenantId: TENANT,
      userRole: "user",
      userPrincipalName: "ann@x",
    };
    connector.members.set("19:team", [member]);
    connector.channels.set("19:team", [{ id: "19:c", name: "c", type: "private" }]);
    const transport = open(null);
    expect(await transport.member(connector.url, "19:team", ASKER.aadObjectId)).toMatchObject(member);
    expect(await transport.members(connector.url, "19:team", null)).toMatchObject({ members: [member], continuationToken: null });
    expect(await transport.team(connector.url, "19:team")).toMatchObject({ aadGroupId: "group-of-19:team" });
    expect(await transport.channels(connector.url, "19:team")).toMatchObject([{ id: "19:c", type: "private" }]);
    await expect(transport.member(connector.url, "19:team", "nobody")).rejects.toBeDefined();
  });

  it("does not try again by itself", async () => {
    await using connector = await fakeConnector();
    connector.fail({ status: 503, retryAfter: "1", times: 1 });
    const to = { serviceUrl: connector.url, conversationId: "a:1", bot: BOT };
    await expect(open(null).send(to, { type: "message", text: "one" })).rejects.toBeDefined();
    expect(connector.calls).toHaveLength(1);
  });
});

describe.each(TRANSPORTS)("tokens through %s", (_name, open) => {
  const activity = { ...message(), type: "message", serviceUrl: SERVICE };
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const refused = async (authorization: string | undefined): Promise<void> => {
    await expect(open(credentials).authenticate(authorization, activity)).rejects.toBeDefined();
  };

  it("refuses activities without one, with garbage, and with one that is not signed", async () => {
    await refused(undefined);
    await refused("");
    await refused("Bearer garbage");
    await refused("Basic dXNlcjpwYXNz");
    const unsigned = [{ alg: "none", typ: "JWT" }, claims()]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    await refused(`Bearer ${unsigned}.`);
  });

  it("refuses those of another bot", async () => {
    await refused(`Bearer ${signed(privateKey, claims({ aud: "44444444-4444-4444-8444-444444444444" }))}`);
  });

  it("refuses those of another issuer", async () => {
    await refused(`Bearer ${signed(privateKey, claims({ iss: "https://evil.example" }))}`);
  });
});

describe("tokens of the channel through botbuilder", () => {
  it("are taken when they are signed by a key of the channel, for this bot and this service, and in time", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    await using keys = await keyServer(publicKey);
    const transport = botbuilderTransport({ ...credentials, openIdMetadataUrl: keys.url });
    const activity = { ...message(), type: "message", serviceUrl: SERVICE };
    await transport.authenticate(`Bearer ${signed(privateKey, claims())}`, activity);
    const nowS = Math.floor(Date.now() / 1000);
    for (const wrong of [
      { aud: "44444444-4444-4444-8444-444444444444" },
      { serviceurl: "https://smba.trafficmanager.net/amer/" },
      { exp: nowS - 3600, nbf: nowS - 7200 },
    ]) {
      await expect(transport.authenticate(`Bearer ${signed(privateKey, claims(wrong))}`, activity)).rejects.toBeDefined();
    }
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    await expect(transport.authenticate(`Bearer ${signed(other, claims())}`, activity)).rejects.toBeDefined();
  });
});

function claims(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  const nowS = Math.floor(Date.now() / 1000);
  return { iss: "https://api.botframework.com", aud: APP_ID, serviceurl: SERVICE, nbf: nowS - 60, exp: nowS + 3600, ...overrides };
}

function signed(key: KeyObject, payload: Record<string, unknown>): string {
  const text = [{ alg: "RS256", typ: "JWT", kid: "k1" }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${text}.${createSign("RSA-SHA256").update(text).sign(key).toString("base64url")}`;
}

/** Publishes a key as the channel does: https://login.botframework.com/v1/.well-known/openidconfiguration */
async function keyServer(publicKey: KeyObject) {
  const server = createServer((request, response) => {
    const base = `http://${request.headers.host}`;
    const jwk = { ...publicKey.export({ format: "jwk" }), kid: "k1", use: "sig", x5t: "k1", endorsements: ["msteams"] };
    const body =
      request.url === "/keys"
        ? { keys: [jwk] }
        : { issuer: "https://api.botframework.com", jwks_uri: `${base}/keys`, id_token_signing_alg_values_supported: ["RS256"] };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/config`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
