import { describe, expect, it } from "vitest";
import { alicloudWorld, type Json, refusal, rows, succeeded, WINDOW } from "./alicloud-world.ts";

const PROJECT = { project: "nephos-main-cn-hangzhou" };
const DAY_S = 86_400;

describe("GetLogStore", () => {
  it("tells how long each logstore keeps its logs, which differs, and that is how long they are found", async () => {
    const world = await alicloudWorld({ instances: 400 });
    const stores = await world.records("log-group");
    expect(new Set(stores.map(({ attributes }) => attributes.retentionDays)).size).toBeGreaterThan(1);
    expect(stores.map(({ id }) => id)).toEqual(stores.map(({ name }) => `${PROJECT.project}/${name}`));
    for (const { name, attributes } of stores) {
      const told = succeeded(await world.sls(`/logstores/${name}`, PROJECT));
      expect(told).toMatchObject({ logstoreName: name, ttl: attributes.retentionDays, shardCount: attributes.shards });
      expect(succeeded(await world.sls(`/logstores/${name}/index`, PROJECT)).ttl).toBe(attributes.retentionDays);
      const to = WINDOW.toMs / 1_000;
      const edge = to - Number(attributes.retentionDays) * DAY_S;
      const count = async (from: number, until: number) => {
        const body = { from, to: until, query: "* | select count(1) as n" };
        const reply = succeeded(await world.sls(`/logstores/${name}/logs`, { ...PROJECT, body }));
        return Number(rows(reply, "data")[0]?.n);
      };
      expect(await count(edge - DAY_S, edge)).toBe(0);
      expect(await count(edge + 600, edge + 4 * 3_600)).toBeGreaterThan(0);
    }
  });

  it("refuses what is not there", async () => {
    const { sls } = await alicloudWorld();
    expect(refusal(await sls("/logstores/app-nothing", PROJECT))).toBe("404 LogStoreNotExist");
    expect(refusal(await sls("/logstores/app-checkout", { project: "nobody" }))).toBe("404 ProjectNotExist");
    expect(refusal(await sls("/logstores/app-checkout", { ...PROJECT, query: { type: "context" } }))).toBe("404 InvalidAPI");
  });
});

describe.each([
  ["ListDashboard", "/dashboards", "dashboardItems", "dashboard", "dashboardName"],
  ["ListSavedSearch", "/savedsearches", "savedsearchItems", "saved-search", "savedsearchName"],
] as const)("%s", (operation, path, list, type, id) => {
  it("tells those of the truth, page by page", async () => {
    const world = await alicloudWorld({ instances: 400 });
    const told: Json[] = [];
    for (let offset = 0; ; offset += 2) {
      const page = rows(succeeded(await world.sls(path, { ...PROJECT, query: { offset, size: 2 } })), list);
      if (page.length === 0) break;
      told.push(...page);
    }
    const expected = await world.records(type);
    expect(expected.length).toBeGreaterThan(3);
    expect(told.map((one) => [one[id], one.displayName])).toEqual(expected.map((one) => [one.id, one.name]));
    expect(refusal(await world.sls(path, { ...PROJECT, query: { size: 501 } }))).toBe("400 ParameterInvalid");
  });

  it("meets faults and denials in Log Service's words", async () => {
    const world = await alicloudWorld({ faults: [`alicloud:${operation}:throttle:1`] });
    expect(refusal(await world.sls(path, PROJECT))).toBe("403 ReadQuotaExceed");
    await world.post("faults", { faults: [`alicloud:${operation}:lost-page`], deny: [] });
    expect(refusal(await world.sls(path, { ...PROJECT, query: { offset: 1 } }))).toBe("400 ParameterInvalid");
    await world.post("faults", { faults: [], deny: ["alicloud:cn-hangzhou"] });
    const denied = await world.sls(path, PROJECT);
    expect(refusal(denied)).toBe("401 Unauthorized");
    expect(String((denied.json as Json).errorMessage)).toContain(`action: log:${operation}`);
  });
});
