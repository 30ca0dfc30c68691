import type { Fleet, FleetResource } from "../fleet.ts";

/** The machines of each application in a place: they write its logs and serve its requests. */
export class ApplicationMachines {
  readonly #fleet: Fleet;
  readonly #byPlace = new Map<string, ReadonlyMap<string, readonly FleetResource[]>>();

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
  }

  of(account: string, region: string, application: string): readonly FleetResource[] {
    const place = `${account}/${region}`;
    let machines = this.#byPlace.get(place);
    if (machines === undefined) {
      machines = Map.groupBy(this.#fleet.of(account, region, "virtual-machine"), (machine) => machine.application);
      this.#byPlace.set(place, machines);
    }
    return machines.get(application) ?? [];
  }
}
