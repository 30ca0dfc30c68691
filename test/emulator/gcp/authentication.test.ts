import { generateKeyPairSync } from "node:crypto";
import { JWT } from "google-auth-library";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CLOUD_PLATFORM, MAIN, type StartedGcp, signedToken, startedGcp } from "./started-gcp.ts";

const INSTANCES = `/compute/v1/projects/${MAIN}/aggregated/instances`;
const LOGS = `/v2/projects/${MAIN}/logs`;
const GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const AN_HOUR_S = 3_600;

const OTHER_KEY = generateKeyPairSync("rsa", { modulusLength: 2_048 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const nowS = () => Math.floor(Date.now() / 1_000);

afterEach(() => {
  vi.useRealTimers();
});

async function exchange(gcp: StartedGcp, assertion: string, grantType = GRANT) {
  const response = await fetch(`${gcp.url}/token`, { method: "POST", body: new URLSearchParams({ grant_type: grantType, assertion }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function assertion(gcp: StartedGcp, claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}, key?: string) {
  return signedToken(gcp.credentials, { aud: "https://oauth2.googleapis.com/token", scope: CLOUD_PLATFORM, ...claims }, header, key);
}

describe("tokens the service account signs for itself", () => {
  it("by the vendor's signer are accepted, with scopes and with the service as audience", async () => {
    const gcp = await startedGcp();
    const { client_email: email, private_key: key, private_key_id: keyId } = gcp.credentials.credentials;
    const client = new JWT({ email, key, keyId, scopes: [CLOUD_PLATFORM] });
    client.useJWTAccessWithScope = true;
    const scoped = (await client.getRequestHeaders()).get("authorization") ?? "";
    const aimed = (await new JWT({ email, key, keyId }).getRequestHeaders("https://logging.googleapis.com/")).get("authorization") ?? "";
    expect((await gcp.get(INSTANCES, {}, scoped.slice("Bearer ".length))).status).toBe(200);
    expect((await gcp.get(LOGS, {}, aimed.slice("Bearer ".length))).status).toBe(200);
    expect((await gcp.get(INSTANCES, {}, aimed.slice("Bearer ".length))).status).toBe(401);
  });

  it.each([
    ["a wrong signature", (gcp: StartedGcp) => signedToken(gcp.credentials, { scope: CLOUD_PLATFORM }, {}, OTHER_KEY), "wrong"],
    ["claims changed after signing", (gcp: StartedGcp) => swapClaims(signedToken(gcp.credentials, { scope: CLOUD_PLATFORM })), "wrong"],
    ["another audience", (gcp: StartedGcp) => signedToken(gcp.credentials, { aud: "https://storage.googleapis.com/" }), "wrong"],
    ["no audience and no scope", (gcp: StartedGcp) => signedToken(gcp.credentials, {}), "wrong"],
    [
      "an issuer nobody knows",
      (gcp: StartedGcp) => signedToken(gcp.credentials, { iss: "mallory@example.com", sub: "mallory@example.com" }),
      "unknown-key",
    ],
    ["a key nobody knows", (gcp: StartedGcp) => signedToken(gcp.credentials, { scope: CLOUD_PLATFORM }, { kid: "0000" }), "unknown-key"],
    ["no name of its key", (gcp: StartedGcp) => signedToken(gcp.credentials, { scope: CLOUD_PLATFORM }, { kid: undefined }), "unknown-key"],
    [
      "an end that is past",
      (gcp: StartedGcp) => signedToken(gcp.credentials, { scope: CLOUD_PLATFORM, iat: nowS() - 2 * AN_HOUR_S, exp: nowS() - AN_HOUR_S }),
      "expired",
    ],
    [
      "a beginning to come",
      (gcp: StartedGcp) => signedToken(gcp.credentials, { scope: CLOUD_PLATFORM, iat: nowS() + AN_HOUR_S, exp: nowS() + 2 * AN_HOUR_S }),
      "skewed",
    ],
    [
      "more than an hour to live",
      (gcp: StartedGcp) => signedToken(gcp.credentials, { scope: CLOUD_PLATFORM, exp: nowS() + 2 * AN_HOUR_S }),
      "skewed",
    ],
    ["another algorithm", (gcp: StartedGcp) => signedToken(gcp.credentials, { scope: CLOUD_PLATFORM }, { alg: "none" }), "malformed"],
    [
      "another subject",
      (gcp: StartedGcp) => signedToken(gcp.credentials, { scope: CLOUD_PLATFORM, sub: "someone@example.com" }),
      "malformed",
    ],
    ["nonsense for a token", () => "nonsense", "malformed"],
  ])("are refused with %s", async (_, token, verdict) => {
    const gcp = await startedGcp();
    const { status, body, headers } = await gcp.get(INSTANCES, {}, token(gcp));
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toContain('error="invalid_token"');
    expect(body.error).toMatchObject({ code: 401, status: "UNAUTHENTICATED", errors: [{ reason: "authError", domain: "global" }] });
    expect(body.error.details[0].reason).toBe(verdict === "expired" ? "ACCESS_TOKEN_EXPIRED" : "ACCESS_TOKEN_TYPE_UNSUPPORTED");
    expect((await gcp.calls()).map((call) => call.signature)).toEqual([verdict]);
  });

  it("may not be left out", async () => {
    const gcp = await startedGcp();
    const { status, body } = await gcp.get(INSTANCES, {}, "");
    expect(status).toBe(401);
    expect(body.error.details[0]).toMatchObject({
      reason: "CREDENTIALS_MISSING",
      metadata: { service: "compute.googleapis.com", method: "compute.v1.InstancesService.AggregatedList" },
    });
    expect((await gcp.calls())[0]?.signature).toBe("missing");
  });

  it("are checked against the machine's clock, not the world's", async () => {
    const gcp = await startedGcp({ now: () => Date.parse("2020-01-01T00:00:00Z") });
    expect((await gcp.get(INSTANCES)).status).toBe(200);
  });

  it("of too narrow a scope are not enough", async () => {
    const gcp = await startedGcp();
    const readsLogs = signedToken(gcp.credentials, { scope: "https://www.googleapis.com/auth/logging.read" });
    expect((await gcp.get(LOGS, {}, readsLogs)).status).toBe(200);
    const { status, body } = await gcp.get(INSTANCES, {}, readsLogs);
    expect(status).toBe(403);
    expect(body.error).toMatchObject({ status: "PERMISSION_DENIED", details: [{ reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT" }] });
  });
});

describe("access tokens", () => {
  it("are given to the vendor's own client", async () => {
    const gcp = await startedGcp();
    const { client_email: email, private_key: key } = gcp.credentials.credentials;
    const fetchImplementation = ((target: string | URL | Request, init?: RequestInit) => {
      const { pathname, search } = new URL(target instanceof Request ? target.url : target);
      return fetch(gcp.url + pathname + search, init);
    }) as typeof fetch;
    const client = new JWT({ email, key, scopes: [CLOUD_PLATFORM], transporterOptions: { fetchImplementation } });
    const reply = await client.request<{ kind: string }>({ url: `https://compute.googleapis.com${INSTANCES}` });
    expect(reply.data.kind).toBe("compute#instanceAggregatedList");
    expect((await gcp.calls()).map((call) => `${call.operation} ${call.signature}`)).toEqual([
      "oauth2.token ok",
      "compute.AggregatedListInstances ok",
    ]);
  });

  it("hold an hour, and are then refused as expired", async () => {
    const gcp = await startedGcp();
    const { body } = await exchange(gcp, assertion(gcp));
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 3_599 });
    const token = String(body.access_token);
    expect((await gcp.get(INSTANCES, {}, token)).status).toBe(200);
    vi.useFakeTimers({ toFake: ["Date"] });
    vi.setSystemTime(Date.now() + 3_600_000);
    const refused = await gcp.get(INSTANCES, {}, token);
    expect(refused.status).toBe(401);
    expect(refused.body.error.details[0].reason).toBe("ACCESS_TOKEN_EXPIRED");
  });

  it("cannot be stretched or made up, and survive a reset", async () => {
    const gcp = await startedGcp();
    const token = String((await exchange(gcp, assertion(gcp))).body.access_token);
    await gcp.control("reset", {});
    expect((await gcp.get(INSTANCES, {}, token)).status).toBe(200);
    const [body = "", mark = ""] = [token.slice("ya29.c.".length, -44), token.slice(-43)];
    const stretched = { ...(JSON.parse(Buffer.from(body, "base64url").toString()) as object), expiresAtMs: Date.now() + 1e9 };
    const forged = `ya29.c.${Buffer.from(JSON.stringify(stretched)).toString("base64url")}_${mark}`;
    for (const bad of [forged, "ya29.a0AfH6SMBx", `${token}x`, "ya29."]) expect((await gcp.get(INSTANCES, {}, bad)).status).toBe(401);
  });

  it.each([
    ["a wrong signature", (gcp: StartedGcp) => assertion(gcp, {}, {}, OTHER_KEY), "invalid_grant", "Invalid JWT Signature."],
    [
      "another audience",
      (gcp: StartedGcp) => assertion(gcp, { aud: "https://example.com/token" }),
      "invalid_grant",
      "Invalid JWT Signature.",
    ],
    [
      "an unknown account",
      (gcp: StartedGcp) => assertion(gcp, { iss: "mallory@example.com" }),
      "invalid_grant",
      "Invalid grant: account not found",
    ],
    [
      "an end that is past",
      (gcp: StartedGcp) => assertion(gcp, { iat: nowS() - 2 * AN_HOUR_S, exp: nowS() - AN_HOUR_S }),
      "invalid_grant",
      "short-lived",
    ],
    ["no scope", (gcp: StartedGcp) => assertion(gcp, { scope: "" }), "invalid_scope", "Empty or missing scope"],
    ["a scope that is none", (gcp: StartedGcp) => assertion(gcp, { scope: "everything" }), "invalid_scope", "Invalid OAuth scope"],
    ["nonsense for an assertion", () => "nonsense", "invalid_grant", "Invalid JWT"],
  ])("are not given for %s", async (_, made, error, description) => {
    const gcp = await startedGcp();
    const answer = await exchange(gcp, made(gcp));
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error, error_description: expect.stringContaining(description) });
  });

  it("are not given for another grant", async () => {
    const gcp = await startedGcp();
    expect((await exchange(gcp, assertion(gcp), "client_credentials")).body.error).toBe("unsupported_grant_type");
  });
});

describe("the key of the service account", () => {
  it("is made once and stays over resets", async () => {
    const gcp = await startedGcp();
    await gcp.control("reset", {});
    const { gcp: again } = (await (await fetch(`${gcp.url}/_emulator/credentials`)).json()) as { gcp: unknown };
    expect(again).toEqual(gcp.credentials);
    expect(gcp.credentials.credentials).toMatchObject({
      type: "service_account",
      project_id: MAIN,
      token_uri: "https://oauth2.googleapis.com/token",
    });
  });
});

function swapClaims(token: string): string {
  const [header = "", body = "", signature = ""] = token.split(".");
  const claims = { ...(JSON.parse(Buffer.from(body, "base64url").toString()) as object), exp: nowS() + 1_000 };
  return [header, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
}
