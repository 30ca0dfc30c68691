import { existsSync, readFileSync } from "node:fs";
import * as nodeModule from "node:module";
import { setFlagsFromString } from "node:v8";

const root = new URL("../", import.meta.url);
const words = process.argv.slice(2);

if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
  console.log(JSON.parse(readFileSync(new URL("package.json", root), "utf8")).version);
} else {
  // While modules load, V8 lets its heap grow far beyond what a question needs. Held back, a question over 10,000 instances peaks at
  // some 220 MB instead of 365 (`npm run bench -- --built --only fleet`).
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=40");
  nodeModule.enableCompileCache?.();
  if (inClone()) {
    if (process.features.typescript && nodeModule.registerHooks) await startFromSource();
    else needNewerNode();
  } else {
    await start("dist/cli/main.js");
  }
}

/** Sources lie here and Node may run them: it refuses to strip types below node_modules. */
function inClone() {
  return existsSync(new URL("src/cli/main.ts", root)) && !root.pathname.includes("/node_modules/");
}

async function startFromSource() {
  // The package imports itself by name; in a clone its names stand for the sources.
  nodeModule.registerHooks({
    resolve: (specifier, context, nextResolve) =>
      nextResolve(specifier, { ...context, conditions: [...context.conditions, "@nephoscope/source"] }),
  });
  await start("src/cli/main.ts");
}

async function start(file) {
  try {
    const main = await import(new URL(file, root).href);
    await main.start(words);
  } catch (error) {
    // Not the program's own failures, which it tells itself: a file or a package is missing or damaged.
    console.error(`nephoscope cannot start: ${error.message}`);
    console.error("Run npm install. 请执行 npm install。");
    process.exitCode = 1;
  }
}

function needNewerNode() {
  console.error(
    `Running nephoscope from a clone needs Node.js 22.18 or newer; this is ${process.version}. Use npx nephoscope, or npm run build first.`,
  );
  console.error(`在克隆的仓库中直接运行需要 Node.js 22.18 或更新版本，当前为 ${process.version}。请用 npx nephoscope 运行。`);
  process.exitCode = 2;
}
