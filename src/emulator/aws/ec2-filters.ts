import { AwsError } from "./aws-error.ts";
import { type Ec2Instance, stateCodeOf } from "./ec2-instances.ts";

export interface Ec2Filter {
  readonly name: string;
  readonly values: readonly string[];
}

/** What filters of one list look at: the value or values under a filter's name; null where there is none. */
export type FilterAttributes<Item> = Readonly<Record<string, (item: Item) => string | readonly string[] | null>>;

const INSTANCE_ATTRIBUTES: FilterAttributes<Ec2Instance> = {
  architecture: (instance) => instance.architecture,
  "availability-zone": (instance) => instance.zone,
  "image-id": (instance) => instance.imageId,
  "instance-id": (instance) => instance.resource.id,
  "instance-state-code": (instance) => String(stateCodeOf(instance.stateName)),
  "instance-state-name": (instance) => instance.stateName,
  "instance-type": (instance) => instance.instanceType,
  "launch-time": (instance) => instance.launchTime,
  "monitoring-state": (instance) => (instance.resource.monitoring === "detailed" ? "enabled" : "disabled"),
  "owner-id": (instance) => instance.resource.account,
  "private-ip-address": (instance) => instance.privateIp,
  "reservation-id": (instance) => instance.reservationId,
  "subnet-id": (instance) => instance.subnetId,
  "tag-key": (instance) => Object.keys(instance.resource.tags),
  "vpc-id": (instance) => instance.vpcId,
};
const MAX_FILTER_VALUES = 200;

/** Reads `Filter.N` of a request. @throws AwsError for what EC2 refuses. */
export function parseFilters(input: unknown, isKnown: (name: string) => boolean): readonly Ec2Filter[] {
  if (input === undefined) return [];
  if (!Array.isArray(input)) throw invalid("The filter list is malformed.");
  return input.map((entry: { Name?: unknown; Value?: unknown }) => {
    const name = entry.Name;
    if (typeof name !== "string" || !isKnown(name)) throw invalid(`The filter '${name ?? "null"}' is invalid`);
    const values = Array.isArray(entry.Value) ? entry.Value.map(String) : [];
    if (values.length === 0) throw invalid(`The filter '${name}' has no values`);
    if (values.length > MAX_FILTER_VALUES) {
      throw new AwsError("FilterLimitExceeded", `The maximum number of filter values specified on a single call is ${MAX_FILTER_VALUES}`);
    }
    return { name, values };
  });
}

/** A test for all filters of a DescribeInstances request together. */
export function instanceFilter(filters: readonly Ec2Filter[]): (instance: Ec2Instance) => boolean {
  return filterMatcher(filters, INSTANCE_ATTRIBUTES, ({ resource }) => resource.tags);
}

/** Whether DescribeInstances has a filter of this name. */
export function isInstanceFilter(name: string): boolean {
  return isFilterName(INSTANCE_ATTRIBUTES, name);
}

/** Whether a list with these attributes has a filter of this name; every list of tagged things has `tag:KEY`. */
export function isFilterName(attributes: FilterAttributes<never>, name: string): boolean {
  return Object.hasOwn(attributes, name) || (name.startsWith("tag:") && name.length > "tag:".length);
}

/** A test for all filters together: each must have a value that matches. */
export function filterMatcher<Item>(
  filters: readonly Ec2Filter[],
  attributes: FilterAttributes<Item>,
  tagsOf: (item: Item) => Readonly<Record<string, string>>,
): (item: Item) => boolean {
  const tests = filters.map(({ name, values }) => {
    const matches = valueMatcher(values);
    const tag = name.startsWith("tag:") ? name.slice("tag:".length) : undefined;
    return (item: Item) => {
      const value = tag === undefined ? (attributes[name]?.(item) ?? null) : ownValue(tagsOf(item), tag);
      return value === null ? false : typeof value === "string" ? matches(value) : value.some(matches);
    };
  });
  return (item) => tests.every((test) => test(item));
}

function ownValue(record: Readonly<Record<string, string>>, key: string): string | null {
  return Object.hasOwn(record, key) ? (record[key] ?? null) : null;
}

/** A test for any of the values, case and all; `*` is any characters, `?` any one, a backslash takes the meaning away. */
export function valueMatcher(values: readonly string[]): (value: string) => boolean {
  if (!values.some((value) => /[*?\\]/.test(value))) {
    const plain = new Set(values);
    return (value) => plain.has(value);
  }
  const patterns = values.map((value) => {
    const pattern = value.replace(/\\([\s\S])|([*?])|([^*?\\]+)/g, (_, escaped?: string, wildcard?: string, literal?: string) => {
      if (wildcard !== undefined) return wildcard === "*" ? "[\\s\\S]*" : "[\\s\\S]";
      return (escaped ?? literal ?? "").replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    });
    return new RegExp(`^${pattern}$`, "u");
  });
  return (value) => patterns.some((pattern) => pattern.test(value));
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValue", message);
}
