import type { CodeProblem, Program, RehearsalReport, Sandbox, SandboxFailure, SandboxLimits, SandboxOutcome } from "../contracts/index.ts";
import { SANDBOX_LIMITS } from "../contracts/index.ts";
import { checkRows } from "./check-rows.ts";
import { literalsOf } from "./rehearse/literals.ts";
import { RehearsalHost } from "./rehearse/rehearsal-host.ts";
import { type Scenario, scenariosFor, throttledAfter } from "./rehearse/scenarios.ts";

export type Rehearsal =
  | { readonly ok: true; readonly report: RehearsalReport }
  | { readonly ok: false; readonly problems: readonly CodeProblem[] };

type Played = { readonly problems: readonly CodeProblem[] } | { readonly calls: number; readonly rows: number };

/** Samples come at once and are few: a program that takes longer or calls more often is caught in a loop. */
const LIMITS: SandboxLimits = { ...SANDBOX_LIMITS, timeoutMs: 5_000, maxCalls: 500 };
const SEED = 1;

/**
 * Runs a program with made-up answers of the described shapes: samples, several pages, fields left out, nothing found, throttled. The first
 * that goes wrong ends it. Rejects only with the reason of `signal`, or where the sandbox cannot be loaded.
 */
export async function rehearse(
  program: Program,
  sandbox: Sandbox,
  options: { readonly nowMs: number; readonly signal: AbortSignal },
): Promise<Rehearsal> {
  const literals = literalsOf(program);
  const scenarios: { name: string; calls: number; rows: number }[] = [];
  const play = async (scenario: Scenario): Promise<readonly CodeProblem[]> => {
    const host = new RehearsalHost(program, scenario, literals, options.nowMs);
    const run = { code: program.javascript, input: program.input, nowMs: options.nowMs, seed: SEED, limits: LIMITS };
    const played = judge(program, scenario, host, await sandbox.run(run, host, options.signal));
    if ("problems" in played) return played.problems;
    scenarios.push({ name: scenario.name, ...played });
    return [];
  };
  for (const scenario of scenariosFor(program)) {
    const problems = await play(scenario);
    if (problems.length > 0) return { ok: false, problems };
  }
  const problems = await play(throttledAfter(scenarios[0]?.calls ?? 1));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, report: { scenarios } };
}

function judge(program: Program, scenario: Scenario, { wrongCalls }: RehearsalHost, outcome: SandboxOutcome): Played {
  const problem = (message: string, place: Place): Played => ({
    problems: [{ stage: "rehearsal", message: `With ${SCENARIO_TEXT[scenario.name]}: ${message}`, ...place }],
  });
  const [wrong] = wrongCalls;
  if (wrong !== undefined) return problem(wrong.message, callPlace(program, wrong.line));
  if (outcome.ok) {
    const mismatch = checkRows(outcome.value, program.columns);
    if (mismatch === undefined) return { calls: outcome.calls, rows: Array.isArray(outcome.value) ? outcome.value.length : 0 };
    return problem(`main must resolve to Row[], but ${mismatch}.`, placeOf(program, /\binterface\s+Row\b/));
  }
  const { failure } = outcome;
  if (scenario.mayFail && failure.kind === "error") return { calls: outcome.calls, rows: 0 };
  const place =
    failure.line === null ? placeOf(program, /\basync\s+function\s+main\b/) : { line: failure.line, column: failure.column ?? 1 };
  return problem(failureText(failure, scenario), place);
}

const SCENARIO_TEXT: Readonly<Record<Scenario["name"], string>> = {
  "typed samples": "sample answers of the declared types",
  "several pages": "a long list",
  "fields left out": "answers that leave out every optional field",
  "nothing found": "empty answers",
  throttled: "a call that fails with PROVIDER_RATE_LIMITED",
};

function failureText({ kind, message }: SandboxFailure, { mayFail }: Scenario): string {
  const again = mayFail ? " Do not retry: calls are retried for the program; let the error through." : "";
  switch (kind) {
    case "timeout":
      return `it did not end within ${LIMITS.timeoutMs} ms.${again}`;
    case "calls":
      return `it made more than ${LIMITS.maxCalls} calls.${again}`;
    case "deadlock":
      return "it waits for something that never happens.";
    default:
      return `it failed: ${message}`;
  }
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function callPlace({ code }: Program, line: number): Place {
  const column = (code.split("\n")[line - 1] ?? "").indexOf("cloud.call");
  return { line, column: Math.max(0, column) + 1 };
}

/** Where the code says so; its beginning where it does not. */
function placeOf({ code }: Program, pattern: RegExp): Place {
  const before = code.slice(0, Math.max(0, code.search(pattern))).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
