import type { ProviderContext, ResourceLister } from "../../contracts/index.ts";
import { ProviderError } from "../../errors/index.ts";
import type { Clients } from "./clients.ts";
import { PROVIDER_ID } from "./errors.ts";
import { type AggregatedList, type InstancesPage, OPERATION, readInstancesPage } from "./instances-page.ts";
import { pagesOf } from "./paging.ts";
import { GLOBAL } from "./places.ts";

/** The most that Compute Engine gives at a time. */
const PAGE_SIZE = "500";

/** All instances of a project, which one list tells for all its zones: shared by its scopes, and by the search for them. */
export function projectInstances(clients: Clients, project: string, context: ProviderContext): AsyncIterable<InstancesPage> {
  return context.shared(`instances/${project}`, () =>
    pagesOf(OPERATION, (pageToken) =>
      clients.call(context, {
        operation: `compute.${OPERATION}`,
        scope: { account: project },
        send: () =>
          clients.get(`https://compute.googleapis.com/compute/v1/projects/${project}/aggregated/instances`, {
            maxResults: PAGE_SIZE,
            returnPartialSuccess: "true",
            pageToken,
          }),
        read: (reply: AggregatedList) => ({ page: readInstancesPage(reply, project), next: reply.nextPageToken }),
      }),
    ),
  );
}

/** The regions in which a project has instances, or may have some that could not be listed. */
export async function projectRegions(clients: Clients, project: string, context: ProviderContext): Promise<ReadonlySet<string>> {
  const regions = new Set<string>();
  for await (const { byRegion, unreachable } of projectInstances(clients, project, context)) {
    for (const region of [...byRegion.keys(), ...unreachable.keys()]) regions.add(region);
  }
  return regions;
}

/** Compute Engine instances of a region. */
export function listInstances(clients: Clients): ResourceLister {
  return async function* ({ account, region }, _where, context) {
    context.signal.throwIfAborted();
    if (region === GLOBAL) return;
    let missing: string | undefined;
    for await (const { byRegion, unreachable } of projectInstances(clients, account, context)) {
      const found = byRegion.get(region);
      if (found !== undefined) yield found;
      missing ??= unreachable.get(region);
    }
    if (missing !== undefined) throw unreachableRegion(region, missing);
  };
}

function unreachableRegion(region: string, reason: string): ProviderError {
  return new ProviderError({
    code: "PROVIDER_UNAVAILABLE",
    providerId: PROVIDER_ID,
    message: {
      en: `Google Cloud could not list all instances of ${region}: ${reason}`,
      zh: `谷歌云无法列出 ${region} 的全部实例：${reason}`,
    },
    hint: { en: "Ask again in a minute.", zh: "请一分钟后重试。" },
    details: { vendorCode: "UNREACHABLE" },
  });
}
