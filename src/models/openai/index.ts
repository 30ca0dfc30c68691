export type { OpenaiCapabilities } from "./capabilities.ts";
export { openai } from "./openai.ts";
export type { OpenaiOptions } from "./options.ts";
export { type OpenaiSettings, openaiSettings } from "./settings.ts";
