import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { OperationDescription } from "../../../src/contracts/index.ts";
import { azure } from "../../../src/providers/azure/index.ts";
import { at, type InvokeWorld, listAt, lying, misfits, NOW, openInvokeWorld } from "../invoke-world.ts";

const MAIN = "3f9d2b10-6c1e-4a55-8f01-00000000a001";
const OTHER = "3f9d2b10-6c1e-4a55-8f01-00000000b002";
const PLACE = [MAIN, "*"] as const;
let world: InvokeWorld;
let disks: OperationDescription;
let activity: OperationDescription;
let settings: OperationDescription;
let graph: OperationDescription;
let query: OperationDescription;

beforeAll(async () => {
  world = await openInvokeWorld("azure", azure);
  [disks, activity, settings, graph, query] = await Promise.all([
    world.describe("compute", "Disks_List"),
    world.describe("monitor", "ActivityLogs_List"),
    world.describe("monitor", "DiagnosticSettings_List"),
    world.describe("resourcegraph", "Resources"),
    world.describe("loganalytics", "Query_Execute"),
  ]);
  return () => world[Symbol.asyncDispose]();
});
afterEach(() => world.fault());

describe("Azure Resource Manager, by its Swagger descriptions", () => {
  it("follows links from page to page", async () => {
    const { value, truncated } = await world.whole(disks, PLACE, { subscriptionId: MAIN });
    const expected = await world.records("disk", PLACE);
    expect(expected.length).toBeGreaterThan(200);
    expect(truncated).toBe(false);
    expect(listAt(value, "value").map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(misfits(value, disks.output)).toEqual([]);
    const created = listAt(value, "value").map((disk) => Date.parse(String(at(disk, "properties.timeCreated"))));
    expect(created).toEqual(expected.map(({ attributes }) => attributes.createdMs));
  });

  it("cuts where the broker says so, and tells it", async () => {
    const { value, truncated } = await world.whole(disks, PLACE, { subscriptionId: MAIN }, 1);
    expect(truncated).toBe(true);
    expect(listAt(value, "value")).toHaveLength(200);
  });

  it("puts parameters into the query", async () => {
    const since = new Date(NOW - 3 * 86_400_000).toISOString();
    const { value } = await world.whole(activity, PLACE, { subscriptionId: MAIN, $filter: `eventTimestamp ge '${since}'` });
    const events = listAt(value, "value");
    expect(events.length).toBeGreaterThan(0);
    expect(events.every(({ eventTimestamp }) => String(eventTimestamp) >= since)).toBe(true);
    expect(misfits(value, activity.output)).toEqual([]);
  });

  it("puts the ids of resources into paths, with their slashes", async () => {
    const [setting] = await world.records("diagnostic-setting", PLACE);
    const resource = String(setting?.attributes.resource);
    for (const resourceUri of [resource, resource.replace(/^\//, "")]) {
      expect(listAt(await world.invoke(settings, PLACE, { resourceUri }), "value")).not.toHaveLength(0);
    }
  });

  it("asks Resource Graph for the subscription alone, whatever is left out", async () => {
    const input = { query: "Resources | where type =~ 'microsoft.compute/virtualmachines' | project subscriptionId" };
    const reply = await world.invoke(graph, PLACE, input);
    expect(new Set(listAt(reply, "data").map(({ subscriptionId }) => subscriptionId))).toEqual(new Set([MAIN]));
  });

  it("asks Log Analytics at its own host, with a token of its own", async () => {
    const workspaces = listAt(
      await world.invoke(graph, PLACE, {
        query: "Resources | where type =~ 'microsoft.operationalinsights/workspaces' | project customerId = properties.customerId",
      }),
      "data",
    );
    const workspaceId = String(workspaces[0]?.customerId);
    const reply = await world.invoke(query, PLACE, { workspaceId, query: "AppTraces | take 3", timespan: "PT1H" });
    expect(misfits(reply, query.output)).toEqual([]);
    expect(listAt(reply, "tables")).toHaveLength(1);
  });
});

describe("Azure, when something is wrong", () => {
  const ask = () => world.invoke(disks, PLACE, { subscriptionId: MAIN });

  it("is asked again after throttling", async () => {
    await world.fault("azure:Disks_List:throttle:2");
    const { retries } = world.meter.usage();
    expect(misfits(await ask(), disks.output)).toEqual([]);
    expect(world.meter.usage().retries - retries).toBe(2);
  });

  it("says that a region is forbidden", async () => {
    await world.deny("azure:eastus");
    const usage = await world.describe("compute", "Usage_List");
    const request = world.invoke(usage, [MAIN, "eastus"], { subscriptionId: MAIN, location: "eastus" });
    await expect(request).rejects.toMatchObject({ code: "PROVIDER_FORBIDDEN" });
    await world.deny();
  });

  it("says what was not found", async () => {
    const get = await world.describe("monitor", "DiagnosticSettings_Get");
    const [disk] = await world.records("disk", PLACE);
    const request = world.invoke(get, PLACE, { resourceUri: disk?.id, name: "nothing" });
    await expect(request).rejects.toMatchObject({ code: "PROVIDER_NOT_FOUND" });
  });

  it("says that a reply was cut", async () => {
    await world.fault("azure:Disks_List:malformed");
    await expect(ask()).rejects.toMatchObject({ code: "PROVIDER_REPLY_INVALID" });
  });

  it("says that a page was lost", async () => {
    await world.fault("azure:Disks_List:lost-page");
    await expect(world.whole(disks, PLACE, { subscriptionId: MAIN })).rejects.toMatchObject({ code: "PROVIDER_PAGE_LOST" });
  });
});

describe("Azure, before anything is sent", () => {
  const at_ = (id: string) => `/subscriptions/${id}/resourceGroups/rg-auth/providers/Microsoft.Compute/disks/x`;
  const refused = async (request: () => Promise<unknown>, code: string) => {
    const before = (await world.calls()).length;
    await expect(request()).rejects.toMatchObject({ code });
    expect((await world.calls()).length).toBe(before);
  };

  it.each([
    ["a parameter of the path", () => disks, { subscriptionId: OTHER }],
    ["a resource id", () => settings, { resourceUri: at_(OTHER) }],
    ["a resource id in other letters", () => settings, { resourceUri: at_(OTHER).replace("subscriptions", "SUBSCRIPTIONS") }],
    ["an encoded resource id", () => settings, { resourceUri: `x/%73ubscriptions%2F${OTHER}` }],
    ["the middle of a resource id", () => settings, { resourceUri: `${at_(MAIN)}/providers/x/subscriptions/${OTHER}` }],
    ["a filter", () => activity, { subscriptionId: MAIN, $filter: `resourceUri eq '${at_(OTHER)}'` }],
    ["the body", () => graph, { query: "Resources", subscriptions: [MAIN, OTHER] }],
    ["a query", () => graph, { query: `Resources | where id startswith '/subscriptions/${OTHER}/'` }],
    ["a query, at the beginning of a text", () => graph, { query: `Resources | where id has 'subscriptions/${OTHER}'` }],
    ["a management group", () => graph, { query: "Resources", managementGroups: ["everything"] }],
  ] as const)("refuses another subscription in %s", async (_where, operation, input) => {
    await refused(() => world.invoke(operation(), PLACE, input), "PROVIDER_FORBIDDEN");
  });

  it.each(["..", ".", "%2e%2e", "%2E.", "../x", "a/../../x", "a\\..\\x", "a%2f..%2fx", "a//b", "", "x\r\ny", "x\u0000"])(
    "refuses %j as a name in a path",
    async (name) => {
      const get = await world.describe("monitor", "DiagnosticSettings_Get");
      const [disk] = await world.records("disk", PLACE);
      await refused(() => world.invoke(get, PLACE, { resourceUri: disk?.id, name }), "PROVIDER_NOT_FOUND");
      await refused(() => world.invoke(get, PLACE, { resourceUri: `${disk?.id}/${name}/x`, name: "x" }), "PROVIDER_NOT_FOUND");
    },
  );

  it.each([
    ["another host", "https://evil.com/subscriptions/ID/providers/Microsoft.Compute/disks?$skiptoken=x"],
    ["a host that looks alike", "https://management.azure.com.evil.com/subscriptions/ID/providers/Microsoft.Compute/disks"],
    ["another scheme", "http://management.azure.com/subscriptions/ID/providers/Microsoft.Compute/disks"],
    ["another port", "https://management.azure.com:8443/subscriptions/ID/providers/Microsoft.Compute/disks"],
    ["a user", "https://x@management.azure.com/subscriptions/ID/providers/Microsoft.Compute/disks"],
    ["a password", "https://:x@management.azure.com/subscriptions/ID/providers/Microsoft.Compute/disks"],
    ["another subscription", `https://management.azure.com/subscriptions/${OTHER}/providers/Microsoft.Compute/disks`],
    ["another subscription, encoded", `https://management.azure.com/%73ubscriptions/${OTHER}/providers/Microsoft.Compute/disks`],
    ["no subscription", "https://management.azure.com/providers/Microsoft.Management/managementGroups"],
    ["a way out", `https://management.azure.com/subscriptions/ID/../${OTHER}/providers/Microsoft.Compute/disks`],
    ["no address", "/subscriptions/ID/providers/Microsoft.Compute/disks"],
  ])("refuses a next page with %s", async (_what, link) => {
    const ours = link.replace("ID", MAIN);
    await refused(() => world.invoke(disks, PLACE, { subscriptionId: MAIN }, ours), "PROVIDER_PAGE_LOST");
  });

  it("takes no host from a description", async () => {
    const lies = lying(disks, { wire: { ...disks.wire, endpoint: "evil.com" } });
    expect(misfits(await world.invoke(lies, PLACE, { subscriptionId: MAIN }), disks.output)).toEqual([]);
  });
});
