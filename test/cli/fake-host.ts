import type { Host } from "../../src/cli/host.ts";
import { main } from "../../src/cli/main.ts";
import { createStyle } from "../../src/cli/render/style.ts";

/** A machine without a terminal, and what is written on it. */
export function fakeHost(env: Readonly<Record<string, string>> = {}): {
  readonly host: Host;
  readonly written: { readonly stdout: string; readonly stderr: string };
} {
  const written = { stdout: "", stderr: "" };
  const output = (name: "stdout" | "stderr") => ({
    columns: null,
    style: createStyle({ terminal: false, env: {} }),
    write(text: string) {
      written[name] += text;
    },
    flush: async () => {},
  });
  const host: Host = {
    env,
    folder: process.cwd(),
    user: "tester",
    signal: new AbortController().signal,
    stdout: output("stdout"),
    stderr: output("stderr"),
    now: () => 0,
    ask: async () => null,
  };
  return { host, written };
}

/** Runs a command line in this process, as on a machine without a terminal. */
export async function runInProcess(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ status: number; stdout: string; stderr: string }> {
  const { host, written } = fakeHost(env);
  const status = await main(words, host);
  return { status, ...written };
}
