import type { Knowledge, KnowledgeDocument } from "../../src/contracts/index.ts";
import type { Question } from "./questions.ts";

/** What became of a question. */
export interface Finding {
  readonly question: Question;
  /** From 1; undefined where none of the first ten is an answer. */
  readonly place: number | undefined;
  /** Whether any of its answers is described at all. */
  readonly described: boolean;
  readonly found: readonly string[];
  readonly ms: number;
}

const LOOKED_AT = 10;

/** Asks each question, of its own cloud only or of all. A hit is an answer when cloud and name of the operation match. */
export async function measureRecall(
  knowledge: Knowledge,
  documents: readonly KnowledgeDocument[],
  questions: readonly Question[],
  providerKnown: boolean,
): Promise<readonly Finding[]> {
  const operations = new Map(documents.filter(({ kind }) => kind === "operation").map((document) => [document.id, document]));
  const names = new Set([...operations.values()].map(({ provider, name }) => `${provider} ${name}`));
  const signal = new AbortController().signal;
  const findings: Finding[] = [];
  for (const question of questions) {
    const { provider, operations: answers } = question;
    const started = performance.now();
    const { hits } = await knowledge.search(
      { text: question.question, kinds: ["operation"], limit: LOOKED_AT, ...(providerKnown ? { providers: [provider] } : {}) },
      signal,
    );
    const ms = performance.now() - started;
    const at = hits.findIndex(({ id }) => {
      const hit = operations.get(id);
      return hit?.provider === provider && answers.includes(hit.name);
    });
    findings.push({
      question,
      place: at < 0 ? undefined : at + 1,
      described: answers.some((name) => names.has(`${provider} ${name}`)),
      found: hits.map(({ id }) => id),
      ms,
    });
  }
  return findings;
}

/** Percent of the questions with an answer among the first `places`. */
export function recall(findings: readonly Finding[], places: number): number | null {
  if (findings.length === 0) return null;
  return (100 * findings.filter(({ place }) => place !== undefined && place <= places).length) / findings.length;
}
