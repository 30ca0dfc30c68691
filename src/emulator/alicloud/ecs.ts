import { instanceTests } from "./ecs-filters.ts";
import { EcsInstances } from "./ecs-instances.ts";
import { ALICLOUD_REGIONS } from "./native-names.ts";
import { pagePosition, pageToken } from "./page-token.ts";
import { RpcError } from "./rpc-error.ts";
import { forbiddenByRam } from "./rpc-refusals.ts";
import type { RpcRequest, RpcServiceFactory } from "./rpc-service.ts";

const LEAST_RESULTS = 10;
const MOST_RESULTS = 100;
const UNBOUND = ["MaxResults", "NextToken", "RegionId"];

/** Elastic Compute Service: regions and instances. */
export const ecsService: RpcServiceFactory = (fleet) => {
  const instances = new EcsInstances(fleet);
  return {
    id: "ecs",
    version: "2014-05-26",
    endpoint: "ecs",
    operations: {
      DescribeRegions: describeRegions,
      DescribeInstances: (request) => describeInstances(instances, request),
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
  if (!input.RegionId)
    throw new RpcError(
      400,
      "MissingParameter",
      'The input parameter "RegionId" that is mandatory for processing this request is not supplied.',
    );
  if (input.RegionId !== region)
    throw new RpcError(
      404,
      "InvalidOperation.NotSupportedEndpoint",
      "The specified endpoint can't operate this region. Please use API DescribeRegions to get the appropriate endpoint, or upgrade your SDK to latest version.",
    );
  if (input.DryRun === "true") throw new RpcError(400, "DryRunOperation", "Request validation has been passed with DryRun flag set.");
  const tests = instanceTests(input);
  const all = instances.of(account, region);
  const matching = tests.length === 0 ? all : all.filter((instance) => tests.every((test) => test(instance)));
  const byToken = input.MaxResults !== undefined || input.NextToken !== undefined;
  const [from, size] = byToken ? tokenPage(request) : numberedPage(input);
  const page = matching.slice(from, from + size);
  const next = byToken && from + size < matching.length ? pageToken(from + size, bindingOf(request)) : "";
  const counts = byToken
    ? // The reference calls TotalCount meaningless here.
      `"TotalCount":0`
    : `"TotalCount":${matching.length},"PageNumber":${from / size + 1},"PageSize":${size}`;
  return `${counts},"Instances":{"Instance":[${page.map(({ json }) => json).join(",")}]},"NextToken":"${next}"`;
}

/** Sizes out of range are taken for the nearest one allowed (DescribeInstances reference, `MaxResults`). */
function tokenPage(request: RpcRequest): readonly [from: number, size: number] {
  const size = Number(request.input.MaxResults ?? LEAST_RESULTS);
  if (!Number.isInteger(size)) throw new RpcError(400, "InvalidParameter.MaxResults", "The specified parameter MaxResults is not valid.");
  const from = pagePosition(request.input.NextToken, bindingOf(request));
  if (from === undefined) throw invalidNextToken();
  return [from, Math.min(Math.max(size, LEAST_RESULTS), MOST_RESULTS)];
}

function numberedPage(input: RpcRequest["input"]): readonly [from: number, size: number] {
  const number = Number(input.PageNumber ?? 1);
  const size = Number(input.PageSize ?? LEAST_RESULTS);
  if (!Number.isInteger(number) || number < 1) throw new RpcError(400, "InvalidParam.PageNumber", "The specified parameter is invalid.");
  if (!Number.isInteger(size) || size < 1 || size > MOST_RESULTS)
    throw new RpcError(400, "InvalidParam.PageSize", "The specified parameter is invalid.");
  return [(number - 1) * size, size];
}

function bindingOf({ account, region, input }: RpcRequest): unknown {
  return [
    account,
    region,
    Object.entries(input)
      .filter(([name]) => !UNBOUND.includes(name))
      .sort(),
  ];
}

function invalidNextToken(): RpcError {
  return new RpcError(400, "InvalidParameter.NextToken", "The specified parameter NextToken is not valid.");
}
