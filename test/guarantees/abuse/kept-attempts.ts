import type { LearnedTool, Program, ProgramOperation } from "../../../src/contracts/index.ts";
import { NOW_MS } from "../standing-clock.ts";
import { OTHER_ACCOUNTS, PLACES } from "./abuse-world.ts";
import { APPROVER, ASKER, type Change, POLICY } from "./consent-world.ts";

/** What stands between the name of a kept program and its run. */
export const KEPT_GUARDS = {
  actor: "somebody whom the first approval covers",
  expiry: "thirty days",
  digest: "what was approved, but for the values, in the places that were approved",
  values: "values of the declared parameters",
  reads: "reads alone; all else is approved each time",
} as const;

/** A kept program that must not run without asking. */
export interface KeptAttempt {
  readonly name: string;
  readonly guard: keyof typeof KEPT_GUARDS;
  /** Who asks this time, when, and where. */
  readonly around?: Change;
  /** In what was stored. */
  readonly stored?: (tool: LearnedTool) => LearnedTool;
  readonly values?: Readonly<Record<string, unknown>>;
  /** A new consent is asked for, unless it says otherwise. */
  readonly ends?: string;
}

const DAY_MS = 86_400_000;

function by(who: string, around: Change, stored?: KeptAttempt["stored"]): KeptAttempt {
  return { name: `run by ${who}`, guard: "actor", around, ...(stored === undefined ? {} : { stored }) };
}

const ACTORS: readonly KeptAttempt[] = [
  by("who was never asked for anything", { step: { askedBy: { via: "slack", id: "U-mallory" } } }),
  by("an approver, where nobody approves for themselves", { step: { askedBy: APPROVER } }),
  by("somebody of the asker's name at a terminal", { step: { askedBy: { ...ASKER, via: "local" } } }),
  by("somebody of the asker's name in another chat", { step: { askedBy: { ...ASKER, via: "teams" } } }),
  by("somebody of the asker's name in lower case", { step: { askedBy: { via: "slack", id: ASKER.id.toLowerCase() } } }),
  by("nobody", { step: { askedBy: { via: "slack", id: "" } } }),
  by("who approves for themselves, and is no approver", { step: { askedBy: { via: "slack", id: "U-mallory" } } }, (tool) => ({
    ...tool,
    policy: { ...POLICY, selfApproval: true },
  })),
  by("somebody of the asker's name, where it was asked another way", { step: { askedBy: ASKER } }, (tool) => ({
    ...tool,
    askedBy: { ...ASKER, via: "sdk" },
  })),
];

const TIMES: readonly KeptAttempt[] = [
  { name: "after thirty days", guard: "expiry", around: { nowMs: NOW_MS + 30 * DAY_MS } },
  { name: "a year later", guard: "expiry", around: { nowMs: NOW_MS + 365 * DAY_MS } },
];

function program(name: string, change: (program: Program) => Partial<Program>): KeptAttempt {
  return {
    name,
    guard: "digest",
    stored: (tool) => ({ ...tool, subject: { ...tool.subject, program: { ...tool.subject.program, ...change(tool.subject.program) } } }),
  };
}

function place(name: string, where: NonNullable<Change["input"]>["where"]): KeptAttempt {
  return { name, guard: "digest", around: { input: { where } } };
}

const ACCOUNT = { accounts: { include: [PLACES.aws.account] } };
const REGION = { regions: { include: [PLACES.aws.region] } };

const CHANGED: readonly KeptAttempt[] = [
  program("with other code", ({ javascript }) => ({ javascript: `${javascript}\n// more` })),
  program("with a literal argument that varies", ({ calls }) => ({
    calls: calls.map((call) => ({ ...call, literals: {}, varying: [...call.varying, "MaxResults"] })),
  })),
  program("with one parameter more", ({ parameters }) => ({
    parameters: { type: "object", fields: { ...parameters.fields, more: { shape: { type: "string" } } } },
  })),
  program("with a parameter of another type", () => ({
    parameters: { type: "object", fields: { state: { shape: { type: "unknown" } } } },
  })),
  program("with other values kept", () => ({ input: { state: "available" } })),
  program("with another description", ({ operations }) => ({
    operations: operations.map((one) => ({ ...one, operation: { ...one.operation, description: "Harmless." } })),
  })),
  place("in another account", { ...REGION, accounts: { include: [OTHER_ACCOUNTS.aws] } }),
  place("in every account", REGION),
  place("in another region", { ...ACCOUNT, regions: { include: ["eu-west-1"] } }),
  place("in every region", ACCOUNT),
  { name: "with a real cloud", guard: "digest", around: { provider: (provider) => ({ ...provider, emulated: false }) } },
];

function values(name: string, given: Readonly<Record<string, unknown>>): KeptAttempt {
  return { name: `with ${name}`, guard: "values", values: given, ends: "CODE_FAILED" };
}

const VALUES: readonly KeptAttempt[] = [
  values("a number for a text", { state: 1 }),
  values("a list for a text", { state: ["in-use", "available"] }),
  values("an object for a text", { state: { $ne: "x" } }),
  values("nothing for a text", { state: null }),
  values("a value that no parameter has", { region: "eu-west-1" }),
  values("a value __proto__", JSON.parse(`{"__proto__":{"state":"x"}}`) as Record<string, unknown>),
  values("a value constructor", { constructor: "x" }),
];

const CLASSES: readonly KeptAttempt[] = (["write", "sensitive"] as const).map((operationClass) => ({
  name: `that was approved as ${operationClass}`,
  guard: "reads" as const,
  stored: (tool) => {
    const { program } = tool.subject;
    const operations = program.operations.map((one): ProgramOperation => ({ ...one, class: operationClass }));
    return { ...tool, subject: { ...tool.subject, program: { ...program, operations } } };
  },
  around: {},
}));

export const KEPT_ATTEMPTS: readonly KeptAttempt[] = [...ACTORS, ...TIMES, ...CHANGED, ...VALUES, ...CLASSES];
