/**
 * Runs in the sandbox before the program, which may change every object of the language afterwards. So what is needed later is taken now, and
 * nothing below looks a method up, iterates, or writes to an object that has a prototype. `step` is what the shim calls.
 */
(exchange, log, result, failure, options) => {
  const { parse, stringify } = JSON;
  const { apply, deleteProperty, ownKeys } = Reflect;
  const { create, defineProperty, freeze } = Object;
  const { slice } = String.prototype;
  const { imul } = Math;
  const { get: readStack } = Object.getOwnPropertyDescriptor(Error.prototype, "stack");
  const CallError = Error;
  const CallPromise = Promise;
  const WrongArguments = TypeError;
  const toText = String;
  const world = globalThis;
  const { input, seed, kept } = parse(options);

  const define = (object, key, value, fixed) =>
    defineProperty(object, key, { __proto__: null, value, enumerable: false, writable: !fixed, configurable: !fixed });

  for (const key of ownKeys(world)) if (typeof key === "string" && !kept.includes(key)) deleteProperty(world, key);
  // With it a program would be handed the functions on the stack, ours among them.
  for (const key of ["prepareStackTrace", "captureStackTrace", "stackTraceLimit"]) deleteProperty(CallError, key);

  let state = seed | 0;
  define(Math, "random", () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  });

  const printed = (value) => {
    if (typeof value === "string") return value;
    try {
      const text = typeof value === "object" && value !== null && !(value instanceof CallError) ? stringify(value) : undefined;
      return text === undefined ? toText(value) : text;
    } catch {
      return "[unprintable]";
    }
  };
  const console = create(null);
  console.log = freeze((...values) => {
    let line = "";
    for (let index = 0; index < values.length; index++) line += (index === 0 ? "" : " ") + printed(values[index]);
    log(line);
  });

  const waiting = create(null);
  let waitingCount = 0;
  let oldest = 1;
  let newest = 0;
  let batch = "";
  const cloud = create(null);
  cloud.call = freeze(
    (provider, service, operation, parameters = {}) =>
      new CallPromise((resolve, reject) => {
        if (typeof provider !== "string" || typeof service !== "string" || typeof operation !== "string")
          throw new WrongArguments("cloud.call takes a provider, a service and an operation as strings, and an object of parameters");
        // First, because it may call back into the program, which may make calls.
        const text = stringify(parameters);
        if (text === undefined) throw new WrongArguments("the parameters of cloud.call are no JSON");
        const id = ++newest;
        const site = new CallError();
        waiting[id] = { __proto__: null, resolve, reject, site };
        waitingCount++;
        batch += `${batch === "" ? "[" : ","}[${id},${stringify(provider)},${stringify(service)},${stringify(operation)},${text}]`;
      }),
  );
  freeze(cloud);
  freeze(console);
  define(world, "cloud", cloud, true);
  define(world, "console", console, true);

  const siteOf = (id) => {
    const call = waiting[id];
    return call === undefined ? "" : apply(readStack, call.site, []);
  };
  const settle = (id, succeeded, value) => {
    const call = waiting[id];
    delete waiting[id];
    waitingCount--;
    if (succeeded) {
      call.resolve(value);
      return;
    }
    const error = new CallError(value.message);
    define(error, "code", value.code);
    define(error, "stack", apply(readStack, call.site, []));
    call.reject(error);
  };

  let completions = [];
  let completed = 0;
  /** One at a time, with all that follows from it: so what a program does next does not hang on which replies happened to come together. */
  const settleNext = () => {
    const completion = completions[completed++];
    settle(completion[0], completion[1], completion[2]);
  };

  const part = (text, length) => stringify(apply(slice, text, [0, length]));
  const read = (error, key) => {
    try {
      const value = error[key];
      return value === undefined ? "" : toText(value);
    } catch {
      return "";
    }
  };
  const fail = (kind, name, message, stack, code) => {
    failure(
      `{"kind":"${kind}","name":${part(name, 100)},"message":${part(message, 2000)},"stack":${part(stack, 8000)},"code":${part(code, 100)}}`,
    );
    return 0;
  };
  const failWith = (kind, error) => {
    if (typeof error !== "object" || error === null) return fail(kind, "", printed(error), "", "");
    const name = read(error, "name");
    const message = read(error, "message");
    const outOfMemory = name === "InternalError" && message === "out of memory";
    return fail(outOfMemory ? "memory" : kind, name, message, read(error, "stack"), read(error, "code"));
  };
  const noFunctions = (key, value) => {
    if (typeof value !== "function" && typeof value !== "symbol") return value;
    throw new WrongArguments(`a ${typeof value} is no JSON${key === "" ? "" : `: ${key}`}`);
  };
  const finish = (value) => {
    let text;
    try {
      text = value === undefined ? "null" : stringify(value, noFunctions);
    } catch (error) {
      return failWith("result", error);
    }
    if (text === undefined) text = "null";
    if (result(text) === 0) fail("result-bytes", "", "", "", "");
    return 0;
  };
  const wait = () => {
    if (completed < completions.length) {
      settleNext();
      return 1;
    }
    if (waitingCount === 0) return fail("deadlock", "", "", "", "");
    const sent = batch === "" ? "[]" : `${batch}]`;
    batch = "";
    const reply = exchange(sent);
    if (reply === undefined) return fail("batch-bytes", "", "", siteOf(newest), "");
    completions = parse(reply);
    completed = 0;
    if (typeof completions === "number") {
      while (completions === 0 && waiting[oldest] === undefined && oldest < newest) oldest++;
      return fail("stopped", "", "", siteOf(completions || oldest), "");
    }
    settleNext();
    return 1;
  };

  /** `phase`: 0 it does not compile, 1 it threw, 2 begin, 3 nothing is left to do but wait, 4 `main` returned. */
  return (phase, value) => {
    if (phase === 3) return wait();
    if (phase === 4) return finish(value);
    if (phase !== 2) return failWith(phase === 0 ? "syntax" : "error", value);
    const { main } = world;
    if (typeof main !== "function") throw new WrongArguments("the program declares no function main");
    return main(input);
  };
};
