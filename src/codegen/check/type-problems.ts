import type ts from "typescript";
import { nearest } from "../../errors/index.ts";
import type { CompiledProgram } from "./compiler.ts";
import type { ProblemList } from "./problem-list.ts";

/** Adds what the compiler says about types, with a hint where the cause is a common one. */
export function addTypeProblems(compiled: CompiledProgram, problems: ProblemList): void {
  for (const error of compiled.typeErrors()) {
    // Told already, in better words.
    if (problems.hasAt(error.start ?? 0)) continue;
    const hint = hintFor(compiled, error);
    const name = textAt(compiled, error);
    const message = HOST_NAMES.has(name) ? `There is no \`${name}\`. ${NO_HOST}` : messageOf(compiled, error);
    problems.add("types", error.start ?? 0, hint === undefined ? message : `${message} ${hint}`);
  }
}

/** The first two sentences of the chain: what, and why. */
export function messageOf({ typescript }: CompiledProgram, { messageText }: ts.Diagnostic): string {
  const [first = "", second] = typescript.flattenDiagnosticMessageText(messageText, "\n").split("\n");
  const short = (line: string) => (line.length > 220 ? `${line.slice(0, 219)}…` : line.trim());
  return second === undefined ? short(first) : `${short(first)} ${short(second)}`;
}

const MAYBE_ABSENT = "Clouds leave fields out: use `?.`, or `??` with another value (`?? null` for a cell).";
const NO_HOST = "A program sees `cloud.call`, `console.log` and the language; no network, files, timers or modules.";
const HOST_NAMES = new Set([
  "fetch",
  "process",
  "Buffer",
  "require",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "URL",
  "URLSearchParams",
  "structuredClone",
  "window",
  "document",
  "crypto",
  "performance",
  "TextEncoder",
  "TextDecoder",
  "AbortController",
  "queueMicrotask",
]);

function hintFor(compiled: CompiledProgram, error: ts.Diagnostic): string | undefined {
  const text = messageOf(compiled, error);
  switch (error.code) {
    case 2531:
    case 2532:
    case 2533:
    case 18047:
    case 18048:
    case 18049:
      return MAYBE_ABSENT;
    case 2322:
    case 2345:
    case 2769:
      return /\bundefined' is not assignable|Type 'undefined' is not/.test(text) ? MAYBE_ABSENT : undefined;
    case 2488:
      return MAYBE_ABSENT;
    case 2339:
      return fieldsHint(compiled, error);
    case 2353:
      return parametersHint(compiled, error);
    case 2571:
    case 18046:
      return "Its type is not known: narrow it first (typeof, Array.isArray, or `as` with the type it has).";
    default:
      return undefined;
  }
}

function fieldsHint({ typescript, source, checker }: CompiledProgram, error: ts.Diagnostic): string | undefined {
  const node = nodeAt(typescript, source, error.start ?? 0);
  const access = node?.parent;
  if (access === undefined || !typescript.isPropertyAccessExpression(access)) return undefined;
  const type = checker.getNonNullableType(checker.getTypeAtLocation(access.expression));
  if (checker.isArrayType(type)) return "It is a list: iterate over it.";
  const names = checker.getPropertiesOfType(type).map(({ name }) => name);
  if (names.length === 0) return undefined;
  const near = nearest(access.name.text, names, 3);
  return `Its fields are ${[...new Set([...near, ...names])].slice(0, 20).join(", ")}.`;
}

function parametersHint({ typescript, source, checker }: CompiledProgram, error: ts.Diagnostic): string | undefined {
  const name = nodeAt(typescript, source, error.start ?? 0);
  const literal = name === undefined ? undefined : typescript.findAncestor(name, typescript.isObjectLiteralExpression);
  if (name === undefined || literal === undefined) return undefined;
  const type = checker.getContextualType(literal);
  if (type === undefined) return undefined;
  if (/token|marker|pageNumber|pageSize/i.test(name.getText(source)))
    return "Pages are followed for the program: a call gives the whole list.";
  const names = checker.getPropertiesOfType(checker.getNonNullableType(type)).map((property) => property.name);
  return names.length === 0 ? "It takes none." : `There is ${names.slice(0, 20).join(", ")}.`;
}

function textAt({ source }: CompiledProgram, { start = 0, length = 0 }: ts.Diagnostic): string {
  return source.text.slice(start, start + length);
}

function nodeAt(typescript: CompiledProgram["typescript"], source: ts.SourceFile, position: number): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (node.getStart(source) > position || node.end <= position) return;
    found = node;
    typescript.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
