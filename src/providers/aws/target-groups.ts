import type { ProviderContext, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import { required } from "./errors.ts";
import { pagesOf } from "./paging.ts";

const OPERATION = "DescribeTargetGroups";
const PAGE_SIZE = 400;

/** ARNs of the target groups behind each load balancer of a scope, by the load balancer's ARN. */
export async function targetGroupsOf(
  accounts: Accounts,
  scope: Scope,
  context: ProviderContext,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { sdk, call } = await accounts.connect("elb", scope, context);
  const groups = new Map<string, string[]>();
  const list = pagesOf(OPERATION, (token) =>
    call(
      OPERATION,
      (client, send) =>
        client.send(new sdk.DescribeTargetGroupsCommand({ PageSize: PAGE_SIZE, ...(token === undefined ? {} : { Marker: token }) }), send),
      (reply) => ({ page: required(reply.TargetGroups, OPERATION, "TargetGroups"), next: reply.NextMarker }),
    ),
  );
  for await (const page of list) {
    for (const group of page) {
      const arn = required(group.TargetGroupArn, OPERATION, "TargetGroupArn");
      for (const balancer of required(group.LoadBalancerArns, OPERATION, "LoadBalancerArns")) {
        const known = groups.get(balancer);
        if (known === undefined) groups.set(balancer, [arn]);
        else known.push(arn);
      }
    }
  }
  return groups;
}
