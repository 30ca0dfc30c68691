import { CodeGeneratorAgent } from "../agents/code-generator-agent.ts";
import { rewriteQuery } from "../agents/query-rewriter.ts";
import {
  type Approval,
  type ApprovalSubject,
  type CodeAttempt,
  type CodeProblem,
  canonicalJson,
  type DataKind,
  type DescribedOperation,
  dataNotAllowed,
  type KnowledgeAnswer,
  type KnowledgeQuery,
  type Model,
  type Program,
  type ProgramOperation,
  type Provider,
  sha256,
  type ToolContext,
  type ToolInput,
} from "../contracts/index.ts";
import { CodeError, ConfigurationError } from "../errors/index.ts";
import { requestApproval } from "./approval-request.ts";
import type { CodegenParts } from "./codegen-parts.ts";
import { declarationsFor } from "./declarations.ts";
import { digestOf } from "./digest.ts";
import type { CodeStages, CodeState } from "./graph.ts";
import { describedClassOf } from "./operation-classes/described-class.ts";
import { dataOfOperation } from "./operation-data.ts";
import { reachOf } from "./operation-reach.ts";
import { asSeenByProgram } from "./program-parameters.ts";
import { resolveScopes } from "./program-scopes.ts";
import { refreshKnowledge } from "./refresh-knowledge.ts";
import { rehearse } from "./rehearse.ts";
import { noOperation } from "./wording.ts";

/** Hits that are looked at, and operations that the model chooses from. */
const MAX_HITS = 24;
const MAX_OFFERED = 12;

/** The stages of one step that is code, in order. */
export class CodeGeneration implements CodeStages {
  readonly #parts: CodegenParts;
  readonly #input: ToolInput<"code.run">;
  readonly #context: ToolContext;
  readonly #providers: readonly Provider[];
  /** Operations on offer, found again after a restart. */
  #offered: readonly ProgramOperation[] | undefined;

  constructor(parts: CodegenParts, input: ToolInput<"code.run">, context: ToolContext, providers: readonly Provider[]) {
    this.#parts = parts;
    this.#input = input;
    this.#context = context;
    this.#providers = providers;
  }

  async specify(): Promise<void> {
    const { knowledge, descriptions } = this.#parts;
    await refreshKnowledge(knowledge, descriptions, { signal: this.#context.signal, onlyIfEmpty: true });
  }

  async retrieve(): Promise<Pick<CodeState, "found" | "notes">> {
    const { language } = this.#context;
    const text = this.#input.goal;
    const rewritten = language === "zh" ? await this.#rewritten(text) : undefined;
    const query = {
      text: text === this.#context.step.question ? text : `${text}\n${this.#context.step.question}`,
      ...(rewritten === undefined ? {} : { rewritten }),
      providers: this.#providers.map(({ id }) => id),
      kinds: ["operation"] as const,
      limit: MAX_HITS,
    };
    const { found, notes } = await this.#search(query);
    // What is to be changed has to be found first, and the words of a change find other changes.
    if (this.#parts.allowed.has("write")) {
      const reads = await this.#search({ ...query, text: `list describe: ${query.text}` });
      found.splice(MAX_OFFERED / 2, 0, ...reads.found.filter((id) => !found.includes(id)));
    }
    const { offered, excluded } = await this.#operations(found);
    if (offered.length === 0) this.checkData({ operations: excluded });
    if (offered.length === 0) throw noOperation(this.#providers, excluded);
    return { found, notes };
  }

  async #search(query: KnowledgeQuery): Promise<{ readonly found: string[]; readonly notes: KnowledgeAnswer["notes"] }> {
    const { hits, notes } = await this.#parts.knowledge.search(query, this.#context.signal);
    return { found: hits.map(({ id }) => id), notes };
  }

  async generate(state: CodeState): Promise<Partial<CodeState>> {
    const { context, attempt } = this.#at(state);
    const { goal } = this.#input;
    const { signal, language, step, runtime } = context;
    context.tell({ type: "code-start", stepId: step.stepId, attempt });
    const offered = await this.#offer(state);
    const written = await new CodeGeneratorAgent({ model: this.#model() }).write(
      {
        question: step.question,
        goal,
        language,
        declarations: declarationsFor(
          offered.map(({ operation }) => asSeenByProgram(operation)),
          { brief: true },
        ),
        writes: this.#parts.allowed.has("write"),
        now: new Date(runtime.clock.now()).toISOString(),
        attempts: [...(state.reviews ?? []), ...state.attempts],
      },
      signal,
    );
    if (written.ok) return { code: written.code, program: null };
    return this.#failed(state, "", [written.problem]);
  }

  async check(state: CodeState): Promise<Partial<CodeState>> {
    const { context, attempt } = this.#at(state);
    const code = state.code ?? "";
    const offered = await this.#offer(state);
    // A model may know an operation that was not found for it: what exists and is allowed may be called all the same.
    const known = new Set(offered.map(({ operation }) => operation.id));
    const named = (await this.#operations(operationsNamed(code).filter((id) => !known.has(id)))).offered;
    const checked = await this.#parts.checker.check(code, [...offered, ...named], context.signal);
    if (!checked.ok) {
      // The next attempt sees what the last one named.
      const found = [...named.map(({ operation }) => operation.id), ...state.found];
      this.#offered = undefined;
      return { ...this.#failed(state, code, checked.problems), found };
    }
    context.tell({ type: "code-end", stepId: context.step.stepId, attempt, code, problems: [] });
    return { program: JSON.stringify(checked.program) };
  }

  async rehearse(state: CodeState): Promise<Partial<CodeState>> {
    const { context, attempt } = this.#at(state);
    const outcome = await rehearse(programOf(state), this.#parts.sandbox, { nowMs: context.startedMs, signal: context.signal });
    const problems = outcome.ok ? [] : outcome.problems;
    context.tell({ type: "rehearsal-end", stepId: context.step.stepId, attempt, problems });
    if (outcome.ok) return { rehearsal: outcome.report };
    return { attempts: [...state.attempts, { code: state.code ?? "", problems }], code: null, program: null };
  }

  async request(state: CodeState): Promise<Pick<CodeState, "approvalId">> {
    const { rehearsal } = state;
    if (rehearsal === null) throw new Error("no approval without a rehearsal");
    const subject = await this.subjectOf(programOf(state));
    const { length: revision } = state.reviews ?? [];
    const approval = await requestApproval({ subject, rehearsal, revision, parts: this.#parts, context: this.#context });
    return { approvalId: approval.id };
  }

  /** What a consent to this program covers, as things stand now. */
  async subjectOf(program: Program): Promise<ApprovalSubject> {
    const { sandbox, limits } = this.#parts;
    const provider = this.providerOf(program);
    const context = this.#context.providerContext(provider, () => {});
    await provider.load();
    const where = this.#input.where ?? {};
    const scopes = await resolveScopes(program, provider, where, context);
    const partitions = new Set(scopes.map((scope) => provider.operations?.partition(scope) ?? ""));
    return {
      program,
      where,
      scopes,
      partition: [...partitions].toSorted().join(","),
      emulated: provider.emulated,
      limits,
      sandboxFingerprint: await sandbox.fingerprint(),
    };
  }

  /** Whether an approval is what was consented to, and covers what would run now. */
  async covers(approval: Pick<Approval, "digest" | "subject">): Promise<boolean> {
    if (digestOf(approval.subject) !== approval.digest) return false;
    const now = await this.subjectOf(approval.subject.program);
    return digestOf(now) === approval.digest;
  }

  providerOf(program: Pick<Program, "provider">): Provider {
    const provider = this.#providers.find(({ id }) => id === program.provider);
    if (provider !== undefined) return provider;
    throw new CodeError({
      code: "CODE_FAILED",
      message: {
        en: `The program is for ${program.provider}, which is not asked here.`,
        zh: `该程序用于 ${program.provider}，而此处不查询该云。`,
      },
      hint: { en: "Name the cloud in the question.", zh: "请在问题中说明是哪个云。" },
    });
  }

  #failed(state: CodeState, code: string, problems: readonly CodeProblem[]): Partial<CodeState> {
    const { context, attempt } = this.#at(state);
    context.tell({ type: "code-end", stepId: context.step.stepId, attempt, code, problems });
    const failed: CodeAttempt = { code, problems };
    return { attempts: [...state.attempts, failed], code: null, program: null };
  }

  #at(state: CodeState): { readonly context: ToolContext; readonly attempt: number } {
    return { context: this.#context, attempt: state.attempts.length + 1 };
  }

  async #offer({ found }: CodeState): Promise<readonly ProgramOperation[]> {
    this.#offered ??= (await this.#operations(found)).offered;
    return this.#offered;
  }

  /** Those of the found operations that may be called, with what is excluded because it changes something or gives secrets away. */
  async #operations(
    ids: readonly string[],
  ): Promise<{ readonly offered: readonly ProgramOperation[]; readonly excluded: readonly ProgramOperation[] }> {
    const described = await this.#parts.descriptions.operations(ids, this.#context.signal);
    const known = described.map(toProgramOperation);
    const isAllowed = (operation: ProgramOperation) =>
      this.#parts.allowed.has(operation.class) && this.#hiddenData(operation) === undefined;
    return { offered: known.filter(isAllowed).slice(0, MAX_OFFERED), excluded: known.filter((operation) => !isAllowed(operation)) };
  }

  /** What an operation brings that may not be shown to whom this run is for: log lines or traces. */
  #hiddenData({ operation }: ProgramOperation): DataKind | undefined {
    const { data } = this.#context.step;
    return data === undefined ? undefined : dataOfOperation(operation.id).find((kind) => !data.includes(kind));
  }

  /** Throws `DATA_NOT_ALLOWED` for a program, kept or approved, that brings what may not be shown to whom this run is for. */
  checkData({ operations }: { readonly operations: readonly ProgramOperation[] }): void {
    const [kind] = operations.flatMap((operation) => this.#hiddenData(operation) ?? []);
    if (kind !== undefined) throw dataNotAllowed(kind);
  }

  async #rewritten(text: string): Promise<string | undefined> {
    const { model, signal } = this.#context;
    if (model === undefined) return undefined;
    try {
      return await rewriteQuery(model, text, signal);
    } catch {
      signal.throwIfAborted();
      // The glossary does without.
      return undefined;
    }
  }

  #model(): Model {
    const { model } = this.#context;
    if (model !== undefined) return model;
    throw new ConfigurationError({
      code: "CONFIGURATION_INVALID",
      message: { en: "This needs code to be written, and no model is configured.", zh: "该问题需要编写代码，但没有配置模型。" },
      hint: {
        en: "Set NEPHOSCOPE_LLM_BASE_URL or SILICONFLOW_API_KEY; see `nephoscope doctor`.",
        zh: "请设置 NEPHOSCOPE_LLM_BASE_URL 或 SILICONFLOW_API_KEY，可运行 `nephoscope doctor` 查看。",
      },
    });
  }
}

/** Ids of the operations that code calls, as far as its text tells: what it really calls is the checker's to find out. */
function operationsNamed(code: string): string[] {
  const calls = code.matchAll(/cloud\s*\.\s*call\(\s*"([a-z0-9]+)"\s*,\s*"([\w-]+)"\s*,\s*"([\w.]+)"/g);
  return [...new Set([...calls].map(([, provider, service, name]) => `${provider}.${service}.${name}`))];
}

function programOf({ program }: CodeState): Program {
  if (program === null) throw new Error("no program before the check");
  return JSON.parse(program) as Program;
}

function toProgramOperation({ operation: described, origin }: DescribedOperation): ProgramOperation {
  const operation = { ...described, reach: reachOf(described) };
  return { operation, origin, class: describedClassOf(operation), hash: sha256(canonicalJson(operation)) };
}
