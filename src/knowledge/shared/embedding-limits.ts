/** What is known of models: length of their vectors, and tokens they read (https://docs.siliconflow.cn/cn/api-reference/embeddings/create-embeddings). */
export const KNOWN_MODELS: Readonly<Record<string, { readonly dimension: number; readonly maxTokens: number }>> = {
  "BAAI/bge-m3": { dimension: 1024, maxTokens: 8192 },
  "Pro/BAAI/bge-m3": { dimension: 1024, maxTokens: 8192 },
  "BAAI/bge-large-zh-v1.5": { dimension: 1024, maxTokens: 512 },
  "BAAI/bge-large-en-v1.5": { dimension: 1024, maxTokens: 512 },
};

/** Two for the marks that every text gets, the rest for what is counted too low. */
const RESERVE = 0.95;
/** Identifiers are cut into short pieces: fewer letters a token than prose has. */
const LATIN_TOKENS_PER_CHARACTER = 0.4;

/** The beginning of a text that fits; a Chinese character is a token, others are estimated, rather too many than too few. */
export function fitting(text: string, maxTokens: number): string {
  const room = maxTokens * RESERVE - 2;
  let tokens = 0;
  for (let at = 0; at < text.length; at++) {
    tokens += /[\u2e80-\uffff]/.test(text.charAt(at)) ? 1 : LATIN_TOKENS_PER_CHARACTER;
    if (tokens > room) return text.slice(0, at).toWellFormed();
  }
  return text;
}
