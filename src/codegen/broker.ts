import {
  type ApprovedCall,
  canonicalJson,
  type Json,
  type PartialScope,
  type Program,
  type ProgramOperation,
  type Provider,
  type ProviderContext,
  type SandboxCall,
  type SandboxHost,
} from "../contracts/index.ts";
import { CodeError, type OrchestratorError, toOrchestratorError } from "../errors/index.ts";
import { knownError } from "../execution/outcome-of.ts";
import { mismatches } from "./fit-shape.ts";
import { withoutHiddenFields } from "./hidden-fields.ts";
import type { CallJournal } from "./journal.ts";
import { describedClassOf } from "./operation-classes/described-class.ts";
import { asSeenByProgram, otherAccountIn, withScope } from "./program-parameters.ts";
import { readPages, type WholeReply } from "./read-pages.ts";

/** What stands between a program and the cloud. Each stops something the others do not. */
export const BROKER_GUARDS = [
  /** The operation is one of those that were approved, of the program's own cloud. */
  "approved-operation",
  /** Its class by the reviewed list, now, is one that is allowed. */
  "operation-class",
  /** The account and region are among those that were approved. */
  "approved-scope",
  /** Parameters are those that were declared where the operation is called; literal ones have the values that were approved. */
  "approved-parameters",
  /** Parameters fit the description, as programs see it: without page tokens, and without those that name an account or region. */
  "parameter-shape",
  /** Calls and requests in all. */
  "call-count",
] as const;
export type BrokerGuard = (typeof BROKER_GUARDS)[number];

export interface BrokerLimits {
  /** Calls of one program in one scope. */
  readonly maxCalls: number;
  /** Requests one call may take, pages included. */
  readonly maxPages: number;
  /** One whole reply as JSON bytes: pages that would make it larger are left out, and it is marked truncated. */
  readonly maxReplyBytes: number;
}

export interface BrokerOptions {
  readonly program: Program;
  /** Where this run of the program takes place. */
  readonly scope: PartialScope;
  readonly approvedScopes: readonly PartialScope[];
  /** Classes the operator allows; `read` always is. */
  readonly allowed: ReadonlySet<ProgramOperation["class"]>;
  readonly provider: Provider;
  readonly context: ProviderContext;
  readonly journal: CallJournal;
  readonly limits: BrokerLimits;
  /** For tests that show what each guard is for. */
  readonly disabled?: ReadonlySet<BrokerGuard>;
}

/** What one run of a program met, whatever it made of it. */
export interface BrokerReport {
  /** Calls the cloud refused or failed, also those whose error the program caught. */
  readonly failures: readonly { readonly call: string; readonly error: OrchestratorError }[];
  /** Operations whose reply was cut. */
  readonly truncated: readonly string[];
}

/** Authorises every call of a program, then sends it: pages and all. What is refused never reaches the provider. */
export class Broker implements SandboxHost {
  readonly #options: BrokerOptions;
  readonly #disabled: ReadonlySet<BrokerGuard>;
  readonly #failures: { call: string; error: OrchestratorError }[] = [];
  readonly #truncated = new Set<string>();
  #calls = 0;

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.#disabled = options.disabled ?? new Set();
  }

  report(): BrokerReport {
    return { failures: this.#failures, truncated: [...this.#truncated] };
  }

  /** Throws `CALL_NOT_APPROVED`, `CALL_LIMIT_REACHED`, or what the provider says. */
  async call(call: SandboxCall, signal: AbortSignal): Promise<unknown> {
    const ordinal = ++this.#calls;
    const id = `${call.provider}.${call.service}.${call.operation}`;
    try {
      this.#checkCount();
      const { operation, input } = this.#authorise(id, call.parameters);
      const reply = await this.#send(operation, input, signal);
      if (reply.truncated) this.#truncated.add(id);
      return reply.value;
    } catch (error) {
      signal.throwIfAborted();
      const known = toOrchestratorError(knownError(this.#options.provider, error));
      this.#failures.push({ call: `${id}#${ordinal}`, error: known });
      throw known;
    }
  }

  /** What may be sent, and nothing else. */
  #authorise(id: string, parameters: unknown): { readonly operation: ProgramOperation; readonly input: Readonly<Record<string, Json>> } {
    const { program, scope, approvedScopes, allowed } = this.#options;
    const operation = program.operations.find((candidate) => candidate.operation.id === id);
    const approved =
      operation !== undefined && (program.calls.some((site) => site.operation === id) || !this.#guards("approved-operation"));
    if (!approved) throw refused(id, "is not among the approved operations", "不在已批准的操作之内");
    // The reviewed list may have become stricter since the approval.
    const now = describedClassOf(operation.operation);
    if (this.#guards("operation-class") && !(allowed.has(now) && allowed.has(operation.class))) {
      throw refused(id, `is classified as ${now}, which is not allowed`, `属于 ${now} 类操作，不被允许`);
    }
    if (this.#guards("approved-scope") && !approvedScopes.some((approved) => isSameScope(approved, scope))) {
      throw refused(id, `was not approved for ${scope.account} ${scope.region}`, `未获准在 ${scope.account} ${scope.region} 中执行`);
    }
    const input = asParameters(id, parameters);
    const other = otherAccountIn(input, scope);
    if (this.#guards("approved-scope") && other !== undefined) {
      throw refused(
        id,
        `names the account ${other}, and runs for ${scope.account}`,
        `的参数指定了账号 ${other}，而本次执行针对 ${scope.account}`,
      );
    }
    this.#checkParameters(operation, input);
    return { operation, input };
  }

  #checkParameters({ operation }: ProgramOperation, input: Readonly<Record<string, Json>>): void {
    const { id } = operation;
    const sites = this.#options.program.calls.filter((call) => call.operation === id);
    if (this.#guards("approved-parameters") && !sites.some((site) => isCoveredBy(input, site))) {
      throw refused(id, "was called with other arguments than those that were approved", "的参数与已批准的不一致");
    }
    if (this.#guards("parameter-shape")) {
      const [wrong] = mismatches(input, asSeenByProgram(operation).input, "parameters");
      if (wrong !== undefined) throw refused(id, `does not take that: ${wrong}`, `的参数不符合接口说明：${wrong}`);
    }
  }

  async #send(described: ProgramOperation, input: Readonly<Record<string, Json>>, signal: AbortSignal): Promise<WholeReply> {
    const { provider, scope, context, journal, limits } = this.#options;
    const { operation } = described;
    if (provider.operations === undefined)
      throw refused(operation.id, "cannot be sent: the provider has no operations", "无法发送：该云不支持通用操作");
    const { invoke } = provider.operations;
    const place: PartialScope = operation.reach === "account" ? { ...scope, region: "*" } : scope;
    const journaled = journal.begin(operation.id, place, input, described.class === "write");
    return await readPages(
      operation,
      withScope(operation, input, scope),
      (pageInput, link, page) =>
        journaled(page, async () => {
          const request = { operation, scope: place, input: pageInput, ...(link === undefined ? {} : { link }) };
          // Before it is kept, too.
          return withoutHiddenFields(operation.id, await invoke(request, { ...context, signal }));
        }),
      this.#guards("call-count") ? limits : { maxPages: Number.POSITIVE_INFINITY, maxReplyBytes: Number.POSITIVE_INFINITY },
    );
  }

  #checkCount(): void {
    const { maxCalls } = this.#options.limits;
    if (this.#calls <= maxCalls || !this.#guards("call-count")) return;
    throw new CodeError({
      code: "CALL_LIMIT_REACHED",
      message: { en: `The program made more than ${maxCalls} calls.`, zh: `程序的调用次数超过了 ${maxCalls} 次。` },
      hint: { en: "Ask for less at a time.", zh: "请缩小查询范围。" },
    });
  }

  #guards(guard: BrokerGuard): boolean {
    return !this.#disabled.has(guard);
  }
}

/** Arguments of a call are JSON of the sandbox; only an object can hold parameters. */
function asParameters(id: string, parameters: unknown): Readonly<Record<string, Json>> {
  if (parameters === undefined || parameters === null) return {};
  if (typeof parameters !== "object" || Array.isArray(parameters)) throw refused(id, "takes an object of parameters", "的参数必须是对象");
  return parameters as Record<string, Json>;
}

/** Whether a call is one that this place in the code can make. */
function isCoveredBy(input: Readonly<Record<string, Json>>, { literals, varying }: ApprovedCall): boolean {
  for (const [name, value] of Object.entries(literals)) {
    if (!Object.hasOwn(input, name) || canonicalJson(input[name]) !== canonicalJson(value)) return false;
  }
  return Object.keys(input).every((name) => Object.hasOwn(literals, name) || varying.includes(name));
}

function isSameScope(a: PartialScope, b: PartialScope): boolean {
  return a.provider === b.provider && a.account === b.account && a.region === b.region;
}

function refused(id: string, en: string, zh: string): CodeError {
  return new CodeError({
    code: "CALL_NOT_APPROVED",
    message: { en: `${id} ${en}.`, zh: `${id} ${zh}。` },
    hint: { en: "Ask the question again; a new program needs a new approval.", zh: "请重新提问；新的程序需要新的批准。" },
    details: { operation: id },
  });
}
