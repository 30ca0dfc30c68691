import type { CodeProblem } from "../../../src/contracts/index.ts";

export interface WrongProgram {
  readonly rule: string;
  readonly code: string;
  readonly stage: CodeProblem["stage"];
  readonly says: RegExp;
  /** From 1. */
  readonly line: number;
}

const DOC = "/** Names of metric filters. */";
const CALL = 'cloud.call("aws", "logs", "DescribeMetricFilters", {})';

/** A program that is right but for `line`, the fifth. */
function withStatement(line: string): string {
  return `interface Row { name: string }
${DOC}
async function main(): Promise<Row[]> {
  const reply = await ${CALL};
  ${line}
  return (reply.metricFilters ?? []).map((filter) => ({ name: filter.filterName ?? "" }));
}
`;
}

/** A program that is right but for `line`, the first. */
function withTopLevel(line: string): string {
  return `${line}\n${withStatement("")}`;
}

/** A program that is right but for its `Row`, in the first line. */
function withRow(row: string): string {
  return `${row}\n${DOC}\nasync function main(): Promise<Row[]> {\n  await ${CALL};\n  return [] as Row[];\n}\n`;
}

/** A program that is right but for what `main` is, in the third line. */
function withMain(main: string, doc = DOC): string {
  return `interface Row { name: string }\n${doc}\n${main} {\n  await ${CALL};\n  return [];\n}\n`;
}

/** A program whose input is in the first two lines. */
function withInput(declaration: string, constant: string, use = "input.days"): string {
  return `${declaration}\n${constant}\ninterface Row { name: string }\n${DOC}\nasync function main(input: Input): Promise<Row[]> {\n  await ${CALL};\n  return [{ name: String(${use}) }];\n}\n`;
}

const inMain = (rule: string, line: string, says: RegExp, stage: CodeProblem["stage"] = "policy"): WrongProgram => ({
  rule,
  code: withStatement(line),
  says,
  stage,
  line: 5,
});
const before = (rule: string, line: string, says: RegExp, stage: CodeProblem["stage"] = "policy"): WrongProgram => ({
  rule,
  code: withTopLevel(line),
  says,
  stage,
  line: 1,
});
const row = (rule: string, code: string, says: RegExp): WrongProgram => ({ rule, code: withRow(code), says, stage: "policy", line: 1 });
const main = (rule: string, code: string, says: RegExp, doc?: string): WrongProgram => ({
  rule,
  code: withMain(code, doc),
  says,
  stage: "policy",
  line: 3,
});

/** One for each rule. */
export const WRONG_PROGRAMS: readonly WrongProgram[] = [
  // Syntax
  inMain("a bracket is missing", "const x = (1;", /expected/, "syntax"),
  inMain("a word too many", "let let = 3 4;", /expected|not allowed/, "syntax"),
  {
    rule: "an import that does not end",
    code: `import {
${withStatement("")}`,
    says: /expected/,
    stage: "syntax",
    line: 2,
  },

  // Types
  inMain(
    "unknown operation",
    'await cloud.call("aws", "logs", "DescribeMetricFilter", {});',
    /no operation.*"DescribeMetricFilters"/,
    "types",
  ),
  inMain(
    "unknown service",
    'await cloud.call("aws", "log", "DescribeMetricFilters", {});',
    /"aws", "logs", "DescribeMetricFilters"/,
    "types",
  ),
  inMain(
    "unknown provider",
    'await cloud.call("amazon", "logs", "DescribeMetricFilters", {});',
    /"aws", "logs", "DescribeMetricFilters"/,
    "types",
  ),
  inMain(
    "unknown parameter",
    'await cloud.call("aws", "logs", "DescribeMetricFilters", { logGroup: "x" });',
    /logGroup.*logGroupName/,
    "types",
  ),
  inMain("page token", 'await cloud.call("aws", "logs", "DescribeMetricFilters", { nextToken: "x" });', /Pages are followed/, "types"),
  inMain(
    "parameter of an operation without any such",
    'await cloud.call("aws", "logs", "DescribeMetricFilters", { limit: "50" });',
    /number/,
    "types",
  ),
  inMain(
    "value that is not listed",
    'await cloud.call("aws", "logs", "DescribeMetricFilters", { order: "asc" });',
    /"ascending" \| "descending"/,
    "types",
  ),
  inMain("missing parameter", 'await cloud.call("aws", "cloudwatch", "GetDashboard", {});', /DashboardName.*missing/, "types"),
  inMain("wrong field of a result", "reply.metricFilter;", /metricFilters/, "types"),
  inMain("wrong field of a result's item", "(reply.metricFilters ?? []).map((filter) => filter.name);", /filterName/, "types"),
  inMain("field of a list", "(reply.metricFilters ?? []).filterName;", /list: iterate/, "types"),
  inMain("field that may be absent", "reply.metricFilters.length;", /leave fields out/, "types"),
  inMain("item that may be absent", "const first: string = (reply.metricFilters ?? [])[0].filterName ?? '';", /leave fields out/, "types"),
  inMain("absent where a value is needed", "const name: string = reply.metricFilters?.[0]?.filterName;", /\?\? null/, "types"),
  inMain(
    "iterating over what may be absent",
    "for (const filter of reply.metricFilters) console.log(filter);",
    /leave fields out/,
    "types",
  ),
  inMain("forgotten await", `${CALL}.metricFilters;`, /metricFilters/, "types"),
  inMain("token of a result", "reply.nextToken;", /nextToken/, "types"),
  inMain(
    "unknown value",
    'for (const { Extra } of (await cloud.call("aws", "cloudwatch", "ListMetrics", {})).Metrics ?? []) Extra.length;',
    /narrow it/,
    "types",
  ),
  inMain("changing a result", "reply.metricFilters = [];", /read-only/, "types"),
  inMain("network", 'await fetch("https://example.com");', /sees/, "types"),
  inMain("environment", "process.env;", /sees/, "types"),
  inMain("timers", "setTimeout(() => {}, 1);", /sees/, "types"),
  inMain("other methods of console", 'console.error("x");', /error/, "types"),
  inMain("comparison that is never true", 'if (1 as number === "a") console.log();', /overlap/, "types"),
  inMain("wrong type of a cell", "const wrong: Row = { name: 1 };", /number/, "types"),
  inMain("field that Row has not", 'const wrong: Row = { name: "", size: 1 };', /size/, "types"),

  // Ways to code that is not in the code
  before("import", 'import { readFileSync } from "node:fs";', /Imports/),
  before("import of types", 'import type { X } from "x";', /Imports/),
  before("export", "export const x = 1;", /export/),
  before("export list", "export {};", /Exports/),
  before("import with require", 'import fs = require("fs");', /Imports/),
  inMain("dynamic import", 'await import("node:fs");', /import\(\)/),
  inMain("import type in a type", 'const x: import("fs").Stats | null = null;', /Import types/),
  inMain("import.meta", "import.meta;", /import\.meta/),
  inMain("require", 'require("fs");', /require/),
  inMain("eval", 'eval("1");', /eval/),
  inMain("eval by escape", 'ev\\u0061l("1");', /eval/),
  inMain("Function", 'new Function("return 1")();', /Function/),
  inMain("constructor of a value", '"".constructor;', /constructor/),
  inMain("constructor by string", 'reply["constructor"];', /constructor/),
  inMain("constructor taken apart", "const { constructor: made } = {};", /constructor/),
  inMain("constructor taken apart by string", 'const { "constructor": made } = {};', /constructor/),
  inMain("prototype", "Array.prototype;", /prototype/),
  inMain("__proto__", "const x = { __proto__: null };", /__proto__/),
  inMain("prototype by function", "Object.getPrototypeOf(reply);", /getPrototypeOf/),
  inMain("comment of HTML", "let n = 1; while (n --> 0) console.log(n);", /spaces/),
  inMain("globalThis", "globalThis;", /globalThis/),
  inMain("Reflect", "Reflect.ownKeys({});", /Reflect/),
  inMain("Proxy", "new Proxy({}, {});", /Proxy/),
  before("this", "function f(this: string) { return this; }", /this/),

  // The set of calls
  inMain("alias of cloud", "const c = cloud;", /only be called/),
  inMain("alias of cloud.call", "const c = cloud.call;", /only be called/),
  inMain("cloud taken apart", "const { call } = cloud;", /only be called/),
  inMain("cloud passed on", "console.log(cloud);", /only be called/),
  inMain("cloud in an object", "console.log({ cloud });", /only be called/),
  inMain("cloud by brackets", 'cloud["call"]("aws", "logs", "DescribeMetricFilters", {});', /only be called/),
  inMain("cloud in parentheses", '(cloud).call("aws", "logs", "DescribeMetricFilters", {});', /only be called/),
  inMain("cloud with ?.", 'cloud?.call("aws", "logs", "DescribeMetricFilters", {});', /only be called/),
  inMain("call with ?.", 'cloud.call?.("aws", "logs", "DescribeMetricFilters", {});', /only be called/),
  inMain("cast of cloud", '(cloud as unknown as { call(name: string): void }).call("x");', /only be called/),
  inMain("typeof cloud", "const x: typeof cloud | null = null;", /only be called/),
  inMain("call of call", 'cloud.call.call(null, "aws", "logs", "DescribeMetricFilters", {});', /only be called/),
  inMain("shadow of cloud", 'const wrap = (cloud: { call(name: string): void }) => cloud.call("x");', /only be called/),
  before("own cloud", "const cloud = { call() {} };", /only be called/),
  before("own console", "const console = { log() {} };", /console\.log/),
  inMain(
    "operation by variable",
    'const name = "DescribeMetricFilters" as const; await cloud.call("aws", "logs", name, {});',
    /operation of cloud\.call must be a string literal/,
  ),
  inMain(
    "service by template",
    'await cloud.call("aws", `logs`, "DescribeMetricFilters", {});',
    /service of cloud\.call must be a string literal/,
  ),
  inMain("provider by choice", 'await cloud.call(true ? "aws" : "aws", "logs", "DescribeMetricFilters", {});', /provider of cloud\.call/),
  inMain(
    "parameters by variable",
    'const parameters = {}; await cloud.call("aws", "logs", "DescribeMetricFilters", parameters);',
    /object literal/,
  ),
  inMain("parameters by spread", 'await cloud.call("aws", "logs", "DescribeMetricFilters", { ...{ limit: 1 } });', /no spread/),
  inMain("computed parameter", 'await cloud.call("aws", "logs", "DescribeMetricFilters", { ["limit"]: 1 });', /no computed/),
  inMain("spread arguments", 'await cloud.call(...(["aws", "logs", "DescribeMetricFilters", {}] as const));', /string literal/),
  inMain(
    "type arguments of a call",
    'await cloud.call<"aws", "logs", "DescribeMetricFilters">("aws", "logs", "DescribeMetricFilters", {});',
    /no type arguments/,
  ),
  inMain("two clouds", 'await cloud.call("gcp", "compute", "disks.aggregatedList", {});', /one cloud/),
  {
    rule: "no call at all",
    code: `interface Row { name: string }\n${DOC}\nasync function main(): Promise<Row[]> {\n  return [];\n}\n`,
    says: /calls no operation/,
    stage: "policy",
    line: 1,
  },

  // Syntax that is not only types
  before("enum", "enum Color { Red }", /Enums/),
  before("namespace", "namespace N { export const x = 1; }", /Namespaces/),
  before("declare", "declare const x: number;", /declare/),
  before("declare global", "declare global { interface Array<T> { evil: T } }", /declare|Namespaces/),
  before("class", "class C {}", /Classes/),
  inMain("class in a function", "class C { constructor(private x: number) {} }", /Classes/),
  before("decorator", "@sealed class C {}", /Classes|Decorators/),
  inMain("debugger", "debugger;", /debugger/),
  inMain("any", "const x: any = reply; console.log(x);", /`any`/),
  inMain("cast to any", "console.log(reply as any);", /`any`/),
  inMain("old type assertion", "console.log(<unknown>reply);", /value as Type/),
  inMain("tagged template", "String.raw`x`;", /Tagged/),
  before("computing types", "type Deep<T> = T extends string ? T : Deep<T[]>;", /compute types/),
  before("mapped types", "type All = { [K in string]: K };", /compute types/),
  before("overloads", "function f(x: string): void; function f(x: string) { console.log(x); }", /overloads/),
  inMain("getters", "console.log({ get x() { return 1; } });", /Accessors/),

  // Comments and characters
  inMain("@ts-ignore", "// @ts-ignore", /silence/),
  inMain("@ts-expect-error", "// @ts-expect-error\n  reply.nothing;", /silence/),
  before("@ts-nocheck", "// @ts-nocheck", /silence/),
  before("reference", '/// <reference lib="dom" />', /references/),
  inMain("right-to-left override", 'const x = "\u202e"; console.log(x);', /Invisible/),
  inMain("zero-width space", 'const x = "\u200b"; console.log(x);', /Invisible/),

  // Outside of functions
  before("statement", "console.log(1);", /move this into/),
  before("block", "{ console.log(1); }", /move this into/),
  before("let", "let x = 1;", /only `const`/),
  before("computed constant", "const now = Date.now();", /holds a literal/),
  before("assigning constant", "const a = [1]; const b = (a[0] = 2);", /holds a literal/),
  before("function called at once", "const x = (() => 1)();", /holds a literal/),

  // Row
  {
    rule: "no Row",
    code: `${DOC}\nasync function main(): Promise<Row[]> {\n  await ${CALL};\n  return [];\n}\n`,
    says: /no interface Row/,
    stage: "policy",
    line: 1,
  },
  row("Row as a type", "type Row = { name: string };", /as an interface/),
  row("Row that extends", "interface Base { id: string }; interface Row extends Base { name: string }", /extends nothing/),
  row("Row without fields", "interface Row {}", /no fields/),
  row("optional field", "interface Row { name?: string }", /must not be optional/),
  row("list in a cell", "interface Row { name: string[] }", /flatten/),
  row("object in a cell", "interface Row { name: { first: string } }", /flatten/),
  row("mixed cell", "interface Row { name: string | number }", /string, number or boolean/),
  row("null only", "interface Row { name: null }", /string, number or boolean/),
  row("method", "interface Row { name(): string }", /plain fields/),
  row("index signature", "interface Row { [name: string]: string }", /plain fields/),
  row("column of the scope", "interface Row { region: string }", /put before each row/),
  row("time that is no text", "interface Row { /** @time */ created: number }", /ISO 8601/),
  row("unknown unit", "interface Row { /** @unit apples */ size: number }", /unknown unit "apples".*bytes/),
  row("unit of a text", "interface Row { /** @unit bytes */ size: string }", /must be a number/),

  // main
  {
    rule: "no main",
    code: `interface Row { name: string }\n${DOC}\nasync function run(): Promise<Row[]> {\n  await ${CALL};\n  return [];\n}\n`,
    says: /exactly one/,
    stage: "policy",
    line: 1,
  },
  main("main that is not async", "function main(): Promise<Row[]>", /async function/),
  main("main without a return type", "async function main()", /Promise<Row\[\]>/),
  main("main of other rows", "async function main(): Promise<string[]>", /Promise<Row\[\]>/),
  main("two parameters", "async function main(input: Input, more: string): Promise<Row[]>", /at most one/),
  main("parameter of another type", "async function main(days: number): Promise<Row[]>", /must be \(input: Input\)/),
  main("no doc comment", "async function main(): Promise<Row[]>", /doc comment/, "// Names."),

  // Input
  { rule: "Input without values", code: withInput("interface Input { days: number }", ""), says: /need both/, stage: "policy", line: 1 },
  { rule: "values without Input", code: withInput("", "const input = { days: 1 };"), says: /need both/, stage: "policy", line: 2 },
  {
    rule: "computed values",
    code: withInput("interface Input { days: number }", "const input: Input = { days: 7 * 2 };"),
    says: /object of literals/,
    stage: "policy",
    line: 2,
  },
  {
    rule: "undeclared values",
    code: withInput("interface Input { days: number }", "const input = { days: 7 };"),
    says: /declared as Input/,
    stage: "policy",
    line: 2,
  },
  {
    rule: "null in Input",
    code: withInput("interface Input { days: number | null }", "const input: Input = { days: 7 };"),
    says: /Fields of Input/,
    stage: "policy",
    line: 1,
  },
  {
    rule: "function in Input",
    code: withInput("interface Input { days(): number }", "const input: Input = { days: 7 };"),
    says: /Fields of Input/,
    stage: "policy",
    line: 1,
  },
  {
    rule: "the constant input used instead of the parameter",
    code: `interface Input { days: number }\nconst input: Input = { days: 1 };\nconst days = () => input.days;\ninterface Row { name: string }\n${DOC}\nasync function main(input: Input): Promise<Row[]> {\n  await ${CALL};\n  return [{ name: String(days() + input.days) }];\n}\n`,
    says: /parameter of main/,
    stage: "policy",
    line: 3,
  },
];
