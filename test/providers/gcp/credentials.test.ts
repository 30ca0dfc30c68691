import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createCredentials } from "../../../src/providers/gcp/credentials.ts";
import { createHttp } from "../../../src/providers/gcp/http.ts";
import { emulatorMode } from "../../../src/providers/shared/emulator-mode.ts";
import { fakeContext } from "../fake-context.ts";

const library = () => import("google-auth-library");

let folder: string;
let before: string | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gcp-credentials-"));
  before = process.env.GOOGLE_APPLICATION_CREDENTIALS;
});
afterEach(async () => {
  if (before === undefined) delete process.env.GOOGLE_APPLICATION_CREDENTIALS;
  else process.env.GOOGLE_APPLICATION_CREDENTIALS = before;
  await rm(folder, { recursive: true });
});

/** Application Default Credentials from a file, on a network in which every host is the test's own. */
async function withFile(file: object, answer: (body: string) => { status: number; body: object }) {
  process.env.GOOGLE_APPLICATION_CREDENTIALS = join(folder, "key.json");
  await writeFile(process.env.GOOGLE_APPLICATION_CREDENTIALS, JSON.stringify(file));
  const asked: string[] = [];
  const server = createServer(async (message, response) => {
    let body = "";
    for await (const chunk of message) body += String(chunk);
    asked.push(`${message.url} ${body}`);
    const reply = answer(body);
    response.writeHead(reply.status, { "content-type": "application/json" }).end(JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const emulator = emulatorMode({ NEPHOSCOPE_EMULATOR: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  const http = createHttp({ library, emulator, env: {}, requestTimeoutMs: undefined });
  return {
    credentials: createCredentials({ library, http, emulator: undefined }),
    asked,
    async [Symbol.asyncDispose]() {
      http.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const USER = {
  type: "authorized_user",
  client_id: "id",
  client_secret: "secret",
  refresh_token: "refresh",
  quota_project_id: "shop-prod-1",
};

describe("a user's credentials", () => {
  test("are exchanged for a token through the gate: once, however many wait for it, and not again while it is good", async () => {
    await using world = await withFile(USER, () => ({
      status: 200,
      body: { access_token: "token-1", expires_in: 3600, token_type: "Bearer" },
    }));
    const context = fakeContext();
    const headers = await Promise.all([1, 2, 3].map(() => world.credentials.authorize(context)));
    headers.push(await world.credentials.authorize(context));
    expect(headers.map((each) => each.get("authorization"))).toEqual(Array(4).fill("Bearer token-1"));
    expect(headers[0]!.get("x-goog-user-project")).toBe("shop-prod-1");
    expect(context.calls).toEqual(["gcp.oauth2.Token"]);
    expect(world.asked).toHaveLength(1);
    expect(world.asked[0]).toMatch(/^\/token .*refresh_token=refresh/);
  });

  test("that were revoked are PROVIDER_UNAUTHENTICATED", async () => {
    await using world = await withFile(USER, () => ({
      status: 400,
      body: { error: "invalid_grant", error_description: "Token has been revoked." },
    }));
    const { toGcpError } = await import("../../../src/providers/gcp/errors.ts");
    const failure = await world.credentials.authorize(fakeContext()).catch((error: unknown) => toGcpError(error));
    expect(failure).toMatchObject({ code: "PROVIDER_UNAUTHENTICATED", message: expect.stringContaining("revoked") });
  });
});

test("a service account signs its own tokens, without a request", async () => {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2_048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const key = {
    type: "service_account",
    project_id: "shop-prod-1",
    private_key_id: "k1",
    private_key: privateKey,
    client_email: "reader@x.iam",
  };
  await using world = await withFile(key, () => ({ status: 500, body: {} }));
  const context = fakeContext();
  const token = (await world.credentials.authorize(context)).get("authorization")!.split(" ")[1]!;
  const [header, payload] = token
    .split(".")
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()) as object);
  expect(header).toMatchObject({ alg: "RS256", kid: "k1" });
  expect(payload).toMatchObject({ iss: "reader@x.iam", sub: "reader@x.iam", scope: "https://www.googleapis.com/auth/cloud-platform" });
  expect([context.calls, world.asked]).toEqual([[], []]);
  expect(await world.credentials.projectId(context)).toBe("shop-prod-1");
});

describe("a credential file that cannot be used is CREDENTIAL_MISSING, with what to set", () => {
  test.each([
    ["that is not there", undefined],
    ["that is no JSON", '{ "type": "service_account", '],
    ["that is no key", "{}"],
  ])("%s", async (_, text) => {
    process.env.GOOGLE_APPLICATION_CREDENTIALS = join(folder, "named.json");
    if (text !== undefined) await writeFile(process.env.GOOGLE_APPLICATION_CREDENTIALS, text);
    const http = createHttp({ library, emulator: undefined, env: {}, requestTimeoutMs: undefined });
    const credentials = createCredentials({ library, http, emulator: undefined });
    await expect(credentials.client(fakeContext())).rejects.toMatchObject({
      code: "CREDENTIAL_MISSING",
      hint: { en: expect.stringContaining("GOOGLE_APPLICATION_CREDENTIALS") },
    });
    http.close();
  });
});
