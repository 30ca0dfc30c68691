import type { Resource, ResourceKind } from "../../contracts/index.ts";

export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

const DIMENSION_NAMES: Readonly<Record<ResourceKind, string>> = {
  "virtual-machine": "InstanceId",
  database: "DBInstanceIdentifier",
  function: "FunctionName",
  "load-balancer": "LoadBalancer",
};

/** The dimension under which CloudWatch keeps a resource's metrics. */
export function dimensionOf(resource: Pick<Resource, "kind" | "id">): Dimension {
  const value = resource.kind === "load-balancer" ? afterPrefix(resource.id, "loadbalancer/") : resource.id;
  return { Name: DIMENSION_NAMES[resource.kind], Value: value };
}

/** `targetgroup/NAME/HEX`, the end of its ARN. */
export function targetGroupDimension(arn: string): Dimension {
  return { Name: "TargetGroup", Value: `targetgroup/${afterPrefix(arn, "targetgroup/")}` };
}

/** The id of the resource that dimensions name, in the form in which it is listed; null where they name none. */
export function resourceOfDimensions(
  dimensions: readonly Partial<Dimension>[],
  place: { partition: string; region: string; account: string },
): string | null {
  for (const kind of Object.keys(DIMENSION_NAMES) as ResourceKind[]) {
    const value = dimensions.find(({ Name }) => Name === DIMENSION_NAMES[kind])?.Value;
    if (value === undefined) continue;
    if (kind !== "load-balancer") return value;
    return `arn:${place.partition}:elasticloadbalancing:${place.region}:${place.account}:loadbalancer/${value}`;
  }
  return null;
}

function afterPrefix(text: string, prefix: string): string {
  const start = text.indexOf(prefix);
  return start === -1 ? text : text.slice(start + prefix.length);
}
