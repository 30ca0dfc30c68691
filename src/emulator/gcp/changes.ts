import type { Fleet, FleetResource } from "../fleet.ts";

/** What writes have changed since the start or the last reset. */
export class GcpChanges {
  readonly #stopped = new Map<string, number>();
  readonly #deletedDisks = new Set<string>();

  stop({ id }: FleetResource, nowMs: number): void {
    this.#stopped.set(id, nowMs);
  }

  /** When a machine was stopped, in milliseconds since the epoch; undefined for one that nobody stopped. */
  stoppedMs({ id }: FleetResource): number | undefined {
    return this.#stopped.get(id);
  }

  deleteDisk(id: string): void {
    this.#deletedDisks.add(id);
  }

  isDeletedDisk(id: string): boolean {
    return this.#deletedDisks.has(id);
  }

  /** The fleet with its states as they are now. */
  current(fleet: Fleet): Fleet {
    if (this.#stopped.size === 0) return fleet;
    const resources = fleet.resources.map((resource) =>
      this.#stopped.has(resource.id) ? { ...resource, state: "stopped" as const } : resource,
    );
    return { ...fleet, resources };
  }
}
