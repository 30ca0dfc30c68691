import { anyOf, type Escape, main } from "./escape.ts";

const CALLS = `const reply = await cloud.call("p", "s", "o", { id: 1 });`;

/** Attempts to change what stands between the program and the host. */
export const TAMPER: readonly Escape[] = [
  {
    name: "another cloud.call",
    code: main(`try { cloud.call = () => 1; } catch {}\nif (cloud.call("p", "s", "o") === 1) return "ESCAPED";`),
    guard: "FIXED_BRIDGE",
    ends: null,
  },
  {
    name: "another cloud",
    code: main(`try { globalThis.cloud = { call: () => 1 }; } catch {}\nif (cloud.call("p", "s", "o") === 1) return "ESCAPED";`),
    guard: "FIXED_BRIDGE",
    ends: null,
  },
  {
    name: "a cloud defined anew",
    code: main(`try { Object.defineProperty(globalThis, "cloud", { value: 1 }); } catch {}\nif (cloud === 1) return "ESCAPED";`),
    guard: "FIXED_BRIDGE",
    ends: null,
  },
  {
    name: "no cloud",
    code: main(`try { delete globalThis.cloud; } catch {}\nif (typeof cloud === "undefined") return "ESCAPED";`),
    guard: "FIXED_BRIDGE",
    ends: null,
  },
  { name: "a property of cloud.call", code: anyOf("((cloud.call.own = 1), cloud.call.own === 1)"), guard: "FIXED_BRIDGE", ends: null },
  { name: "another console.log", code: anyOf("((console.log = 1), console.log === 1)"), guard: "FIXED_BRIDGE", ends: null },
  {
    name: "a lexical cloud",
    code: `const cloud = { call: () => "ESCAPED" };\n${main(`return cloud.call();`)}`,
    guard: "FIXED_BRIDGE",
    ends: "error",
  },
  {
    name: "a prototype of cloud",
    code: anyOf("Reflect.setPrototypeOf(cloud, { other: 1 })", "Reflect.setPrototypeOf(console, { other: 1 })"),
    guard: "FIXED_BRIDGE",
    ends: null,
  },
  {
    name: "another JSON.stringify",
    code: main(
      `const { stringify } = JSON; JSON.stringify = (one) => (typeof one === "string" ? stringify(one) : '{"forged":true}');\n${CALLS}\nreturn reply.parameters.forged && "ESCAPED";`,
    ),
    guard: "TAKEN_EARLY",
    ends: null,
  },
  {
    name: "another JSON.parse",
    code: main(`JSON.parse = () => [[1, true, { forged: true }]];\n${CALLS}\nreturn reply.forged && "ESCAPED";`),
    guard: "TAKEN_EARLY",
    ends: null,
  },
  {
    name: "another Promise",
    code: main(
      `let taken; globalThis.Promise = function (executor) { taken = executor; };\ncloud.call("p", "s", "o");\nreturn taken && "ESCAPED";`,
    ),
    guard: "TAKEN_EARLY",
    ends: null,
  },
  {
    name: "another Error",
    code: main(
      `let made = 0; globalThis.Error = class { constructor() { made++; } };\nawait cloud.call("p", "s", "boom").catch(() => {});\nreturn made > 0 && "ESCAPED";`,
    ),
    guard: "TAKEN_EARLY",
    ends: null,
  },
  {
    name: "another getter of stacks",
    code: main(
      `let asked; Object.defineProperty(Error.prototype, "stack", { get() { asked = this; return ""; } });\nawait cloud.call("p", "s", "boom").catch(() => {});\nreturn asked && "ESCAPED";`,
    ),
    guard: "TAKEN_EARLY",
    ends: null,
  },
  {
    name: "another Reflect.apply",
    code: main(
      `let seen; Reflect.apply = (...words) => { seen = words; return ""; };\nawait cloud.call("p", "s", "boom").catch(() => {});\nreturn seen && "ESCAPED";`,
    ),
    guard: "TAKEN_EARLY",
    ends: null,
  },
  {
    name: "another Object.defineProperty",
    code: main(
      `let seen; Object.defineProperty = (object) => { seen = object; };\nawait cloud.call("p", "s", "boom").catch(() => {});\nreturn seen && "ESCAPED";`,
    ),
    guard: "TAKEN_EARLY",
    ends: null,
  },
  {
    name: "a setter that takes the promises' ends",
    code: main(
      `let taken; Object.defineProperty(Object.prototype, "1", { set(call) { taken = call; }, configurable: true });\ncloud.call("p", "s", "o");\ndelete Object.prototype[1];\nreturn taken && "ESCAPED";`,
    ),
    guard: "NO_PROTOTYPES",
    ends: null,
  },
  {
    name: "a getter for the prelude's properties",
    code: main(
      `let asked = false; Object.defineProperty(Object.prototype, "2", { get() { asked = true; }, configurable: true });\nawait cloud.call("p", "s", "o");\nawait cloud.call("p", "s", "o");\ndelete Object.prototype[2];\nreturn asked && "ESCAPED";`,
    ),
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "descriptors that inherit",
    code: main(
      `Object.prototype.get = () => "forged";\nconst error = await cloud.call("p", "s", "boom").catch((one) => one);\ndelete Object.prototype.get;\nreturn error.code !== "INTERNAL" && "ESCAPED";`,
    ),
    guard: "NO_PROTOTYPES",
    ends: null,
    escaped: (outcome) => !outcome.ok,
  },
  {
    name: "Array.prototype emptied",
    code: main(
      `for (const key of Reflect.ownKeys(Array.prototype)) if (key !== "length") delete Array.prototype[key];\n${CALLS}\nif (reply.operation !== "o") return "ESCAPED";`,
    ),
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "setters for the indexes of arrays",
    code: main(
      `let seen; for (const index of [0, 1, 2, 3, 4]) Object.defineProperty(Array.prototype, index, { set(one) { seen = one; }, configurable: true });\n${CALLS}\nfor (const index of [0, 1, 2, 3, 4]) delete Array.prototype[index];\nreturn (seen?.resolve || reply.operation !== "o") && "ESCAPED";`,
    ),
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "another iterator of arrays",
    code: main(
      `Array.prototype[Symbol.iterator] = function* () { yield "forged"; };\n${CALLS}\nreturn reply.provider !== "p" && "ESCAPED";`,
    ),
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "toJSON on every prototype",
    code: main(
      `for (const one of [Object, Array, String, Number, Boolean]) one.prototype.toJSON = () => "forged";\nconst reply = await cloud.call("p", "s", "o", {});\nfor (const one of [Object, Array, String, Number, Boolean]) delete one.prototype.toJSON;\nreturn (reply.provider !== "p" || reply.operation !== "o") && "ESCAPED";`,
    ),
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "another Promise.prototype.then",
    code: main(
      `let taken; Promise.prototype.then = function (...words) { taken = words; };\nconst reply = await cloud.call("p", "s", "o");\nreturn (taken || reply.operation !== "o") && "ESCAPED";`,
    ),
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "another constructor of promises",
    code: main(
      `let made; Object.defineProperty(Promise.prototype, "constructor", { get() { made = true; return class {}; } });\nmain.promise = cloud.call("p", "s", "o");\nreturn made && "ESCAPED";`,
    ),
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "Symbol.species of promises",
    code: main(
      `let made; Object.defineProperty(Promise, Symbol.species, { get() { made = true; return Promise; } });\nawait cloud.call("p", "s", "o");\nreturn made && "ESCAPED";`,
    ),
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "other methods of strings",
    code: main(
      `let seen; String.prototype.slice = function () { seen = 1; return "forged"; };\nString.prototype.toString = String.prototype.valueOf = () => { seen = 2; return "forged"; };\n${CALLS}\nreturn (seen || reply.provider !== "p") && "ESCAPED";`,
    ),
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "another Map",
    code: main(
      `let seen; for (const name of ["set", "get", "delete", "has"]) Map.prototype[name] = function () { seen = this; };\n${CALLS}\nreturn seen && "ESCAPED";`,
    ),
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "thenables in replies",
    code: main(
      `let called; Object.prototype.then = function (resolve) { called = this; resolve("forged"); };\nlet reply; try { reply = await cloud.call("p", "s", "o"); } finally { delete Object.prototype.then; }\nreturn called && called.operation !== "o" && "ESCAPED";`,
    ),
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "main replaced while it runs",
    code: main(`globalThis.main = () => "ESCAPED";\n${CALLS}`),
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "main that is a getter",
    code: `let asked = 0; Object.defineProperty(globalThis, "main", { get() { asked++; return () => asked > 1 ? "ESCAPED" : asked; } });`,
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "main that is a proxy",
    code: `globalThis.main = new Proxy(async () => 1, { apply: (target, self) => (self === undefined ? 1 : "ESCAPED") });`,
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "a promise that was made to look settled",
    code: `class Odd extends Promise { get state() { return "ESCAPED"; } then() { return "ESCAPED"; } }\nfunction main() { return new Odd((resolve) => resolve(1)); }`,
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "a result whose toJSON makes calls",
    code: main(`return { toJSON() { cloud.call("p", "s", "late"); return 1; } };`),
    guard: "LANGUAGE",
    ends: null,
    escaped: (_outcome, { calls }) => calls.length > 0,
  },
  {
    name: "a result with a getter that makes calls",
    code: main(`return { get a() { cloud.call("p", "s", "late"); return 1; } };`),
    guard: "LANGUAGE",
    ends: null,
    escaped: (_outcome, { calls }) => calls.length > 0,
  },
  {
    name: "parameters whose toJSON makes the same call",
    code: main(
      `let depth = 0;\nconst parameters = { toJSON() { return depth++ < 3 ? cloud.call("p", "s", "o" + depth, parameters) && { depth } : { depth }; } };\nawait cloud.call("p", "s", "o", parameters);`,
    ),
    guard: "LANGUAGE",
    ends: null,
    escaped: (_outcome, { calls }) => new Set(calls.map(({ operation }) => operation)).size !== calls.length,
  },
  {
    name: "an error whose stack is of another place",
    code: main(`throw { name: "E", message: "m", stack: "at x (program.js:999999999999:1)", code: "INTERNAL" };`),
    guard: "LANGUAGE",
    ends: "error",
    escaped: (outcome) => !outcome.ok && outcome.failure.code !== null,
  },
  {
    name: "an error that is a proxy",
    code: main(
      `throw new Proxy({}, { get: (_target, key) => (key === "message" ? { toString: () => "m".repeat(1e5) } : 1), getPrototypeOf() { throw 1; } });`,
    ),
    guard: "LANGUAGE",
    ends: "error",
    escaped: (outcome) => !outcome.ok && outcome.failure.message.length > 2_000,
  },
  {
    name: "a result with __proto__",
    code: main(`return JSON.parse('{"__proto__":{"admin":true}}');`),
    guard: "PLAIN_RESULT",
    ends: "result",
    escaped: (outcome) => outcome.ok && Object.hasOwn(outcome.value as object, "__proto__"),
  },
  {
    name: "a result too deep to walk",
    code: main("let a = 1; for (let i = 0; i < 1_000; i++) a = [a]; return a;"),
    guard: "PLAIN_RESULT",
    ends: "result",
    escaped: (outcome) => outcome.ok,
  },
  { name: "a name with a zero", code: anyOf(`(await cloud.call("p", "s", "o\\0x")).operation === "o"`), guard: "LANGUAGE", ends: null },
  {
    name: "a name with half a character",
    code: anyOf(`(await cloud.call("p", "s", "o\\ud800")).operation === "o"`),
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "a name that reads backwards",
    code: anyOf(`(await cloud.call("p", "s", "o\\u202e\\u2028\\u0000")).operation === "o"`),
    guard: "LANGUAGE",
    ends: null,
  },
  {
    name: "a name that turns into another",
    code: main(`let turn = 0;\nawait cloud.call("p", "s", { toString: () => (turn++ ? "evil" : "o") });`),
    guard: "LANGUAGE",
    ends: "error",
  },
  {
    name: "a name that closes the batch",
    code: anyOf(`(await cloud.call("p", "s", 'o"]],[[2,"p","s","evil",{}]')).operation === "evil"`),
    guard: "LANGUAGE",
    ends: null,
  },
];
