import type { Resource, Scope } from "../../contracts/index.ts";
import { PROVIDER_ID, replyInvalid, required } from "./errors.ts";
import { STATES } from "./instance-states.ts";
import { createXmlScanner } from "./xml.ts";

const OPERATION = "DescribeInstances";

/** Elements of the reply that are read (EC2 API reference, `DescribeInstances` and `Instance`). */
const WANTED: ReadonlySet<string> = new Set([
  ..."DescribeInstancesResponse reservationSet instancesSet item nextToken instanceId instanceState name monitoring state".split(" "),
  ..."tagSet key value instanceType privateIpAddress ipAddress placement availabilityZone launchTime".split(" "),
]);

/** What is known of an instance while it is read. */
interface Draft {
  id?: string;
  state?: string;
  monitoring?: string;
  readonly tags: Record<string, string>;
  readonly attributes: Record<string, string>;
}

/** Elements of an instance that are attributes of the resource. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  instanceType: "type",
  privateIpAddress: "privateIp",
  ipAddress: "publicIp",
  launchTime: "launchedAt",
};

export interface InstancesPage {
  write(text: string): void;
  /** The instances and the token of the next page. Throws `PROVIDER_REPLY_INVALID` for a page that is not whole. */
  end(): { readonly page: readonly Resource[]; readonly next: string | undefined };
}

/** Reads a page of DescribeInstances while it arrives. */
export function createInstancesPage(scope: Scope): InstancesPage {
  const page: Resource[] = [];
  const path: string[] = [];
  let next: string | undefined;
  let sawList = false;
  /** Whether the reservation that is being read has a list of instances. */
  let sawInstances = true;
  let draft: Draft = { tags: {}, attributes: {} };
  let tag: { key?: string; value?: string } = {};

  const scanner = createXmlScanner({
    wanted: WANTED,
    open(name) {
      const parent = path.at(-1);
      path.push(name);
      if (name === "reservationSet") sawList = true;
      else if (name === "instancesSet") sawInstances = true;
      else if (name === "item" && parent === "reservationSet") sawInstances = false;
      else if (name === "item" && parent === "instancesSet") draft = { tags: {}, attributes: {} };
      else if (name === "item" && parent === "tagSet") tag = {};
    },
    close(name, text) {
      path.pop();
      const parent = path.at(-1);
      if (name === "item") closeItem(parent);
      else if (parent === "item") readField(name, text);
      else if (parent === "instanceState" && name === "name") draft.state = text;
      else if (parent === "monitoring") draft.monitoring = text;
      else if (parent === "placement" && text !== "") draft.attributes.zone = text;
      else if (name === "nextToken") next = text;
    },
  });

  function readField(name: string, text: string): void {
    if (name === "key" || name === "value") tag[name] = text;
    else if (name === "instanceId") draft.id = text;
    else {
      const attribute = ATTRIBUTES[name];
      if (attribute !== undefined && text !== "") draft.attributes[attribute] = text;
    }
  }

  function closeItem(list: string | undefined): void {
    if (list === "tagSet") draft.tags[required(tag.key, OPERATION, "tagSet/key")] = required(tag.value, OPERATION, "tagSet/value");
    else if (list === "instancesSet") page.push(resourceOf(draft, scope));
    else required(sawInstances || undefined, OPERATION, "instancesSet");
  }

  return {
    write: (text) => readable(() => scanner.write(text)),
    end() {
      readable(() => scanner.end());
      required(sawList || undefined, OPERATION, "reservationSet");
      return { page, next };
    },
  };
}

function readable(read: () => void): void {
  try {
    read();
  } catch (error) {
    throw error instanceof SyntaxError ? replyInvalid(OPERATION, error) : error;
  }
}

function resourceOf({ id, state, monitoring, tags, attributes }: Draft, scope: Scope): Resource {
  const known = required(id, OPERATION, "instanceId");
  // `detailed` has points of one minute, `basic` of five.
  attributes.monitoring = required(monitoring, OPERATION, "monitoring") === "enabled" ? "detailed" : "basic";
  return {
    provider: PROVIDER_ID,
    account: scope.account,
    region: scope.region,
    kind: "virtual-machine",
    id: known,
    name: tags.Name || known,
    state: STATES[required(state, OPERATION, "instanceState")] ?? "unknown",
    tags,
    attributes,
  };
}
