import type { LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Resource, ResourceLister, ResourceState, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import type { Connection } from "./clients.ts";
import { PROVIDER_ID, required } from "./errors.ts";
import { pagesOf } from "./paging.ts";

const OPERATION = "DescribeLoadBalancers";
const PAGE_SIZE = 400;
/** Load balancers whose tags one DescribeTags call tells (ELB API reference). */
const MOST_TAGGED = 20;

const STATES: Readonly<Record<string, ResourceState>> = {
  active: "available",
  active_impaired: "available",
  provisioning: "starting",
  failed: "failed",
};

/** Application, network and gateway load balancers. */
export function listLoadBalancers(accounts: Accounts): ResourceLister {
  return async function* (scope, _where, context) {
    const connection = await accounts.connect("elb", scope, context);
    const { sdk, call } = connection;
    const list = pagesOf(OPERATION, (token) =>
      call(
        OPERATION,
        (client, send) =>
          client.send(
            new sdk.DescribeLoadBalancersCommand({ PageSize: PAGE_SIZE, ...(token === undefined ? {} : { Marker: token }) }),
            send,
          ),
        (reply) => ({
          page: required(reply.LoadBalancers, OPERATION, "LoadBalancers"),
          next: reply.NextMarker,
        }),
      ),
    );
    for await (const balancers of list) {
      const arns = balancers.map((balancer) => required(balancer.LoadBalancerArn, OPERATION, "LoadBalancerArn"));
      const tags = await tagsOf(connection, arns);
      yield balancers.map((balancer, index) => resourceOf(balancer, arns[index] ?? "", tags, scope));
    }
  };
}

type Tags = Readonly<Record<string, string>>;

async function tagsOf({ sdk, call }: Connection<"elb">, arns: readonly string[]): Promise<ReadonlyMap<string, Tags>> {
  const parts: string[][] = [];
  for (let start = 0; start < arns.length; start += MOST_TAGGED) parts.push(arns.slice(start, start + MOST_TAGGED));
  const replies = await Promise.all(
    parts.map((part) =>
      call(
        "DescribeTags",
        (client, send) => client.send(new sdk.DescribeTagsCommand({ ResourceArns: part }), send),
        (reply) => required(reply.TagDescriptions, "DescribeTags", "TagDescriptions"),
      ),
    ),
  );
  return new Map(
    replies.flat().map((description) => {
      const entries = required(description.Tags, "DescribeTags", "Tags").map(({ Key, Value }) => [
        required(Key, "DescribeTags", "Key"),
        Value ?? "",
      ]);
      return [required(description.ResourceArn, "DescribeTags", "ResourceArn"), Object.fromEntries(entries) as Tags];
    }),
  );
}

function resourceOf(balancer: LoadBalancer, id: string, tags: ReadonlyMap<string, Tags>, scope: Scope): Resource {
  const name = required(balancer.LoadBalancerName, OPERATION, "LoadBalancerName");
  const state = STATES[required(balancer.State?.Code, OPERATION, "State")] ?? "unknown";
  const attributes: Record<string, string> = {};
  if (balancer.Type) attributes.type = balancer.Type;
  if (balancer.Scheme) attributes.scheme = balancer.Scheme;
  if (balancer.DNSName) attributes.dnsName = balancer.DNSName;
  const place = { provider: PROVIDER_ID, account: scope.account, region: scope.region };
  return { ...place, kind: "load-balancer", id, name, state, tags: tags.get(id) ?? {}, attributes };
}
