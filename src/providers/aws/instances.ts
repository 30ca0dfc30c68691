import type { Resource, ResourceLister, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import { PROVIDER_ID, replyInvalid, required } from "./errors.ts";
import { instanceFilters } from "./instance-filters.ts";
import { STATES } from "./instance-states.ts";
import { pagesOf } from "./paging.ts";
import { replyText } from "./reply-text.ts";
import { childOf, parseXml, textOf, type XmlElement } from "./xml.ts";

const OPERATION = "DescribeInstances";
/** The most that DescribeInstances gives at a time. */
const PAGE_SIZE = 1_000;

/** Elements of the reply that are read (EC2 API reference, `DescribeInstances` and `Instance`). */
const ELEMENTS: ReadonlySet<string> = new Set([
  ..."DescribeInstancesResponse reservationSet instancesSet item nextToken instanceId instanceState name monitoring state".split(" "),
  ..."tagSet key value instanceType privateIpAddress ipAddress placement availabilityZone launchTime".split(" "),
]);

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
        (client, send) => {
          const command = new sdk.DescribeInstancesCommand(input);
          return replyText(command, () => client.send(command, send));
        },
        (text) => pageOf(text, scope),
      );
    });
  };
}

function pageOf(text: string, scope: Scope) {
  const reply = documentOf(text);
  const reservations = required(childOf(reply, "reservationSet"), OPERATION, "reservationSet");
  const page = reservations.children.flatMap((reservation) =>
    required(childOf(reservation, "instancesSet"), OPERATION, "instancesSet").children.map((instance) => resourceOf(instance, scope)),
  );
  return { page, next: textOf(reply, "nextToken") };
}

function documentOf(text: string): XmlElement {
  try {
    return parseXml(text, ELEMENTS);
  } catch (error) {
    throw replyInvalid(OPERATION, error);
  }
}

function resourceOf(instance: XmlElement, scope: Scope): Resource {
  const id = required(textOf(instance, "instanceId"), OPERATION, "instanceId");
  const state = required(textOf(childOf(instance, "instanceState"), "name"), OPERATION, "instanceState");
  const tags: Record<string, string> = {};
  for (const tag of childOf(instance, "tagSet")?.children ?? [])
    tags[required(textOf(tag, "key"), OPERATION, "tagSet.key")] = required(textOf(tag, "value"), OPERATION, "tagSet.value");
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

function attributesOf(instance: XmlElement): Resource["attributes"] {
  const monitoring = required(textOf(childOf(instance, "monitoring"), "state"), OPERATION, "monitoring");
  // `detailed` has points of one minute, `basic` of five.
  const attributes: Record<string, string> = { monitoring: monitoring === "enabled" ? "detailed" : "basic" };
  const more = {
    type: textOf(instance, "instanceType"),
    privateIp: textOf(instance, "privateIpAddress"),
    publicIp: textOf(instance, "ipAddress"),
    zone: textOf(childOf(instance, "placement"), "availabilityZone"),
    launchedAt: textOf(instance, "launchTime"),
  };
  for (const [name, value] of Object.entries(more)) if (value) attributes[name] = value;
  return attributes;
}
