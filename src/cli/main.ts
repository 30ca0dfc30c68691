import { CommanderError } from "commander";
import { OrchestratorError } from "nephoscope";
import { languageOf } from "nephoscope/presentation";
import { EXIT, type ExitStatus } from "./exit-status.ts";
import { type FailureContext, reportFailure } from "./failure.ts";
import { type Host, openProcessHost, SHOW_CURSOR } from "./host.ts";
import { type Invocation, parseCommandLine } from "./program.ts";
import { fromCommander, usageError } from "./usage-error.ts";

/** Runs one command line in this process, and ends the process with its status. */
export async function start(words: readonly string[]): Promise<void> {
  const host = openProcessHost();
  // Else a promise that nobody settles would end the process silently, with the status of a good answer.
  process.once("beforeExit", () => void end(host, reportStandstill(words, host)));
  await end(host, await main(words, host));
}

async function end(host: Host, status: ExitStatus): Promise<never> {
  await Promise.all([host.stdout.flush(), host.stderr.flush()]);
  process.exit(host.signal.aborted && status !== EXIT.complete ? EXIT.interrupted : status);
}

/** Nothing is going on any more, and the command has not come to its end. */
function reportStandstill(words: readonly string[], host: Host): ExitStatus {
  if (host.stderr.columns !== null) host.stderr.write(`${SHOW_CURSOR}\n`);
  const failure = new OrchestratorError({
    code: "INTERNAL",
    message: {
      en: "nephoscope came to a standstill: there is no answer, and nothing left to wait for.",
      zh: "nephoscope 中途停住：没有得到结果，也没有可等待的操作。",
    },
    hint: { en: "This is a defect of nephoscope. Please report it.", zh: "这是 nephoscope 的缺陷，请报告给我们。" },
  });
  return reportFailure(host, failure, { question: "", language: languageOf("", host.env), format: formatOf(words) });
}

/** Runs one command line. Whatever happens is told in a sentence; it never throws. */
export async function main(words: readonly string[], host: Host): Promise<ExitStatus> {
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
    return reportFailure(host, failure, { question, language: languageOf(question, host.env), format: formatOf(words) });
  }
}

function formatOf(words: readonly string[]): FailureContext["format"] {
  return words.includes("--json") ? "json" : words.includes("--jsonl") ? "jsonl" : "text";
}

/** For the hint only: the word after which help can be asked for. */
function knownCommand(words: readonly string[]): string {
  const [first = ""] = words;
  return COMMANDS.includes(first) ? first : "";
}

const COMMANDS: readonly string[] = [
  ...["ask", "demo", "plan", "run", "resume", "doctor", "emulator", "bot", "prune"],
  ...["approvals", "approve", "reject", "knowledge", "audit"],
];

function bothFormats() {
  return usageError(
    { en: "--json and --jsonl cannot be used together.", zh: "--json 与 --jsonl 不能同时使用。" },
    { en: "Choose one of them.", zh: "请只选其一。" },
  );
}
