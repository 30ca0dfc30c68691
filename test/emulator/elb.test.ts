import {
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  type LoadBalancer,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACCOUNT, type AwsWorld, NOON_MS, startAwsWorld } from "./aws-world.ts";

const REGION = "us-east-1";
let world: AwsWorld;
let elb: ElasticLoadBalancingV2Client;

beforeAll(async () => {
  // 4,000 machines come with 100 load balancers, some 20 of them here.
  world = await startAwsWorld({ instances: 4_000 });
  elb = new ElasticLoadBalancingV2Client(world.clientOptions(REGION));
});
afterAll(async () => {
  elb.destroy();
  await world.emulator.close();
});

async function balancers(PageSize?: number) {
  const found: LoadBalancer[] = [];
  let pages = 0;
  let Marker: string | undefined;
  do {
    const page = await elb.send(new DescribeLoadBalancersCommand({ PageSize, Marker }));
    found.push(...(page.LoadBalancers ?? []));
    Marker = page.NextMarker;
    pages++;
  } while (Marker !== undefined);
  return { found, pages };
}

async function truthOf() {
  const { resources } = await world.truth(NOON_MS - 60_000, NOON_MS);
  return resources.filter((row) => row.kind === "load-balancer" && row.account === ACCOUNT && row.region === REGION);
}

describe("DescribeLoadBalancers", () => {
  it("pages through the load balancers of the truth", async () => {
    const rows = await truthOf();
    const { found, pages } = await balancers(3);
    expect(pages).toBe(Math.ceil(rows.length / 3));
    expect(pages).toBeGreaterThan(2);
    expect(new Map(found.map((balancer) => [balancer.LoadBalancerArn, balancer.LoadBalancerName]))).toEqual(
      new Map(rows.map((row) => [row.id, row.name])),
    );
    expect(found.every((balancer) => balancer.State?.Code === "active" && balancer.CreatedTime instanceof Date)).toBe(true);
    expect(await balancers()).toEqual({ found, pages: 1 });
  });

  it("finds some by name or ARN", async () => {
    const [row] = await truthOf();
    for (const input of [{ Names: [row!.name] }, { LoadBalancerArns: [row!.id] }]) {
      const { LoadBalancers } = await elb.send(new DescribeLoadBalancersCommand(input));
      expect(LoadBalancers?.map((balancer) => balancer.LoadBalancerArn)).toEqual([row!.id]);
    }
    await expect(elb.send(new DescribeLoadBalancersCommand({ Names: ["nobody"] }))).rejects.toMatchObject({
      name: "LoadBalancerNotFoundException",
    });
  });

  it("refuses pages above 400 and markers that are none", async () => {
    for (const input of [{ PageSize: 401 }, { PageSize: 0 }, { Marker: "made-up" }]) {
      await expect(elb.send(new DescribeLoadBalancersCommand(input))).rejects.toMatchObject({ name: "ValidationError" });
    }
  });
});

describe("DescribeTags", () => {
  it("tells the tags of up to 20 resources", async () => {
    const rows = (await truthOf()).slice(0, 20);
    const { TagDescriptions } = await elb.send(new DescribeTagsCommand({ ResourceArns: rows.map((row) => row.id) }));
    const tagsOf = new Map(
      TagDescriptions?.map(({ ResourceArn, Tags }) => [
        ResourceArn,
        Object.fromEntries((Tags ?? []).map(({ Key, Value }) => [Key, Value])),
      ]),
    );
    expect(tagsOf).toEqual(new Map(rows.map((row) => [row.id, row.tags])));
  });

  it("refuses 21 resources and those it does not know", async () => {
    const arn = (await truthOf())[0]!.id;
    await expect(elb.send(new DescribeTagsCommand({ ResourceArns: Array.from({ length: 21 }, () => arn) }))).rejects.toMatchObject({
      name: "ValidationError",
    });
    await expect(elb.send(new DescribeTagsCommand({ ResourceArns: [`${arn}0`] }))).rejects.toMatchObject({
      name: "LoadBalancerNotFoundException",
    });
  });
});

describe("DescribeTargetGroups", () => {
  it("tells the target group behind a load balancer", async () => {
    const [row] = await truthOf();
    const { TargetGroups } = await elb.send(new DescribeTargetGroupsCommand({ LoadBalancerArn: row!.id }));
    expect(TargetGroups?.map((group) => group.LoadBalancerArns)).toEqual([[row!.id]]);
    const all = await elb.send(new DescribeTargetGroupsCommand({}));
    expect(all.TargetGroups?.flatMap((group) => group.LoadBalancerArns).toSorted()).toEqual(
      (await truthOf()).map((each) => each.id).toSorted(),
    );
  });
});
