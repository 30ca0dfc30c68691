import { anyOf, type Escape, main } from "./escape.ts";

/** Attempts to reach what a program is not given: the host, another realm, a compiler, a clock, a thread. */
const GLOBALS = [
  ...["process", "require", "module", "Buffer", "global", "window", "self", "Deno", "Bun"],
  ...["fetch", "XMLHttpRequest", "WebSocket", "navigator", "std", "os", "scriptArgs", "print", "gc", "Atomics"],
];

const LEFT_OUT = ["SharedArrayBuffer", "WeakRef", "FinalizationRegistry", "performance", "DOMException", "atob", "queueMicrotask"];

const COMPILERS = {
  "direct eval": `eval("1 + 1") === 2`,
  "indirect eval": `(0, eval)("1 + 1") === 2`,
  "eval through globalThis": `globalThis["ev" + "al"]("1 + 1") === 2`,
  "eval called by Reflect": `Reflect.apply(eval, null, ["1 + 1"]) === 2`,
  "new Function": `new Function("return 2")() === 2`,
  "Function called": `Function("return 2")() === 2`,
  "the constructor of a function": `(() => 1).constructor("return 2")() === 2`,
  "the constructor chain of a literal": `"".constructor.constructor("return 2")() === 2`,
  "the constructor of an async function": `(await (async () => {}).constructor("return 2")()) === 2`,
  "the constructor of a generator": `(function* () {}).constructor("yield 2")().next().value === 2`,
  "the constructor of an async generator": `(await (async function* () {}).constructor("yield 2")().next()).value === 2`,
  "the constructor of a class": `(class {}).constructor("return 2")() === 2`,
  "the constructor of a bound function": `(() => {}).bind().constructor("return 2")() === 2`,
  "the constructor of a getter": `Object.getOwnPropertyDescriptor(Map, Symbol.species).get.constructor("return 2")() === 2`,
  "Reflect.construct": `Reflect.construct(Function, ["return 2"])() === 2`,
  "Reflect.construct with another target": `Reflect.construct(Function, ["return 2"], Object)() === 2`,
  "a subclass of Function": `new (class extends Function {})("return 2")() === 2`,
  "a proxy of Function": `new (new Proxy(Function, {}))("return 2")() === 2`,
  "Function found through a prototype": `Object.getPrototypeOf(Object.getPrototypeOf(async () => {})).constructor("return 2")() === 2`,
  "the constructor of cloud.call": `cloud.call.constructor("return 2")() === 2`,
  "the constructor of console.log": `console.log.constructor("return 2")() === 2`,
  "the constructor of a call's promise": `cloud.call("p", "s", "o").constructor.constructor("return 2")() === 2`,
  "the constructor of a reply": `(await cloud.call("p", "s", "o")).constructor.constructor("return 2")() === 2`,
  "the constructor of a call's error": `(await cloud.call("p", "s", "boom").catch((error) => error)).constructor.constructor("return 2")() === 2`,
  "a default parameter": `new Function("a = 2", "return a")() === 2`,
  "several parameters": `Function("a", "b", "return a + b")(1, 1) === 2`,
} as const;

export const REACH: readonly Escape[] = [
  ...GLOBALS.map(
    (name): Escape => ({ name: `the global ${name}`, code: anyOf(`typeof ${name} !== "undefined"`), guard: "WASM_IMPORTS", ends: null }),
  ),
  ...LEFT_OUT.map(
    (name): Escape => ({ name: `the global ${name}`, code: anyOf(`typeof ${name} !== "undefined"`), guard: "LANGUAGE_ONLY", ends: null }),
  ),
  ...Object.entries(COMPILERS).map(
    ([name, expression]): Escape => ({ name: `compiling by ${name}`, code: anyOf(expression), guard: "NO_COMPILER", ends: null }),
  ),
  { name: "importing a module of Node", code: anyOf(`await import("node:fs")`), guard: "NO_LOADER", ends: null },
  {
    name: "importing a module from its text",
    code: anyOf(`await import("data:text/javascript,export default 1")`),
    guard: "NO_LOADER",
    ends: null,
  },
  {
    name: "importing a module of the engine",
    code: anyOf(`await import("qjs:std")`, `await import("std")`),
    guard: "NO_LOADER",
    ends: null,
  },
  {
    name: "importing with attributes",
    code: anyOf(`await import("./package.json", { with: { type: "json" } })`),
    guard: "NO_LOADER",
    ends: null,
  },
  { name: "import.meta", code: main("return import.meta.url;"), guard: "LANGUAGE", ends: "syntax" },
  { name: "an import statement", code: `import fs from "node:fs";\n${main("")}`, guard: "LANGUAGE", ends: "syntax" },
  { name: "await at the top", code: `await cloud.call("p", "s", "o", {});\n${main("")}`, guard: "LANGUAGE", ends: "syntax" },
  { name: "with", code: main(`with (globalThis) { return "ESCAPED"; }`), guard: "LANGUAGE", ends: "syntax" },
  { name: "arguments.callee.caller", code: anyOf("(function () { return arguments.callee.caller; })()"), guard: "LANGUAGE", ends: null },
  { name: "main.caller", code: anyOf("main.caller", "main.arguments"), guard: "LANGUAGE", ends: null },
  { name: "this of a plain function", code: anyOf("(function () { return this; })()"), guard: "LANGUAGE", ends: null },
  { name: "WebAssembly", code: anyOf(`typeof WebAssembly !== "undefined"`), guard: "WASM_IMPORTS", ends: null },
  {
    name: "timers",
    code: anyOf(`typeof setTimeout !== "undefined"`, `typeof setInterval !== "undefined"`, `typeof setImmediate !== "undefined"`),
    guard: "WASM_IMPORTS",
    ends: null,
  },
  {
    name: "the host's time",
    code: main(
      `const start = Date.now();\nfor (let i = 0; i < 3e5; i++);\nawait cloud.call("p", "s", "o");\nif (Date.now() !== start || +new Date() !== start) return "ESCAPED";`,
    ),
    guard: "WASM_IMPORTS",
    ends: null,
  },
  {
    name: "the host's time zone",
    code: anyOf("new Date(2026, 0, 1).getTimezoneOffset() !== 0", "new Date(2026, 0, 1).getTime() !== Date.UTC(2026, 0, 1)"),
    guard: "WASM_IMPORTS",
    ends: null,
  },
  {
    name: "the host's names in a stack",
    code: anyOf(`/\\/work|node:|node_modules|file:/.test(new Error().stack)`),
    guard: "WASM_IMPORTS",
    ends: null,
  },
  {
    name: "a realm of one's own",
    code: anyOf(`typeof ShadowRealm !== "undefined"`, `typeof $262 !== "undefined"`),
    guard: "WASM_IMPORTS",
    ends: null,
  },
  {
    name: "functions on the stack by prepareStackTrace",
    code: main(`const found = [];
Error.prepareStackTrace = (error, sites) => { for (const site of sites) found.push(site.getFunction?.()); return ""; };
new Error().stack;
try { null.x; } catch (error) { error.stack; }
for (const one of found) if (typeof one === "function" && one !== main) return "ESCAPED";`),
    guard: "STACK_HOOKS",
    ends: null,
  },
  {
    name: "functions on the stack by captureStackTrace",
    code: main(`if (typeof Error.captureStackTrace === "function") return "ESCAPED";`),
    guard: "STACK_HOOKS",
    ends: null,
  },
];
