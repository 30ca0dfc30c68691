import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** A name for whoever drives a run in this process: machine, process, when it began, and a random part. */
export function newHolder(): string {
  return [hostname(), process.pid, statOf(process.pid)?.start ?? "", randomBytes(4).toString("hex")].join("/");
}

/** Whether a holder's process is known to have ended; false where it runs elsewhere, or cannot be told. */
export function isHolderGone(holder: string): boolean {
  // From its end: a machine may have any name.
  const [start = "", pid = "", ...host] = holder.split("/").slice(0, -1).reverse();
  if (host.reverse().join("/") !== hostname() || !/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // Somebody else's process is there all the same.
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
  const stat = statOf(Number(pid));
  // One that nobody has waited for yet is listed, but has ended: so it stays where the first process of a container waits for none.
  return (stat?.start ?? "") !== start || stat?.state === "Z" || stat?.state === "X";
}

/** The state of a process, and when it began, as Linux counts it: ids are used again. Undefined on other systems. */
function statOf(pid: number): { readonly state: string; readonly start: string } | undefined {
  try {
    // The name of the program is in brackets and may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ");
    return { state: fields?.[0] ?? "", start: fields?.[19] ?? "" };
  } catch {
    return undefined;
  }
}
