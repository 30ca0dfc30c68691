import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hexDigits } from "../hash.ts";
import { pagePosition, pageToken } from "../page-token.ts";
import { AwsError } from "./aws-error.ts";
import { targetGroupArn } from "./native-names.ts";
import type { AwsRequest, AwsServiceFactory } from "./service.ts";
import { outputXml } from "./xml.ts";

const MOST_A_PAGE = 400;
/** Resources whose tags one call tells (API reference, DescribeTags). */
const MOST_TAGGED = 20;

/** Elastic Load Balancing, version 2: load balancers, their target groups, and the tags of both. */
export const elbService: AwsServiceFactory = (fleet) => ({
  id: "elasticloadbalancing",
  signingName: "elasticloadbalancing",
  protocols: ["query"],
  iamPrefix: "elasticloadbalancing",
  query: { version: "2015-12-01", namespace: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/" },
  pageToken: { input: "Marker", reply: "NextMarker", refused: invalidMarker },
  operations: {
    DescribeLoadBalancers: (request) => describeLoadBalancers(fleet, request),
    DescribeTargetGroups: (request) => describeTargetGroups(fleet, request),
    DescribeTags: (request) => describeTags(fleet, request),
  },
});

function describeLoadBalancers(fleet: Fleet, request: AwsRequest): string {
  const { input } = request;
  const [arns, names] = [strings(input.LoadBalancerArns), strings(input.Names)];
  const all = balancersOf(fleet, request);
  for (const wanted of [...arns, ...names]) {
    if (!all.some((balancer) => balancer.id === wanted || balancer.name === wanted))
      throw new AwsError("LoadBalancerNotFound", "One or more load balancers not found");
  }
  const found = all.filter(
    (balancer) => (arns.length === 0 || arns.includes(balancer.id)) && (names.length === 0 || names.includes(balancer.name)),
  );
  const page = pageOf(found, request, [arns, names]);
  return outputXml({ LoadBalancers: page.items.map(balancerShape), NextMarker: page.marker });
}

function describeTargetGroups(fleet: Fleet, request: AwsRequest): string {
  const { LoadBalancerArn: balancerArn } = request.input;
  const [arns, names] = [strings(request.input.TargetGroupArns), strings(request.input.Names)];
  const all = balancersOf(fleet, request);
  if (balancerArn !== undefined && !all.some((balancer) => balancer.id === balancerArn))
    throw new AwsError("LoadBalancerNotFound", "One or more load balancers not found");
  const found = all
    .filter((balancer) => balancerArn === undefined || balancer.id === balancerArn)
    .map(targetGroupShape)
    .filter(
      (group) =>
        (arns.length === 0 || arns.includes(group.TargetGroupArn)) && (names.length === 0 || names.includes(group.TargetGroupName)),
    );
  if (found.length < Math.max(arns.length, names.length)) throw new AwsError("TargetGroupNotFound", "One or more target groups not found");
  const page = pageOf(found, request, [balancerArn ?? null, arns, names]);
  return outputXml({ TargetGroups: page.items, NextMarker: page.marker });
}

function describeTags(fleet: Fleet, request: AwsRequest): string {
  const arns = strings(request.input.ResourceArns);
  if (arns.length === 0)
    throw new AwsError(
      "ValidationError",
      "1 validation error detected: Value null at 'resourceArns' failed to satisfy constraint: Member must not be null",
    );
  if (arns.length > MOST_TAGGED)
    throw new AwsError("ValidationError", `Cannot describe tags for more than ${MOST_TAGGED} resources at once`);
  const all = balancersOf(fleet, request);
  return outputXml({
    TagDescriptions: arns.map((arn) => {
      const balancer = all.find((candidate) => candidate.id === arn || targetGroupArn(candidate) === arn);
      if (balancer === undefined)
        throw arn.includes(":targetgroup/")
          ? new AwsError("TargetGroupNotFound", `Target groups '[${arn}]' not found`)
          : new AwsError("LoadBalancerNotFound", `Load balancers '[${arn}]' not found`);
      return { ResourceArn: arn, Tags: Object.entries(balancer.tags).map(([Key, Value]) => ({ Key, Value })) };
    }),
  });
}

function balancersOf(fleet: Fleet, { account, region }: AwsRequest): readonly FleetResource[] {
  return fleet.of(account, region, "load-balancer");
}

function pageOf<Item>(all: readonly Item[], { account, region, operation, input }: AwsRequest, wanted: unknown) {
  const { Marker: marker, PageSize: size = MOST_A_PAGE } = input;
  const limit = Number(size);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_A_PAGE)
    throw new AwsError(
      "ValidationError",
      `1 validation error detected: Value '${String(size)}' at 'pageSize' failed to satisfy constraint: Member must have value between 1 and ${MOST_A_PAGE}`,
    );
  const binding = [account, region, operation, wanted];
  const from = pagePosition(typeof marker === "string" ? marker : undefined, binding);
  if (from === undefined) throw invalidMarker();
  return { items: all.slice(from, from + limit), marker: from + limit < all.length ? pageToken(from + limit, binding) : undefined };
}

/** The `LoadBalancer` shape of the vendor's model. */
function balancerShape(balancer: FleetResource): Readonly<Record<string, unknown>> {
  const { id, name, region, key } = balancer;
  return {
    LoadBalancerArn: id,
    DNSName: `${name}-${key}.${region}.elb.amazonaws.com`,
    CanonicalHostedZoneId: "Z35SXDOTRQ7X7K",
    CreatedTime: new Date(Date.UTC(2025, 0, 1) + Math.floor(chance(key, "created") * 365) * 86_400_000),
    LoadBalancerName: name,
    Scheme: chance(key, "scheme") < 0.6 ? "internet-facing" : "internal",
    VpcId: vpcId(region),
    State: { Code: "active" },
    Type: "application",
    AvailabilityZones: ["a", "b"].map((zone) => ({
      ZoneName: `${region}${zone}`,
      SubnetId: `subnet-0${hexDigits(16, region, "subnet", zone)}`,
      LoadBalancerAddresses: [],
    })),
    SecurityGroups: [`sg-0${hexDigits(16, key, "group")}`],
    IpAddressType: "ipv4",
  };
}

/** The `TargetGroup` shape of the vendor's model. */
function targetGroupShape(balancer: FleetResource) {
  const arn = targetGroupArn(balancer);
  return {
    TargetGroupArn: arn,
    TargetGroupName: arn.split("/")[1] ?? "",
    Protocol: "HTTP",
    Port: 8_080,
    VpcId: vpcId(balancer.region),
    HealthCheckProtocol: "HTTP",
    HealthCheckPort: "traffic-port",
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: 30,
    HealthCheckTimeoutSeconds: 5,
    HealthyThresholdCount: 5,
    UnhealthyThresholdCount: 2,
    HealthCheckPath: "/health",
    Matcher: { HttpCode: "200" },
    LoadBalancerArns: [balancer.id],
    TargetType: "instance",
    ProtocolVersion: "HTTP1",
    IpAddressType: "ipv4",
  };
}

function vpcId(region: string): string {
  return `vpc-0${hexDigits(16, region, "vpc")}`;
}

function invalidMarker(): AwsError {
  return new AwsError("ValidationError", "The marker is invalid");
}

/** Lists of the `query` protocol: `LoadBalancerArns.member.1` came in as an array. */
function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
