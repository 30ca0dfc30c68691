import { userInfo } from "node:os";
import { createInterface } from "node:readline/promises";
import { createStyle, type Style } from "./render/style.ts";

/** The process as commands see it. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  /** Of the operating system. */
  readonly user: string;
  /** Aborted by the first Ctrl-C, by SIGTERM, and when nobody reads the output any more. */
  readonly signal: AbortSignal;
  readonly stdout: Output;
  readonly stderr: Output;
  now(): number;
  /** What the person at the terminal answers to a question; null where nobody sits at one, or they turn away from it. */
  ask(question: string): Promise<string | null>;
}

export interface Output {
  /** Columns of the terminal; null where there is none. */
  readonly columns: number | null;
  readonly style: Style;
  write(text: string): void;
  /** Resolves when everything is handed on. */
  flush(): Promise<void>;
}

export interface OpenHost extends Host {
  close(): void;
}

export const SHOW_CURSOR = "\x1b[?25h";

/** The real process. The second Ctrl-C ends it at once. */
export function openProcessHost(): OpenHost {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) {
      if (process.stderr.isTTY) process.stderr.write(SHOW_CURSOR);
      process.exit(130);
    }
    controller.abort(new DOMException("Interrupted.", "AbortError"));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    env: process.env,
    folder: process.cwd(),
    user: userName(),
    signal: controller.signal,
    stdout: toOutput(process.stdout, () => controller.abort(new DOMException("Nobody reads.", "AbortError"))),
    stderr: toOutput(process.stderr, () => {}),
    now: Date.now,
    ask: (question) => askPerson(question, { signal: controller.signal, stop }),
    close() {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
    },
  };
}

/** A user id without an entry has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}

/** Ctrl-C stops the command as it does elsewhere; it and Ctrl-D leave the question open. */
async function askPerson(
  question: string,
  { signal, stop }: { readonly signal: AbortSignal; readonly stop: () => void },
): Promise<string | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.on("SIGINT", stop);
  try {
    return await terminal.question(question, { signal });
  } catch (error) {
    if (!(error instanceof Error && error.name === "AbortError")) throw error;
    process.stderr.write("\n");
    return null;
  } finally {
    terminal.close();
  }
}

function toOutput(stream: NodeJS.WriteStream, onClosed: () => void): Output {
  let closed = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    if (!closed) onClosed();
    closed = true;
  });
  return {
    get columns() {
      // 80 where a terminal does not tell its size.
      return stream.isTTY ? stream.columns || 80 : null;
    },
    style: createStyle({ terminal: stream.isTTY, env: process.env }),
    write(text) {
      if (!closed) stream.write(text);
    },
    flush: () =>
      new Promise((resolve) => {
        if (closed) resolve();
        else stream.write("", () => resolve());
      }),
  };
}
