import type { ErrorSummary, RunDocument } from "nephoscope";

/** What the process ends with. Public: scripts rely on it. */
export const EXIT = { complete: 0, failed: 1, usage: 2, incomplete: 3, waiting: 4, interrupted: 130 } as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** Wrong usage or configuration; an empty question is the former. */
const CONFIGURATION_CODES: ReadonlySet<string> = new Set([
  "CONFIGURATION_INVALID",
  "DEPENDENCY_MISSING",
  "CREDENTIAL_MISSING",
  "QUESTION_EMPTY",
]);

export function exitStatusOf(document: Pick<RunDocument, "status" | "receipt" | "error">): ExitStatus {
  if (document.status === "waiting") return EXIT.waiting;
  if (document.status === "failed") return exitStatusOfError(document.error);
  return document.receipt === null || document.receipt.complete ? EXIT.complete : EXIT.incomplete;
}

export function exitStatusOfError(error: Pick<ErrorSummary, "code"> | null): ExitStatus {
  return error !== null && CONFIGURATION_CODES.has(error.code) ? EXIT.usage : EXIT.failed;
}
