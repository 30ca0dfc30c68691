import { main } from "../../src/cli/main.ts";
import { createStyle } from "../../src/cli/render/style.ts";

/** Runs a command line in this process, as on a machine without a terminal. */
export async function runInProcess(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ status: number; stdout: string; stderr: string }> {
  const written = { stdout: "", stderr: "" };
  const output = (name: "stdout" | "stderr") => ({
    columns: null,
    style: createStyle({ terminal: false, env: {} }),
    write(text: string) {
      written[name] += text;
    },
    flush: async () => {},
  });
  const status = await main(words, {
    env,
    folder: process.cwd(),
    signal: new AbortController().signal,
    stdout: output("stdout"),
    stderr: output("stderr"),
    now: () => 0,
  });
  return { status, ...written };
}
