/** Runs in the program's realm before the program, and makes it look as in the sandbox: no clock, no chance, `cloud` and `console`. */
export const GUEST = `(ask, log, options) => {
  "use strict";
  const { input, seed, nowMs, kept } = JSON.parse(options);
  const world = globalThis;
  const define = (object, key, value, fixed) =>
    Object.defineProperty(object, key, { value, enumerable: false, writable: !fixed, configurable: !fixed });

  const { prototype } = Date;
  define(world, "Date", new Proxy(Date, {
    apply: (target) => new target(nowMs).toString(),
    construct: (target, words, newTarget) => Reflect.construct(target, words.length === 0 ? [nowMs] : words, newTarget),
  }));
  define(prototype, "constructor", world.Date);
  define(world.Date, "now", () => nowMs);
  let state = seed | 0;
  define(Math, "random", () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  });
  for (const key of Reflect.ownKeys(world)) if (typeof key === "string" && !kept.includes(key)) delete world[key];
  for (const key of ["captureStackTrace", "prepareStackTrace"]) delete Error[key];

  const printed = (value) => {
    if (typeof value === "string") return value;
    try {
      return (typeof value === "object" && !(value instanceof Error) && JSON.stringify(value)) || String(value);
    } catch {
      return "[unprintable]";
    }
  };
  const call = (provider, service, operation, parameters = {}) =>
    new Promise((resolve, reject) => {
      if ([provider, service, operation].some((name) => typeof name !== "string"))
        throw new TypeError("cloud.call takes a provider, a service and an operation as strings, and an object of parameters");
      const text = JSON.stringify(parameters);
      if (text === undefined) throw new TypeError("the parameters of cloud.call are no JSON");
      const { stack } = new Error();
      const fail = (code, message) => {
        const error = new Error(message);
        define(error, "code", code);
        define(error, "stack", stack);
        reject(error);
      };
      ask([provider, service, operation, text], stack, (json) => resolve(JSON.parse(json)), fail);
    });
  const bare = (members) => Object.freeze(Object.assign(Object.create(null), members));
  define(world, "cloud", bare({ call: Object.freeze(call) }), true);
  define(world, "console", bare({ log: Object.freeze((...values) => log(values.map(printed).join(" "))) }), true);

  const noFunctions = (key, value) => {
    if (typeof value !== "function" && typeof value !== "symbol") return value;
    throw new TypeError("a " + typeof value + " is no JSON" + (key === "" ? "" : ": " + key));
  };
  const read = (error, key) => {
    try {
      return error[key] === undefined ? "" : String(error[key]);
    } catch {
      return "";
    }
  };
  const describe = (kind, error) => {
    const thrown = typeof error === "object" && error !== null;
    const [name, message, stack, code] = ["name", "message", "stack", "code"].map((key) => (thrown ? read(error, key) : ""));
    return JSON.stringify({ kind, name, message: thrown ? message : printed(error), stack, code });
  };
  return {
    describe,
    async start(done) {
      try {
        const { main } = world;
        if (typeof main !== "function") throw new TypeError("the program declares no function main");
        const value = await main(input);
        try {
          done("r" + (value === undefined ? "null" : JSON.stringify(value, noFunctions)));
        } catch (error) {
          done("f" + describe("result", error));
        }
      } catch (error) {
        done("f" + describe("error", error));
      }
    },
  };
}`;
