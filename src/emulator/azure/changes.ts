import type { Fleet, FleetResource } from "../fleet.ts";

/** An accepted write, as its status address tells it. */
export interface AcceptedWrite {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly startMs: number;
}

/** What writes have changed since the start or the last reset. */
export class AzureChanges {
  readonly #deallocated = new Set<string>();
  readonly #deletedDisks = new Set<string>();
  readonly #accepted = new Map<string, AcceptedWrite>();

  deallocate({ id }: FleetResource): void {
    this.#deallocated.add(id);
  }

  isDeallocated({ id }: FleetResource): boolean {
    return this.#deallocated.has(id);
  }

  deleteDisk(id: string): void {
    this.#deletedDisks.add(id);
  }

  isDeletedDisk(id: string): boolean {
    return this.#deletedDisks.has(id);
  }

  accept(write: AcceptedWrite): void {
    this.#accepted.set(write.id, write);
  }

  accepted(id: string): AcceptedWrite | undefined {
    return this.#accepted.get(id);
  }

  /** How many writes there were: what was derived before the last one is stale. */
  get version(): number {
    return this.#deallocated.size + this.#deletedDisks.size;
  }

  /** The fleet with its states as they are now. */
  current(fleet: Fleet): Fleet {
    if (this.#deallocated.size === 0) return fleet;
    const resources = fleet.resources.map((resource) =>
      this.isDeallocated(resource) ? { ...resource, state: "stopped" as const } : resource,
    );
    return { ...fleet, resources };
  }
}
