import { expect } from "vitest";
import { type ExitStatus, exitStatusOf } from "../../src/cli/exit-status.ts";
import type { Run, RunDocument, RunEvent, ScopeReceipt } from "../../src/index.ts";

/** A run from its first event to its last. */
export interface Watched {
  readonly events: readonly RunEvent[];
  readonly document: RunDocument;
  readonly exitStatus: ExitStatus;
}

/** Reads all events of a run, and holds them to what every run promises. */
export async function watch(run: Run): Promise<Watched> {
  const events: RunEvent[] = [];
  for await (const event of run) events.push(event);
  const last = events.at(-1);
  if (last === undefined || !("document" in last)) throw new Error(`the last event is ${last?.type}`);
  const { document } = last;
  expect(eventProblems(events)).toEqual([]);
  expect(receiptProblems(document)).toEqual([]);
  return { events, document, exitStatus: exitStatusOf(document) };
}

/** What is wrong with the order of events; `from` is the number of the first one. */
export function eventProblems(events: readonly RunEvent[], from = 0): string[] {
  const problems: string[] = [];
  const numbers = events.map(({ sequence }) => sequence);
  if (numbers.some((number, index) => number !== index + from)) problems.push(`the numbers have gaps: ${numbers.join(" ")}`);
  const ends = events.filter(({ type }) => type === "run-end" || type === "run-error" || type === "run-pause");
  if (ends.length !== 1 || ends[0] !== events.at(-1)) problems.push(`the ends are ${ends.map(({ type }) => type).join(", ")}`);
  const open = new Set<string>();
  for (const event of events) {
    if (event.type === "step-start") {
      if (open.has(event.stepId)) problems.push(`${event.stepId} starts twice`);
      open.add(event.stepId);
    }
    // A step that was skipped may never have started.
    if (event.type === "step-end" || (event.type === "step-error" && !event.skipped)) {
      if (!open.delete(event.stepId)) problems.push(`${event.stepId} ends without a start`);
    } else if (event.type === "step-error") open.delete(event.stepId);
  }
  if (open.size > 0) problems.push(`steps without an end: ${[...open].join(", ")}`);
  const copy: unknown = JSON.parse(JSON.stringify(events));
  try {
    expect(copy).toEqual(events);
  } catch {
    problems.push("the events are not JSON-safe");
  }
  return problems;
}

/** What is wrong with the arithmetic of a receipt, and with what the document says of it. */
export function receiptProblems({ status, receipt, answer, error }: RunDocument): string[] {
  const problems: string[] = [];
  if ((status === "failed") !== (error !== null)) problems.push(`${status} with ${error?.code ?? "no error"}`);
  if ((status === "answered") !== (answer !== null)) problems.push(`${status} ${answer === null ? "without" : "with"} an answer`);
  if (status === "answered" && receipt === null) problems.push("answered without a receipt");
  if (receipt === null) return problems;
  for (const scope of receipt.scopes) {
    const sum = scope.answered + scope.noData + scope.throttled + scope.denied + scope.failed;
    if (scope.queried !== sum) problems.push(`${nameOf(scope)}: queried ${scope.queried}, but the outcomes are ${sum}`);
    if (scope.listing === "failed" && (scope.throttled + scope.denied + scope.failed !== 1 || scope.listed !== 0))
      problems.push(`${nameOf(scope)}: could not be listed, and counts ${JSON.stringify(scope)}`);
    if (troublesOf(scope) > 0 && scope.reasons.length === 0) problems.push(`${nameOf(scope)}: no reason is given`);
    if (scope.reasons.some(({ message }) => message === "")) problems.push(`${nameOf(scope)}: a reason says nothing`);
  }
  // A run that failed looked at everything or not; nobody relies on it.
  const complete =
    status === "answered" &&
    receipt.scopes.length > 0 &&
    receipt.scopes.every((scope) => scope.listing === "complete" && troublesOf(scope) === 0);
  if (receipt.complete !== complete) problems.push(`complete is ${receipt.complete}`);
  if (answer !== null && complete !== (answer.warnings.length === 0)) problems.push("the warnings do not say what the receipt says");
  if (answer !== null && !complete && !answer.text.startsWith(answer.warnings[0] ?? "?"))
    problems.push("the text does not begin with the warning");
  return problems;
}

function troublesOf({ throttled, denied, failed, truncated }: ScopeReceipt): number {
  return throttled + denied + failed + truncated;
}

function nameOf({ account, region, service }: ScopeReceipt): string {
  return `${account} ${region} ${service}`;
}
