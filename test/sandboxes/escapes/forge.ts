import type { Guards } from "../../../src/sandboxes/extism/guards.ts";
import { type Escape, main } from "./escape.ts";

/** The prelude of an engine that was taken over: it sends the host what the program says. */
const opened: Guards["prelude"] = (text) =>
  text.replace(
    "let state = seed | 0;",
    "world.exchange = exchange; world.result = result; world.failure = failure; world.log = log;\n  let state = seed | 0;",
  );

const FORGED = {
  "a number that was used": `[[1,"p","s","o",{}],[1,"p","s","forged",{}]]`,
  "a number of tomorrow": `[[7,"p","s","forged",{}]]`,
  "a number below one": `[[0,"p","s","forged",{}]]`,
  "a number with a fraction": `[[1.5,"p","s","forged",{}]]`,
  "a number beyond all": `[[1e308,"p","s","forged",{}]]`,
  "a number as text": `[["1","p","s","forged",{}]]`,
  "a number that is a prototype's": `[["__proto__","p","s","forged",{}]]`,
  "a name that is no text": `[[1,["p"],"s","forged",{}]]`,
  "a name without end": `[[1,"p","s","forged${"x".repeat(2_000)}",{}]]`,
  "parameters with __proto__": `[[1,"p","s","forged",{"__proto__":{"admin":true}}]]`,
  "parameters with a hidden __proto__": `[[1,"p","s","forged",{"a":[{"\\u005f_proto__":1}]}]]`,
  "parameters too deep to walk": `[[1,"p","s","forged",${"[".repeat(500)}${"]".repeat(500)}]]`,
  "more than is asked for": `[[1,"p","s","forged",{},"more"]]`,
  "less than is asked for": `[[1,"p","s","forged"]]`,
} as const;

const BROKEN = {
  "no JSON": "[[1,",
  nothing: "",
  "no calls": "[]",
  "no list": `{"length":1}`,
  null: "null",
  "a million brackets": "[".repeat(1e5),
} as const;

/** Attempts of an engine that was taken over. */
export const FORGE: readonly Escape[] = [
  ...Object.entries(FORGED).map(
    ([name, batch]): Escape => ({
      name: `a forged batch: ${name}`,
      code: main(`exchange(${JSON.stringify(batch)});`),
      prelude: opened,
      guard: "STRICT_BATCH",
      ends: "crash",
      escaped: (_outcome, { calls }) => calls.some(({ operation }) => String(operation).startsWith("forged")),
    }),
  ),
  ...Object.entries(BROKEN).map(
    ([name, batch]): Escape => ({
      name: `a broken batch: ${name}`,
      code: main(`exchange(${JSON.stringify(batch)});`),
      prelude: opened,
      guard: "LANGUAGE",
      ends: "crash",
    }),
  ),
  {
    name: "an engine that computes on after it was stopped",
    code: main(`await cloud.call("p", "s", "o");\nawait cloud.call("p", "s", "o");`),
    prelude: (text) => text.replace('return fail("stopped"', 'for (;;);\n      return fail("stopped"'),
    guard: "WATCHDOG",
    ends: "calls",
    limits: { maxCalls: 1 },
    escaped: () => false,
  },
  {
    name: "an engine that calls on after it was stopped",
    code: main(`await cloud.call("p", "s", "o");\nawait cloud.call("p", "s", "o");`),
    prelude: (text) => text.replace('return fail("stopped"', 'for (;;) exchange(sent);\n      return fail("stopped"'),
    guard: "WATCHDOG",
    ends: "calls",
    limits: { maxCalls: 1 },
    escaped: () => false,
  },
  {
    name: "a result that is no JSON",
    code: main(""),
    prelude: (text) => text.replace("result(text)", `result("{")`),
    guard: "LANGUAGE",
    ends: "crash",
  },
  {
    name: "a result of another kind",
    code: main(`result("x");\nawait new Promise(() => {});`),
    prelude: opened,
    guard: "LANGUAGE",
    ends: "deadlock",
  },
  {
    name: "a failure that does not exist",
    code: main(`failure('f{"kind":"timeout"}');\nfor (;;) await 0;`),
    prelude: opened,
    guard: "WATCHDOG",
    ends: "timeout",
    limits: { timeoutMs: 150 },
    escaped: () => false,
  },
  {
    name: "a log that lies about what was dropped",
    code: main(`log("d-1"); log("d1e9"); log("dx"); log("d");`),
    prelude: opened,
    guard: "LANGUAGE",
    ends: null,
    escaped: (outcome) => outcome.droppedLogBytes !== 0,
  },
];
