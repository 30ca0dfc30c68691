import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hash } from "../hash.ts";
import { serial, vpcIdOf } from "./native-names.ts";
import { boundedInteger, flatList, optionalText } from "./parameters.ts";
import type { VolcengineReply, VolcengineRequest, VolcengineServiceFactory } from "./service.ts";

const PAGE_BY_DEFAULT = 10;
const MOST_A_PAGE = 100;

/** Volcengine application load balancers (volcengine.com/docs/6767). */
export const albService: VolcengineServiceFactory = (fleet) => ({
  id: "alb",
  protocol: "open-api",
  versions: ["2020-04-01"],
  operations: {
    DescribeLoadBalancers: {
      parameters: {
        "LoadBalancerIds.N": { TypeName: "array[string]" },
        LoadBalancerName: { TypeName: "string" },
        Type: { TypeName: "string" },
        VpcId: { TypeName: "string" },
        PageNumber: { TypeName: "integer" },
        PageSize: { TypeName: "integer" },
      },
      handle: (request) => describeLoadBalancers(fleet, request),
    },
  },
});

function describeLoadBalancers(fleet: Fleet, { account, region, input }: VolcengineRequest): VolcengineReply {
  const number = boundedInteger(input, "PageNumber", 1, 1_000_000, 1);
  const size = boundedInteger(input, "PageSize", 1, MOST_A_PAGE, PAGE_BY_DEFAULT);
  const ids = flatList(input, "LoadBalancerIds");
  const is = (name: string, value: string) => (optionalText(input, name) ?? value) === value;
  const found = fleet
    .of(account, region, "load-balancer")
    .filter((balancer) => (ids.length === 0 || ids.includes(balancer.id)) && is("LoadBalancerName", balancer.name))
    .filter((balancer) => is("Type", typeOf(balancer)) && is("VpcId", vpcIdOf(balancer)));
  return {
    LoadBalancers: found.slice((number - 1) * size, number * size).map(balancerShape),
    TotalCount: found.length,
    PageNumber: number,
    PageSize: size,
  };
}

function typeOf({ key }: FleetResource): "public" | "private" {
  return chance(key, "scheme") < 0.6 ? "public" : "private";
}

/** A load balancer as the vendor's Go SDK has it (LoadBalancerForDescribeLoadBalancersOutput). */
function balancerShape(balancer: FleetResource): Readonly<Record<string, unknown>> {
  const { key, id, name, region, tags } = balancer;
  const created = new Date(Date.UTC(2025, 0, 1) + Math.floor(chance(key, "created") * 365) * 86_400_000).toISOString();
  return {
    LoadBalancerId: id,
    LoadBalancerName: name,
    LoadBalancerEdition: "Standard",
    LoadBalancerBillingType: 2,
    Description: "",
    Status: "Active",
    BusinessStatus: "Normal",
    Type: typeOf(balancer),
    AddressIpVersion: "IPv4",
    DNSName: `${id}.${region}.volcalb.com`,
    VpcId: vpcIdOf(balancer),
    SubnetId: `subnet-${serial(20, hash(region), "subnet")}`,
    ProjectName: "default",
    DeleteProtection: tags.env === "prod" ? "on" : "off",
    LockReason: "",
    CreateTime: created,
    UpdateTime: created,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}
