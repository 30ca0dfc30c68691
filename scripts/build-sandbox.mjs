// Builds generated/sandbox/plugin.wasm: QuickJS (of quickjs-wasi) and the shim (AssemblyScript) as one Extism plug-in, the prelude in it as a
// custom section. The same inputs and tools make the same bytes; nothing is done where they have not changed.
//
//   node scripts/build-sandbox.mjs [--force]
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { appendCustomSection, capMemory, renameImportModules } from "./sandbox/wasm-sections.mjs";

/** 64 MiB: Extism's own option does not bound a module's memory, only what the module declares does. */
const MAX_MEMORY_PAGES = 1024;
const FEATURES = ["bulk-memory", "sign-ext", "mutable-globals", "nontrapping-float-to-int", "multivalue", "reference-types"];

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("..", import.meta.url));
const sources = join(root, "src/sandboxes/extism/plugin");
const target = join(root, "generated/sandbox/plugin.wasm");
const stamp = join(root, "generated/sandbox/plugin.inputs");

const inputs = inputsDigest();
const built = existsSync(target) && existsSync(stamp) && readFileSync(stamp, "utf8") === `${inputs} ${digest(readFileSync(target))}\n`;
if (!built || process.argv.includes("--force")) await build();

async function build() {
  const folder = mkdtempSync(join(tmpdir(), "nephoscope-sandbox-"));
  const at = (name) => join(folder, name);
  try {
    // One module stands for all that QuickJS imports, so WASI's names become the shim's; and the shim's memory is QuickJS's.
    writeFileSync(
      at("shim.wasm"),
      renameImportModules(await compileShim(), (module, name) => (name === "memory" ? "qjs" : module)),
    );
    writeFileSync(
      at("quickjs.wasm"),
      renameImportModules(readFileSync(require.resolve("quickjs-wasi/quickjs.wasm")), () => "env"),
    );
    binaryen("wasm-merge", at("quickjs.wasm"), "qjs", at("shim.wasm"), "env", "-o", at("merged.wasm"), "--skip-export-conflicts");
    const kept = ["run", "_initialize", "memory"];
    const graph = [{ name: "root", root: true, reaches: kept }, ...kept.map((name) => ({ name, export: name }))];
    writeFileSync(at("graph.json"), JSON.stringify(graph));
    binaryen("wasm-metadce", at("merged.wasm"), "--graph-file", at("graph.json"), "-o", at("needed.wasm"));
    binaryen("wasm-opt", at("needed.wasm"), "-O2", "--strip-debug", "--strip-producers", "-o", at("small.wasm"));
    const capped = capMemory(readFileSync(at("small.wasm")), MAX_MEMORY_PAGES);
    const plugin = appendCustomSection(capped, "prelude", readFileSync(join(sources, "prelude.js")));
    if (!WebAssembly.validate(plugin)) throw new Error("The plug-in is no valid WebAssembly.");
    mkdirSync(dirname(target), { recursive: true });
    // Beside the target first: a rename cannot leave half a file, and two builds at once do not disturb each other.
    const partial = `${target}.${process.pid}`;
    writeFileSync(partial, plugin);
    renameSync(partial, target);
    writeFileSync(stamp, `${inputs} ${digest(plugin)}\n`);
    console.log(`generated/sandbox/plugin.wasm: ${plugin.length} bytes, SHA-256 ${digest(plugin)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The compiler reads from memory, because it takes only files that end in `.ts`, which the type checker would take for TypeScript. */
async function compileShim() {
  const { default: asc } = await import("assemblyscript/asc");
  const source = readFileSync(join(sources, "shim.as"), "utf8");
  let binary;
  const flags = ["--runtime", "stub", "--importMemory", "--noExportMemory", "--noAssert", "-O3", "--use", "abort="];
  const { error, stderr } = await asc.main(["shim.ts", "--outFile", "shim.wasm", ...flags], {
    readFile: (name) => (name === "shim.ts" ? source : null),
    writeFile: (name, contents) => {
      if (name === "shim.wasm") binary = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`The shim does not compile.\n${stderr.toString()}`, { cause: error });
  return Buffer.from(binary);
}

function binaryen(tool, ...words) {
  const script = join(packageFolder("binaryen"), "bin", tool);
  const features = FEATURES.map((name) => `--enable-${name}`);
  execFileSync(process.execPath, [script, ...features, ...words], { stdio: ["ignore", "ignore", "inherit"] });
}

function packageFolder(name) {
  return dirname(require.resolve(`${name}/package.json`));
}

function inputsDigest() {
  const files = ["shim.as", "prelude.js"].map((name) => join(sources, name));
  files.push(fileURLToPath(import.meta.url), fileURLToPath(new URL("sandbox/wasm-sections.mjs", import.meta.url)));
  files.push(...["quickjs-wasi", "assemblyscript", "binaryen"].map((name) => join(packageFolder(name), "package.json")));
  return digest(files.map((file) => digest(readFileSync(file))).join("\n"));
}

function digest(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
