import type { Run, RunDocument, RunEvent } from "nephoscope";
import { threadOf } from "./access.ts";
import { fingerprintOf } from "./approval-cards.ts";
import type { EngineParts } from "./engine-parts.ts";
import { PARKED } from "./engine-wording.ts";
import type { Grant, QuestionRecord } from "./question-record.ts";
import type { QuestionSession } from "./question-session.ts";

/** Ends that nobody is shown, because the question goes on. */
const NOT_SHOWN: ReadonlySet<string> = new Set(["RUN_NOT_FOUND", "RUN_HELD"]);

/**
 * Runs a question, or goes on with its run, up to its end or to where a person must decide; the record says which. With `parking`, or
 * when another one may have its thread, the run is interrupted, and left for whoever comes next. False: it could not be run now, and is to be tried later.
 */
export async function runQuestion(
  parts: EngineParts,
  session: QuestionSession,
  { parking, threadLost }: { readonly parking: AbortSignal; readonly threadLost: AbortSignal },
): Promise<boolean> {
  const { runtime, platform } = parts;
  const { record } = session;
  const startedMs = runtime.clock.now();
  const log = (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
    runtime.logger.debug(message, {
      questionId: session.id,
      runId: session.record.runId,
      durationMs: runtime.clock.now() - startedMs,
      ...fields,
    });
  await session.update(() => ({ state: "running" }));
  log("question begun", { resumed: record.runId !== null });

  const signal = AbortSignal.any([session.lost, session.stopped, parking, threadLost]);
  const document = await drive(parts, session, signal);
  session.lost.throwIfAborted();
  const code = document.error?.code;
  const isInterrupted = signal.aborted && document.status === "failed";
  if (code === "RUN_HELD") {
    // By a process that ended a moment ago, most likely: its claim runs out.
    log("run is driven elsewhere");
    await session.update(() => ({ state: "queued" }));
    return false;
  }
  if (isInterrupted && !session.stopped.aborted) {
    log("question parked");
    if (parking.aborted) {
      const told = platform.tell(record.place, PARKED[record.language]);
      await told.catch((error: unknown) => log("parking not told", { error: String(error) }));
    }
    return false;
  }
  const approvals = await session.lookAtApprovals();
  if (document.status === "waiting") {
    const cards = fingerprintOf(approvals, runtime.clock.now());
    await session.update(() => ({ state: "waiting", waitsFor: document.approvals.map(({ id }) => id), cards, failures: 0 }));
  } else {
    if (isInterrupted) session.viewer.stopped();
    const end = isInterrupted ? ({ kind: "stopped" } as const) : null;
    await session.update(() => ({ state: "ending", waitsFor: [], end, endedMs: runtime.clock.now() }));
  }
  session.show();
  log("question over for now", { status: document.status, code: code ?? null });
  return true;
}

async function drive(parts: EngineParts, session: QuestionSession, signal: AbortSignal): Promise<RunDocument> {
  const { orchestrator } = parts;
  const { record } = session;
  const grant = grantOf(record);
  if (record.runId !== null) {
    // The plan is in the store as it was restricted; saying so again would only have it ask the clouds again.
    const document = await follow(
      orchestrator.resume(record.runId, [], { thread: threadOf(record.place, grant), signal }),
      session,
      signal,
    );
    if (document.error?.code !== "RUN_NOT_FOUND") return document;
    session.startOver();
  }
  const leaving = new AbortController();
  const run = orchestrator.stream(record.text, {
    thread: threadOf(record.place, grant),
    ...restrictionOf(grant),
    data: grant.data,
    askedBy: { via: record.place.platform, id: record.person.id },
    policy: grant.policy,
    signal: AbortSignal.any([signal, leaving.signal]),
  });
  try {
    await session.update(() => ({ runId: run.id }));
  } catch (error) {
    // A run that nobody can find again must not go on.
    leaving.abort();
    await run.result().catch(() => {});
    throw error;
  }
  return await follow(run, session, signal);
}

async function follow(run: Run, session: QuestionSession, signal: AbortSignal): Promise<RunDocument> {
  let document: RunDocument | undefined;
  for await (const event of run) {
    document = documentOf(event);
    if (document?.error != null && (signal.aborted || NOT_SHOWN.has(document.error.code))) break;
    session.viewer.apply(event);
    // What it waits for is shown with its card.
    if (document === undefined) session.show();
  }
  if (document === undefined) throw new Error(`the run ${run.id} ended without a last event`);
  return document;
}

function documentOf(event: RunEvent): RunDocument | undefined {
  return event.type === "run-end" || event.type === "run-pause" || event.type === "run-error" ? event.document : undefined;
}

function grantOf({ grant, id }: QuestionRecord): Grant {
  if (grant === null) throw new Error(`the question ${id} was not allowed`);
  return grant;
}

function restrictionOf({ where }: Grant) {
  if (where === null) return {};
  const given = Object.entries(where).filter(([, value]) => value !== undefined);
  return { where: Object.fromEntries(given) };
}
