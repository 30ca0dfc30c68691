import type { GcpChannel } from "./channel-data.ts";
import { enumValue } from "./enumerations.ts";
import { invalidArgument } from "./google-error.ts";
import { compileListFilter } from "./list-filter.ts";
import { listPage } from "./list-page.ts";
import { QueryFields } from "./query-fields.ts";
import type { GoogleReply, GoogleRequest } from "./service.ts";

const VERIFICATION = { VERIFICATION_STATUS_UNSPECIFIED: 0, UNVERIFIED: 1, VERIFIED: 2 } as const;
/** The vendor tells neither. */
const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 1_000;
const RECORD = { mutateTime: "2025-05-12T06:30:00Z", mutatedBy: "sre@nimbus.example.com" } as const;

/** `ListNotificationChannels`, with the number of channels in all pages. */
export function listChannels(channels: readonly GcpChannel[], request: GoogleRequest): GoogleReply {
  const fields = new QueryFields(request.query);
  const [filter, orderBy] = [fields.text("filter"), fields.text("orderBy")];
  const matches = compileListFilter(filter, () =>
    invalidArgument(`Field filter had an invalid value of "${filter}": syntax error in the filter`),
  );
  if (!["", "name", "-name", "display_name", "-display_name"].includes(orderBy)) throw invalidArgument(`Invalid order_by: "${orderBy}".`);
  const sign = orderBy.startsWith("-") ? -1 : 1;
  const key = orderBy.endsWith("display_name") ? "displayName" : "name";
  const found = channels
    .filter((channel) => channel.account === request.project && matches(channelShape(channel, false)))
    .sort((left, right) => sign * (left[key] < right[key] ? -1 : 1));
  const { items, rest } = listPage(found, request, { defaultSize: DEFAULT_PAGE, largestSize: LARGEST_PAGE, binding: [filter, orderBy] });
  const notificationChannels = items.map((channel) => channelShape(channel, request.numericEnums));
  return { ...(items.length > 0 ? { notificationChannels } : {}), ...rest, ...(found.length > 0 ? { totalSize: found.length } : {}) };
}

/** Statuses without a meaning, which are zero, are left out (the JSON mapping of Protocol Buffers). */
function channelShape(channel: GcpChannel, numeric: boolean): Readonly<Record<string, unknown>> {
  const { name, displayName, type, labels, userLabels, enabled, verified } = channel;
  return {
    type,
    name,
    displayName,
    labels,
    userLabels,
    ...(verified === null ? {} : { verificationStatus: enumValue(VERIFICATION, verified ? "VERIFIED" : "UNVERIFIED", numeric) }),
    enabled,
    creationRecord: RECORD,
    mutationRecords: [RECORD],
  };
}
