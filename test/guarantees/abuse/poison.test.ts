import { beforeAll, describe, expect, it } from "vitest";
import { SpecDocAgent } from "../../../src/agents/spec-doc-agent.ts";
import { approvalLines } from "../../../src/cli/render/approval.ts";
import { decide } from "../../../src/codegen/approvals.ts";
import type { Approval, CodeEvent, Knowledge, ModelMessage, OperationDescription, Provider } from "../../../src/contracts/index.ts";
import { lexical } from "../../../src/knowledge/lexical/index.ts";
import { scripted } from "../../../src/models/scripted/index.ts";
import { NOW_MS } from "../standing-clock.ts";
import { APPROVER, type Change, type ConsentWorld, fenced, PROGRAM, startConsentWorld, volumesOnly } from "./consent-world.ts";
import { POISON_GUARDS, POISONS, type Poison } from "./poison.ts";

const CLOCK = { clock: { now: () => NOW_MS, sleep: async () => {} } };
const VOLUMES = "aws.ec2.DescribeVolumes";

interface Walked {
  readonly approval: Approval;
  /** What the cloud saw, without times. */
  readonly calls: readonly string[];
  readonly prompts: readonly (readonly ModelMessage[])[];
  /** What was wrong with attempts. */
  readonly stages: readonly string[];
}

let world: ConsentWorld;
let clean: Walked;
beforeAll(async () => {
  world = await startConsentWorld();
  clean = await walked({ name: "nothing", guard: "data" });
  return () => world[Symbol.asyncDispose]();
}, 60_000);

function poisoned(operation: OperationDescription, { description, parameter }: Poison): OperationDescription {
  const { input } = operation;
  const [name = "", field] = Object.entries(input.fields).find(([one]) => one === "MaxResults") ?? [];
  return {
    ...operation,
    ...(description === undefined ? {} : { description }),
    ...(parameter === undefined || field === undefined
      ? {}
      : { input: { ...input, fields: { ...input.fields, [name]: { ...field, description: parameter } } } }),
  };
}

/** A cloud in which every text that people choose is the poison. */
function named(provider: Provider, text: string): Provider {
  const { operations } = provider;
  if (operations === undefined) throw new Error("no operations");
  const rename = (value: unknown, key = ""): unknown => {
    if (typeof value === "string") return /^(VolumeId|Value|Key|State)$/.test(key) ? text : value;
    if (Array.isArray(value)) return value.map((item) => rename(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, rename(item, name)]));
  };
  const invoke: typeof operations.invoke = async (...asked) => rename(await operations.invoke(...asked));
  return { ...provider, operations: { ...operations, invoke } };
}

/** An index that finds what it was told to, then what is right. */
function finding(ids: readonly string[]): Knowledge {
  const index = lexical();
  const search: Knowledge["search"] = async () => ({ hits: [...ids, VOLUMES].slice(0, 24).map((id) => ({ id, score: 1 })), notes: [] });
  return Object.assign(Object.create(index) as Knowledge, { search, size: async () => 1 });
}

async function walked(poison: Poison): Promise<Walked> {
  const { obeys, returned, hits, question } = poison;
  const model = scripted([...(obeys === undefined ? [] : [obeys]), ...(poison.guard === "shown" ? [] : [fenced(PROGRAM)])]);
  const told: CodeEvent[] = [];
  const change: Change = {
    model,
    tell: (event) => told.push(event),
    parts: {
      descriptions: new SpecDocAgent({ sources: [volumesOnly((operation) => poisoned(operation, poison))] }),
      // The right one is found among the first, where many are looked at.
      knowledge: hits === undefined ? lexical() : finding(hits.slice(0, 20)),
    },
    ...(returned === undefined ? {} : { provider: (provider) => named(provider, returned) }),
    ...(question === undefined ? {} : { step: { question }, input: { goal: question } }),
  };
  const { store, approval } = await world.asked(change);
  const { id, digest } = approval;
  await decide(store, { id, digest, decision: "approve", by: APPROVER }, CLOCK);
  const { ended, calls } = await world.run(store, change);
  expect(ended).toBe("ok");
  model.done();
  const problems = told.flatMap((event) => ("problems" in event ? event.problems : []));
  return {
    approval,
    calls: calls.map(({ operation, account, region }) => `${operation} ${account} ${region}`),
    prompts: model.requests.map(({ messages }) => messages),
    stages: [...new Set(problems.map(({ stage }) => stage))],
  };
}

const STYLE = { bold: String, dim: String, red: String, green: String, yellow: String } as never;

function shownLines(approval: Approval): readonly string[] {
  return approvalLines(approval, { style: STYLE, accountNames: {}, nowMs: NOW_MS } as never);
}

describe("poison", () => {
  it("is tried in many ways, each under a name of its own, and at every guard", () => {
    expect(POISONS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(POISONS.map(({ name }) => name)).size).toBe(POISONS.length);
    expect(Object.keys(POISON_GUARDS).filter((guard) => !POISONS.some((poison) => poison.guard === guard))).toEqual([]);
  });

  it("that nobody gave leaves one call", () => {
    expect(clean.calls).toEqual(["ec2.DescribeVolumes 111122223333 us-east-1"]);
    expect(clean.stages).toEqual([]);
  });

  for (const poison of POISONS) {
    const { name, guard, description, parameter, obeys } = poison;
    it(`changes no call (${guard}): ${name}`, async () => {
      const { approval, calls, stages, prompts } = await walked(poison);
      expect(calls).toEqual(clean.calls);

      // The model that obeys has read it, and was told what it did.
      const [words] = (description ?? parameter ?? "").match(/[\w ]{4,}/) ?? [];
      if (words !== undefined) expect(JSON.stringify(prompts[0])).toContain(words.trim());
      if (guard === "comment") expect(stages.some((stage) => stage === "types" || stage === "policy")).toBe(true);
      else expect(stages).toEqual(obeys === undefined || guard === "shown" ? [] : expect.arrayContaining([guard]));

      // Whoever approves sees what there is, in our words.
      expect(approval.summary).toBe(clean.approval.summary);
      expect(approval.why).toBe(clean.approval.why);
      const lines = shownLines(approval);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it looks for
      expect(lines.filter((line) => /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(line))).toEqual([]);
      const headings = lines.filter((line) => !line.startsWith(" "));
      expect(headings).toEqual(
        shownLines(clean.approval)
          .filter((line) => !line.startsWith(" "))
          .map((line) => line.replace(clean.approval.id, approval.id)),
      );
    });
  }
});
