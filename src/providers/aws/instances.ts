import type { Instance } from "@aws-sdk/client-ec2";
import type { Resource, ResourceLister, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import { PROVIDER_ID, required } from "./errors.ts";
import { instanceFilters } from "./instance-filters.ts";
import { STATES } from "./instance-states.ts";
import { pagesOf } from "./paging.ts";

const OPERATION = "DescribeInstances";
/** The most that DescribeInstances gives at a time. */
const PAGE_SIZE = 1_000;

/** EC2 instances. */
export function listInstances(accounts: Accounts): ResourceLister {
  return async function* (scope, where, context) {
    const { sdk, call } = await accounts.connect("ec2", scope, context);
    const filters = instanceFilters(where);
    const list = pagesOf(OPERATION, (token) =>
      call(
        OPERATION,
        (client, send) =>
          client.send(
            new sdk.DescribeInstancesCommand({
              MaxResults: PAGE_SIZE,
              ...(filters.length === 0 ? {} : { Filters: filters }),
              ...(token === undefined ? {} : { NextToken: token }),
            }),
            send,
          ),
        (reply) => {
          const reservations = required(reply.Reservations, OPERATION, "Reservations");
          const resources = reservations.flatMap((reservation) =>
            required(reservation.Instances, OPERATION, "Instances").map((instance) => resourceOf(instance, scope)),
          );
          return { page: resources, next: reply.NextToken };
        },
      ),
    );
    yield* list;
  };
}

function resourceOf(instance: Instance, scope: Scope): Resource {
  const id = required(instance.InstanceId, OPERATION, "InstanceId");
  const state = required(instance.State?.Name, OPERATION, "State");
  const tags: Record<string, string> = {};
  for (const { Key, Value } of instance.Tags ?? []) tags[required(Key, OPERATION, "Tags.Key")] = Value ?? "";
  return {
    provider: PROVIDER_ID,
    account: scope.account,
    region: scope.region,
    kind: "virtual-machine",
    id,
    name: tags.Name || id,
    state: STATES[state] ?? "unknown",
    tags,
    attributes: attributesOf(instance),
  };
}

function attributesOf(instance: Instance): Resource["attributes"] {
  const attributes: Record<string, string> = { monitoring: monitoringOf(instance) };
  const { InstanceType, PrivateIpAddress, PublicIpAddress, Placement, LaunchTime } = instance;
  if (InstanceType) attributes.type = InstanceType;
  if (PrivateIpAddress) attributes.privateIp = PrivateIpAddress;
  if (PublicIpAddress) attributes.publicIp = PublicIpAddress;
  if (Placement?.AvailabilityZone) attributes.zone = Placement.AvailabilityZone;
  if (LaunchTime) attributes.launchedAt = LaunchTime.toISOString();
  return attributes;
}

/** `detailed` has points of one minute, `basic` of five. */
function monitoringOf(instance: Instance): "basic" | "detailed" {
  const state = required(instance.Monitoring?.State, OPERATION, "Monitoring");
  return state === "enabled" ? "detailed" : "basic";
}
