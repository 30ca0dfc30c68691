// AssemblyScript: puts QuickJS (the module "qjs") behind Extism's interface. It is merged with QuickJS and shares its memory, so it has no
// static data, no runtime and no allocations but `wasm_malloc`. Values of QuickJS are pointers.

@external("qjs", "wasm_malloc") declare function malloc(bytes: u32): u32;
@external("qjs", "wasm_free") declare function release(pointer: u32): void;
@external("qjs", "JS_NewContextRaw") declare function newContext(runtime: u32): u32;
@external("qjs", "JS_AddIntrinsicBaseObjects") declare function addBaseObjects(context: u32): i32;
@external("qjs", "JS_AddIntrinsicEval") declare function addCompiler(context: u32): i32;
@external("qjs", "JS_AddIntrinsicRegExpCompiler") declare function addRegExpCompiler(context: u32): void;
@external("qjs", "JS_FreeContext") declare function freeContext(context: u32): void;
@external("qjs", "qjs_init2") declare function qjs_init2(intrinsics: u32): i32;
@external("qjs", "qjs_get_runtime_ptr") declare function qjs_get_runtime_ptr(): u32;
@external("qjs", "qjs_get_context_ptr") declare function qjs_get_context_ptr(): u32;
@external("qjs", "qjs_set_runtime_and_context") declare function qjs_set_runtime_and_context(runtime: u32, context: u32): void;
@external("qjs", "qjs_set_memory_limit") declare function qjs_set_memory_limit(bytes: u32): void;
@external("qjs", "qjs_set_max_stack_size") declare function qjs_set_max_stack_size(bytes: u32): void;
@external("qjs", "qjs_compile") declare function qjs_compile(code: u32, length: u32, name: u32, flags: i32, write: i32, outLength: u32): u32;
@external("qjs", "qjs_eval_bytecode") declare function qjs_eval_bytecode(bytecode: u32, length: u32): u32;
@external("qjs", "qjs_is_exception") declare function qjs_is_exception(value: u32): i32;
@external("qjs", "qjs_get_exception") declare function qjs_get_exception(): u32;
@external("qjs", "qjs_free_value") declare function qjs_free_value(value: u32): void;
@external("qjs", "qjs_get_string_len") declare function qjs_get_string_len(value: u32, outLength: u32): u32;
@external("qjs", "qjs_free_cstring") declare function qjs_free_cstring(pointer: u32): void;
@external("qjs", "qjs_new_string") declare function qjs_new_string(pointer: u32, length: u32): u32;
@external("qjs", "qjs_new_number") declare function qjs_new_number(value: f64): u32;
@external("qjs", "qjs_get_float64") declare function qjs_get_float64(value: u32): f64;
@external("qjs", "qjs_new_host_function") declare function qjs_new_host_function(name: u32, length: u32, isConstructor: i32): u32;
@external("qjs", "qjs_get_undefined") declare function qjs_get_undefined(): u32;
@external("qjs", "qjs_call") declare function qjs_call(callee: u32, self: u32, argc: i32, argv: u32): u32;
@external("qjs", "qjs_is_promise") declare function qjs_is_promise(value: u32): i32;
@external("qjs", "qjs_promise_state") declare function qjs_promise_state(promise: u32): i32;
@external("qjs", "qjs_promise_result") declare function qjs_promise_result(promise: u32): u32;
@external("qjs", "qjs_is_job_pending") declare function qjs_is_job_pending(): i32;
@external("qjs", "qjs_execute_pending_job") declare function qjs_execute_pending_job(): i32;

@external("extism:host/env", "input_load_u8") declare function input_load_u8(offset: u64): i32;
@external("extism:host/env", "input_load_u64") declare function input_load_u64(offset: u64): u64;
@external("extism:host/env", "alloc") declare function blockAlloc(bytes: u64): u64;
@external("extism:host/env", "free") declare function blockFree(block: u64): void;
@external("extism:host/env", "length") declare function blockLength(block: u64): u64;
@external("extism:host/env", "load_u8") declare function blockLoad8(address: u64): i32;
@external("extism:host/env", "load_u64") declare function blockLoad64(address: u64): u64;
@external("extism:host/env", "store_u8") declare function blockStore8(address: u64, value: i32): void;
@external("extism:host/env", "store_u64") declare function blockStore64(address: u64, value: u64): void;
@external("extism:host/env", "output_set") declare function outputSet(block: u64, length: u64): void;
@external("extism:host/env", "log_info") declare function logInfo(block: u64): void;
@external("extism:host/user", "exchange") declare function hostExchange(batch: u64): u64;

const STRICT: i32 = 1 << 3;
const PENDING: i32 = 0;
const FULFILLED: i32 = 1;

// What goes to the host begins with one of these.
const EXCHANGE: u8 = 0x78; // x
const LOG: u8 = 0x6c; // l
const RESULT: u8 = 0x72; // r
const FAILURE: u8 = 0x66; // f
const DROPPED: u8 = 0x64; // d
const NO_MEMORY: u8 = 0x6d; // m

const MAX_FAILURE_BYTES: u32 = 65535;

// What `step` of the prelude is told.
const SYNTAX: f64 = 0;
const THREW: f64 = 1;
const START: f64 = 2;
const DRAINED: f64 = 3;
const RETURNED: f64 = 4;

let started: bool = false;
let nowNs: u64 = 0;
let maxBatchBytes: u32 = 0;
let maxResultBytes: u32 = 0;
let logBytesLeft: u32 = 0;
let droppedLogBytes: u64 = 0;
let toldLogBytes: u64 = 0;

/** Copies to a new block of the host, behind the letter that says what it is; 0 when the host has no room. */
function toHost(letter: u8, pointer: u32, length: u32): u64 {
  const block = blockAlloc(<u64>length + 1);
  if (block == 0) return 0;
  blockStore8(block, letter);
  let i: u32 = 0;
  for (; i + 8 <= length; i += 8) blockStore64(block + 1 + i, load<u64>(pointer + i));
  for (; i < length; i++) blockStore8(block + 1 + i, load<u8>(pointer + i));
  return block;
}

/** Tells the host how much of the log was dropped, as "d" and digits. */
function tellDropped(): void {
  if (droppedLogBytes == toldLogBytes) return;
  toldLogBytes = droppedLogBytes;
  let digits: u32 = 1;
  for (let rest = droppedLogBytes; rest >= 10; rest /= 10) digits++;
  const block = blockAlloc(<u64>digits + 1);
  if (block == 0) return;
  blockStore8(block, DROPPED);
  let rest = droppedLogBytes;
  for (let i = digits; i > 0; i--) {
    blockStore8(block + i, 0x30 + <i32>(rest % 10));
    rest /= 10;
  }
  logInfo(block);
}

/** The first line that has no room ends the log. A flood is told each time it has doubled, so that a run that is ended from outside has told of it. */
function logLine(text: u32, length: u32): void {
  const bytes = length + 1;
  if (droppedLogBytes == 0 && bytes <= logBytesLeft) {
    logBytesLeft -= bytes;
    const block = toHost(LOG, text, length);
    if (block != 0) logInfo(block);
    return;
  }
  droppedLogBytes += bytes;
  if (droppedLogBytes >= toldLogBytes * 2) tellDropped();
}

/** The host's answer as a string of QuickJS; `undefined` when the batch is too large to be sent. */
function exchange(text: u32, length: u32): u32 {
  if (length > maxBatchBytes) return qjs_get_undefined();
  const batch = toHost(EXCHANGE, text, length);
  if (batch == 0) return 0;
  const reply = hostExchange(batch);
  blockFree(batch);
  const replyLength = <u32>blockLength(reply);
  const pointer = malloc(replyLength + 1);
  if (pointer == 0) return 0;
  let i: u32 = 0;
  for (; i + 8 <= replyLength; i += 8) store<u64>(pointer + i, blockLoad64(reply + i));
  for (; i < replyLength; i++) store<u8>(pointer + i, <u8>blockLoad8(reply + i));
  blockFree(reply);
  const value = qjs_new_string(pointer, replyLength);
  release(pointer);
  return value;
}

/** True as a number of QuickJS when it was taken, false when it is too large. */
function output(letter: u8, text: u32, length: u32, maxBytes: u32): u32 {
  if (length > maxBytes) return qjs_new_number(0);
  tellDropped();
  const block = toHost(letter, text, length);
  if (block == 0) return 0;
  outputSet(block, <u64>length + 1);
  return qjs_new_number(1);
}

/** Every function that the prelude is given; its name is its letter. 0 lets the pending exception out. */
export function host_call(name: u32, nameLength: u32, self: u32, argc: i32, argv: u32): u32 {
  if (name == 0 || argc < 1) return 0;
  const outLength = malloc(4);
  if (outLength == 0) return 0;
  const text = qjs_get_string_len(load<u32>(argv), outLength);
  const length = load<u32>(outLength);
  release(outLength);
  if (text == 0) return 0;
  const letter = load<u8>(name);
  let value: u32 = 0;
  if (letter == EXCHANGE) value = exchange(text, length);
  else if (letter == RESULT) value = output(letter, text, length, maxResultBytes);
  else if (letter == FAILURE) value = output(letter, text, length, MAX_FAILURE_BYTES);
  else {
    logLine(text, length);
    value = qjs_get_undefined();
  }
  qjs_free_cstring(text);
  return value;
}

export function host_interrupt(): i32 { return 0; }
export function host_promise_rejection(promise: u32, reason: u32, handled: i32): void {}
export function host_module_normalize(base: u32, name: u32): u32 { return 0; }
export function host_module_load(name: u32, outLength: u32): u32 { return 0; }
export function host_get_timezone_offset(high: i32, low: u32): i32 { return 0; }

// What QuickJS wants of WASI: a clock that stands still, and nothing else.
export function clock_time_get(id: i32, precision: u64, out: u32): i32 { store<u64>(out, nowNs); return 0; }
export function random_get(pointer: u32, length: u32): i32 { memory.fill(pointer, 0, length); return 0; }
export function fd_close(descriptor: i32): i32 { return 8; }
export function fd_fdstat_get(descriptor: i32, out: u32): i32 { return 8; }
export function fd_seek(descriptor: i32, offset: i64, whence: i32, out: u32): i32 { return 8; }
export function fd_write(descriptor: i32, vectors: u32, count: i32, out: u32): i32 { return 8; }

function inputU32(offset: u64): u32 { return <u32>(input_load_u64(offset) & 0xffffffff); }

/** Copies a part of the input, with a zero behind it. */
function copyInput(offset: u64, length: u32): u32 {
  const pointer = malloc(length + 1);
  if (pointer == 0) unreachable();
  let i: u32 = 0;
  for (; i + 8 <= length; i += 8) store<u64>(pointer + i, input_load_u64(offset + i));
  for (; i < length; i++) store<u8>(pointer + i, <u8>input_load_u8(offset + i));
  store<u8>(pointer + length, 0);
  return pointer;
}

function hostFunction(letter: u8): u32 {
  const name = malloc(2);
  store<u8>(name, letter);
  store<u8>(name + 1, 0);
  const value = qjs_new_host_function(name, 1, 0);
  release(name);
  return value;
}

/** "m": no memory even to say more. Needs none of QuickJS's. */
function giveUp(): void {
  tellDropped();
  const block = blockAlloc(1);
  blockStore8(block, NO_MEMORY);
  outputSet(block, 1);
}

/** Two contexts: one that can compile and in which nothing runs, and one in which the program runs and nothing can be compiled. */
function newCompiler(runtime: u32): u32 {
  const compiler = newContext(runtime);
  addBaseObjects(compiler);
  addCompiler(compiler);
  addRegExpCompiler(compiler);
  return compiler;
}

/** Calls `step` until it has said how the run ended. */
function drive(step: u32, phase: f64, value: u32): void {
  const undefined = qjs_get_undefined();
  const argv = malloc(8);
  let main: u32 = 0;
  let failures = 0;
  while (true) {
    store<u32>(argv, qjs_new_number(phase));
    store<u32>(argv + 4, value == 0 ? undefined : value);
    const next = qjs_call(step, undefined, 2, argv);
    if (qjs_is_exception(next)) {
      if (++failures > 2) return giveUp();
      phase = THREW;
      value = qjs_get_exception();
      continue;
    }
    if (phase == START) main = next;
    else if (qjs_get_float64(next) == 0) return;
    phase = DRAINED;
    value = 0;
    while (qjs_is_job_pending()) {
      if (qjs_execute_pending_job() >= 0) continue;
      phase = THREW;
      value = qjs_get_exception();
      break;
    }
    if (phase == THREW) continue;
    const state = qjs_is_promise(main) ? qjs_promise_state(main) : FULFILLED;
    if (state == PENDING) continue;
    phase = state == FULFILLED ? RETURNED : THREW;
    value = qjs_is_promise(main) ? qjs_promise_result(main) : main;
  }
}

/**
 * Input: 0 now in ns, 8 heap bytes, 12 stack bytes, 16 intrinsics, 20 batch bytes, 24 result bytes, 28 log bytes, 32 length of the prelude,
 * 36 of the code, 40 of the options, 48 prelude, code, options. Output: "r" and the result as JSON, "f" and the failure as JSON, or "m".
 */
export function run(): void {
  if (started) unreachable();
  started = true;
  nowNs = input_load_u64(0);
  maxBatchBytes = inputU32(20);
  maxResultBytes = inputU32(24);
  logBytesLeft = inputU32(28);
  const preludeLength = inputU32(32);
  const codeLength = inputU32(36);
  const optionsLength = inputU32(40);
  const prelude = copyInput(48, preludeLength);
  const code = copyInput(48 + <u64>preludeLength, codeLength);
  const options = copyInput(48 + <u64>preludeLength + codeLength, optionsLength);
  if (qjs_init2(inputU32(16)) != 0) unreachable();
  qjs_set_max_stack_size(inputU32(12));

  const runtime = qjs_get_runtime_ptr();
  const guest = qjs_get_context_ptr();
  const compiler = newCompiler(runtime);
  const name = malloc(16);
  const outLength = malloc(4);
  store<u64>(name, 0x2e6d6172676f7270); // "program.js", and a zero that is the prelude's name
  store<u32>(name + 8, 0x736a);
  qjs_set_runtime_and_context(runtime, compiler);
  const preludeBytecode = qjs_compile(prelude, preludeLength, name + 10, STRICT, 0, outLength);
  const preludeBytes = load<u32>(outLength);
  release(prelude);
  qjs_set_memory_limit(inputU32(8));
  const bytecode = qjs_compile(code, codeLength, name, STRICT, 0, outLength);
  const bytecodeBytes = load<u32>(outLength);
  release(code);
  const error = bytecode == 0 ? qjs_get_exception() : 0;
  qjs_set_runtime_and_context(runtime, guest);
  freeContext(compiler);

  const entry = qjs_eval_bytecode(preludeBytecode, preludeBytes);
  release(preludeBytecode);
  const argv = malloc(20);
  store<u32>(argv, hostFunction(EXCHANGE));
  store<u32>(argv + 4, hostFunction(LOG));
  store<u32>(argv + 8, hostFunction(RESULT));
  store<u32>(argv + 12, hostFunction(FAILURE));
  store<u32>(argv + 16, qjs_new_string(options, optionsLength));
  release(options);
  const step = qjs_call(entry, qjs_get_undefined(), 5, argv);
  if (qjs_is_exception(step)) return giveUp();
  if (bytecode == 0) return drive(step, SYNTAX, error);
  const evaluated = qjs_eval_bytecode(bytecode, bytecodeBytes);
  release(bytecode);
  if (qjs_is_exception(evaluated)) drive(step, THREW, qjs_get_exception());
  else drive(step, START, 0);
}
