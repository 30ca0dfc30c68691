import { describe, expect, it } from "vitest";
import { alicloudWorld, refusal, rows, succeeded, WINDOW } from "./alicloud-world.ts";

type World = Awaited<ReturnType<typeof alicloudWorld>>;
const PROJECT = "nephos-main-cn-hangzhou";
const BODY = { from: WINDOW.fromMs / 1_000, to: WINDOW.toMs / 1_000, query: "*" };

const CALLS = {
  DescribeInstances: ({ rpc }: World) => rpc("ecs", "DescribeInstances", { RegionId: "cn-hangzhou" }),
  DescribeMetricList: ({ rpc }: World) =>
    rpc("cms", "DescribeMetricList", { Namespace: "acs_ecs_dashboard", MetricName: "CPUUtilization" }),
  GetLogsV2: ({ sls }: World) => sls("/logstores/app-checkout/logs", { project: PROJECT, body: BODY }),
} as const;

describe("faults", () => {
  it.each([
    ["DescribeInstances", "throttle", "400 Throttling.User"],
    ["DescribeInstances", "500", "503 ServiceUnavailable"],
    ["DescribeInstances", "expired", "400 InvalidSecurityToken.Expired"],
    ["DescribeMetricList", "throttle", "400 Throttling.User"],
    ["GetLogsV2", "throttle", "403 ReadQuotaExceed"],
    ["GetLogsV2", "500", "500 InternalServerError"],
    ["GetLogsV2", "expired", "401 SecurityTokenExpired"],
  ] as const)("of %s: %s is told as %s, as often as the rule says", async (operation, kind, expected) => {
    const world = await alicloudWorld({ faults: [`alicloud:${operation}:${kind}:2`] });
    expect(refusal(await CALLS[operation](world))).toBe(expected);
    expect(refusal(await CALLS[operation](world))).toBe(expected);
    succeeded(await CALLS[operation](world));
    expect((await world.calls()).map((call) => call.fault)).toEqual([kind, kind, null]);
  });

  it("cut bodies and break connections", async () => {
    const world = await alicloudWorld({ faults: ["alicloud:GetLogsV2:malformed:1", "alicloud:DescribeInstances:reset:1"] });
    const cut = await CALLS.GetLogsV2(world);
    expect([cut.status, cut.json]).toEqual([200, undefined]);
    await expect(CALLS.DescribeInstances(world)).rejects.toThrow();
    succeeded(await CALLS.DescribeInstances(world));
  });

  it("lose pages: a token is refused first and handed out again the next time", async () => {
    const world = await alicloudWorld({ instances: 300, faults: ["alicloud:DescribeInstances:lost-page"] });
    const page = (NextToken?: string) =>
      world.rpc("ecs", "DescribeInstances", { RegionId: "cn-hangzhou", MaxResults: 10, ...(NextToken && { NextToken }) });
    const first = succeeded(await page());
    const token = String(first.NextToken);
    expect(refusal(await page(token))).toBe("400 InvalidParameter.NextToken");
    const again = succeeded(await page(token));
    expect(again.NextToken).toBe(token);
    expect(rows(again, "Instances.Instance")).toHaveLength(10);
  });

  it("lose pages of metrics and of logs in their services' words", async () => {
    const world = await alicloudWorld({ faults: ["alicloud:*:lost-page"] });
    const metric = { Namespace: "acs_ecs_dashboard", MetricName: "CPUUtilization", Length: 3 };
    const { NextToken } = await world.ok("cms", "DescribeMetricList", metric);
    expect(await world.refused("cms", "DescribeMetricList", { ...metric, NextToken: String(NextToken) })).toBe("400 ParameterInvalid");
    expect((await world.ok("cms", "DescribeMetricList", { ...metric, NextToken: String(NextToken) })).NextToken).toBe(NextToken);
    expect(refusal(await world.sls("/logstores/app-checkout/logs", { project: PROJECT, body: { ...BODY, offset: 5 } }))).toBe(
      "400 ParameterInvalid",
    );
    expect(await world.refused("cms", "DescribeMetricRuleList", { Page: 2 })).toBe("400 ParameterInvalid");
  });
});

describe("a denied region", () => {
  it("is refused by each service in its own words, and no other region is", async () => {
    const world = await alicloudWorld({ instances: 300, deny: ["alicloud:cn-hangzhou"] });
    expect(refusal(await CALLS.DescribeInstances(world))).toBe("403 Forbidden.RAM");
    expect(refusal(await CALLS.DescribeMetricList(world))).toBe("403 AccessForbidden");
    const logs = await CALLS.GetLogsV2(world);
    expect(refusal(logs)).toBe("401 Unauthorized");
    expect(logs.json).toMatchObject({
      errorMessage:
        "denied by sts or ram, action: log:GetLogStoreLogs, resource: acs:log:cn-hangzhou:1403275690172345:project/nephos-main-cn-hangzhou",
    });
    await world.ok("sts", "GetCallerIdentity");
    await world.ok("ecs", "DescribeRegions");
    const beijing = await world.rpc("ecs", "DescribeInstances", { RegionId: "cn-beijing" }, { region: "cn-beijing" });
    expect(rows(succeeded(beijing), "Instances.Instance").length).toBeGreaterThan(0);
  });
});

describe("the call log", () => {
  it("names service, operation, account and region of every call", async () => {
    const world = await alicloudWorld();
    for (const call of Object.values(CALLS)) succeeded(await call(world));
    await world.ok("sts", "GetCallerIdentity");
    const place = { provider: "alicloud", account: "1403275690172345", region: "cn-hangzhou", signature: "ok", status: 200 };
    expect(await world.calls()).toMatchObject([
      { ...place, operation: "ecs.DescribeInstances" },
      { ...place, operation: "cms.DescribeMetricList" },
      { ...place, operation: "sls.GetLogsV2" },
      { ...place, operation: "sts.GetCallerIdentity", region: null },
    ]);
  });

  it("tells of requests whose whole address stands in the first line, as to a proxy", async () => {
    const world = await alicloudWorld();
    const reply = await world.rpc(
      "ecs",
      "DescribeRegions",
      {},
      {
        tamper: ({ target, headers }) => ({ target: `http://${headers.host}${target}` }),
      },
    );
    expect(reply.status).toBe(200);
  });
});
