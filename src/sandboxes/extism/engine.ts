import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ConfigurationError } from "../../errors/index.ts";

/** The plug-in, compiled once and shared by all sandboxes. */
export interface Engine {
  readonly module: WebAssembly.Module;
  /** What runs in a sandbox before the program; it lies in the plug-in's file, so the fingerprint covers it. */
  readonly prelude: string;
  /** SHA-256 of the file, hex. */
  readonly fingerprint: string;
}

/** Node's own; `@types/node` declares only its types. */
const { WebAssembly: webAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    compile(bytes: Uint8Array): Promise<WebAssembly.Module>;
    readonly Module: { customSections(module: WebAssembly.Module, name: string): ArrayBuffer[] };
  };
};

/** Where the build puts the plug-in: found from the package's root, so that sources and built files find the same. */
export function enginePath(): string {
  const root = dirname(createRequire(import.meta.url).resolve("nephoscope/package.json"));
  return join(root, "generated/sandbox/plugin.wasm");
}

/** Rejects with `DEPENDENCY_MISSING` where the file has not been built. */
export async function loadEngine(path: string): Promise<Engine> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw notBuilt(path, error);
  }
  const module = await webAssembly.compile(bytes);
  const [prelude] = webAssembly.Module.customSections(module, "prelude");
  return { module, prelude: new TextDecoder().decode(prelude), fingerprint: createHash("sha256").update(bytes).digest("hex") };
}

function notBuilt(path: string, cause: unknown): ConfigurationError {
  return new ConfigurationError({
    code: "DEPENDENCY_MISSING",
    message: { en: `The sandbox's engine is missing: ${path}`, zh: `缺少沙箱引擎：${path}` },
    hint: {
      en: "In a clone, run: npm run build. An installed package brings it along: install it again.",
      zh: "在源码目录中请执行：npm run build。安装的软件包自带该文件：请重新安装。",
    },
    details: { path },
    cause,
  });
}
