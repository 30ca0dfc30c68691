import type { Actor, Json, LearnedTool, Runtime, Store, ToolContext } from "../contracts/index.ts";
import { ApprovalError, CodeError } from "../errors/index.ts";
import type { CodeGeneration } from "./code-generation.ts";
import { mismatches } from "./fit-shape.ts";
import type { Consent } from "./program-output.ts";

/** How long a kept program runs without asking, in milliseconds. */
const LEARNED_TTL_MS = 30 * 24 * 60 * 60_000;

/** Keeps an approved program that answered, under a name, with an audit entry. Throws `ApprovalError` for what was not approved. */
export async function learn(store: Store, approvalId: string, name: string, { clock }: Pick<Runtime, "clock">): Promise<LearnedTool> {
  if (!isKeepableName(name)) throw unusableName(name);
  const approval = await store.getApproval(approvalId);
  const run = approval === undefined ? undefined : await store.getRun(approval.runId);
  if (approval?.status !== "approved" || approval.decidedBy === null || run?.status !== "answered") throw notAnswered(approvalId);
  const { subject, digest, policy, askedBy, decidedBy, question, runId } = approval;
  const nowMs = clock.now();
  const tool: LearnedTool = {
    name,
    description: question,
    subject,
    approvalId: approval.id,
    digest,
    policy,
    approvedBy: decidedBy,
    askedBy,
    createdMs: nowMs,
    expiresMs: nowMs + LEARNED_TTL_MS,
  };
  await store.putLearnedTool(tool);
  await store.appendAudit({ atMs: nowMs, event: "tool-learned", runId, approvalId, actor: decidedBy, details: { name, digest } });
  return tool;
}

/** Whether a program can be kept under this name. */
export function isKeepableName(name: string): boolean {
  return /^[a-z][a-z0-9-]{0,39}$/.test(name);
}

/**
 * The kept program with new values, where it may run without asking: same digest over everything but the values, same accounts and
 * regions, values of the declared types, somebody whom the first approval covered, not expired. Undefined: ask.
 */
export async function learnedProgram(
  name: string,
  values: Readonly<Record<string, unknown>>,
  context: ToolContext,
  generation: CodeGeneration,
): Promise<Consent | undefined> {
  const tool = await context.store.getLearnedTool(name);
  if (tool === undefined) throw unknownTool(name, await context.store.listLearnedTools());
  const { program } = tool.subject;
  const given = { ...program.input, ...(values as Readonly<Record<string, Json>>) };
  const [wrong] = mismatches(given, program.parameters, "input");
  if (wrong !== undefined) throw wrongInput(name, wrong);
  if (tool.expiresMs <= context.runtime.clock.now() || !coversActor(tool, context.step.askedBy)) return undefined;
  // What changes something or gives secrets away is approved each time.
  if (program.operations.some((operation) => operation.class !== "read")) return undefined;
  // The digest is compared with the values it was approved for: they alone may differ.
  if (!(await generation.covers(tool))) return undefined;
  return {
    subject: { ...tool.subject, program: { ...program, input: given } },
    approvalId: tool.approvalId,
    digest: tool.digest,
    notes: [],
  };
}

/** Whom the first approval covers: who asked then, or anybody whom its policy lets approve by themselves. */
function coversActor({ policy, askedBy }: LearnedTool, actor: Actor): boolean {
  if (actor.via !== policy.via) return false;
  // Ids are unique within one way only.
  if (actor.via === askedBy.via && actor.id === askedBy.id) return true;
  return policy.selfApproval && (policy.approvers === null || policy.approvers.includes(actor.id));
}

/** The kept program that was written for exactly this question. */
export async function learnedFor(question: string, store: Pick<Store, "listLearnedTools">): Promise<LearnedTool | undefined> {
  const wanted = normalized(question);
  return (await store.listLearnedTools()).find(({ description }) => normalized(description) === wanted);
}

function normalized(question: string): string {
  return question
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, " ")
    .trim();
}

function unknownTool(name: string, tools: readonly LearnedTool[]): CodeError {
  const known = tools.map((tool) => tool.name).join(", ");
  return new CodeError({
    code: "CODE_NO_OPERATION",
    message: { en: `No program is kept under the name ${name}.`, zh: `没有保存名为 ${name} 的程序。` },
    hint: known === "" ? { en: "Ask the question in words.", zh: "请直接提问。" } : { en: `Kept: ${known}.`, zh: `已保存：${known}。` },
  });
}

function notAnswered(approvalId: string): ApprovalError {
  return new ApprovalError({
    code: "APPROVAL_NOT_FOUND",
    message: {
      en: `The approval ${approvalId} is not of code that was approved and has answered.`,
      zh: `审批 ${approvalId} 对应的代码尚未获准并成功执行。`,
    },
    hint: { en: "Approve it, let the run end, then keep it.", zh: "请先批准并等待运行结束，再保存。" },
  });
}

function unusableName(name: string): CodeError {
  return new CodeError({
    code: "CODE_FAILED",
    message: { en: `A program cannot be kept under the name ${name}.`, zh: `不能用 ${name} 作为程序名称。` },
    hint: {
      en: "Use lower case letters, digits and dashes, such as disks-without-snapshots.",
      zh: "请使用小写字母、数字和短横线，例如 disks-without-snapshots。",
    },
  });
}

function wrongInput(name: string, what: string): CodeError {
  return new CodeError({
    code: "CODE_FAILED",
    message: { en: `${name} does not take that: ${what}.`, zh: `${name} 的参数不正确：${what}。` },
    hint: { en: "Give values of the declared types.", zh: "请按声明的类型传入参数。" },
  });
}
