import { describe, expect, it } from "vitest";
import { MAIN, startedVolcengine, WINDOW } from "./started-volcengine.ts";

interface Rule {
  readonly Id: string;
  readonly RuleName: string;
  readonly AlertState: string;
  readonly Regions: readonly string[];
  readonly OriginalDimensions: { readonly ResourceID: readonly string[] };
}
interface Alert {
  readonly RuleId: string;
  readonly ResourceId: string;
  readonly Region: string;
  readonly StartAt: string;
}
interface Page<Row> {
  readonly Data: readonly Row[];
  readonly TotalCount: number;
}

type World = Awaited<ReturnType<typeof startedVolcengine>>;

async function everyRow<Row>(world: World, operation: string, input: object): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let page = 1; ; page++) {
    const { Result } = await world.call<Page<Row>>("Volc_Observe", operation, { ...input, PageNumber: page, PageSize: 7 });
    rows.push(...(Result?.Data ?? []));
    if (rows.length >= (Result?.TotalCount ?? 0)) return rows;
  }
}

describe("alert rules", () => {
  it("are the truth's alarms of the account, in all its regions", async () => {
    const world = await startedVolcengine({ instances: 400 });
    const { alarms } = await world.truth(WINDOW.from.toISOString(), WINDOW.to.toISOString());
    const wanted = alarms.filter((alarm) => alarm.account === MAIN);
    const rules = await everyRow<Rule>(world, "ListRules", {});
    expect(new Set(wanted.map((alarm) => alarm.state))).toEqual(new Set(["alarm", "ok"]));
    expect(wanted.length).toBeGreaterThan(15);
    const whole = wanted.filter((alarm) => alarm.resource === null);
    expect(whole.map((alarm) => alarm.name)).toEqual(expect.arrayContaining(["cn-beijing-fleet-cpu", "cn-shanghai-fleet-cpu"]));
    expect(
      rules.map((rule) => ({
        id: rule.Id,
        name: rule.RuleName,
        region: rule.Regions[0],
        state: rule.AlertState === "altering" ? "alarm" : "ok",
        resource: rule.OriginalDimensions.ResourceID[0] === "*" ? null : rule.OriginalDimensions.ResourceID[0],
      })),
    ).toEqual(wanted.map(({ id, name, region, state, resource }) => ({ id, name, region, state, resource })));
  });

  it("can be asked for by state and by a part of the name", async () => {
    const world = await startedVolcengine({ instances: 400 });
    const all = await everyRow<Rule>(world, "ListRules", {});
    const ringing = await everyRow<Rule>(world, "ListRules", { AlertState: ["altering"] });
    expect(ringing).toEqual(all.filter((rule) => rule.AlertState === "altering"));
    const named = await everyRow<Rule>(world, "ListRules", { RuleName: "fleet" });
    expect(named).toEqual(all.filter((rule) => rule.RuleName.includes("fleet")));
    const refused = await world.call("Volc_Observe", "ListRules", { AlertState: "altering" });
    expect(refused.ResponseMetadata.Error?.Code).toBe("InvalidArgument");
  });

  it("have one alert for each machine for which they ring, with its beginning", async () => {
    const world = await startedVolcengine({ instances: 400 });
    const ringing = await everyRow<Rule>(world, "ListRules", { AlertState: ["altering"] });
    const alerts = await everyRow<Alert>(world, "ListAlertGroup", {});
    expect(new Set(alerts.map((alert) => alert.RuleId))).toEqual(new Set(ringing.map((rule) => rule.Id)));
    const single = ringing.find((rule) => rule.OriginalDimensions.ResourceID[0] !== "*");
    const own = alerts.filter((alert) => alert.RuleId === single?.Id);
    expect(own.map((alert) => [alert.ResourceId, alert.Region])).toEqual([[single?.OriginalDimensions.ResourceID[0], single?.Regions[0]]]);
    expect(Date.parse(own[0]?.StartAt ?? "")).toBeLessThan(WINDOW.from.getTime());
    expect(await everyRow<Alert>(world, "ListAlertGroup", { RuleIds: [single?.Id] })).toEqual(own);
    expect(await everyRow<Alert>(world, "ListAlertGroup", { StartAt: WINDOW.from.getTime() / 1_000 })).toEqual([]);
  });
});
