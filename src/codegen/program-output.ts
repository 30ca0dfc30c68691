import type { Approval, Batch, Program, Provider, ReceiptEntry, StepOutput, ToolContext, ToolInput } from "../contracts/index.ts";
import { type Text, toOrchestratorError } from "../errors/index.ts";
import type { CodegenParts } from "./codegen-parts.ts";
import { createJournal } from "./journal.ts";
import { columnsOf, runProgram } from "./run-program.ts";

/** Under what code runs. */
export interface Consent {
  readonly subject: Approval["subject"];
  readonly approvalId: string;
  readonly digest: string;
  /** What a reader of the answer must know of how the program came about. */
  readonly notes: readonly Text[];
}

interface ConsentedRun {
  readonly parts: CodegenParts;
  readonly input: ToolInput<"code.run">;
  readonly context: ToolContext;
  readonly provider: Provider;
  readonly consent: Consent;
}

/** The output of a program that may run; its beginning and its end stand in the audit trail. */
export function programOutput({ parts, input, context, provider, consent }: ConsentedRun): StepOutput {
  const { program, scopes } = consent.subject;
  const { runId, stepId } = context.step;
  const batches = runProgram({
    program,
    where: { ...input.where, providers: { include: [program.provider] } },
    approvedScopes: scopes,
    allowed: parts.allowed,
    limits: parts.limits,
    sandbox: parts.sandbox,
    provider,
    journal: createJournal(context.store, runId, stepId),
    context,
  });
  const notes = [...consent.notes, sourcesOf(program)].map((text): ReceiptEntry => ({ type: "note", text }));
  return { columns: columnsOf(program), providers: [program.provider], batches: audited(batches, notes, consent, context) };
}

async function* audited(
  batches: AsyncIterable<Batch>,
  notes: readonly ReceiptEntry[],
  { approvalId, digest }: Consent,
  { step, store, runtime }: ToolContext,
): AsyncGenerator<Batch> {
  const record = (event: "code-started" | "code-ended", details: Readonly<Record<string, string | number>>) =>
    store.appendAudit({
      atMs: runtime.clock.now(),
      event,
      runId: step.runId,
      approvalId,
      actor: step.askedBy,
      details: { digest, ...details },
    });
  await record("code-started", {});
  yield { rows: [], receipt: notes };
  let rows = 0;
  try {
    for await (const batch of batches) {
      rows += batch.rows.length;
      yield batch;
    }
  } catch (error) {
    await record("code-ended", { rows, error: toOrchestratorError(error).code });
    throw error;
  }
  await record("code-ended", { rows });
}

/** Which descriptions the program was written from. */
function sourcesOf({ operations }: Program): Text {
  const told = operations.map(({ operation, origin }) => `${operation.id} (${origin.source}, ${origin.date})`).join(", ");
  return { en: `Read by generated code, written from: ${told}.`, zh: `由生成的代码读取，依据的接口说明：${told}。` };
}
