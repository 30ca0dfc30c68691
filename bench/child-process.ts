import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

export interface ChildRun {
  readonly stdout: string;
  readonly wallMs: number;
}

/** Runs this Node with `args` in the package's root. Rejects when it fails, or takes longer than `timeoutMs`. */
export function runNode(
  args: readonly string[],
  options: { readonly timeoutMs?: number; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<ChildRun> {
  const { timeoutMs = 120_000, env = {} } = options;
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, timeoutMs);
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk;
    });
    child.on("error", reject);
    child.on("close", (status) => {
      clearTimeout(timer);
      const wallMs = performance.now() - startMs;
      if (status === 0) resolve({ stdout, wallMs });
      else reject(new Error(late ? `not done after ${timeoutMs / 1000} s` : `ended with ${status}: ${reasonIn(stderr)}`));
    });
  });
}

/** Starts a script of this folder that stays, and resolves with its first line of output. */
export function startNode(script: URL, args: readonly string[]): Promise<{ readonly child: ChildProcess; readonly line: string }> {
  return new Promise((resolve, reject) => {
    const command = ["--conditions=@nephoscope/source", fileURLToPath(script), ...args];
    const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk;
      const end = text.indexOf("\n");
      if (end >= 0) resolve({ child, line: text.slice(0, end) });
    });
    child.on("error", reject);
    child.on("exit", (status) => reject(new Error(`${fileURLToPath(script)} ended with ${status} before it said anything`)));
  });
}

/** The line that names the error, of what Node prints when it dies of one. */
function reasonIn(stderr: string): string {
  return stderr.split("\n").find((line) => /^\w*(Error|Exception)\b/.test(line)) ?? stderr.trim().slice(-200);
}
