// Imports what it is told to, runs what that exports for no arguments, and prints every module that was loaded for it.
import { registerHooks } from "node:module";

const loaded: string[] = [];
registerHooks({
  load(url, context, nextLoad) {
    loaded.push(url);
    return nextLoad(url, context);
  },
});
const [specifier = "", factory] = process.argv.slice(2);
const module = (await import(specifier)) as Record<string, () => unknown>;
if (factory !== undefined) module[factory]?.();
process.stdout.write(JSON.stringify(loaded));
