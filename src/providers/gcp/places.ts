/** What has no region: logs, traces and alert policies that name no place. */
export const GLOBAL = "global";

/** `https://…/zones/us-central1-a` → `us-central1-a`: the last part of a resource's name. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** `us-central1-a` → `us-central1`; a region stays what it is. */
export function regionOfZone(zone: string): string {
  return zone.replace(/-[a-z]$/, "");
}
