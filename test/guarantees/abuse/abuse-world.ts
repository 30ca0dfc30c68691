import { Broker, type BrokerGuard, type BrokerLimits, type BrokerReport } from "../../../src/codegen/broker.ts";
import { createJournal } from "../../../src/codegen/journal.ts";
import type {
  ApprovedCall,
  OperationClass,
  OperationDescription,
  PartialScope,
  Program,
  ProgramOperation,
  Provider,
  ProviderContext,
  SandboxCall,
  StoredCall,
} from "../../../src/contracts/index.ts";
import { SANDBOX_LIMITS } from "../../../src/contracts/index.ts";
import { shipped } from "../../../src/descriptions/shipped/index.ts";
import type { CallRecord } from "../../../src/emulator/call-log.ts";
import { type Emulator, startEmulator } from "../../../src/emulator/index.ts";
import { toOrchestratorError } from "../../../src/errors/index.ts";
import { CallGate } from "../../../src/execution/call-gate.ts";
import { UsageMeter } from "../../../src/execution/usage-meter.ts";
import { nodeRuntime } from "../../../src/runtime/index.ts";
import { EVERY_CLOUD } from "../every-cloud.ts";
import { CLOCK, NOW_MS } from "../standing-clock.ts";

/** A place of each emulated cloud in which attempts are made. */
export const PLACES = {
  aws: { provider: "aws", account: "111122223333", region: "us-east-1" },
  azure: { provider: "azure", account: "3f9d2b10-6c1e-4a55-8f01-00000000a001", region: "eastus" },
  gcp: { provider: "gcp", account: "nimbus-main-417203", region: "us-central1" },
  alicloud: { provider: "alicloud", account: "1782046351908264", region: "cn-hangzhou" },
  volcengine: { provider: "volcengine", account: "2100012345", region: "cn-beijing" },
} as const satisfies Record<string, PartialScope>;
export type CloudId = keyof typeof PLACES;

/** Accounts that the same credentials open, and nobody approved. */
export const OTHER_ACCOUNTS = {
  aws: "444455556666",
  azure: "3f9d2b10-6c1e-4a55-8f01-00000000b002",
  gcp: "nimbus-payments-418851",
  alicloud: "1403275690172345",
  volcengine: "2100067890",
} as const satisfies Record<CloudId, string>;

/** A described operation, as it is or with lies in it. */
export interface Described {
  readonly id: string;
  readonly lies?: Partial<Omit<OperationDescription, "wire">> & { readonly wire?: Partial<OperationDescription["wire"]> };
  /** What was found out about it when the program was approved, where that differs from now. */
  readonly approvedAs?: OperationClass;
}

/** What was consented to, and what a program then tries. */
export interface Setting {
  readonly cloud: CloudId;
  readonly operations: readonly Described[];
  readonly calls: readonly (Pick<ApprovedCall, "operation"> & Partial<ApprovedCall>)[];
  readonly scope?: PartialScope;
  readonly approvedScopes?: readonly PartialScope[];
  readonly allowed?: readonly OperationClass[];
  readonly limits?: Partial<BrokerLimits>;
}

interface Tried {
  /** Codes of errors, in the order of the calls; `ok` for those that were answered. */
  readonly ended: readonly string[];
  /** What reached the clouds, as their call log names it. */
  readonly reached: readonly CallRecord[];
  readonly report: BrokerReport;
  /** What the program got. */
  readonly replies: readonly unknown[];
}

/** Emulated clouds, with the real providers before them. */
export interface AbuseWorld extends AsyncDisposable {
  readonly emulator: Emulator;
  provider(cloud: CloudId): Provider;
  context(cloud: CloudId): ProviderContext;
  describe(described: Described): Promise<OperationDescription>;
  /** The clouds forget what was done to them. */
  reset(): Promise<void>;
  calls(): Promise<readonly CallRecord[]>;
  /** Makes the calls of a program that was approved, one after the other. */
  attempt(
    setting: Setting,
    calls: readonly SandboxCall[],
    disabled?: readonly BrokerGuard[],
    provider?: Provider,
    keeps?: (call: StoredCall) => void,
  ): Promise<Tried>;
}

export async function startAbuseWorld(): Promise<AbuseWorld> {
  const emulator = await startEmulator({ instances: 60, seed: 7, now: () => NOW_MS });
  const providers = new Map(EVERY_CLOUD.map(({ id, create }) => [id, create({}, emulator)]));
  await Promise.all([...providers.values()].map((provider) => provider.load()));
  const source = shipped();
  const { signal } = new AbortController();
  const runtime = nodeRuntime({ clock: CLOCK });

  const world: AbuseWorld = {
    emulator,
    provider: (cloud) => providers.get(cloud) as Provider,
    context: (cloud) => new CallGate({ runtime, meter: new UsageMeter() }).context(world.provider(cloud), { signal, note: () => {} }),
    async describe({ id, lies = {} }) {
      const [provider = "", service = ""] = id.split(".");
      const described = await source.describe(provider, service, signal);
      const operation = described?.operations.find((candidate) => candidate.id === id);
      if (operation === undefined) throw new Error(`${id} is not described`);
      const { wire, ...more } = lies;
      return { ...operation, ...more, wire: { ...operation.wire, ...wire } };
    },
    async reset() {
      await fetch(`${emulator.url}/_emulator/reset`, { method: "POST", body: "{}" });
    },
    async calls() {
      const reply = await fetch(`${emulator.url}/_emulator/calls`);
      return ((await reply.json()) as { readonly calls: readonly CallRecord[] }).calls;
    },
    async attempt(setting, calls, disabled = [], provider = world.provider(setting.cloud), keeps = () => {}) {
      const before = (await world.calls()).length;
      const scope = setting.scope ?? PLACES[setting.cloud];
      const broker = new Broker({
        program: await programOf(setting, world),
        scope,
        approvedScopes: setting.approvedScopes ?? [PLACES[setting.cloud]],
        allowed: new Set<OperationClass>(["read", ...(setting.allowed ?? [])]),
        provider,
        context: world.context(setting.cloud),
        journal: createJournal({ getCall: async () => undefined, putCall: async (call) => keeps(call) }, "run_1", "step"),
        limits: { maxCalls: SANDBOX_LIMITS.maxCalls, maxPages: 100, maxReplyBytes: SANDBOX_LIMITS.maxReplyBytes, ...setting.limits },
        disabled: new Set(disabled),
      });
      const ended: string[] = [];
      const replies: unknown[] = [];
      for (const call of calls) {
        const end = await broker.call(call, signal).then(
          (reply) => {
            replies.push(reply);
            return "ok";
          },
          (error: unknown) => toOrchestratorError(error).code,
        );
        ended.push(end);
      }
      return { ended, reached: (await world.calls()).slice(before), report: broker.report(), replies };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...providers.values()].map((one) => one.close?.()));
      await emulator.close();
    },
  };
  return world;
}

async function programOf({ cloud, operations, calls }: Setting, world: AbuseWorld): Promise<Program> {
  const described = operations.map(
    async (one): Promise<ProgramOperation> => ({
      operation: await world.describe(one),
      origin: { kind: "publisher", source: "somewhere", date: "2026-11-22" },
      class: one.approvedAs ?? "read",
      hash: "",
    }),
  );
  return {
    purpose: "",
    code: "",
    javascript: "",
    columns: [],
    parameters: { type: "object", fields: {} },
    input: {},
    provider: cloud,
    calls: calls.map((call) => ({ literals: {}, varying: [], line: 1, ...call })),
    operations: await Promise.all(described),
    declarationsHash: "",
  };
}
