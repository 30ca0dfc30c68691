import type { Fleet } from "../fleet.ts";
import { armService } from "./arm-operations.ts";
import { armPage } from "./arm-page.ts";
import { guidOf } from "./native-names.ts";
import { type AzureSecurityGroup, type AzureSecurityRule, securityGroupsOf } from "./security-group-data.ts";
import type { AzureService } from "./service.ts";

const VERSIONS = [
  "2025-01-01",
  "2024-10-01",
  "2024-07-01",
  "2024-05-01",
  "2024-03-01",
  "2024-01-01",
  "2023-11-01",
  "2023-09-01",
  "2023-06-01",
  "2023-05-01",
  "2023-04-01",
  "2023-02-01",
  "2022-11-01",
  "2022-09-01",
  "2022-07-01",
  "2022-05-01",
  "2022-01-01",
  "2021-08-01",
  "2021-05-01",
  "2021-02-01",
  "2020-11-01",
] as const;
const TYPE = "Microsoft.Network/networkSecurityGroups";

/** The network provider: security groups of a subscription. */
export function networkService(fleet: Fleet): AzureService {
  const groups = securityGroupsOf(fleet);
  return armService("network", fleet, [
    {
      name: "NetworkSecurityGroups_ListAll",
      method: "GET",
      path: /^\/subscriptions\/(?<account>[^/]+)\/providers\/Microsoft\.Network\/networkSecurityGroups\/?$/i,
      action: `${TYPE}/read`,
      type: TYPE,
      versions: VERSIONS,
      answer: (call) => {
        const found = groups.filter(({ account }) => account === call.account);
        return armPage(call, found, groupShape);
      },
    },
  ]);
}

/** `NetworkSecurityGroup` of the specification. */
function groupShape(group: AzureSecurityGroup): object {
  const { key, id, name, region, tags, rules } = group;
  const etag = `W/"${guidOf(key, "etag")}"`;
  return {
    name,
    id,
    etag,
    type: TYPE,
    location: region,
    tags,
    properties: {
      provisioningState: "Succeeded",
      resourceGuid: guidOf(key, "resource"),
      flushConnection: false,
      securityRules: rules.map((rule) => ({
        name: rule.name,
        id: `${id}/securityRules/${rule.name}`,
        etag,
        type: `${TYPE}/securityRules`,
        properties: { ...ruleShape({ ...rule, direction: "Inbound", protocol: "Tcp" }) },
      })),
      defaultSecurityRules: DEFAULT_RULES.map((rule) => ({
        name: rule.name,
        id: `${id}/defaultSecurityRules/${rule.name}`,
        etag,
        type: `${TYPE}/defaultSecurityRules`,
        properties: ruleShape(rule),
      })),
      subnets: [{ id: `${id.split("/networkSecurityGroups/")[0]}/virtualNetworks/vnet-${region}/subnets/${group.application}` }],
    },
  };
}

interface DirectedRule extends Omit<AzureSecurityRule, "description"> {
  readonly description?: string;
  readonly direction: "Inbound" | "Outbound";
  readonly protocol: "Tcp" | "*";
  readonly destination?: string;
}

/** One port stands in `destinationPortRange`, several in `destinationPortRanges`: the other of the two is then empty or not there. */
function ruleShape({ description, priority, access, source, ports, direction, protocol, destination = "*" }: DirectedRule): object {
  return {
    provisioningState: "Succeeded",
    ...(description ? { description } : {}),
    protocol,
    sourcePortRange: "*",
    ...(ports.length === 1 ? { destinationPortRange: ports[0] } : {}),
    sourceAddressPrefix: source,
    destinationAddressPrefix: destination,
    access,
    priority,
    direction,
    sourcePortRanges: [],
    destinationPortRanges: ports.length === 1 ? [] : ports,
    sourceAddressPrefixes: [],
    destinationAddressPrefixes: [],
  };
}

/** "Network security groups": default security rules. */
const DEFAULT_RULES: readonly DirectedRule[] = [
  rule("AllowVnetInBound", "Allow", 65_000, "Inbound", "VirtualNetwork", "VirtualNetwork"),
  rule("AllowAzureLoadBalancerInBound", "Allow", 65_001, "Inbound", "AzureLoadBalancer", "*"),
  rule("DenyAllInBound", "Deny", 65_500, "Inbound", "*", "*"),
  rule("AllowVnetOutBound", "Allow", 65_000, "Outbound", "VirtualNetwork", "VirtualNetwork"),
  rule("AllowInternetOutBound", "Allow", 65_001, "Outbound", "*", "Internet"),
  rule("DenyAllOutBound", "Deny", 65_500, "Outbound", "*", "*"),
];

function rule(
  name: string,
  access: DirectedRule["access"],
  priority: number,
  direction: DirectedRule["direction"],
  source: string,
  destination: string,
): DirectedRule {
  return { name, access, priority, direction, source, destination, protocol: "*", ports: ["*"] };
}
