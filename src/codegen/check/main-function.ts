import type ts from "typescript";
import { firstSentence } from "../declare-text.ts";
import type { CompiledProgram } from "./compiler.ts";
import { docComment } from "./doc-comment.ts";
import type { ProblemList } from "./problem-list.ts";

const RETURN_TYPES = new Set(["Promise<Row[]>", "Promise<readonlyRow[]>", "Promise<Array<Row>>", "Promise<ReadonlyArray<Row>>"]);
const MAX_PURPOSE_LENGTH = 200;

/** Checks `main`; its purpose is the first sentence of its doc comment. */
export function checkMain(compiled: CompiledProgram, hasInput: boolean, problems: ProblemList): { readonly purpose: string } {
  const { typescript, source } = compiled;
  const mains = source.statements.filter(typescript.isFunctionDeclaration).filter(({ name }) => name?.text === "main");
  const [main] = mains;
  if (main === undefined || mains.length > 1) {
    problems.add("policy", mains.at(1) ?? 0, "There must be exactly one `async function main(): Promise<Row[]>`.");
    return { purpose: "" };
  }
  checkSignature(compiled, main, hasInput, problems);
  const purpose = firstSentence(docComment(typescript, main).text, MAX_PURPOSE_LENGTH);
  if (purpose === "") problems.add("policy", main, "main needs a doc comment: one sentence that says what it finds, for who approves it.");
  return { purpose };
}

function checkSignature(
  { typescript, source }: CompiledProgram,
  main: ts.FunctionDeclaration,
  hasInput: boolean,
  problems: ProblemList,
): void {
  const isAsync = main.modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.AsyncKeyword) ?? false;
  if (!isAsync || main.asteriskToken !== undefined) problems.add("policy", main, "main must be an `async function`.");
  if (main.typeParameters !== undefined) problems.add("policy", main, "main has no type parameters.");
  if (!RETURN_TYPES.has((main.type?.getText(source) ?? "").replace(/\s+/g, ""))) {
    problems.add("policy", main.type ?? main, "main must be declared to return Promise<Row[]>.");
  }
  const [parameter, second] = main.parameters;
  if (second !== undefined) problems.add("policy", second, "main takes at most one parameter: (input: Input).");
  if (parameter === undefined) return;
  const isPlain = parameter.initializer === undefined && parameter.questionToken === undefined && parameter.dotDotDotToken === undefined;
  if (!isPlain || parameter.type?.getText(source) !== "Input")
    problems.add("policy", parameter, "The parameter of main must be (input: Input).");
  else if (!hasInput) problems.add("policy", parameter, "main takes an Input, but there is no `const input: Input = {…}` with its values.");
}
