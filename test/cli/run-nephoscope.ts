import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../bin/nephoscope.js", import.meta.url));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A person's machine: a folder of their own, no credentials, no configuration. */
export interface Desk {
  readonly folder: string;
  run(words: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
  start(words: readonly string[], env?: Readonly<Record<string, string>>): Started;
  leave(): void;
}

interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when the output so far contains the text. */
  printed(text: string): Promise<void>;
}

export function sitDown(): Desk {
  const folder = mkdtempSync(join(tmpdir(), "nephoscope-cli-"));
  function start(words: readonly string[], env: Readonly<Record<string, string>> = {}): Started {
    const child = spawn(process.execPath, [...(env.NODE_FLAGS?.split(" ") ?? []), BIN, ...words], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        XDG_STATE_HOME: join(folder, "state"),
        AWS_EC2_METADATA_DISABLED: "true",
        TZ: "UTC",
        ...env,
      },
    });
    let stdout = "";
    let stderr = "";
    const waiting = new Set<() => void>();
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      for (const look of waiting) look();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const ended = new Promise<Ended>((resolve) => child.on("close", (status) => resolve({ status, stdout, stderr })));
    const printed = (text: string) =>
      new Promise<void>((resolve, reject) => {
        const look = () => {
          if (stdout.includes(text)) resolve();
        };
        waiting.add(look);
        look();
        ended.then(() => reject(new Error(`It ended without printing ${text}: ${stdout}${stderr}`)));
      });
    return { process: child, ended, printed };
  }
  return { folder, start, run: (words, env) => start(words, env).ended, leave: () => rmSync(folder, { recursive: true, force: true }) };
}
