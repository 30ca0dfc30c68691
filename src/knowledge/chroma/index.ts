export { type OpenaiEmbedderOptions, openaiEmbedder } from "../shared/openai-embedder.ts";
export { type ChromaOptions, chroma } from "./chroma.ts";
export { chromaClient } from "./chroma-client.ts";
