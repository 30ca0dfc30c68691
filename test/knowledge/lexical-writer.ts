// A process that syncs an index over and over, to be killed: `node lexical-writer.ts FOLDER PROVIDER HOW_MANY`.
import { lexical } from "../../src/knowledge/lexical/index.ts";
import { operations } from "./sample-operations.ts";

const [path = "", provider = "", more = ""] = process.argv.slice(2);
const knowledge = lexical({ path });
const signal = new AbortController().signal;
for (let round = 0; ; round++) {
  const documents = operations(Number(more), provider);
  await knowledge.sync([provider], round % 2 === 0 ? documents : [], {
    signal,
    progress: ({ done }) => process.stdout.write(`${round} ${done}\n`),
  });
}
