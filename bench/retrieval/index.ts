// npm run bench:retrieval [-- --open | --misses]: recall of the lexical index. `--open`: without the blind questions; `--misses`: and which of them it missed.
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { lexical } from "../../src/knowledge/lexical/index.ts";
import { describeMachine } from "../machine.ts";
import { median } from "../median.ts";
import { renderSection } from "../render-section.ts";
import { describedDocuments } from "./described-documents.ts";
import { type Finding, measureRecall } from "./measure-recall.ts";
import { readQuestions } from "./questions.ts";
import { recallSection } from "./recall-section.ts";

const { values } = parseArgs({ options: { open: { type: "boolean" }, misses: { type: "boolean" } } });
const { processor, cores, node, load, date } = describeMachine();
console.log(`nephoscope retrieval bench, ${date}\n${processor}, ${cores} cores, Node ${node}, load ${load}\n`);

const documents = await describedDocuments();
const folder = await mkdtemp(join(tmpdir(), "nephoscope-retrieval-"));
try {
  const built = performance.now();
  await lexical({ path: folder }).sync([...new Set(documents.map(({ provider }) => provider))], documents, {
    signal: new AbortController().signal,
  });
  const buildMs = performance.now() - built;
  const sizes = await Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size));
  const knowledge = lexical({ path: folder });
  const opened = performance.now();
  await knowledge.size();
  const openMs = performance.now() - opened;

  const findings: Finding[] = [];
  for (const half of values.open ? (["open"] as const) : (["open", "blind"] as const)) {
    const questions = readQuestions(half);
    const known = await measureRecall(knowledge, documents, questions, true);
    const all = await measureRecall(knowledge, documents, questions, false);
    findings.push(...known, ...all);
    console.log(`${renderSection(recallSection(half, { known, all }))}\n`);
    if (half === "blind" && values.misses) {
      for (const { question, described, found } of known.filter(({ place }) => place === undefined)) {
        console.log(
          `${question.id} ${question.question}\n  wanted ${question.operations.join(", ")}${described ? "" : " (not described)"}`,
        );
        console.log(`  found ${found.slice(0, 5).join(", ")}\n`);
      }
    }
  }
  // Twice everything: as many as all services of a cloud will be one day.
  const many = lexical();
  const twice = [...documents, ...documents.map((document) => ({ ...document, id: `${document.id}~` }))];
  await many.sync([...new Set(documents.map(({ provider }) => provider))], twice, { signal: new AbortController().signal });
  const slow = await measureRecall(many, documents, readQuestions("open"), false);
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
  console.log(
    `${documents.length} documents: built in ${Math.round(buildMs)} ms, ${megabytes.toFixed(1)} MB, opened in ${Math.round(openMs)} ms; ` +
      `median of ${findings.length} answers ${median(findings.map(({ ms }) => ms)).toFixed(1)} ms; ` +
      `of all clouds with ${twice.length} documents ${median(slow.map(({ ms }) => ms)).toFixed(1)} ms.`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
