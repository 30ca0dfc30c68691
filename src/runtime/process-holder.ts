import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** A name for whoever drives a run in this process: machine, process, when it began, and a random part. */
export function newHolder(): string {
  return [hostname(), process.pid, startOf(process.pid) ?? "", randomBytes(4).toString("hex")].join("/");
}

/** Whether a holder's process is known to have ended; false where it runs elsewhere, or cannot be told. */
export function isHolderGone(holder: string): boolean {
  const [host, pid = "", start = ""] = holder.split("/");
  if (host !== hostname() || !/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // Somebody else's process is there all the same.
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
  return (startOf(Number(pid)) ?? "") !== start;
}

/** When a process began, as Linux counts it: ids are used again. Undefined on other systems. */
function startOf(pid: number): string | undefined {
  try {
    // The name of the program is in brackets and may hold anything.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19];
  } catch {
    return undefined;
  }
}
