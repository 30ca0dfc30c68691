import { describe, expect, it } from "vitest";
import { MAIN, NOW_MS, PAYMENTS, PAYMENTS_ROLE, startedVolcengine, type WireInstance } from "./started-volcengine.ts";

interface InstancesPage {
  readonly Instances: readonly WireInstance[];
  readonly TotalCount: number;
  readonly NextToken: string;
}

type World = Awaited<ReturnType<typeof startedVolcengine>>;

async function everyInstance(world: World, input: object, region = "cn-beijing"): Promise<readonly WireInstance[]> {
  const found: WireInstance[] = [];
  let token: string | undefined;
  do {
    const { Result } = await world.call<InstancesPage>(
      "ecs",
      "DescribeInstances",
      { MaxResults: 20, ...input, NextToken: token },
      { region },
    );
    found.push(...(Result?.Instances ?? []));
    token = Result?.NextToken === "" ? undefined : Result?.NextToken;
  } while (token !== undefined);
  return found;
}

describe("ECS", () => {
  it("tells the regions, twenty a page at most", async () => {
    const world = await startedVolcengine();
    const { Result, ResponseMetadata } = await world.call("ecs", "DescribeRegions", {});
    expect(Result).toEqual({
      Regions: ["cn-beijing", "cn-shanghai", "cn-guangzhou", "ap-southeast-1"].map((RegionId) => ({ RegionId })),
      NextToken: "",
    });
    expect(ResponseMetadata).toMatchObject({ Action: "DescribeRegions", Version: "2020-04-01", Service: "ecs", Region: "cn-beijing" });
    const refused = await world.call("ecs", "DescribeRegions", { MaxResults: 21 });
    expect(refused.ResponseMetadata.Error?.Code).toBe("InvalidArgument");
    const first = await world.call<{ Regions: object[]; NextToken: string }>("ecs", "DescribeRegions", { MaxResults: 3 });
    const rest = await world.call("ecs", "DescribeRegions", { MaxResults: 3, NextToken: first.Result?.NextToken });
    expect(rest.Result).toEqual({ Regions: [{ RegionId: "ap-southeast-1" }], NextToken: "" });
  });

  it("lists exactly the machines of the account and region, page by page", async () => {
    const world = await startedVolcengine({ instances: 200 });
    const truth = await world.truth(new Date(NOW_MS - 60_000).toISOString(), new Date(NOW_MS).toISOString());
    for (const region of ["cn-beijing", "ap-southeast-1"]) {
      const wanted = truth.resources.filter((row) => row.kind === "virtual-machine" && row.account === MAIN && row.region === region);
      const found = await everyInstance(world, {}, region);
      expect(found.map((row) => ({ id: row.InstanceId, name: row.InstanceName, state: row.Status.toLowerCase() }))).toEqual(
        wanted.map(({ id, name, state }) => ({ id, name, state })),
      );
      expect(found.map((row) => Object.fromEntries(row.Tags.map(({ Key, Value }) => [Key, Value])))).toEqual(wanted.map((row) => row.tags));
    }
  });

  it("filters by state, name, id and tags", async () => {
    const world = await startedVolcengine({ instances: 200 });
    const all = await everyInstance(world, {});
    const named = (rows: readonly WireInstance[]) => rows.map((row) => row.InstanceName);
    const [first, second] = all;
    expect(named(await everyInstance(world, { Status: "STOPPED" }))).toEqual(named(all.filter((row) => row.Status === "STOPPED")));
    expect(named(await everyInstance(world, { InstanceName: "check" }))).toEqual(
      named(all.filter((row) => row.InstanceName.includes("check"))),
    );
    expect(named(await everyInstance(world, { "InstanceIds.1": second?.InstanceId, "InstanceIds.2": first?.InstanceId }))).toEqual(
      named([first!, second!]),
    );
    const tagged = await everyInstance(world, {
      "TagFilters.1.Key": "env",
      "TagFilters.1.Values.1": "prod",
      "TagFilters.1.Values.2": "dev",
    });
    expect(tagged.length).toBeGreaterThan(5);
    expect(named(tagged)).toEqual(
      named(all.filter((row) => row.Tags.some(({ Key, Value }) => Key === "env" && (Value === "prod" || Value === "dev")))),
    );
  });

  it("refuses more than a hundred a page, unknown states and tokens of other queries", async () => {
    const world = await startedVolcengine();
    const { Result } = await world.call<InstancesPage>("ecs", "DescribeInstances", { MaxResults: 1 });
    for (const input of [
      { MaxResults: 101 },
      { MaxResults: 0 },
      { MaxResults: "many" },
      { Status: "HAPPY" },
      { NextToken: "nonsense" },
      { NextToken: Result?.NextToken, Status: "RUNNING" },
    ]) {
      const { ResponseMetadata, Result: none } = await world.call("ecs", "DescribeInstances", input);
      expect([ResponseMetadata.Error?.Code, none]).toEqual(["InvalidArgument", undefined]);
    }
  });

  it("answers for the other account once its role is assumed", async () => {
    const world = await startedVolcengine({ instances: 200 });
    const assumed = await world.call<{ Credentials: Record<string, string> }>("sts", "AssumeRole", {
      RoleTrn: PAYMENTS_ROLE,
      RoleSessionName: "nephoscope",
    });
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = assumed.Result?.Credentials ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretKey: SecretAccessKey, sessionToken: SessionToken };
    const who = await world.call("sts", "GetCallerIdentity", {}, { credentials });
    expect(who.Result).toMatchObject({ AccountId: Number(PAYMENTS), IdentityType: "Role" });
    const { Result } = await world.call<InstancesPage>("ecs", "DescribeInstances", { MaxResults: 100 }, { credentials });
    const truth = await world.truth(new Date(NOW_MS - 60_000).toISOString(), new Date(NOW_MS).toISOString());
    expect(Result?.TotalCount).toBe(
      truth.resources.filter((row) => row.account === PAYMENTS && row.region === "cn-beijing" && row.kind === "virtual-machine").length,
    );
  });

  it("lets nobody assume another role, or for less than an hour", async () => {
    const world = await startedVolcengine();
    const attempt = async (input: object) => (await world.call("sts", "AssumeRole", input)).ResponseMetadata.Error?.Code;
    expect(await attempt({ RoleTrn: `${PAYMENTS_ROLE}2`, RoleSessionName: "me" })).toBe("AccessDenied");
    expect(await attempt({ RoleTrn: "admin", RoleSessionName: "me" })).toBe("InvalidTRN");
    expect(await attempt({ RoleTrn: PAYMENTS_ROLE })).toBe("MissingParameter");
    expect(await attempt({ RoleTrn: PAYMENTS_ROLE, RoleSessionName: "me", DurationSeconds: 900 })).toBe("InvalidParameter");
  });
});
