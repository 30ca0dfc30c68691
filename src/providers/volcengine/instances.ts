import type { Resource, ResourceLister, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import { PROVIDER_ID, required, requiredList } from "./errors.ts";
import { instanceFilters } from "./instance-filters.ts";
import { STATES } from "./instance-states.ts";
import { describeInstances, type NativeInstance } from "./operations.ts";
import { pagesOf } from "./paging.ts";
import { attributesOf, tagsOf } from "./tags.ts";

const OPERATION = describeInstances.name;
/** The most that DescribeInstances gives at a time. */
const PAGE_SIZE = 100;

/** ECS instances. */
export function listInstances(accounts: Accounts): ResourceLister {
  return async function* (scope, where, context) {
    const connection = await accounts.connect(scope, context);
    const filters = instanceFilters(where);
    yield* pagesOf(OPERATION, (token) =>
      connection.call(
        describeInstances,
        { MaxResults: PAGE_SIZE, ...filters, ...(token === undefined ? {} : { NextToken: token }) },
        (result) => ({
          page: requiredList(result.Instances, OPERATION, "Instances").map((instance) => resourceOf(instance, scope)),
          next: result.NextToken,
        }),
      ),
    );
  };
}

function resourceOf(instance: NativeInstance, scope: Scope): Resource {
  const id = required(instance.InstanceId, OPERATION, "InstanceId");
  const interfaces = instance.NetworkInterfaces ?? [];
  const primary = interfaces.find(({ Type }) => Type === "primary") ?? interfaces[0];
  return {
    provider: PROVIDER_ID,
    account: scope.account,
    region: scope.region,
    kind: "virtual-machine",
    id,
    name: required(instance.InstanceName, OPERATION, "InstanceName") || id,
    state: STATES[required(instance.Status, OPERATION, "Status")] ?? "unknown",
    tags: tagsOf(instance.Tags, OPERATION),
    attributes: attributesOf({
      type: instance.InstanceTypeId,
      zone: instance.ZoneId,
      privateIp: primary?.PrimaryIpAddress,
      publicIp: instance.EipAddress?.IpAddress,
      launchedAt: instance.CreatedAt,
    }),
  };
}
