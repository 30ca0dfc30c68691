import type { Resource } from "../../contracts/index.ts";

/** The page of the Google Cloud console that shows a resource. */
export function consoleUrl({ kind, id, name, account, attributes }: Resource): string | undefined {
  const project = `project=${encodeURIComponent(account)}`;
  if (kind === "virtual-machine")
    return `https://console.cloud.google.com/compute/instancesDetail/zones/${attributes.zone}/instances/${encodeURIComponent(name)}?${project}`;
  if (kind === "database") return `https://console.cloud.google.com/sql/instances/${encodeURIComponent(id)}/overview?${project}`;
  return undefined;
}
