import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const questionsSchema = z.array(
  z.strictObject({
    id: z.string(),
    language: z.enum(["en", "zh"]),
    provider: z.string(),
    service: z.string(),
    question: z.string(),
    /** Any of them is an answer. */
    operations: z.array(z.string()).min(1),
  }),
);

export type Question = z.output<typeof questionsSchema>[number];

/** `open`: the table that glossary and weights were made with. `blind`: written by somebody who never saw them. */
export type Half = "open" | "blind";

export function readQuestions(half: Half): readonly Question[] {
  return questionsSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, `${half}-questions.json`), "utf8")));
}
