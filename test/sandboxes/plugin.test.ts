import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { enginePath } from "../../src/sandboxes/extism/engine.ts";

/** Node's own, of which `@types/node` declares only the types. */
const { WebAssembly: wasm } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Module: {
      new (bytes: Uint8Array): object;
      imports(module: object): { module: string; name: string; kind: string }[];
      exports(module: object): { name: string }[];
    };
    instantiate(
      module: object,
      imports: object,
    ): Promise<{ readonly exports: { readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number } } }>;
  };
};

const PAGE_BYTES = 65_536;

describe("the plug-in of the sandbox", () => {
  const plugin = new wasm.Module(readFileSync(enginePath()));

  it("imports Extism's memory, its log and `exchange`, and nothing of WASI", () => {
    const memory = ["alloc", "free", "length", "load_u64", "load_u8", "store_u64", "store_u8"];
    const others = ["input_load_u64", "input_load_u8", "log_info", "output_set"];
    const expected = [...memory, ...others].map((name) => ({ module: "extism:host/env", name, kind: "function" }));
    const imports = wasm.Module.imports(plugin);
    expect(imports).toHaveLength(expected.length + 1);
    expect(imports).toEqual(expect.arrayContaining([...expected, { module: "extism:host/user", name: "exchange", kind: "function" }]));
  });

  it("exports what runs it, and a memory that never grows beyond 64 MiB", async () => {
    const exported = wasm.Module.exports(plugin).map(({ name }) => name);
    expect(exported.toSorted()).toEqual(["_initialize", "memory", "run"]);
    const imports: Record<string, Record<string, () => number>> = { "extism:host/env": {}, "extism:host/user": {} };
    for (const { module, name } of wasm.Module.imports(plugin)) Object.assign(imports[module] ?? {}, { [name]: () => 0 });
    const { memory } = (await wasm.instantiate(plugin, imports)).exports;
    memory.grow(1024 - memory.buffer.byteLength / PAGE_BYTES);
    expect(memory.buffer.byteLength).toBe(64 * 1024 * 1024);
    expect(() => memory.grow(1)).toThrow(RangeError);
  });
});
