import type { QuestionError } from "../errors/index.ts";

/** Ends the planning of a question; only thrown and caught inside this folder. */
export class Stop extends Error {
  readonly status: "unknown" | "refused";
  readonly error: QuestionError;
  readonly words: readonly string[];

  constructor(status: "unknown" | "refused", error: QuestionError, words: readonly string[]) {
    super(error.message);
    this.status = status;
    this.error = error;
    this.words = words;
  }
}

/** The question itself is at fault. */
export function refuse(error: QuestionError): never {
  throw new Stop("refused", error, []);
}

/** The grammar does not follow; a model may. */
export function giveUp(error: QuestionError, words: readonly string[] = []): never {
  throw new Stop("unknown", error, words);
}
