import type { Tool } from "../contracts/index.ts";

/** The cloud-neutral tools, in the order in which they are described to a model. */
export const BUILTIN_TOOLS: readonly Tool[] = [];
