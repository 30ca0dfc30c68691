import { type QueryRequest, ResourceGraphClient } from "@azure/arm-resourcegraph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AzureWorld, MAIN, NOON_MS, PAYMENTS, startAzureWorld } from "./azure-world.ts";

const MACHINES = "Resources | where type =~ 'Microsoft.Compute/virtualMachines'";
let world: AzureWorld;
let graph: ResourceGraphClient;

beforeAll(async () => {
  world = await startAzureWorld({ instances: 2_000 });
  graph = new ResourceGraphClient(world.credential, { httpClient: world.httpClient, retryOptions: { maxRetries: 0 } });
});
afterAll(() => world.emulator.close());

const truthOf = async (kind: string) => (await world.truth(NOON_MS - 60_000, NOON_MS)).resources.filter((row) => row.kind === kind);
const rowsOf = async (request: QueryRequest) => (await graph.resources(request)).data as Record<string, unknown>[];
const refusal = async (request: QueryRequest) => {
  const error = await graph.resources(request).then(
    () => undefined,
    (thrown: { statusCode: number; code: string; details: { error: { details: { code: string }[] } } }) => thrown,
  );
  return [error?.statusCode, error?.code, ...(error?.details.error.details ?? []).map(({ code }) => code)];
};

describe("Resources", () => {
  it("lists the machines of the truth, a thousand at a time", async () => {
    const query = `${MACHINES} | extend power = tostring(properties.extended.instanceView.powerState.code) | project id, name, subscriptionId, location, tags, power`;
    const first = await graph.resources({ query });
    expect(first).toMatchObject({ totalRecords: 2_000, count: 1_000, resultTruncated: "false" });
    const second = await graph.resources({ query, options: { skipToken: first.skipToken! } });
    expect(second).toMatchObject({ totalRecords: 2_000, count: 1_000 });
    expect(second.skipToken).toBeUndefined();
    const states: Record<string, string> = {
      "PowerState/running": "running",
      "PowerState/deallocating": "stopping",
      "PowerState/deallocated": "stopped",
      "PowerState/stopped": "stopped",
    };
    const found = [...(first.data as Record<string, string>[]), ...(second.data as Record<string, string>[])].map((row) => ({
      id: row.id,
      name: row.name,
      account: row.subscriptionId,
      region: row.location,
      tags: row.tags,
      state: states[row.power!],
    }));
    const expected = (await truthOf("virtual-machine")).map(({ id, name, account, region, tags, state }) => ({
      id,
      name,
      account,
      region,
      tags,
      state,
    }));
    expect(new Map(found.map((row) => [row.id, row]))).toEqual(new Map(expected.map((row) => [row.id, row])));
  });

  it.each([
    ["database", "type in ('microsoft.dbforpostgresql/flexibleservers', 'microsoft.dbformysql/flexibleservers')"],
    ["function", "type == 'microsoft.web/sites' and kind startswith 'functionapp'"],
    ["load-balancer", "type == 'microsoft.network/applicationgateways'"],
  ])("lists every %s", async (kind, condition) => {
    const rows = await rowsOf({ query: `resources | where ${condition} | project id, name` });
    expect(rows.map((row) => row.id).sort()).toEqual((await truthOf(kind)).map((row) => row.id).sort());
  });

  it("asks only the subscriptions that are named, and refuses others", async () => {
    const query = "resources | summarize count() by subscriptionId";
    expect((await rowsOf({ query, subscriptions: [PAYMENTS] })).map((row) => row.subscriptionId)).toEqual([PAYMENTS]);
    expect(await rowsOf({ query })).toHaveLength(2);
    expect((await world.calls()).slice(-2).map((call) => call.account)).toEqual([PAYMENTS, null]);
    expect(await refusal({ query, subscriptions: ["00000000-0000-0000-0000-000000000000"] })).toEqual([403, "Forbidden", "AccessDenied"]);
  });

  it("answers as a table with the vendor's names of types", async () => {
    const query = `${MACHINES} | project name, tags, n = 1, created = todatetime(properties.timeCreated) | take 1`;
    const { data } = await graph.resources({ query, options: { resultFormat: "table" } });
    const { columns, rows } = data as { columns: { name: string; type: string }[]; rows: unknown[][] };
    expect(columns.map(({ type }) => type)).toEqual(["string", "object", "integer", "datetime"]);
    expect(rows[0]?.[3]).toMatch(/^\d{4}-\d\d-\d\dT00:00:00\.0000000Z$/);
  });

  it("gives no token for the rest where the query limits its rows itself or has but dynamic columns", async () => {
    const truncated = async (query: string) => {
      const { resultTruncated, skipToken } = await graph.resources({ query, options: { top: 10 } });
      return [resultTruncated, skipToken !== undefined];
    };
    expect(await truncated(`${MACHINES} | project id`)).toEqual(["false", true]);
    expect(await truncated(`${MACHINES} | project id | take 20`)).toEqual(["true", false]);
    expect(await truncated(`${MACHINES} | project tags`)).toEqual(["true", false]);
  });

  it("takes a token only with the request it was made for", async () => {
    const query = `${MACHINES} | project id`;
    const { skipToken } = await graph.resources({ query, options: { top: 10 } });
    const lost = [400, "BadRequest", "InvalidSkipToken"];
    expect(await refusal({ query: `${query}, name`, options: { skipToken: skipToken! } })).toEqual(lost);
    expect(await refusal({ query, subscriptions: [MAIN], options: { skipToken: skipToken! } })).toEqual(lost);
    expect(await refusal({ query, options: { skipToken: "made-up" } })).toEqual(lost);
  });

  it("refuses what the vendor refuses", async () => {
    expect(await refusal({ query: "Resources | wher x" })).toEqual([400, "BadRequest", "InvalidQuery", "ParserFailure"]);
    expect(await refusal({ query: "Resources | where Name == 'x'" })).toEqual([400, "BadRequest", "InvalidQuery", "SemanticError"]);
    expect(await refusal({ query: "NoSuchTable" })).toEqual([400, "BadRequest", "InvalidQuery", "SemanticError"]);
    expect(await refusal({ query: "Resources", options: { top: 1_001 } })).toEqual([400, "BadRequest", "InvalidRequestBody"]);
    const joins = " | join kind=inner (Resources | project id) on id".repeat(4);
    expect((await refusal({ query: `Resources${joins}` })).slice(0, 2)).toEqual([400, "BadRequest"]);
  });
});

describe("what else stands in the graph", () => {
  it("has the subscriptions and their resource groups", async () => {
    const query = "ResourceContainers | where type == 'microsoft.resources/subscriptions' | project subscriptionId, name";
    expect(await rowsOf({ query })).toEqual([
      { subscriptionId: MAIN, name: "main" },
      { subscriptionId: PAYMENTS, name: "payments" },
    ]);
    const groups = await rowsOf({ query: "resourcecontainers | where type endswith '/resourcegroups' | project name, subscriptionId" });
    expect(groups).toContainEqual({ name: "rg-checkout", subscriptionId: MAIN });
  });

  it("has a workspace for each subscription and region with machines", async () => {
    const workspaces = await rowsOf({
      query: "resources | where type == 'microsoft.operationalinsights/workspaces' | project name, location, subscriptionId",
    });
    const places = new Set((await truthOf("virtual-machine")).map((row) => `law-${row.region} ${row.region} ${row.account}`));
    expect(new Set(workspaces.map((row) => `${row.name} ${row.location} ${row.subscriptionId}`))).toEqual(places);
  });

  it("has the alert rules of the truth, and alerts that are fired where the truth says so", async () => {
    const rules = await rowsOf({
      query:
        "resources | where type == 'microsoft.insights/metricalerts' | project id, name, machine = tostring(properties.scopes[0]), metric = properties.criteria.allOf[0].metricName",
    });
    const fired = await rowsOf({
      query:
        "alertsmanagementresources | where properties.essentials.monitorCondition == 'Fired' | project rule = tostring(properties.essentials.alertRule), since = todatetime(properties.essentials.startDateTime)",
    });
    const { alarms, resources } = await world.truth(NOON_MS - 60_000, NOON_MS);
    const cpuOf = new Map(resources.map(({ id, metrics }) => [id, metrics["cpu.utilization"]?.avg ?? 0]));
    for (const { resource, state } of alarms) expect(cpuOf.get(resource!)! > 80).toBe(state === "alarm");
    expect(rules.map(({ id, name, machine }) => ({ id, name, machine })).sort(byId)).toEqual(
      alarms.map(({ id, name, resource }) => ({ id, name, machine: resource })).sort(byId),
    );
    expect(fired.map(({ rule }) => rule).sort()).toEqual(
      alarms
        .filter(({ state }) => state === "alarm")
        .map(({ id }) => id.toLowerCase())
        .sort(),
    );
    expect(alarms.filter(({ state }) => state === "ok").length).toBeGreaterThan(0);
    const resolved = await rowsOf({ query: "alertsmanagementresources | where properties.essentials.monitorCondition == 'Resolved'" });
    expect(resolved.length).toBeGreaterThan(0);
  });
});

const byId = (left: { id: unknown }, right: { id: unknown }) => (String(left.id) < String(right.id) ? -1 : 1);
