import type { SandboxContender } from "./programs.ts";

/** What is used of a package that needs a compiler to be installed, and so is measured only where somebody did. */
interface IsolatedVm {
  Isolate: new (options: { memoryLimit: number }) => { createContextSync(): IsolatedContext; dispose(): void };
  Reference: new (value: unknown) => unknown;
}
interface IsolatedContext {
  evalClosure(code: string, words: readonly unknown[], options: object): Promise<unknown>;
}

export async function isolatedVm(): Promise<SandboxContender | undefined> {
  const name = "isolated-vm";
  const loaded: { default: IsolatedVm } | undefined = await import(name).catch(() => undefined);
  if (loaded === undefined) return undefined;
  const { Isolate, Reference } = loaded.default;
  return {
    name: "isolated-vm, a new isolate per run",
    async settle() {},
    async run(code) {
      const isolate = new Isolate({ memoryLimit: 64 });
      const call = new Reference(async (parameters: string) => parameters);
      const cloud = `const cloud = { call: async (p, s, o, words) => JSON.parse(await $0.apply(undefined, [JSON.stringify(words)], { result: { promise: true } })) };`;
      try {
        return await isolate
          .createContextSync()
          .evalClosure(`${cloud}\n${code}\nreturn main(null);`, [call], { result: { promise: true, copy: true } });
      } finally {
        isolate.dispose();
      }
    },
    async close() {},
  };
}
