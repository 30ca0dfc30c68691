import { type CodeProblem, type Program, type ProgramOperation, sha256 } from "../contracts/index.ts";
import { findCalls } from "./check/calls.ts";
import { type CompiledProgram, loadCompiler } from "./check/compiler.ts";
import { eraseTypes } from "./check/erase-types.ts";
import { checkMain } from "./check/main-function.ts";
import { checkPolicy } from "./check/policy.ts";
import { ProblemList } from "./check/problem-list.ts";
import { programInput } from "./check/program-input.ts";
import { rowColumns } from "./check/row-columns.ts";
import { checkTopLevel } from "./check/top-level.ts";
import { addTypeProblems, messageOf } from "./check/type-problems.ts";
import { declarationsFor } from "./declarations.ts";

type CheckedProgram = { readonly ok: true; readonly program: Program } | { readonly ok: false; readonly problems: readonly CodeProblem[] };

export interface ProgramChecker {
  /**
   * Whether a program is TypeScript that fits the operations and keeps to the rules; at most ten problems, in the order of the code. Same
   * code and operations, same program; and a program's own code and operations give it again. Rejects with `DEPENDENCY_MISSING` where
   * TypeScript is not installed.
   */
  check(code: string, operations: readonly ProgramOperation[], signal?: AbortSignal): Promise<CheckedProgram>;
}

/** More than a person reads before approving. */
const MAX_CODE_CHARACTERS = 12_000;

/** A checker that loads TypeScript when it is first used, and keeps the language library parsed for the next check. */
export function createProgramChecker(): ProgramChecker {
  let loading: ReturnType<typeof loadCompiler> | undefined;
  return {
    async check(code, operations, signal) {
      signal?.throwIfAborted();
      if (code.length > MAX_CODE_CHARACTERS) return refused(`The program is longer than ${MAX_CODE_CHARACTERS} characters.`);
      loading ??= loadCompiler();
      const compiler = await loading;
      signal?.throwIfAborted();
      try {
        return checkCompiled(compiler.compile(code, declarationsFor(operations.map(({ operation }) => operation))), operations);
      } catch (error) {
        // The parser is recursive.
        if (error instanceof RangeError) return refused("The program is nested too deeply.");
        throw error;
      }
    },
  };
}

function checkCompiled(compiled: CompiledProgram, operations: readonly ProgramOperation[]): CheckedProgram {
  const { typescript, source } = compiled;
  const problems = new ProblemList(source);
  for (const error of compiled.syntaxErrors) problems.add("syntax", error.start ?? 0, messageOf(compiled, error));
  if (!problems.isEmpty) return { ok: false, problems: problems.list() };

  const mayCheckTypes = checkPolicy(typescript, source, problems);
  checkTopLevel(typescript, source, problems);
  const found = findCalls(typescript, source, operations, problems);
  if (!mayCheckTypes) return { ok: false, problems: problems.list() };

  const { parameters, input } = programInput(compiled, problems);
  const columns = rowColumns(compiled, problems);
  const { purpose } = checkMain(compiled, Object.keys(parameters.fields).length > 0, problems);
  addTypeProblems(compiled, problems);
  const provider = found.operations[0]?.operation.provider;
  if (provider === undefined && problems.isEmpty) problems.add("policy", 0, "The program calls no operation of a cloud.");
  if (!problems.isEmpty || provider === undefined) return { ok: false, problems: problems.list() };
  return {
    ok: true,
    program: {
      purpose,
      code: source.text,
      javascript: eraseTypes(typescript, source),
      columns,
      parameters,
      input,
      provider,
      calls: found.calls,
      operations: found.operations,
      declarationsHash: sha256(declarationsFor(found.operations.map(({ operation }) => operation))),
    },
  };
}

function refused(message: string): CheckedProgram {
  return { ok: false, problems: [{ stage: "policy", message, line: 1, column: 1 }] };
}
