// A process that syncs an index, slowly, to be killed: `node chroma-writer.ts URL FOLDER`.
import { setTimeout as delay } from "node:timers/promises";
import { chroma } from "../../src/knowledge/chroma/index.ts";
import { lexical } from "../../src/knowledge/lexical/index.ts";
import { bagOfWords } from "./bag-of-words.ts";
import { operations } from "./sample-operations.ts";

const [url = "", path = ""] = process.argv.slice(2);
const quick = bagOfWords(256, "killed");
const embedder = {
  ...quick,
  embedDocuments: async (texts: readonly string[], signal: AbortSignal) => {
    await delay(150);
    return quick.embedDocuments(texts, signal);
  },
};
await chroma({ url, embedder, lexical: lexical({ path }) }).sync(["aws"], operations(1_200), {
  signal: new AbortController().signal,
  progress: ({ done }) => process.stdout.write(`${done}\n`),
});
