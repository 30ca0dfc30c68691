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

/** What is known of an instance while it is read: texts by `parent/name`. */
type Draft = Map<string, string>;

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
  let draft: Draft = new Map();
  let tags: Record<string, string> = {};

  const scanner = createXmlScanner({
    wanted: WANTED,
    open(name) {
      const parent = path.at(-1);
      path.push(name);
      if (name === "reservationSet") sawList = true;
      else if (name === "instancesSet") sawInstances = true;
      else if (name === "item" && parent === "reservationSet") sawInstances = false;
      else if (name === "item" && parent === "instancesSet") {
        draft = new Map();
        tags = {};
      }
    },
    close(name, text) {
      path.pop();
      const parent = path.at(-1) ?? "";
      if (name !== "item") {
        if (name === "nextToken") next = text;
        else draft.set(`${parent}/${name}`, text);
      } else if (parent === "tagSet") {
        tags[taken(draft, "item/key")] = taken(draft, "item/value");
      } else if (parent === "instancesSet") {
        page.push(resourceOf(draft, tags, scope));
      } else {
        required(sawInstances || undefined, OPERATION, "instancesSet");
      }
    },
  });

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

/** Of a tag, so that the next one cannot take over what it lacks. */
function taken(draft: Draft, key: string): string {
  const text = required(draft.get(key), OPERATION, `tagSet/${key}`);
  draft.delete(key);
  return text;
}

function resourceOf(draft: Draft, tags: Readonly<Record<string, string>>, scope: Scope): Resource {
  const id = required(draft.get("item/instanceId"), OPERATION, "instanceId");
  const state = required(draft.get("instanceState/name"), OPERATION, "instanceState");
  const monitoring = required(draft.get("monitoring/state"), OPERATION, "monitoring");
  // `detailed` has points of one minute, `basic` of five.
  const attributes: Record<string, string> = { monitoring: monitoring === "enabled" ? "detailed" : "basic" };
  for (const [path, name] of ATTRIBUTES) {
    const text = draft.get(path);
    if (text) attributes[name] = text;
  }
  return {
    provider: PROVIDER_ID,
    account: scope.account,
    region: scope.region,
    kind: "virtual-machine",
    id,
    name: tags.Name || id,
    state: STATES[state] ?? "unknown",
    tags,
    attributes,
  };
}

const ATTRIBUTES = [
  ["item/instanceType", "type"],
  ["item/privateIpAddress", "privateIp"],
  ["item/ipAddress", "publicIp"],
  ["placement/availabilityZone", "zone"],
  ["item/launchTime", "launchedAt"],
] as const;
