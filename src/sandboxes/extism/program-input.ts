import type { SandboxProgram } from "../../contracts/index.ts";
import { LANGUAGE_GLOBALS } from "../shared/language-globals.ts";

const HEADER_BYTES = 48;
/** Half of the engine's own stack, which is what quickjs-wasi allows at most. */
const STACK_BYTES = 256 * 1024;

// As quickjs-wasi numbers the parts of the language (`Intrinsics` of its index.js).
const DATE = 1 << 0;
const REG_EXP = 1 << 2;
const JSON_OBJECT = 1 << 3;
const PROXY = 1 << 4;
const MAP_SET = 1 << 5;
const TYPED_ARRAYS = 1 << 6;
const PROMISE = 1 << 7;
const BIG_INT = 1 << 8;

/** Without `eval` (2), `WeakRef` (512), `performance` (1024), `DOMException` (2048), `atob` and `btoa` (4096). */
export const INTRINSICS = DATE | REG_EXP | JSON_OBJECT | PROXY | MAP_SET | TYPED_ARRAYS | PROMISE | BIG_INT;

/** What the plug-in's `run` reads: see shim.as. */
export function programInput(program: SandboxProgram, prelude: string, intrinsics: number): Uint8Array {
  const { input, seed, nowMs, limits } = program;
  const encoder = new TextEncoder();
  const options = JSON.stringify({ input: input ?? null, seed: seed % 2 ** 32, kept: LANGUAGE_GLOBALS });
  const parts = [prelude, program.code, options].map((text) => encoder.encode(text));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, HEADER_BYTES));
  const header = new DataView(bytes.buffer);
  header.setBigInt64(0, BigInt(Math.trunc(nowMs)) * 1_000_000n, true);
  const words = [
    limits.memoryBytes,
    STACK_BYTES,
    intrinsics,
    limits.maxBatchBytes,
    limits.maxResultBytes,
    limits.maxLogBytes,
    ...parts.map(({ length }) => length),
  ];
  for (const [index, word] of words.entries()) header.setUint32(8 + 4 * index, Math.min(word, 0x7fff_ffff), true);
  let offset = HEADER_BYTES;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
