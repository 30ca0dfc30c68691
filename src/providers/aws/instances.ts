import type { ResourceLister } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import { instanceFilters } from "./instance-filters.ts";
import { createInstancesPage } from "./instances-page.ts";
import { pagesOf } from "./paging.ts";
import { streamReply } from "./stream-reply.ts";

const OPERATION = "DescribeInstances";
/** The most that DescribeInstances gives at a time. */
const PAGE_SIZE = 1_000;

/** EC2 instances. */
export function listInstances(accounts: Accounts): ResourceLister {
  return async function* (scope, where, context) {
    const { sdk, call } = await accounts.connect("ec2", scope, context);
    const filters = instanceFilters(where);
    yield* pagesOf(OPERATION, (token) => {
      const input = {
        MaxResults: PAGE_SIZE,
        ...(filters.length === 0 ? {} : { Filters: filters }),
        ...(token === undefined ? {} : { NextToken: token }),
      };
      return call(
        OPERATION,
        async (client, send) => {
          const command = new sdk.DescribeInstancesCommand(input);
          const page = createInstancesPage(scope);
          await streamReply(command, () => client.send(command, send), page.write);
          return page;
        },
        (page) => page.end(),
      );
    });
  };
}
