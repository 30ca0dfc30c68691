/** What was changed by calls since the start or the last reset. */
export interface AlicloudChanges {
  /** Ids of machines that were running and were stopped. */
  readonly stopped: Set<string>;
  /** Ids of snapshots that are gone. */
  readonly deletedSnapshots: Set<string>;
}

export function noChanges(): AlicloudChanges {
  return { stopped: new Set(), deletedSnapshots: new Set() };
}
