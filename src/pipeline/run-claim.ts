import { StoreError } from "../errors/index.ts";
import type { Drivers } from "./run-options.ts";

/** A holder elsewhere that told nothing for so long has ended: no segment of a run takes longer. */
const SILENT_MS = 10 * 60_000;

/**
 * Makes this process the one that drives a run; what it returns lets go. Throws `RUN_HELD` while another one does; takes over from one
 * that is known to have ended.
 */
export async function claimRun(
  runId: string,
  { store, holders, runtime, limits }: Pick<Drivers, "store" | "holders" | "runtime" | "limits">,
  timeoutMs: number = limits.timeoutMs,
): Promise<() => Promise<void>> {
  const holder = `${holders.create()} ${runtime.clock.now()}`;
  let other = await store.claimRun(runId, holder);
  if (other !== undefined && (await isOver(other))) other = await store.claimRun(runId, holder, other);
  if (other !== undefined) throw held(runId, claimOf(other).name);
  return async () => {
    try {
      await store.releaseRun(runId, holder);
    } catch (error) {
      // It is let go with the process.
      runtime.logger.warn("run could not be let go", { runId, error: String(error) });
    }
  };

  async function isOver(other: string): Promise<boolean> {
    const { name, claimedMs } = claimOf(other);
    if (holders.isGone(name)) return true;
    const last = (await store.events(runId, 0)).at(-1);
    // Of a run that had waited for days the last event is old, and whoever goes on with it may have claimed it just now.
    return runtime.clock.now() - Math.max(claimedMs, last?.timestampMs ?? 0) > Math.max(SILENT_MS, 2 * timeoutMs);
  }
}

/** Who holds a run, and since when. */
function claimOf(holder: string): { readonly name: string; readonly claimedMs: number } {
  const [, name = holder, claimedMs = "0"] = /^(.*) (\d+)$/s.exec(holder) ?? [];
  return { name, claimedMs: Number(claimedMs) };
}

function held(runId: string, holder: string): StoreError {
  // From its end: a machine may have any name.
  const parts = holder.split("/");
  const [host, pid] = [parts.slice(0, -3).join("/"), parts.at(-3)];
  return new StoreError({
    code: "RUN_HELD",
    message: {
      en: `The run ${runId} is being driven by process ${pid} on ${host}.`,
      zh: `运行 ${runId} 正由 ${host} 上的进程 ${pid} 执行。`,
    },
    hint: {
      en: `Wait for it to end, then go on with: nephoscope resume ${runId}`,
      zh: `请等待其结束，然后运行：nephoscope resume ${runId}`,
    },
    details: { runId, holder },
  });
}
