import { createRedactor, type LeveledLogger, OrchestratorError, type Store } from "nephoscope";
import type { ChatBot } from "nephoscope/bots";
import { type Readiness, readinessCheck } from "./bot-readiness.ts";
import { startBotServer } from "./bot-server.ts";
import { EXIT, type ExitStatus } from "./exit-status.ts";
import type { Host } from "./host.ts";

export interface BotProcess {
  readonly bots: readonly ChatBot[];
  readonly store: Pick<Store, "listRuns">;
  readonly logger: LeveledLogger;
  readonly address: string;
  readonly port: number;
  /** How long runs that are under way may take to end once the process was told to stop; then they are parked. */
  readonly graceMs: number;
}

/** Over the grace period: what a bot needs to park its runs. */
const PARKING_MS = 5_000;

/** Runs bots until the process is told to stop, which is its proper end. */
export async function runBots(host: Pick<Host, "signal" | "now" | "env">, process: BotProcess): Promise<ExitStatus> {
  const { bots, store, logger, address, port } = process;
  let phase: "starting" | "running" | "stopping" = "starting";
  const look = readinessCheck({ store, bots, now: host.now, phase: () => phase });
  // Anybody may ask, and platforms' own words may end up in a detail.
  const redact = createRedactor(host.env);
  const server = await startBotServer({
    address,
    port,
    routes: bots.flatMap(({ routes }) => routes),
    readiness: async () => redact(await look()) as Readiness,
    logger,
    now: host.now,
  });
  try {
    logger.info("listening", { url: server.url });
    const told = aborted(host.signal);
    const started = await Promise.race([startAll(bots, logger), told.then(() => "told to stop" as const)]);
    if (started === false) return EXIT.failed;
    if (started === true) {
      phase = "running";
      logger.info("ready", { url: server.url, bots: bots.map(({ platform }) => platform) });
      await told;
    }
    phase = "stopping";
    server.refuse();
    logger.info("stopping: takes nothing new, lets runs end", { graceMs: process.graceMs });
    const stopped = await stopAll(process);
    logger.info("stopped");
    return stopped ? EXIT.complete : EXIT.failed;
  } finally {
    await server.close();
  }
}

/** Of bots that cannot start none runs: half a service would look like a whole one. */
async function startAll(bots: readonly ChatBot[], logger: LeveledLogger): Promise<boolean> {
  const started = await Promise.allSettled(bots.map((bot) => bot.start()));
  const failures = started.flatMap((outcome, index) =>
    outcome.status === "rejected" ? [{ platform: bots[index]?.platform, error: outcome.reason as unknown }] : [],
  );
  if (failures.length === 0) return true;
  for (const { platform, error } of failures) logger.error(`${platform} cannot start`, { error });
  await Promise.allSettled(bots.filter((_, index) => started[index]?.status === "fulfilled").map((bot) => bot.stop(0)));
  const told = failures.find(({ error }) => OrchestratorError.isInstance(error));
  if (told !== undefined) throw told.error;
  return false;
}

async function stopAll({ bots, graceMs, logger }: BotProcess): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), graceMs + PARKING_MS);
  });
  const all = await Promise.all(
    bots.map(async (bot) => {
      try {
        if ((await Promise.race([bot.stop(graceMs), late])) !== "late") return true;
        logger.error(`${bot.platform} did not stop in time; the next process goes on with its runs`);
      } catch (error) {
        logger.error(`${bot.platform} did not stop well`, { error });
      }
      return false;
    }),
  );
  clearTimeout(timer);
  return all.every(Boolean);
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}
