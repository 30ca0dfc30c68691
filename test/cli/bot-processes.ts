import type { Desk } from "./run-nephoscope.ts";

/** A line of a bot's log. */
interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

export interface BotInProcess {
  readonly url: string;
  readonly log: readonly LogLine[];
  /** All that it wrote on stderr. */
  readonly text: () => string;
  kill(signal: NodeJS.Signals): void;
  readonly status: Promise<number | null>;
}

/** `nephoscope bot …` as a process of its own, ready to receive. */
export async function startBot(desk: Desk, words: readonly string[], env: Readonly<Record<string, string>>): Promise<BotInProcess> {
  const started = desk.start(["bot", ...words, "--port", "0"], env);
  const log: LogLine[] = [];
  let text = "";
  let rest = "";
  const ready = Promise.withResolvers<LogLine>();
  started.process.stderr?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const parsed = JSON.parse(line) as LogLine;
      log.push(parsed);
      if (parsed.message === "ready") ready.resolve(parsed);
    }
  });
  const status = started.ended.then(({ status: code, stderr }) => {
    ready.reject(new Error(`It ended before it was ready: ${stderr}`));
    return code;
  });
  const { url } = await ready.promise;
  return { url: String(url), log, text: () => text, kill: (signal) => void started.process.kill(signal), status };
}
