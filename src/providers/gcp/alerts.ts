import type { ProviderContext } from "../../contracts/index.ts";
import type { Clients } from "./clients.ts";
import { required } from "./errors.ts";
import { pagesOf } from "./paging.ts";

const OPERATION = "ListAlerts";
/** The most that it gives at a time (Cloud Monitoring API reference, `projects.alerts.list`). */
const PAGE_SIZE = "1000";

/** An alert that a policy opened and that is not closed yet. */
export interface Alert {
  /** Name of the policy. */
  readonly policy: string;
  readonly openMs: number;
  /** What it watches, where that is one thing with an id. */
  readonly resource: string | undefined;
  readonly zone: string | undefined;
}

interface Reply {
  readonly alerts?: readonly NativeAlert[];
  readonly nextPageToken?: string;
}

interface NativeAlert {
  readonly openTime?: string;
  readonly policy?: { readonly name?: string };
  readonly resource?: { readonly labels?: Readonly<Record<string, string>> };
}

/** Open alerts of a project. The packages of Cloud Monitoring do not have this method, so it is plain REST. */
export function openAlerts(clients: Clients, project: string, context: ProviderContext): AsyncIterable<readonly Alert[]> {
  return context.shared(`alerts/${project}`, () =>
    pagesOf(OPERATION, (pageToken) =>
      clients.call(context, {
        operation: `monitoring.${OPERATION}`,
        scope: { account: project },
        send: () =>
          clients.get(`https://monitoring.googleapis.com/v3/projects/${project}/alerts`, {
            filter: 'state = "OPEN"',
            pageSize: PAGE_SIZE,
            pageToken,
          }),
        read: ({ alerts = [], nextPageToken }: Reply) => ({ page: alerts.map(readAlert), next: nextPageToken }),
      }),
    ),
  );
}

function readAlert({ openTime, policy, resource }: NativeAlert): Alert {
  const openMs = Date.parse(required(openTime, OPERATION, "openTime"));
  if (Number.isNaN(openMs)) required(undefined, OPERATION, "a readable openTime");
  const labels = resource?.labels ?? {};
  return {
    policy: required(policy?.name, OPERATION, "policy.name"),
    openMs,
    resource: labels.instance_id ?? labels.database_id?.split(":").at(-1),
    zone: labels.zone ?? labels.location ?? labels.region,
  };
}
