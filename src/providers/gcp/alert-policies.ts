import type { ProviderContext } from "../../contracts/index.ts";
import { type Clients, ONE_REQUEST } from "./clients.ts";
import { required } from "./errors.ts";
import { pagesOf } from "./paging.ts";
import { regionOfZone } from "./places.ts";

const OPERATION = "ListAlertPolicies";
const PAGE_SIZE = 1_000;

export interface AlertPolicy {
  /** `projects/p/alertPolicies/n` */
  readonly name: string;
  readonly displayName: string;
  readonly conditions: readonly NativeCondition[];
}

/** The parts of google.monitoring.v3.AlertPolicy that are read. */
interface NativePolicy {
  readonly name?: string;
  readonly displayName?: string;
  readonly enabled?: boolean;
  readonly conditions?: readonly NativeCondition[];
}

interface NativeCondition {
  readonly displayName?: string;
  readonly conditionThreshold?: { readonly filter?: string };
  readonly conditionAbsent?: { readonly filter?: string };
}

interface Reply {
  readonly alertPolicies?: readonly NativePolicy[];
  readonly nextPageToken?: string;
}

/** What the first condition of a policy says that can be told. */
export interface ConditionFacts {
  readonly metric: string | null;
  readonly resource: string | null;
  readonly region: string | undefined;
  readonly text: string | null;
}

/** Enabled policies of a project: those switched off watch nothing. */
export function listPolicies(clients: Clients, project: string, context: ProviderContext): AsyncIterable<readonly AlertPolicy[]> {
  return context.shared(`policies/${project}`, async function* () {
    const client = await clients.client("alertPolicies");
    yield* pagesOf(OPERATION, (pageToken) =>
      clients.call(context, {
        operation: `monitoring.${OPERATION}`,
        scope: { account: project },
        send: () =>
          client.listAlertPolicies(
            { name: `projects/${project}`, pageSize: PAGE_SIZE, ...(pageToken === undefined ? {} : { pageToken }) },
            ONE_REQUEST,
          ),
        read: ({ alertPolicies = [], nextPageToken }: Reply) => ({
          page: alertPolicies.filter(({ enabled }) => enabled !== false).map(readPolicy),
          next: nextPageToken,
        }),
      }),
    );
  });
}

function readPolicy({ name, displayName, conditions = [] }: NativePolicy): AlertPolicy {
  const known = required(name, OPERATION, "name");
  return { name: known, displayName: displayName || known, conditions };
}

/** Policies on several metrics, or on queries, have no metric of their own. */
export function conditionOf({ conditions }: AlertPolicy): ConditionFacts {
  const [first, ...others] = conditions;
  const filter = (first?.conditionThreshold ?? first?.conditionAbsent)?.filter ?? "";
  const alone = others.length === 0;
  const zone = labelIn(filter, "resource\\.labels?\\.(?:zone|location|region)");
  return {
    metric: alone ? (labelIn(filter, "metric\\.type") ?? null) : null,
    resource: alone ? (labelIn(filter, "resource\\.labels?\\.instance_id") ?? null) : null,
    region: zone === undefined ? undefined : regionOfZone(zone),
    text: first?.displayName || null,
  };
}

/** `zone = "us-central1-a"`, or `zone = starts_with("us-central1-")`. */
function labelIn(filter: string, field: string): string | undefined {
  const match = new RegExp(`${field}\\s*=\\s*(?:starts_with\\(\\s*)?["']?([\\w./-]+)`).exec(filter)?.[1];
  return match?.replace(/-$/, "");
}
