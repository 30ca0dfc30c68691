import {
  type Batch,
  type Cell,
  type Column,
  type PartialScope,
  type Program,
  type Provider,
  RESOURCE_COLUMNS,
  type Row,
  type Sandbox,
  type SandboxFailure,
  type SandboxLimits,
  type ToolContext,
  type Where,
} from "../contracts/index.ts";
import { CodeError, type OrchestratorError, type Text } from "../errors/index.ts";
import { streamOf } from "../execution/batch-stream.ts";
import { failureOf } from "../execution/outcome-of.ts";
import { eachScope, type Site } from "../execution/tools/each-scope.ts";
import { atMost } from "./at-most.ts";
import { Broker, type BrokerLimits, type BrokerOptions } from "./broker.ts";
import { checkRows } from "./check-rows.ts";
import type { CallJournal } from "./journal.ts";
import { isAccountWide, providerFor } from "./program-scopes.ts";

/** What stands before the program's own columns. */
const PLACE_COLUMNS: readonly Column[] = RESOURCE_COLUMNS.slice(0, 3);

/** Scopes in which a program runs at the same time: each has a sandbox, a thread with some 15 MB. */
const MAX_SANDBOXES = 16;

export interface ProgramRun {
  readonly program: Program;
  readonly where: Where;
  readonly approvedScopes: readonly PartialScope[];
  readonly allowed: BrokerOptions["allowed"];
  readonly limits: SandboxLimits & BrokerLimits;
  readonly sandbox: Sandbox;
  readonly provider: Provider;
  readonly journal: CallJournal;
  readonly context: ToolContext;
}

export function columnsOf(program: Program): readonly Column[] {
  return [...PLACE_COLUMNS, ...program.columns.map(({ nullable: _, ...column }) => column)];
}

/** Runs a program in every scope, many at once; each scope ends as its own line of the receipt. Nothing runs before the first batch is read. */
export function runProgram(run: ProgramRun): AsyncIterable<Batch> {
  const { program, provider, context, where } = run;
  const turn = atMost(MAX_SANDBOXES);
  return streamOf<Batch>((emit) => {
    if (isAccountWide(program) && where.regions !== undefined) emit({ rows: [], receipt: [{ type: "note", text: REGIONS_NOT_ASKED }] });
    return eachScope({
      context,
      where: isAccountWide(program) ? withoutRegions(where) : where,
      service: serviceOf(program),
      task: { en: "run generated code", zh: "运行生成的代码" },
      isCapable: (candidate) => candidate.operations !== undefined,
      asked: { providers: [providerFor(program, provider)], notes: [] },
      emit,
      visit: (site) => turn(() => runInScope(run, site)),
    });
  });
}

async function runInScope(
  { program, approvedScopes, allowed, limits, sandbox, provider, journal, context }: ProgramRun,
  site: Site,
): Promise<void> {
  const { account, region } = site.scope;
  const scope: PartialScope = { provider: program.provider, account, region };
  const broker = new Broker({ program, scope, approvedScopes, allowed, provider, context: site.context, journal, limits });
  const outcome = await sandbox.run(
    { code: program.javascript, input: program.input, nowMs: context.startedMs, seed: context.startedMs % 2 ** 31, limits },
    broker,
    context.signal,
  );
  const { failures, truncated } = broker.report();
  if (!outcome.ok) throw failures.find(({ error }) => error.code === outcome.failure.code)?.error ?? failed(outcome.failure);
  // What the program made of a refused call is its own business; that the call was refused is the reader's.
  for (const { call, error } of failures) site.tell({ type: "outcome", scope: site.scope, keys: [call], ...failureOf(error) });
  for (const operation of truncated) site.tell({ type: "truncated", scope: site.scope, count: 0, reason: cutReply(operation) });
  const wrong = checkRows(outcome.value, program.columns);
  if (wrong !== undefined) throw wrongResult(wrong);
  const rows = (outcome.value as readonly Readonly<Record<string, Cell>>[]).map((record) => rowOf(record, scope, program));
  site.found(rows, rows.length);
}

function rowOf(record: Readonly<Record<string, Cell>>, { provider, account, region }: PartialScope, { columns }: Program): Row {
  return { cells: [provider, account, region, ...columns.map(({ name }) => record[name] ?? null)] };
}

/** The service of the receipt's scopes: what the operations have in common. */
function serviceOf({ operations }: Program): string {
  return [...new Set(operations.map(({ operation }) => operation.service))].join("+");
}

function withoutRegions({ regions: _, ...where }: Where): Where {
  return where;
}

const REGIONS_NOT_ASKED: Text = {
  en: "What the program calls answers for whole accounts: the regions of the question were not asked by themselves, the program has to tell them apart.",
  zh: "程序调用的接口面向整个账号：未按问题中的区域分别查询，由程序自行区分区域。",
};

function cutReply(operation: string) {
  return {
    code: "REPLY_TRUNCATED",
    text: {
      en: `${operation} has more than one call may read; the rest was left out`,
      zh: `${operation} 的结果超过单次调用的上限，其余部分未读取`,
    },
  };
}

/** A failure of the program itself, in words that say whose it is. */
function failed({ kind, message, line }: SandboxFailure): OrchestratorError {
  const place = line === null ? { en: "", zh: "" } : { en: ` (line ${line})`, zh: `（第 ${line} 行）` };
  return new CodeError({
    code: "CODE_FAILED",
    message: { en: `The generated code failed: ${kind}${place.en}: ${message}`, zh: `生成的代码执行失败：${kind}${place.zh}：${message}` },
    hint: { en: "Ask again: another program may be written.", zh: "请重新提问：系统会编写新的程序。" },
    details: { kind, line },
  });
}

function wrongResult(what: string): CodeError {
  return new CodeError({
    code: "CODE_FAILED",
    message: {
      en: `The generated code returned something else than it declared: ${what}.`,
      zh: `生成的代码返回的内容与声明不符：${what}。`,
    },
    hint: { en: "Ask again: another program may be written.", zh: "请重新提问：系统会编写新的程序。" },
  });
}
