import { diskOperations } from "./ecs-disks.ts";
import { instanceTests } from "./ecs-filters.ts";
import { requireRegion } from "./ecs-input.ts";
import { instanceActions } from "./ecs-instance-actions.ts";
import { EcsInstances } from "./ecs-instances.ts";
import { ecsPage, invalidNextToken } from "./ecs-page.ts";
import { securityGroupOperations } from "./ecs-security-groups.ts";
import { snapshotOperations } from "./ecs-snapshots.ts";
import { ALICLOUD_REGIONS } from "./native-names.ts";
import { RpcError } from "./rpc-error.ts";
import { forbiddenByRam } from "./rpc-refusals.ts";
import type { RpcRequest, RpcServiceFactory } from "./rpc-service.ts";

/** Elastic Compute Service: regions, instances, disks with their snapshots, and security groups. */
export const ecsService: RpcServiceFactory = (fleet, changes) => {
  const instances = new EcsInstances(fleet, changes);
  return {
    id: "ecs",
    version: "2014-05-26",
    endpoint: "ecs",
    operations: {
      DescribeRegions: describeRegions,
      DescribeInstances: (request) => describeInstances(instances, request),
      ...diskOperations(fleet),
      ...snapshotOperations(fleet, changes),
      ...securityGroupOperations(fleet),
      ...instanceActions(instances, changes),
    },
    pageLost: invalidNextToken,
    denied: forbiddenByRam,
  };
};

function describeRegions({ input }: RpcRequest): Record<string, unknown> {
  const language = input.AcceptLanguage ?? "zh-CN";
  if (!["zh-CN", "en-US", "ja"].includes(language))
    throw new RpcError(404, "InvalidAcceptLanguage.NotFound", "Only Chinese (zh-CN), English (en-US), and Japanese (ja) are allowed.");
  const Region = ALICLOUD_REGIONS.map(({ id, zh, en }) => ({
    RegionId: id,
    RegionEndpoint: `ecs.${id}.aliyuncs.com`,
    LocalName: language === "zh-CN" ? zh : en,
  }));
  return { Regions: { Region } };
}

function describeInstances(instances: EcsInstances, request: RpcRequest): string {
  const { input, account, region } = request;
  requireRegion(request);
  const tests = instanceTests(input);
  const all = instances.of(account, region);
  const matching = tests.length === 0 ? all : all.filter((instance) => tests.every((test) => test(instance)));
  // Sizes out of range are taken for the nearest one allowed (DescribeInstances reference, `MaxResults`).
  const { rows, byToken, counts, NextToken } = ecsPage(request, matching, { leastResults: 10, mostResults: 100, mostRows: 100 });
  const head = byToken
    ? // The reference calls TotalCount meaningless here.
      `"TotalCount":0`
    : `"TotalCount":${counts.TotalCount},"PageNumber":${counts.PageNumber},"PageSize":${counts.PageSize}`;
  return `${head},"Instances":{"Instance":[${rows.map(({ json }) => json).join(",")}]},"NextToken":"${NextToken}"`;
}
