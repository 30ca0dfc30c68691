import { execFile } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL("./import-process.ts", import.meta.url));
const ROOT = pathToFileURL(`${process.cwd()}/`).href;

/** Names of the packages, other than ours, from which modules were loaded; in a process of its own. */
async function packagesOf(specifier: string, factory?: string): Promise<string[]> {
  const { stdout } = await run(
    process.execPath,
    ["--conditions=@nephoscope/source", SCRIPT, specifier, ...(factory === undefined ? [] : [factory])],
    { env: { PATH: process.env.PATH, SILICONFLOW_API_KEY: "sk-none" } },
  );
  const loaded = (JSON.parse(stdout) as string[]).filter((url) => !url.startsWith("node:"));
  expect(loaded.length).toBeGreaterThan(0);
  const foreign = loaded.filter((url) => !url.startsWith(`${ROOT}src/`));
  return [...new Set(foreign.map((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? url))].sort();
}

test("importing nephoscope loads zod and nothing else of others", async () => {
  expect(await packagesOf("nephoscope")).toEqual(["zod"]);
});

// Vendors' packages are loaded by the first question that needs them, not by naming a driver or making one.
test.each([
  ["nephoscope/providers/aws", "aws"],
  ["nephoscope/providers/memory"],
  ["nephoscope/models/openai", "openai"],
  ["nephoscope/models/scripted"],
  ["nephoscope/stores/sqlite", "sqlite"],
  ["nephoscope/stores/memory", "memory"],
  ["nephoscope/stores/postgres"],
  ["nephoscope/sandboxes/extism", "extism"],
  ["nephoscope/sandboxes/memory", "memory"],
  ["nephoscope/knowledge/lexical", "lexical"],
  ["nephoscope/knowledge/chroma"],
  ["nephoscope/knowledge/llamaindex"],
  ["nephoscope/descriptions/installed", "installed"],
  ["nephoscope/descriptions/shipped", "shipped"],
  ["nephoscope/descriptions/publisher"],
  ["nephoscope/executors/local", "local"],
  ["nephoscope/emulator"],
  ["nephoscope/catalog"],
])("importing %s loads no vendor's package", async (specifier, factory?: string) => {
  // The index of words is a dependency, not somebody's optional package.
  expect(["minisearch", "zod"]).toEqual(expect.arrayContaining(await packagesOf(specifier, factory)));
});
