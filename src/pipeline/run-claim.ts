import { StoreError } from "../errors/index.ts";
import type { Drivers } from "./run-options.ts";

/** How often who drives a run says that it still does. */
const RENEWAL_MS = 15_000;
/** A holder elsewhere that was silent for so long has ended: several renewals are missing, and clocks of machines differ by less. */
const LEASE_MS = 60_000;

/**
 * Makes this process the one that drives a run; what it returns lets go. Throws `RUN_HELD` while another one does; takes over from one
 * that is known to have ended, or that no longer renews its claim. `onLost` is told when another has taken over from this one.
 */
export async function claimRun(
  runId: string,
  { store, holders, runtime }: Pick<Drivers, "store" | "holders" | "runtime">,
  onLost: (error: StoreError) => void,
): Promise<() => Promise<void>> {
  const { clock, logger } = runtime;
  const name = holders.create();
  const claim = () => `${name} ${clock.now()}`;
  let holder = claim();
  let other = await store.claimRun(runId, holder);
  if (other !== undefined && isOver(other)) other = await store.claimRun(runId, holder, other);
  if (other !== undefined) throw held(runId, claimOf(other).name);
  const released = new AbortController();
  let renewing: Promise<void> = Promise.resolve();
  renewUntilReleased();
  return async () => {
    released.abort();
    await renewing;
    try {
      await store.releaseRun(runId, holder);
    } catch (error) {
      // It is let go with the process.
      logger.warn("run could not be let go", { runId, error: String(error) });
    }
  };

  function isOver(other: string): boolean {
    const { name, claimedMs } = claimOf(other);
    return holders.isGone(name) || clock.now() - claimedMs > LEASE_MS;
  }

  async function renewUntilReleased(): Promise<void> {
    for (;;) {
      await clock.sleep(RENEWAL_MS, released.signal).catch(() => {});
      if (released.signal.aborted) return;
      renewing = renew().catch((error) => logger.warn("claim on a run could not be renewed", { runId, error: String(error) }));
      await renewing;
    }
  }

  async function renew(): Promise<void> {
    const next = claim();
    let other = await store.claimRun(runId, next, holder);
    // A renewal whose reply was lost.
    if (other !== undefined && claimOf(other).name === name) other = await store.claimRun(runId, next, other);
    if (other === undefined) {
      holder = next;
      return;
    }
    released.abort();
    onLost(held(runId, claimOf(other).name));
  }
}

/** Who holds a run, and when they last said so. */
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
