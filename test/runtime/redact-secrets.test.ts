import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRedactor } from "../../src/runtime/redact-secrets.ts";

const redact = createRedactor({});

describe("what looks like a secret", () => {
  test.each([
    ["a bot token", "xoxb-1234567890-0987654321-AbCdEfGhIjKl"],
    ["a rotated bot token", "xoxe.xoxb-1-Mi0yLTEyMzQ1Njc4OTA"],
    ["a user token", "xoxp-1234567890-AbCdEf"],
    ["an app-level token", "xapp-1-A0123456789-1234567890-abcdef0123456789"],
    ["a webhook's address", "https://hooks.slack.com/services/T000/B000/XXXXXXXXXXXX"],
    ["a response_url", "https://hooks.slack.com/actions/T000/123456/AbCdEf0123"],
    ["a JSON Web Token", "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2FwaS5ib3QifQ.c2lnbmF0dXJl"],
    ["an AWS key id", "AKIAIOSFODNN7EXAMPLE"],
    ["a session's key id", "ASIAIOSFODNN7EXAMPLE"],
    ["an Alibaba Cloud key id", "LTAI5tFexampleExample12"],
    ["a Volcengine key id", "AKLTZjExampleExampleExample=="],
    ["a Google API key", "AIzaSyA-1234567890abcdefghijklmnopqrstu"],
    ["a Google access token", "ya29.a0AfH6SMBexampleexampleexample"],
    ["a model's key", "sk-canary-8f14e45fceea167a5a36dedd4bea2543"],
  ])("is taken out of a text: %s", (_what, secret) => {
    const text = String(redact(`calling with ${secret}, then more`));
    expect(text).not.toContain(secret.slice(-10));
    expect(text).toMatch(/^calling with .*\[redacted\], then more$/);
  });

  test.each([
    ["postgres://me:hunter22@db/x", "postgres://me:[redacted]@db/x"],
    ["redis://:hunter22@cache", "redis://:[redacted]@cache"],
    ["Authorization: Bearer abcdef0123456789abcdef", "Authorization: [redacted] [redacted]"],
    ["basic dXNlcjpwYXNzd29yZA==", "basic [redacted]"],
    ['{"client_secret":"abc1234567"}', '{"client_secret":"[redacted]"}'],
    ["https://a.example/?X-Amz-Signature=0123abcd&x=1", "https://a.example/?X-Amz-Signature=[redacted]&x=1"],
    ["https://a.blob.core.windows.net/c?sv=1&sig=abc%2F1", "https://a.blob.core.windows.net/c?sv=1&sig=[redacted]"],
    ["AccountKey=abcdefgh1234;EndpointSuffix=x", "AccountKey=[redacted];EndpointSuffix=x"],
    ["-----BEGIN PRIVATE KEY-----\nMIIE\nabc\n-----END PRIVATE KEY-----\nrest", "[redacted]\nrest"],
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIE cut", "[redacted]"],
  ])("keeps what stands around it: %s", (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test.each([
    "basic monitoring has points of 5 minutes",
    "the run run_0mhz1c2 waits for approval_0mhz1c3",
    "slack:T1:C1:1700000000.000100",
    "i-0123456789abcdef0 in eu-west-1",
    "830 tokens, 12 API calls",
    "token budget exceeded",
    "digest 3f786850e387550fdab836ed7e6dc881de23001b",
  ])("leaves ordinary words alone: %s", (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe("secrets of the environment", () => {
  const SERVICE_ACCOUNT = { type: "service_account", private_key: "line-one-of-it\nline-two-of-it", client_email: "me@example.com" };
  const env = {
    SLACK_SIGNING_SECRET: "8f742231b10e8888abcd99yyyzzz85a5",
    MicrosoftAppPassword: "~Kq8Q~canary",
    NEPHOSCOPE_LLM_API_KEY: "plain words as a key",
    NEPHOSCOPE_STORE: "postgres://me:p%40ss%20word@db/nephoscope",
    GOOGLE_CREDENTIALS: JSON.stringify(SERVICE_ACCOUNT),
    GOOGLE_APPLICATION_CREDENTIALS: "/etc/google.json",
    AWS_WEB_IDENTITY_TOKEN_FILE: "/var/run/token",
    SHORT_TOKEN: "a",
    PATH: "/usr/bin:/bin",
  };
  const ofEnvironment = createRedactor(env);

  test.each([
    ...[env.SLACK_SIGNING_SECRET, env.MicrosoftAppPassword, env.NEPHOSCOPE_LLM_API_KEY],
    ...["p%40ss%20word", "p@ss word", "line-two-of-it"],
  ])("are taken out wherever they stand: %s", (secret) => {
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")]) {
      expect(redact(ofEnvironment(`<${form}>`))).not.toContain(form.replace(/=+$/, ""));
      expect(JSON.stringify(ofEnvironment({ [form]: [form, { inner: form }] }))).not.toContain(form.replace(/=+$/, ""));
    }
  });

  test("paths and short words are none", () => {
    const text = "/etc/google.json /var/run/token a /usr/bin:/bin";
    expect(ofEnvironment(text)).toBe(text);
  });

  test("whatever they are, they are nowhere in what comes out", () => {
    const secrets = fc.string({ unit: "grapheme", minLength: 8, maxLength: 60 }).filter((text) => text.trim().length >= 8);
    const property = fc.property(secrets, fc.jsonValue(), fc.string(), (secret, value, before) => {
      const ours = createRedactor({ MY_SECRET: secret });
      const error = new Error(`${before}${secret}`, { cause: new Error(secret) });
      const given = { value, text: `${before}${secret}${before}`, error, list: [secret], [`${before}${secret}`]: 1 };
      const leaves: string[] = [];
      JSON.stringify(ours(given), (key, inner: unknown) => {
        leaves.push(key, typeof inner === "string" ? inner : "");
        return inner;
      });
      expect(leaves.filter((leaf) => leaf.includes(secret))).toEqual([]);
    });
    fc.assert(property, { numRuns: 300 });
  });
});

describe("fields", () => {
  test("of a secret's name are hidden whatever they hold, numbers aside", () => {
    expect(redact({ token: "plain", tokens: 12, password: "x", headers: { authorization: "x", cookie: "y", host: "h" } })).toEqual({
      token: "[redacted]",
      tokens: 12,
      password: "[redacted]",
      headers: { authorization: "[redacted]", cookie: "[redacted]", host: "h" },
    });
  });

  test("of errors are only what describes the failure: vendors' errors carry whole requests", () => {
    const cause = Object.assign(new Error("socket hang up"), { code: "ECONNRESET", config: { headers: { authorization: "Bearer x" } } });
    const error = Object.assign(new TypeError("no answer", { cause }), { status: 502, request: { body: "all of it" } });
    expect(redact({ error })).toEqual({
      error: {
        name: "TypeError",
        message: "no answer",
        status: 502,
        cause: { name: "Error", message: "socket hang up", code: "ECONNRESET" },
      },
    });
  });

  test("come out JSON-safe and bounded, and say what was left out", () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const given = {
      circle,
      big: 10n,
      nothing: undefined,
      not: Number.NaN,
      bytes: new Uint8Array(7),
      when: new Date(0),
      many: Array(500).fill(1),
    };
    const safe = redact(given) as Record<string, unknown>;
    expect(JSON.parse(JSON.stringify(safe))).toMatchObject({ big: "10", not: "NaN", bytes: "[7 bytes]", when: "1970-01-01T00:00:00.000Z" });
    expect(inspect(safe.circle, { depth: 10 })).toContain("[deeper]");
    expect((safe.many as unknown[]).at(-1)).toBe("… and 400 more");
    expect(redact("a ".repeat(5_000))).toMatch(/… \(6000 more characters\)$/);
  });
});
