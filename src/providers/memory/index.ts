export { memory } from "./memory.ts";
export type { MemoryOptions } from "./memory-options.ts";
