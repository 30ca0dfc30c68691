import { describe, expect, it } from "vitest";
import { alicloudWorld, PAYMENTS_ROLE, refusal, succeeded } from "./alicloud-world.ts";
import { CREDENTIALS } from "./rpc-request.ts";
import { type SlsSigning, v4 } from "./sls-request.ts";

const PROJECT = "nephos-main-cn-hangzhou";
const HOUR_MS = 3_600_000;
const SECONDS = { from: Date.parse("2026-03-10T08:55:00Z") / 1_000, to: Date.parse("2026-03-10T09:00:00Z") / 1_000 };
const POST: Omit<SlsSigning, "path"> = { project: PROJECT, body: { ...SECONDS, query: "*" } };
const LOGS = "/logstores/app-checkout/logs";

describe("v4 signatures", () => {
  it("are made here as the vendor's published signers make them", () => {
    // Test vectors of aliyun-log-python-sdk, tests/integration_test/test_auth_v4: the same stand in the vendor's Java, Go and C++ packages.
    const credentials = { accessKeyId: "acsddda21dsd", accessKeySecret: "zxasdasdasw2" };
    const date = new Date("2022-08-08T03:23:30Z");
    const body = "adasd= -asd zcas";
    const plain = v4("POST", "/logstores", [], {}, body, date, "cn-shanghai", credentials);
    expect(plain).toBe(
      "SLS4-HMAC-SHA256 Credential=acsddda21dsd/20220808/cn-shanghai/sls/aliyun_v4_request,Signature=8a10a5e723cb2e75964816de660b2c16a58af8bc0261f7f0722d832468c76ce8",
    );
    const query = [
      ["", "efg"],
      [" abc", "efg"],
      [" agc ", ""],
      ["A-bc", "eFg"],
    ] as const;
    const headers = { "x-log-test": "het123", "x-acs-ppp": "dds" };
    expect(v4("POST", "/logstores", query, headers, body, date, "cn-hangzhou", credentials)).toMatch(
      /Signature=a98f5632e93836e63839cd836a54055f480020a9364ca944e2d34f2eb9bf1bed$/,
    );
  });
});

describe("signatures of Log Service", () => {
  it.each(["v1-sha1", "v1-sha256", "v4"] as const)(
    "in %s are accepted, for GET with a query and for POST with a body",
    async (signature) => {
      const { sls } = await alicloudWorld();
      const got = await sls("/logstores/app-checkout", {
        project: PROJECT,
        query: { type: "log", ...SECONDS, query: "* | select count(1) as c where message like '%(a)%'" },
        signature,
      });
      succeeded(got);
      succeeded(await sls(LOGS, { ...POST, signature }));
    },
  );

  const changes: readonly (readonly [string, Partial<SlsSigning>, string])[] = [
    ["an unknown key", { credentials: { ...CREDENTIALS, accessKeyId: "LTAIunknown" } }, "401 Unauthorized"],
    ["a wrong secret", { credentials: { ...CREDENTIALS, accessKeySecret: "wrong" } }, "401 SignatureNotMatch"],
    ["an old date", { dateMs: Date.now() - HOUR_MS }, "400 RequestTimeExpired"],
    ["another body than was signed", { tamper: ({ body }) => ({ body: `${body} ` }) }, "401 SignatureNotMatch"],
    [
      "another path than was signed",
      { tamper: ({ target }) => ({ target: target.replace("checkout", "search") }) },
      "401 SignatureNotMatch",
    ],
    [
      "another header than was signed",
      { tamper: ({ headers }) => ({ headers: { ...headers, "x-log-bodyrawsize": "1" } }) },
      "401 SignatureNotMatch",
    ],
    ["no Authorization header", { tamper: ({ headers: { authorization: _, ...headers } }) => ({ headers }) }, "400 ParameterInvalid"],
    [
      "one of another form",
      { tamper: ({ headers }) => ({ headers: { ...headers, authorization: "LOG nonsense" } }) },
      "400 ParameterInvalid",
    ],
  ];
  const both = changes.flatMap(([name, change, expected]) =>
    (["v1-sha1", "v4"] as const).map((signature) => [signature, name, change, expected] as const),
  );
  it.each(both)("in %s with %s are refused", async (signature, _, change, expected) => {
    const { sls } = await alicloudWorld();
    const reply = await sls(LOGS, { ...POST, signature, ...change });
    expect(refusal(reply)).toBe(expected);
    expect(reply.headers["x-log-requestid"]).toMatch(/^[0-9A-F]{24}$/);
  });

  it("of a session are accepted with its token, and belong to the other account", async () => {
    const { rpc, sls } = await alicloudWorld({ instances: 300 });
    const session = succeeded(await rpc("sts", "AssumeRole", { RoleArn: PAYMENTS_ROLE, RoleSessionName: "logs" })).Credentials as Record<
      string,
      string
    >;
    const credentials = {
      accessKeyId: session.AccessKeyId ?? "",
      accessKeySecret: session.AccessKeySecret ?? "",
      securityToken: session.SecurityToken ?? "",
    };
    for (const signature of ["v1-sha256", "v4"] as const) {
      expect(succeeded(await sls("/", { credentials, signature }))).toMatchObject({
        projects: [{ projectName: "nephos-payments-cn-hangzhou" }],
      });
      expect(refusal(await sls(LOGS, { ...POST, credentials, signature }))).toBe("401 Unauthorized");
    }
  });
});
