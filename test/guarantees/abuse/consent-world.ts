import { SpecDocAgent } from "../../../src/agents/spec-doc-agent.ts";
import { createProgramChecker } from "../../../src/codegen/check-program.ts";
import { CodeGeneration } from "../../../src/codegen/code-generation.ts";
import { codeRun } from "../../../src/codegen/code-run.ts";
import type { CodegenParts } from "../../../src/codegen/codegen-parts.ts";
import { digestOf } from "../../../src/codegen/digest.ts";
import type {
  Actor,
  Approval,
  ApprovalPolicy,
  ApprovalSubject,
  CodeEvent,
  DescriptionSource,
  LearnedTool,
  Model,
  OperationClass,
  OperationDescription,
  Provider,
  Store,
  ToolContext,
  ToolInput,
} from "../../../src/contracts/index.ts";
import { SANDBOX_LIMITS } from "../../../src/contracts/index.ts";
import { shipped } from "../../../src/descriptions/shipped/index.ts";
import type { CallRecord } from "../../../src/emulator/call-log.ts";
import { OrchestratorError } from "../../../src/errors/index.ts";
import { lexical } from "../../../src/knowledge/lexical/index.ts";
import { scripted } from "../../../src/models/scripted/index.ts";
import { nodeRuntime } from "../../../src/runtime/index.ts";
import { memory as memorySandbox } from "../../../src/sandboxes/memory/index.ts";
import { memory } from "../../../src/stores/memory/index.ts";
import { NOW_MS } from "../standing-clock.ts";
import { type AbuseWorld, PLACES, startAbuseWorld } from "./abuse-world.ts";

export const PROGRAM = `interface Row { id: string }
interface Input { state: string }
const input: Input = { state: "in-use" };
/** Volumes in a state. */
async function main({ state }: Input): Promise<Row[]> {
  const filters = [{ Name: "status", Values: [state] }];
  const { Volumes = [] } = await cloud.call("aws", "ec2", "DescribeVolumes", { Filters: filters, MaxResults: 500 });
  return Volumes.map(({ VolumeId }) => ({ id: VolumeId ?? "" }));
}`;

export const ASKER: Actor = { via: "slack", id: "U-ada" };
export const APPROVER: Actor = { via: "slack", id: "U-grace" };
export const POLICY: ApprovalPolicy = { via: "slack", approvers: [ASKER.id, APPROVER.id], selfApproval: false };
const INPUT: ToolInput<"code.run"> = {
  goal: "volumes in use",
  where: { accounts: { include: [PLACES.aws.account] }, regions: { include: [PLACES.aws.region] } },
};

/** What is otherwise when the code is about to run. */
export interface Change {
  readonly store?: (store: Store) => Store;
  readonly parts?: Partial<CodegenParts>;
  readonly provider?: (provider: Provider) => Provider;
  readonly input?: Partial<ToolInput<"code.run">>;
  readonly step?: Partial<ToolContext["step"]>;
  readonly nowMs?: number;
  readonly model?: Model;
  readonly tell?: (event: CodeEvent) => void;
}

interface Ran {
  /** The code of what it threw; `ok` where it answered. */
  readonly ended: string;
  /** Calls of the program that the cloud saw. */
  readonly calls: readonly CallRecord[];
}

export interface ConsentWorld extends AsyncDisposable {
  readonly clouds: AbuseWorld;
  /** A store with a run that waits for a decision. */
  asked(change?: Change): Promise<{ readonly store: Store; readonly approval: Approval }>;
  /** Executes the step (again), with a store of such a run. */
  run(store: Store, change?: Change): Promise<Ran>;
  /** What a consent to this program covers, as things stand then. */
  subjectOf(store: Store, program: ApprovalSubject["program"], change?: Change): Promise<ApprovalSubject>;
}

/** One step of code on an emulated AWS, without anything between the test and `codeRun`. */
export async function startConsentWorld(): Promise<ConsentWorld> {
  const clouds = await startAbuseWorld();
  const parts: CodegenParts = {
    sandbox: memorySandbox(),
    knowledge: lexical(),
    descriptions: new SpecDocAgent({ sources: [volumesOnly()] }),
    checker: createProgramChecker(),
    allowed: new Set<OperationClass>(["read"]),
    limits: { ...SANDBOX_LIMITS, maxPages: 100 },
    approvalTtlMs: 60_000,
  };
  const contextOf = (
    store: Store,
    { nowMs = NOW_MS, provider = (one) => one, step = {}, model = honest(), tell = () => {} }: Change,
  ): ToolContext => ({
    signal: new AbortController().signal,
    runtime: nodeRuntime({ clock: { now: () => nowMs, sleep: async () => {} } }),
    language: "en",
    providers: [provider(clouds.provider("aws"))],
    store,
    model,
    limits: { maxLogScanBytes: 0, maxSampleRows: 0 },
    startedMs: NOW_MS,
    step: { runId: "run_1", stepId: "code", question: "which volumes are in use", askedBy: ASKER, policy: POLICY, ...step },
    dataset: () => Promise.reject(new Error("no step before this one")),
    providerContext: () => clouds.context("aws"),
    progress() {},
    tell,
  });

  const world: ConsentWorld = {
    clouds,
    async asked(change = {}) {
      const store = memory();
      const { ended } = await world.run(store, change);
      const [approval] = await store.listApprovals({});
      if (ended !== "APPROVAL_PENDING" || approval === undefined) throw new Error(`asked for nothing: ${ended}`);
      return { store, approval };
    },
    async run(store, change = {}) {
      const before = (await clouds.calls()).length;
      const seen = change.store?.(store) ?? store;
      const ended = await ran({ ...parts, ...change.parts }, { ...INPUT, ...change.input }, contextOf(seen, change));
      const calls = (await clouds.calls()).slice(before).filter(({ operation }) => operation !== "ec2.DescribeRegions");
      return { ended, calls: calls.filter(({ operation }) => !operation.startsWith("sts.")) };
    },
    async subjectOf(store, program, change = {}) {
      const context = contextOf(store, change);
      return await new CodeGeneration({ ...parts, ...change.parts }, { ...INPUT, ...change.input }, context, context.providers).subjectOf(
        program,
      );
    },
    [Symbol.asyncDispose]: () => clouds[Symbol.asyncDispose](),
  };
  return world;
}

async function ran(parts: CodegenParts, input: ToolInput<"code.run">, context: ToolContext): Promise<string> {
  try {
    const { batches } = await codeRun(parts, input, context);
    for await (const { receipt } of batches) {
      for (const entry of receipt) if (entry.type === "listing" && entry.state !== "complete") return entry.reason.code;
    }
    return "ok";
  } catch (error) {
    if (OrchestratorError.isInstance(error)) return error.code;
    throw error;
  }
}

function honest(): Model {
  return scripted([fenced(PROGRAM)]);
}

/** A program as models write it. */
export function fenced(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``;
}

/** The shipped descriptions of what is needed here: an index of all clouds would take its time. */
export function volumesOnly(change: (operation: OperationDescription) => OperationDescription = (one) => one): DescriptionSource {
  const source = shipped();
  return {
    contractVersion: "descriptions-v1",
    kind: "shipped",
    services: async (provider) => (provider === "aws" ? ["ec2"] : []),
    async describe(provider, service, signal) {
      const described = await source.describe(provider, service, signal);
      const operations = described?.operations.filter(({ name }) => name === "DescribeVolumes").map(change) ?? [];
      return described === undefined ? undefined : { ...described, operations };
    },
  };
}

/** A store whose files somebody has changed: the approval comes out of it otherwise than it went in. */
export function forged(change: (approval: Approval) => Approval): NonNullable<Change["store"]> {
  return (store) => {
    const read = async (id: string) => {
      const approval = await store.getApproval(id);
      return approval === undefined ? undefined : change(approval);
    };
    return { ...store, getApproval: read };
  };
}

/** The same for a kept program. */
export function forgedTool(change: (tool: LearnedTool) => LearnedTool): NonNullable<Change["store"]> {
  return (store) => {
    const read = async (name: string) => {
      const tool = await store.getLearnedTool(name);
      return tool === undefined ? undefined : change(tool);
    };
    return { ...store, getLearnedTool: read };
  };
}

/** What is changed, and a digest that fits it: past the guard. */
export function sealed(subject: ApprovalSubject): { readonly subject: ApprovalSubject; readonly digest: string } {
  return { subject, digest: digestOf(subject) };
}
