import { ResourceGraphClient } from "@azure/arm-resourcegraph";
import { ClientSecretCredential } from "@azure/identity";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueToken } from "../../../src/emulator/azure/access-token.ts";
import { type AzureWorld, MAIN, startAzureWorld, TENANT } from "./azure-world.ts";

const ARM = "https://management.azure.com";
const METRICS = "https://metrics.monitor.azure.com";
const LOGS = "https://api.loganalytics.io";
let world: AzureWorld;

beforeAll(async () => {
  world = await startAzureWorld();
});
afterAll(() => world.emulator.close());

/** A token request with some fields otherwise; an empty one is left out. */
async function askToken(fields: Readonly<Record<string, string>> = {}, tenant = TENANT) {
  const { clientId, clientSecret } = world.credentials;
  const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret, scope: `${ARM}/.default`, ...fields };
  const body = new URLSearchParams(Object.entries(form).filter(([, value]) => value !== "")).toString();
  const reply = await world.raw(`https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`, { method: "POST", body });
  return { status: reply.status, body: JSON.parse(reply.body) as Record<string, unknown> };
}

describe("the token endpoint", () => {
  it("serves the vendor's own library, which finds its way there by itself", async () => {
    const token = await world.credential.getToken(`${ARM}/.default`);
    expect(token.token.split(".")).toHaveLength(3);
    const untrusting = new ClientSecretCredential(TENANT, world.credentials.clientId, world.credentials.clientSecret, {
      httpClient: world.httpClient,
      // A host that the library does not know by heart would make it ask which authority that is.
      authorityHost: "https://login.microsoftonline.com",
    });
    await expect(untrusting.getToken(`${LOGS}/.default`)).resolves.toMatchObject({ tokenType: "Bearer" });
  });

  it.each([
    [{ client_secret: "wrong" }, TENANT, 401, "invalid_client", 7000215, "wrong"],
    [{ client_secret: "" }, TENANT, 401, "invalid_client", 7000216, "missing"],
    [{ client_id: "11111111-2222-4333-8444-555555555555" }, TENANT, 400, "unauthorized_client", 700016, "unknown-key"],
    [{}, "99999999-5b43-4d6e-9a10-0000000000aa", 400, "invalid_request", 90002, "ok"],
    [{ grant_type: "password" }, TENANT, 400, "unsupported_grant_type", 70003, "ok"],
    [{ scope: "" }, TENANT, 400, "invalid_request", 900144, "ok"],
    [{ scope: ARM }, TENANT, 400, "invalid_scope", 1002012, "ok"],
    [{ scope: "https://graph.microsoft.com/.default" }, TENANT, 400, "invalid_resource", 500011, "ok"],
  ])("refuses %j at %s with %i %s", async (fields, tenant, status, error, code, verdict) => {
    const refused = await askToken(fields, tenant);
    expect(refused).toMatchObject({ status, body: { error, error_codes: [code] } });
    expect(refused.body.error_description).toMatch(new RegExp(`^AADSTS${code}: .*Trace ID: .*Correlation ID: .*Timestamp: `));
    expect((await world.calls()).at(-1)).toMatchObject({ operation: "entra.Token", signature: verdict, status });
  });

  it("is what the vendor's library calls an authentication failure", async () => {
    const credential = new ClientSecretCredential(TENANT, world.credentials.clientId, "wrong", { httpClient: world.httpClient });
    await expect(credential.getToken(`${ARM}/.default`)).rejects.toMatchObject({
      name: "AuthenticationRequiredError",
      message: expect.stringContaining("AADSTS7000215"),
    });
  });

  it("tells where it is, and which names are the same authority", async () => {
    const host = "https://login.microsoftonline.com";
    const configuration = JSON.parse((await world.raw(`${host}/${TENANT}/v2.0/.well-known/openid-configuration`)).body);
    expect(configuration).toMatchObject({ token_endpoint: `${host}/${TENANT}/oauth2/v2.0/token`, issuer: `${host}/${TENANT}/v2.0` });
    const discovery = `${host}/common/discovery/instance?api-version=1.1&authorization_endpoint=`;
    const known = JSON.parse((await world.raw(`${discovery}${host}/${TENANT}/oauth2/v2.0/authorize`)).body);
    expect(known.metadata[0].aliases).toContain("login.microsoftonline.com");
    const unknown = await world.raw(`${discovery}https://login.example.com/x/oauth2/v2.0/authorize`);
    expect(JSON.parse(unknown.body)).toMatchObject({ error: "invalid_instance" });
  });
});

describe("a bearer token", () => {
  const listing = (token?: string) => world.raw(`${ARM}/subscriptions?api-version=2022-12-01`, token === undefined ? {} : { token });
  const batch = (token: string) =>
    world.raw(`https://eastus.metrics.monitor.azure.com/subscriptions/${MAIN}/metrics:getBatch?api-version=2024-02-01`, {
      method: "POST",
      token,
    });
  const query = (token: string) => world.raw(`${LOGS}/v1/workspaces/none/query`, { method: "POST", token, body: { query: "Usage" } });

  it("opens the services of its audience and no others", async () => {
    const [arm, metrics, logs] = await Promise.all([ARM, METRICS, LOGS].map((audience) => world.token(audience)));
    const statuses = async (token = "") => [(await listing(token)).status, (await batch(token)).status, (await query(token)).status];
    // 400 and 404: let in, and told what is wrong with the request.
    expect(await statuses(arm)).toEqual([200, 401, 403]);
    expect(await statuses(metrics)).toEqual([401, 400, 403]);
    expect(await statuses(logs)).toEqual([401, 401, 404]);
    expect(JSON.parse((await listing(logs)).body)).toMatchObject({ error: { code: "InvalidAuthenticationTokenAudience" } });
  });

  it("is refused when it is missing, no token, tampered with, or past its end", async () => {
    const good = await world.token(ARM);
    const [header, , signature] = good.split(".");
    const claims = Buffer.from(JSON.stringify({ aud: ARM, exp: 4_000_000_000, appid: "x" })).toString("base64url");
    const old = issueToken(ARM, world.credentials.clientId, Date.now() - 2 * 3_600_000);
    const outcome = async (token?: string) => {
      const reply = await listing(token);
      return [
        reply.status,
        JSON.parse(reply.body).error?.code,
        reply.headers["www-authenticate"] !== undefined,
        (await world.calls()).at(-1)?.signature,
      ];
    };
    expect(await outcome()).toEqual([401, "AuthenticationFailed", true, "missing"]);
    expect(await outcome("abc")).toEqual([401, "InvalidAuthenticationToken", true, "malformed"]);
    expect(await outcome(`${header}.${claims}.${signature}`)).toEqual([401, "InvalidAuthenticationToken", true, "wrong"]);
    expect(await outcome(old)).toEqual([401, "ExpiredAuthenticationToken", true, "expired"]);
    expect(await outcome(good)).toEqual([200, undefined, false, "ok"]);
  });

  it("outlives a reset", async () => {
    const graph = new ResourceGraphClient(world.credential, { httpClient: world.httpClient });
    await graph.resources({ query: "Resources | count" });
    await fetch(`${world.emulator.url}/_emulator/reset`, { method: "POST" });
    await graph.resources({ query: "Resources | count" });
    expect((await world.calls()).map((call) => call.operation)).toEqual(["resourcegraph.Resources"]);
  });
});
