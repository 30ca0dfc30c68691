import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("./store-writer.ts", import.meta.url));

/** Runs a task of `store-writer.ts` in as many processes as there are names, all begun at once; gives what each said last. */
export async function inProcesses(url: string, task: string, names: readonly string[]): Promise<unknown[]> {
  const writers = names.map((name) => startWriter(url, task, name));
  await Promise.all(writers.map(({ ready }) => ready));
  for (const { begin } of writers) begin();
  return Promise.all(writers.map(async ({ ended }) => JSON.parse((await ended).at(-1) ?? "null")));
}

export interface Writer {
  readonly process: ChildProcess;
  readonly ready: Promise<void>;
  begin(): void;
  /** Called with each line after the first. */
  onLine(listener: (line: string) => void): void;
  /** All lines after the first. Rejects where the process failed by itself. */
  readonly ended: Promise<string[]>;
}

export function startWriter(url: string, task: string, name: string): Writer {
  const child = spawn(process.execPath, ["--conditions=@nephoscope/source", SCRIPT, url, task, name], { stdio: ["pipe", "pipe", "pipe"] });
  const lines: string[] = [];
  const listeners: ((line: string) => void)[] = [];
  let errors = "";
  child.stderr.on("data", (data) => {
    errors += data;
  });
  const ready = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line === "ready") return ready.resolve();
    lines.push(line);
    for (const listener of listeners) listener(line);
  });
  const ended = new Promise<string[]>((resolve, reject) => {
    child.on("close", (status, signal) => {
      const failure = new Error(`the writer ended with ${status}:\n${errors}`);
      ready.reject(failure);
      if (errors === "" && (status === 0 || signal === "SIGKILL")) resolve(lines);
      else reject(failure);
    });
  });
  return { process: child, ready: ready.promise, begin: () => child.stdin.write("begin\n"), onLine: (it) => listeners.push(it), ended };
}
