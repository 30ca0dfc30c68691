import { CommanderError } from "commander";
import { EXIT, type ExitStatus } from "./exit-status.ts";
import { reportFailure } from "./failure.ts";
import { type Host, openProcessHost } from "./host.ts";
import { languageOf } from "./language.ts";
import { type Invocation, parseCommandLine } from "./program.ts";
import { fromCommander, usageError } from "./usage-error.ts";

/** Runs one command line in this process, and ends the process with its status. */
export async function start(words: readonly string[]): Promise<void> {
  const host = openProcessHost();
  const status = await main(words, host);
  await Promise.all([host.stdout.flush(), host.stderr.flush()]);
  process.exit(host.signal.aborted && status !== EXIT.complete ? EXIT.interrupted : status);
}

/** Runs one command line. Whatever happens is told in a sentence; it never throws. */
export async function main(words: readonly string[], host: Host): Promise<ExitStatus> {
  const format = words.includes("--json") ? "json" : words.includes("--jsonl") ? "jsonl" : "text";
  let invocation: Invocation | undefined;
  try {
    const parsed = parseCommandLine(words, host, languageOf("", host.env));
    invocation = parsed.invocation;
    if (invocation === undefined) {
      host.stderr.write(parsed.help);
      return EXIT.usage;
    }
    if (words.includes("--json") && words.includes("--jsonl")) throw bothFormats();
    return await invocation.perform();
  } catch (error) {
    const failure = error instanceof CommanderError ? fromCommander(error, knownCommand(words)) : error;
    if (failure === undefined) return EXIT.complete;
    const question = invocation?.question ?? "";
    return reportFailure(host, failure, { question, language: languageOf(question, host.env), format });
  }
}

/** For the hint only: the word after which help can be asked for. */
function knownCommand(words: readonly string[]): string {
  const [first = ""] = words;
  return ["ask", "demo", "plan", "run", "resume", "doctor", "emulator", "prune"].includes(first) ? first : "";
}

function bothFormats() {
  return usageError(
    { en: "--json and --jsonl cannot be used together.", zh: "--json 与 --jsonl 不能同时使用。" },
    { en: "Choose one of them.", zh: "请只选其一。" },
  );
}
