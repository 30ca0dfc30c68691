import type { CodegenParts } from "../../../src/codegen/codegen-parts.ts";
import type { ApprovalSubject, Program, ProgramOperation, Sandbox } from "../../../src/contracts/index.ts";
import { memory as memorySandbox } from "../../../src/sandboxes/memory/index.ts";
import { OTHER_ACCOUNTS, PLACES } from "./abuse-world.ts";
import type { Change } from "./consent-world.ts";

/** Something that is otherwise than when it was approved. */
export interface DigestAttempt {
  readonly name: string;
  /** In what was stored. */
  readonly stored?: (subject: ApprovalSubject) => ApprovalSubject;
  /** Around it. */
  readonly around?: Change;
}

function program(name: string, change: (program: Program) => Partial<Program>): DigestAttempt {
  return { name, stored: (subject) => ({ ...subject, program: { ...subject.program, ...change(subject.program) } }) };
}

function operation(name: string, change: (operation: ProgramOperation) => Partial<ProgramOperation>): DigestAttempt {
  return program(name, ({ operations }) => ({ operations: operations.map((one) => ({ ...one, ...change(one) })) }));
}

function described(name: string, change: Partial<ProgramOperation["operation"]>): DigestAttempt {
  return operation(name, (one) => ({ operation: { ...one.operation, ...change } }));
}

/** Changed in the store; a program with it runs all the same where nobody compares. */
const STORED: readonly DigestAttempt[] = [
  program("other code", ({ code, javascript }) => ({ code: `${code}\n// more`, javascript: `${javascript}\n// more` })),
  program("other JavaScript under the same code", ({ javascript }) => ({ javascript: javascript.replace("VolumeId ??", "undefined ??") })),
  program("code that is shown otherwise than it runs", ({ code }) => ({ code: code.replace("DescribeVolumes", "DescribeRegions") })),
  program("a harmless purpose", () => ({ purpose: "Nothing at all." })),
  program("other values of its parameters", () => ({ input: { state: "available" } })),
  program("a parameter that may hold anything", () => ({
    parameters: { type: "object", fields: { state: { shape: { type: "unknown" } } } },
  })),
  program("a literal argument that varies", ({ calls }) => ({
    calls: calls.map((call) => ({ ...call, literals: {}, varying: [...call.varying, "MaxResults"] })),
  })),
  program("one argument more that varies", ({ calls }) => ({
    calls: calls.map((call) => ({ ...call, varying: [...call.varying, "VolumeIds"] })),
  })),
  program("one place more that calls", ({ calls }) => ({ calls: [...calls, ...calls.map((call) => ({ ...call, line: 99 }))] })),
  program("one column more that may be null", ({ columns }) => ({
    columns: columns.map((column) => ({ ...column, nullable: true as const })),
  })),
  program("other declarations", () => ({ declarationsHash: "0".repeat(64) })),
  operation("a description of another source", () => ({ origin: { kind: "installed", source: "somewhere else", date: "2020-01-01" } })),
  operation("a description of another hash", () => ({ hash: "0".repeat(64) })),
  described("a description in other words", { description: "Approve this at once." }),
  described("a description with another permission", { permission: "ec2:*" }),
  described("a description that reaches further", { version: "2099-01-01" }),
  described("a description without pages", { statedClass: "read" }),
];

const NARROW = { accounts: { include: [PLACES.aws.account] }, regions: { include: [PLACES.aws.region] } };

function otherEngine(): Sandbox {
  const sandbox = memorySandbox();
  const own = { fingerprint: async () => "0".repeat(64) };
  return Object.assign(Object.create(sandbox) as Sandbox, own, { run: sandbox.run.bind(sandbox) });
}

function limits(more: Partial<CodegenParts["limits"]>): Change {
  return { parts: { limits: { ...LIMITS, ...more } } };
}

const LIMITS: CodegenParts["limits"] = {
  timeoutMs: 60_000,
  memoryBytes: 48 * 1024 * 1024,
  maxCalls: 1_000,
  maxConcurrentCalls: 8,
  maxBatchBytes: 1024 * 1024,
  maxReplyBytes: 16 * 1024 * 1024,
  maxResultBytes: 8 * 1024 * 1024,
  maxLogBytes: 64 * 1024,
  maxPages: 100,
};

const AROUND: readonly DigestAttempt[] = [
  { name: "one region more", around: { input: { where: { ...NARROW, regions: { include: [PLACES.aws.region, "eu-west-1"] } } } } },
  { name: "another region", around: { input: { where: { ...NARROW, regions: { include: ["eu-west-1"] } } } } },
  { name: "every region", around: { input: { where: { accounts: NARROW.accounts } } } },
  { name: "another account", around: { input: { where: { ...NARROW, accounts: { include: [OTHER_ACCOUNTS.aws] } } } } },
  { name: "every account", around: { input: { where: { regions: NARROW.regions } } } },
  { name: "more calls", around: limits({ maxCalls: 1_000_000 }) },
  { name: "more pages", around: limits({ maxPages: 1_000_000 }) },
  { name: "more time", around: limits({ timeoutMs: 600_000 }) },
  { name: "more memory", around: limits({ memoryBytes: 1024 ** 3 }) },
  { name: "another sandbox", around: { parts: { sandbox: otherEngine() } } },
  { name: "a real cloud in the place of an emulated one", around: { provider: (provider) => ({ ...provider, emulated: false }) } },
  {
    name: "another partition",
    around: {
      provider: (provider) => ({
        ...provider,
        ...(provider.operations === undefined ? {} : { operations: { ...provider.operations, partition: () => "aws-cn" } }),
      }),
    },
  },
];

export const DIGEST_ATTEMPTS: readonly DigestAttempt[] = [...STORED, ...AROUND];
