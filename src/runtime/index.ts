export { nodeRuntime } from "./node-runtime.ts";
export { optionalImport } from "./optional-import.ts";
