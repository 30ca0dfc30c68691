import type { Resource, ResourceLister, ResourceState, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import { PROVIDER_ID, required, requiredList } from "./errors.ts";
import { describeLoadBalancers, type NativeLoadBalancer } from "./operations.ts";
import { countedPages } from "./paging.ts";
import { attributesOf, tagsOf } from "./tags.ts";

const OPERATION = describeLoadBalancers.name;
/** The most that DescribeLoadBalancers gives at a time. */
const PAGE_SIZE = 100;

const STATES: Readonly<Record<string, ResourceState>> = {
  Active: "available",
  Configuring: "available",
  Creating: "starting",
  Provisioning: "starting",
  Inactive: "stopped",
  Deleting: "stopping",
  CreateFailed: "failed",
};

/** Application load balancers (ALB); classic ones (CLB) have other metrics. */
export function listLoadBalancers(accounts: Accounts): ResourceLister {
  return async function* (scope, _where, context) {
    const connection = await accounts.connect(scope, context);
    yield* countedPages(OPERATION, (PageNumber) =>
      connection.call(describeLoadBalancers, { PageNumber, PageSize: PAGE_SIZE }, (result) => ({
        items: requiredList(result.LoadBalancers, OPERATION, "LoadBalancers").map((balancer) => resourceOf(balancer, scope)),
        total: required(result.TotalCount, OPERATION, "TotalCount"),
      })),
    );
  };
}

function resourceOf(balancer: NativeLoadBalancer, scope: Scope): Resource {
  const id = required(balancer.LoadBalancerId, OPERATION, "LoadBalancerId");
  return {
    provider: PROVIDER_ID,
    account: scope.account,
    region: scope.region,
    kind: "load-balancer",
    id,
    name: required(balancer.LoadBalancerName, OPERATION, "LoadBalancerName") || id,
    state: STATES[required(balancer.Status, OPERATION, "Status")] ?? "unknown",
    tags: tagsOf(balancer.Tags, OPERATION),
    attributes: attributesOf({ type: balancer.Type, dnsName: balancer.DNSName }),
  };
}
