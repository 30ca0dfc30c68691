export { type OpenaiEmbedderOptions, openaiEmbedder } from "../shared/openai-embedder.ts";
export { type LlamaindexOptions, llamaindex } from "./llamaindex.ts";
