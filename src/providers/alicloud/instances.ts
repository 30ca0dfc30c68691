import type { Resource, ResourceLister, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import { PROVIDER_ID, required } from "./errors.ts";
import { instanceFilters } from "./instance-filters.ts";
import { STATES } from "./instance-states.ts";
import { pagesOf } from "./paging.ts";

const OPERATION = "DescribeInstances";
/** The most that DescribeInstances gives at a time. */
const PAGE_SIZE = 100;

interface InstancesReply {
  readonly NextToken?: string;
  readonly Instances: { readonly Instance?: readonly Instance[] };
}

/** What is read of an instance (ECS API reference, `DescribeInstances`). */
interface Instance {
  readonly InstanceId?: string;
  readonly InstanceName?: string;
  readonly Status?: string;
  readonly InstanceType?: string;
  readonly ZoneId?: string;
  readonly CreationTime?: string;
  readonly Tags?: { readonly Tag?: readonly { readonly TagKey?: string; readonly TagValue?: string }[] };
  readonly VpcAttributes?: { readonly PrivateIpAddress?: Addresses };
  readonly InnerIpAddress?: Addresses;
  readonly PublicIpAddress?: Addresses;
  readonly EipAddress?: { readonly IpAddress?: string };
}

interface Addresses {
  readonly IpAddress?: readonly string[];
}

/** ECS instances. */
export function listInstances(accounts: Accounts): ResourceLister {
  return async function* (scope, where, context) {
    const { rpc } = await accounts.connect(scope, context);
    const filters = instanceFilters(where);
    yield* pagesOf(OPERATION, (token) => {
      const query = { ...filters, RegionId: scope.region, MaxResults: String(PAGE_SIZE), NextToken: token };
      return rpc("ecs", OPERATION, query, ({ Instances, NextToken }: Partial<InstancesReply>) => ({
        page: required(Instances?.Instance, OPERATION, "Instances").map((instance) => resourceOf(instance, scope)),
        next: NextToken,
      }));
    });
  };
}

function resourceOf(instance: Instance, scope: Scope): Resource {
  const id = required(instance.InstanceId, OPERATION, "InstanceId");
  const state = STATES[required(instance.Status, OPERATION, "Status")] ?? "unknown";
  // Left out altogether where an instance has none.
  const tags: Record<string, string> = {};
  for (const { TagKey, TagValue } of instance.Tags?.Tag ?? []) tags[required(TagKey, OPERATION, "TagKey")] = TagValue ?? "";
  const attributes: Record<string, string> = {};
  const [privateIp] = instance.VpcAttributes?.PrivateIpAddress?.IpAddress ?? instance.InnerIpAddress?.IpAddress ?? [];
  const publicIp = instance.EipAddress?.IpAddress || instance.PublicIpAddress?.IpAddress?.[0];
  for (const [name, value] of Object.entries({
    type: instance.InstanceType,
    zone: instance.ZoneId,
    privateIp,
    publicIp,
    createdAt: instance.CreationTime,
  })) {
    if (value) attributes[name] = value;
  }
  const place = { provider: PROVIDER_ID, account: scope.account, region: scope.region };
  return { ...place, kind: "virtual-machine", id, name: instance.InstanceName || id, state, tags, attributes };
}
