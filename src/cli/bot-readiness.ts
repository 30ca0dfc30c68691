import type { Store } from "nephoscope";
import type { ChatBot } from "nephoscope/bots";

/** Whether one part does its work, in a sentence without secrets. */
interface PartReadiness {
  readonly part: string;
  readonly ready: boolean;
  readonly detail: string;
}

export interface Readiness {
  readonly ready: boolean;
  readonly parts: readonly PartReadiness[];
}

/** One part may take this long to answer; probes commonly wait ten seconds. */
const PART_TIMEOUT_MS = 5_000;
/** Anybody may ask; the store and the platforms are asked at most this often. */
const KEPT_MS = 2_000;

/** Asks the store and each bot whether they answer; `phase` says whether the process takes questions at all. */
export function readinessCheck(options: {
  readonly store: Pick<Store, "listRuns">;
  readonly bots: readonly Pick<ChatBot, "platform" | "readiness">[];
  readonly now: () => number;
  readonly phase: () => "starting" | "running" | "stopping";
}): () => Promise<Readiness> {
  const { store, bots, now, phase } = options;
  let kept: { readonly parts: Promise<readonly PartReadiness[]>; readonly untilMs: number } | undefined;
  const look = () =>
    Promise.all([
      part("store", async () => {
        await store.listRuns(1);
        return { ready: true, detail: "answers" };
      }),
      ...bots.map((bot) => part(bot.platform, () => bot.readiness())),
    ]);
  return async () => {
    if (kept === undefined || kept.untilMs <= now()) kept = { parts: look(), untilMs: now() + KEPT_MS };
    const itself = phase();
    const parts = [{ part: "process", ready: itself === "running", detail: itself }, ...(await kept.parts)];
    return { ready: parts.every(({ ready }) => ready), parts };
  };
}

/** What a driver throws may name addresses and people: only the kind of failure is told to whoever asks. */
async function part(name: string, ask: () => Promise<{ readonly ready: boolean; readonly detail: string }>): Promise<PartReadiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ ready: boolean; detail: string }>((resolve) => {
    timer = setTimeout(() => resolve({ ready: false, detail: `no answer within ${PART_TIMEOUT_MS / 1000} s` }), PART_TIMEOUT_MS);
  });
  try {
    const { ready, detail } = await Promise.race([ask(), late]);
    return { part: name, ready, detail };
  } catch (error) {
    const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "failed";
    return { part: name, ready: false, detail: `does not answer (${code})` };
  } finally {
    clearTimeout(timer);
  }
}
