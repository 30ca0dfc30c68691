import { Script } from "node:vm";
import typescript from "typescript";
import { describe, expect, it } from "vitest";
import { eraseTypes } from "../../src/codegen/check/erase-types.ts";
import { RIGHT_PROGRAMS } from "./programs/right-programs.ts";

function erased(code: string): string {
  return eraseTypes(typescript, typescript.createSourceFile("/program.ts", code, typescript.ScriptTarget.ES2024, true));
}

/** As the compiler prints it, without comments, blanks, parentheses and the empty statements that stand where types stood. */
function printed(code: string, fileName: string): string {
  const { outputText, diagnostics = [] } = typescript.transpileModule(code, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: { target: typescript.ScriptTarget.ESNext, module: typescript.ModuleKind.ESNext, removeComments: true, allowJs: true },
  });
  expect(diagnostics.map(({ messageText }) => messageText)).toEqual([]);
  const withoutEmpty = outputText.replace(/^\s*;\s*$/gm, "").replace("export {};", "");
  // The compiler takes away parentheses that only a type needed.
  return withoutEmpty.replace(/[\s()]/g, "");
}

/** What differs between languages: places where a type's end and a line's end meet. */
const SNIPPETS: readonly string[] = [
  "const f = (a: number): {\n  b: number\n} => ({ b: a });",
  "const f = (a: number /* :) */ ): /* ) */ string\n  | null => null;",
  "const f = async <T,>(a: T): Promise<T> => a;",
  "const f = async <\n  T\n>(a: T) => a;",
  "const f = <T extends { a: string }>(a: T, ...b: readonly T[]): T => a;",
  "function f<T>(this_: T, a?: number, b: string = 'x'): asserts a is number {}",
  "const x = y as string\n;(1, 2)",
  "let y = 1\nconst x = y as unknown as number\n`a`",
  "let x: number\n[1].at(0)",
  "let x: number\n;/a/.test('')",
  "let a = 1\ninterface X { a: string }\n(1, 2)",
  "const a = 1\ntype X = string\n[1].at(0)",
  "const x = new Map<string, readonly { a: number }[]>([]), y = x!.get('a')!",
  "const x = ({ a: 1 } satisfies { a: number }).a",
  "for (const x of [1] as number[]) x as number\nwhile (false) 1 as number",
  "if (true) 1 as number\nelse 2 as number",
  "try {} catch (error: unknown) {}",
  "const x = { f<T>(a: T): T { return a }, async g(): Promise<void> {}, *h(): Generator<number> {} }",
  "const { a, b = 1 as number }: { a: string; b?: number } = { a: '' }",
  "const x = [1].map<string>((n): string => `$" + "{n as number}$" + "{(n!)}`)",
  "const x = true ? (1 as number) : (2 as number), y = (1 as number) < 2 || 3 as number > 4",
  "const f = (x: unknown): x is string => typeof x === 'string'",
  "const x = <const T,>(a: T): T => a",
  "const f = (a: number):\n  // why\n  number =>\n  a",
  "const 云 = '😀' as string; const y: 云 = 1; type 云 = number;",
];

const CASES = [...SNIPPETS.map((code): [string, string] => [code, code]), ...Object.entries(RIGHT_PROGRAMS)];

describe("erasing types", () => {
  it.each(CASES)("leaves what the compiler would: %j", (_, code) => {
    expect(printed(erased(code), "/program.js")).toBe(printed(code, "/program.ts"));
  });

  it.each(CASES)("leaves everything where it was: %j", (_, code) => {
    const javascript = erased(code);
    expect(javascript).toHaveLength(code.length);
    expect(javascript.split("\n").map((line) => line.length)).toEqual(code.split("\n").map((line) => line.length));
  });

  it.each(CASES)("leaves what an engine can read: %j", (_, code) => {
    expect(() => new Script(erased(code))).not.toThrow();
  });
});
