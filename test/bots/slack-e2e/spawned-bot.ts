import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BotProcessInput } from "./bot-process.ts";
import type { SlackWorld } from "./slack-world.ts";

/** The bot in processes of its own, one after the other, over one store. */
export interface SpawnedBot extends Disposable {
  /** Starts a process, and has Slack deliver to it; resolves once it receives. */
  start(): Promise<void>;
  /** As `kill -9` does. */
  kill(): Promise<void>;
  /** Memory of the process that the system has given it, in MiB. */
  residentMegabytes(): number;
}

export function spawnedBot({ slack, emulator, place }: SlackWorld): SpawnedBot {
  const folder = mkdtempSync(join(tmpdir(), "slack-e2e-"));
  const { apiUrl, botToken, signingSecret } = slack;
  const input: BotProcessInput = {
    slack: { apiUrl, botToken, signingSecret },
    emulatorEnv: emulator.env,
    access: place.access,
    storePath: join(folder, "bot.db"),
  };
  let child: ChildProcess | undefined;
  return {
    async start() {
      const file = join(import.meta.dirname, "bot-process.ts");
      child = spawn(process.execPath, ["--conditions=@nephoscope/source", file, JSON.stringify(input)], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [line] = await once(child.stdout!, "data");
      slack.deliverTo(String(line).trim());
    },
    async kill() {
      if (child === undefined) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
    residentMegabytes() {
      const status = readFileSync(`/proc/${child?.pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    },
    [Symbol.dispose]() {
      child?.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
