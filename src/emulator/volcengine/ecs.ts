import type { Fleet } from "../fleet.ts";
import { pagePosition, pageToken } from "../page-token.ts";
import { describeInstances } from "./ecs-instances.ts";
import { ecsOperations } from "./ecs-operations.ts";
import { boundedInteger, flatList, optionalText } from "./parameters.ts";
import { invalidArgument } from "./refusals.ts";
import type { VolcengineReply, VolcengineRequest, VolcengineServiceFactory } from "./service.ts";
import { VolcengineError } from "./volcengine-error.ts";

const REGIONS_BY_DEFAULT = 10;
const MOST_REGIONS = 20;
const NEXT_TOKEN = { input: "NextToken", reply: "NextToken" } as const;

/** Volcengine ECS (volcengine.com/docs/6396): regions, instances, key pairs and system events. */
export const ecsService: VolcengineServiceFactory = (fleet, changes) => ({
  id: "ecs",
  protocol: "open-api",
  versions: ["2020-04-01"],
  operations: {
    DescribeRegions: {
      parameters: { MaxResults: { TypeName: "integer" }, NextToken: { TypeName: "string" }, "RegionIds.N": { TypeName: "array[string]" } },
      pageToken: NEXT_TOKEN,
      handle: (request) => describeRegions(fleet, request),
    },
    DescribeInstances: {
      parameters: {
        "InstanceIds.N": { TypeName: "array[string]" },
        InstanceName: { TypeName: "string" },
        Status: { TypeName: "string" },
        ZoneId: { TypeName: "string" },
        VpcId: { TypeName: "string" },
        ProjectName: { TypeName: "string" },
        InstanceChargeType: { TypeName: "string" },
        "InstanceTypes.N": { TypeName: "array[string]" },
        "TagFilters.N.Key": { TypeName: "string" },
        "TagFilters.N.Values.N": { TypeName: "array[string]" },
        MaxResults: { TypeName: "integer" },
        NextToken: { TypeName: "string" },
      },
      pageToken: NEXT_TOKEN,
      handle: describeInstances(fleet, changes),
    },
    ...ecsOperations(fleet, changes),
  },
});

function describeRegions(fleet: Fleet, { account, input }: VolcengineRequest): VolcengineReply {
  const wanted = flatList(input, "RegionIds");
  if (wanted.length > MOST_REGIONS)
    throw new VolcengineError("LimitExceeded.MaximumRegionIds", "The number of specified RegionIds exceeds the maximum limit.");
  const limit = boundedInteger(input, "MaxResults", 1, MOST_REGIONS, REGIONS_BY_DEFAULT);
  const binding = [account, "regions", wanted];
  const from = pagePosition(optionalText(input, "NextToken"), binding);
  if (from === undefined) throw invalidArgument();
  const found = fleet.regions.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  return {
    Regions: found.slice(from, from + limit).map(({ id }) => ({ RegionId: id })),
    NextToken: from + limit < found.length ? pageToken(from + limit, binding) : "",
  };
}
