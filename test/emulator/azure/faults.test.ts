import { ResourceGraphClient } from "@azure/arm-resourcegraph";
import { LogsQueryClient } from "@azure/monitor-query-logs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AZURE_FLEET_PLAN } from "../../../src/emulator/azure/native-names.ts";
import { workspacesOf } from "../../../src/emulator/azure/workspaces.ts";
import { buildFleet } from "../../../src/emulator/fleet.ts";
import { type AzureWorld, MAIN, startAzureWorld } from "./azure-world.ts";

const ARM = "https://management.azure.com";
const QUERY = "Resources | where type == 'microsoft.compute/virtualmachines' | project id";
let world: AzureWorld;
let tokens: Readonly<Record<"arm" | "metrics" | "logs", string>>;

beforeAll(async () => {
  world = await startAzureWorld({ instances: 200 });
  const [arm = "", metrics = "", logs = ""] = await Promise.all(
    [ARM, "https://metrics.monitor.azure.com", "https://api.loganalytics.io"].map((audience) => world.token(audience)),
  );
  tokens = { arm, metrics, logs };
});
afterAll(() => world.emulator.close());
beforeEach(() => world.setRules({}));

const workspaceIn = (region: string) =>
  workspacesOf(buildFleet(AZURE_FLEET_PLAN, 7, 200)).find((one) => one.account === MAIN && one.region === region)!.customerId;

const CALLS = {
  "entra.Token": () => world.raw("https://login.microsoftonline.com/common/oauth2/v2.0/token", { method: "POST", body: tokenForm() }),
  "subscriptions.ListSubscriptions": () => world.raw(`${ARM}/subscriptions?api-version=2022-12-01`, { token: tokens.arm }),
  "resourcegraph.Resources": () =>
    world.raw(`${ARM}/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01`, {
      method: "POST",
      token: tokens.arm,
      body: { query: QUERY },
    }),
  "metrics.GetBatch": (region = "eastus") =>
    world.raw(
      `https://${region}.metrics.monitor.azure.com/subscriptions/${MAIN}/metrics:getBatch?api-version=2024-02-01&metricnamespace=Microsoft.Compute%2FvirtualMachines&metricnames=Percentage%20CPU`,
      { method: "POST", token: tokens.metrics, body: { resourceids: [machineIn(region)] } },
    ),
  "metrics.ListAtSubscriptionScope": (region = "eastus") =>
    world.raw(
      `${ARM}/subscriptions/${MAIN}/providers/Microsoft.Insights/metrics?api-version=2024-02-01&region=${region}&metricnamespace=Microsoft.Compute%2FvirtualMachines&metricnames=Percentage%20CPU`,
      { token: tokens.arm },
    ),
  "loganalytics.Query": (region = "eastus") =>
    world.raw(`https://api.loganalytics.io/v1/workspaces/${workspaceIn(region)}/query`, {
      method: "POST",
      token: tokens.logs,
      body: { query: "Usage | count" },
    }),
} as const;

function tokenForm(): string {
  const { clientId, clientSecret } = world.credentials;
  return new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    scope: `${ARM}/.default`,
  }).toString();
}

function machineIn(region: string): string {
  return buildFleet(AZURE_FLEET_PLAN, 7, 200).of(MAIN, region, "virtual-machine")[0]!.id;
}

/** Code of an error in either shape. */
function codeOf(body: string): string | undefined {
  const { error } = JSON.parse(body) as { error?: string | { code: string } };
  return typeof error === "string" ? error : error?.code;
}

describe("a fault", () => {
  it.each([
    ["entra.Token", "temporarily_unavailable", "server_error", "invalid_client"],
    ["subscriptions.ListSubscriptions", "TooManyRequests", "InternalServerError", "ExpiredAuthenticationToken"],
    ["resourcegraph.Resources", "RateLimiting", "InternalServerError", "ExpiredAuthenticationToken"],
    ["metrics.GetBatch", "TooManyRequests", "InternalServerError", "ExpiredAuthenticationToken"],
    ["metrics.ListAtSubscriptionScope", "TooManyRequests", "InternalServerError", "ExpiredAuthenticationToken"],
    ["loganalytics.Query", "ThrottledError", "InternalServerError", "ExpiredAuthenticationToken"],
  ] as const)("speaks the words of %s", async (operation, throttled, failed, expired) => {
    const name = operation.split(".")[1];
    await world.setRules({
      faults: [`azure:${name}:throttle:1`, `azure:${name}:500:1`, `azure:${name}:expired:1`, `azure:${name}:malformed:1`],
    });
    const first = await CALLS[operation]();
    expect([first.status, codeOf(first.body), first.headers["retry-after"]]).toEqual([429, throttled, "1"]);
    const second = await CALLS[operation]();
    expect([second.status, codeOf(second.body)]).toEqual([500, failed]);
    const third = await CALLS[operation]();
    expect([third.status, codeOf(third.body)]).toEqual([401, expired]);
    const fourth = await CALLS[operation]();
    expect(() => JSON.parse(fourth.body)).toThrow();
    const sound = await CALLS[operation]();
    expect([sound.status, codeOf(sound.body)]).toEqual([200, undefined]);
    expect((await world.calls()).slice(-5).map((call) => [call.operation, call.fault])).toEqual(
      ["throttle", "500", "expired", "malformed", null].map((fault) => [operation, fault]),
    );
  });

  it("loses a page of a listing: the token is refused, the next time it comes back again", async () => {
    const graph = new ResourceGraphClient(world.credential, { httpClient: world.httpClient, retryOptions: { maxRetries: 0 } });
    await world.setRules({ faults: ["azure:Resources:lost-page:2"] });
    const first = await graph.resources({ query: QUERY, options: { top: 50 } });
    const second = () => graph.resources({ query: QUERY, options: { top: 50, skipToken: first.skipToken! } });
    await expect(second()).rejects.toMatchObject({ statusCode: 400, code: "BadRequest" });
    expect((await second()).skipToken).toBe(first.skipToken);
    const sound = await second();
    expect([sound.count, sound.skipToken === first.skipToken]).toEqual([50, false]);
  });

  it("loses a part of the rows of a query, which the reply calls a partial error", async () => {
    const logs = new LogsQueryClient(world.credential, { httpClient: world.httpClient });
    const ask = () => logs.queryWorkspace(workspaceIn("eastus"), "AppTraces", { duration: "PT1H" });
    const whole = await ask();
    await world.setRules({ faults: ["azure:Query:lost-page:1"] });
    const partial = await ask();
    if (whole.status !== "Success" || partial.status !== "PartialFailure") throw new Error(`${whole.status}, ${partial.status}`);
    expect(partial.partialError.code).toBe("PartialError");
    expect(partial.partialTables[0]?.rows).toHaveLength(Math.floor(whole.tables[0]!.rows.length / 2));
  });
});

describe("a denied region", () => {
  it("refuses metrics and logs of the region, while the list of everything still has it", async () => {
    await world.setRules({ deny: ["azure:eastus"] });
    const outcome = async (operation: "metrics.GetBatch" | "metrics.ListAtSubscriptionScope" | "loganalytics.Query", region: string) => {
      const { status, body } = await CALLS[operation](region);
      return [status, codeOf(body)];
    };
    expect(await outcome("metrics.GetBatch", "eastus")).toEqual([403, "AuthorizationFailed"]);
    expect(await outcome("metrics.ListAtSubscriptionScope", "eastus")).toEqual([403, "AuthorizationFailed"]);
    expect(await outcome("loganalytics.Query", "eastus")).toEqual([403, "InsufficientAccessError"]);
    for (const operation of ["metrics.GetBatch", "metrics.ListAtSubscriptionScope", "loganalytics.Query"] as const) {
      expect(await outcome(operation, "westeurope")).toEqual([200, undefined]);
    }
    expect(JSON.parse((await CALLS["resourcegraph.Resources"]()).body).totalRecords).toBe(200);
    expect((await world.calls()).slice(-2).map((call) => call.region)).toEqual(["westeurope", null]);
  });

  it("is refused within a batch, and only there", async () => {
    await world.setRules({ deny: ["azure:eastus"] });
    const requests = ["eastus", "westeurope"].map((region) => ({
      id: region,
      workspace: workspaceIn(region),
      body: { query: "Usage | count" },
    }));
    const { body } = await world.raw("https://api.loganalytics.io/v1/$batch", { method: "POST", token: tokens.logs, body: { requests } });
    expect(JSON.parse(body).responses.map(({ id, status }: { id: string; status: number }) => [id, status])).toEqual([
      ["eastus", 403],
      ["westeurope", 200],
    ]);
  });
});

describe("a request that no operation takes", () => {
  it("is told so by the service of the host", async () => {
    const { status, body } = await world.raw(`${ARM}/subscriptions/${MAIN}/resourceGroups?api-version=2021-04-01`, { token: tokens.arm });
    expect([status, codeOf(body)]).toEqual([404, "InvalidResourceType"]);
    expect((await world.calls()).at(-1)).toMatchObject({ operation: "subscriptions.unknown", status: 404 });
    const missing = await world.raw(`${ARM}/subscriptions`, { token: tokens.arm });
    expect([missing.status, codeOf(missing.body)]).toEqual([400, "MissingApiVersionParameter"]);
    const old = await world.raw(`${ARM}/providers/Microsoft.ResourceGraph/resources?api-version=2018-09-01`, {
      method: "POST",
      token: tokens.arm,
      body: { query: QUERY },
    });
    expect([old.status, codeOf(old.body)]).toEqual([400, "InvalidApiVersionParameter"]);
  });
});
