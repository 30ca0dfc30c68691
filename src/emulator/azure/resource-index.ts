import type { Fleet, FleetResource } from "../fleet.ts";
import { resourceTypeOf } from "./native-names.ts";

/** The fleet by resource ids in any case, and by subscription, region and type. */
export class ResourceIndex {
  readonly #byId: ReadonlyMap<string, FleetResource>;
  readonly #byPlace = new Map<string, FleetResource[]>();

  constructor(fleet: Fleet) {
    this.#byId = new Map(fleet.resources.map((resource) => [resource.id.toLowerCase(), resource]));
    for (const resource of fleet.resources) {
      const place = placeOf(resource.account, resource.region, typeOf(resource));
      const there = this.#byPlace.get(place);
      if (there === undefined) this.#byPlace.set(place, [resource]);
      else there.push(resource);
    }
  }

  find(id: string): FleetResource | undefined {
    return this.#byId.get(id.toLowerCase());
  }

  of(account: string, region: string, type: string): readonly FleetResource[] {
    return this.#byPlace.get(placeOf(account, region, type)) ?? [];
  }
}

/** `microsoft.compute/virtualmachines`: lower case, as Resource Graph gives types. */
export function typeOf(resource: FleetResource): string {
  return resourceTypeOf(resource.kind, resource.name).toLowerCase();
}

function placeOf(account: string, region: string, type: string): string {
  return `${account}/${region}/${type}`.toLowerCase();
}
