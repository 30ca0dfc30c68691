import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { exitStatusOf } from "../../../src/cli/exit-status.ts";
import type { RunDocument, Sandbox } from "../../../src/index.ts";
import { scripted } from "../../../src/models/scripted/index.ts";
import { approved, askedFor, type CodeWorld, columnOf, startCodeWorld } from "./code-world.ts";
import { before, CODE_CASES, type CodeCase, written } from "./every-cloud-code.ts";

const [AWS] = CODE_CASES as readonly [CodeCase];
const BAD_REGION = "eu-west-1";

/** Not as a literal: rehearsals answer with the values that a program looks for. */
const HIDDEN = `[${BAD_REGION.split("-").map((part) => JSON.stringify(part))}].join("-")`;

/** A program that does as it should wherever it is rehearsed, and in all regions but one. */
function misbehaving(how: string): string {
  return AWS.program.replace(
    "  const saved =",
    `  if (Volumes.some(({ AvailabilityZone }) => AvailabilityZone?.startsWith(${HIDDEN}))) {
    ${how}
  }
  const saved =`,
  );
}

// Index, compiler and sandbox are the real ones, and made by the first question.
vi.setConfig({ testTimeout: 60_000 });

let world: CodeWorld;
beforeAll(async () => {
  world = await startCodeWorld();
  return () => world[Symbol.asyncDispose]();
}, 60_000);
afterEach(() => world.rules({}));

/** The answer to a question for which this program was written and approved. */
async function answerOf(code: CodeCase, program: string, options: { readonly sandbox?: Sandbox } = {}): Promise<RunDocument> {
  await using orchestrator = world.orchestrator(scripted([...before(code, "en"), written(program)]), options);
  const { approval } = await askedFor(orchestrator, code.question.en);
  return await approved(orchestrator, approval);
}

async function idsOutside(code: CodeCase, region: string | null): Promise<readonly string[]> {
  const records = await world.records(code.id, code.type);
  return records
    .filter((record) => code.belongs(record) && record.region !== region)
    .map(({ id }) => id)
    .toSorted();
}

/** The sandbox with less time for a program; what it runs on is the same. */
function hurried(sandbox: Sandbox): Sandbox {
  return {
    contractVersion: sandbox.contractVersion,
    id: sandbox.id,
    fingerprint: () => sandbox.fingerprint(),
    load: () => sandbox.load(),
    run: (program, host, signal) => sandbox.run({ ...program, limits: { ...program.limits, timeoutMs: 5_000 } }, host, signal),
    close: async () => {},
  };
}

describe("an approved program that misbehaves where it was not rehearsed", () => {
  it.each([
    ["never ends", "for (;;);", /timeout/],
    ["takes all memory", 'const all: string[] = []; for (;;) all.push("x".repeat(1_000_000) + all.length);', /memory/],
    [
      "returns 100 MB",
      'return Array.from({ length: 100 }, (_, at) => ({ id: String(at), name: "x".repeat(1_000_000), sizeGib: null }));',
      /result|memory/,
    ],
    ["throws", 'throw new Error("as data would have it");', /as data would have it/],
    ["goes too deep", "const down = (depth: number): number => down(depth + 1) + 1; down(0);", /stack|memory/],
    ["calls without end", 'for (;;) await cloud.call("aws", "ec2", "DescribeVolumes", { MaxResults: 30 });', /calls|timeout/],
    ["returns something else", "return [{ id: 1 as unknown as string, name: null, sizeGib: null }];", /id is no string/],
  ])("and %s fails there alone", async (what, how, reason) => {
    // The others end by themselves, however slow the machine.
    const sandbox = /end/.test(what) ? hurried(world.sandbox) : world.sandbox;
    const document = await answerOf(AWS, misbehaving(how), { sandbox });
    expect(document.status).toBe("answered");
    expect(columnOf(document, "id").toSorted()).toEqual(await idsOutside(AWS, BAD_REGION));
    const scopes = document.receipt?.scopes ?? [];
    const [bad, good] = [scopes.filter(({ region }) => region === BAD_REGION), scopes.filter(({ region }) => region !== BAD_REGION)];
    expect(bad.length).toBeGreaterThan(1);
    for (const { listing, failed, reasons } of bad) {
      expect({ listing, failed }).toEqual({ listing: "failed", failed: 1 });
      expect(reasons.map(({ message }) => message).join()).toMatch(reason);
    }
    expect(good.every(({ listing }) => listing === "complete")).toBe(true);
    expect(document.receipt?.complete).toBe(false);
    expect(document.answer?.warnings.length).toBeGreaterThan(0);
    expect(exitStatusOf(document)).toBe(3);
  });

  it("and floods the log answers nevertheless", async () => {
    const document = await answerOf(AWS, misbehaving('for (let at = 0; at < 20_000; at++) console.log("x".repeat(1_000));'));
    expect(columnOf(document, "id").toSorted()).toEqual(await idsOutside(AWS, null));
    expect(exitStatusOf(document)).toBe(0);
  });
});

describe.each(CODE_CASES)("code for $id, when the cloud is in trouble", (code) => {
  it("tells of a call that stays throttled", async () => {
    await world.rules({ faults: [`${code.id}:${code.faulty}:throttle`] });
    const document = await answerOf(code, code.program);
    expect(document.receipt?.complete).toBe(false);
    expect(document.receipt?.scopes.every(({ throttled }) => throttled > 0)).toBe(true);
    expect(document.answer?.table?.rows ?? []).toEqual([]);
    expect(exitStatusOf(document)).not.toBe(0);
  });

  it("overcomes a call that is throttled for a while", async () => {
    await world.rules({ faults: [`${code.id}:${code.faulty}:throttle:2`] });
    const document = await answerOf(code, code.program);
    expect(document.receipt?.complete).toBe(true);
    expect(document.usage.retries).toBeGreaterThanOrEqual(2);
    expect(columnOf(document, "id").toSorted()).toEqual(await idsOutside(code, null));
  });

  it.skipIf(code.region === null)("tells of a region that is denied, and answers for the others", async () => {
    await world.rules({ deny: [`${code.id}:${code.region}`] });
    const document = await answerOf(code, code.program);
    const denied = document.receipt?.scopes.filter(({ region }) => region === code.region) ?? [];
    expect(denied.length).toBeGreaterThan(0);
    expect(denied.every((scope) => scope.listing === "failed" && scope.denied === 1)).toBe(true);
    expect(columnOf(document, "id").toSorted()).toEqual(await idsOutside(code, code.region));
    expect(document.answer?.text).toContain(String(code.region));
    expect(exitStatusOf(document)).toBe(3);
  });

  it("takes an empty result for an answer", async () => {
    const nothing = code.program.replace(/(=== (0|""|"Unattached")|< before|!saved\.has\(VolumeId\))/, "$1 && Date.now() === 0");
    expect(nothing).not.toBe(code.program);
    const document = await answerOf(code, nothing);
    expect(document).toMatchObject({ status: "answered", error: null, receipt: { complete: true } });
    expect(document.answer?.table?.rows).toEqual([]);
    expect(exitStatusOf(document)).toBe(0);
  });
});

describe("a reply that is too long", () => {
  it("is told in the receipt, the text and the exit status", async () => {
    await using large = await startCodeWorld({ instances: 1_500, providers: ["gcp"] });
    const gcp = CODE_CASES.find(({ id }) => id === "gcp");
    if (gcp === undefined) throw new Error("no case");
    // A row a page, so that the limit of pages bites.
    const whole = gcp.program.replace("maxResults: 40", "maxResults: 1").replace("< before", "!== before");
    await using orchestrator = large.orchestrator(scripted([...before(gcp, "en"), written(whole)]), { clouds: ["gcp"] });
    const { approval } = await askedFor(orchestrator, gcp.question.en);
    const document = await approved(orchestrator, approval);
    const cut = document.receipt?.scopes.filter(({ reasons }) => reasons.some(({ code }) => code === "REPLY_TRUNCATED")) ?? [];
    expect(cut).toHaveLength(1);
    expect(cut[0]).toMatchObject({ listing: "complete", listed: 1_000 });
    expect(document.receipt?.complete).toBe(false);
    expect(document.answer?.table?.rows.length).toBeGreaterThanOrEqual(1_000);
    expect(document.answer?.text).toContain("gcp.compute.snapshots.list");
    expect(document.answer?.warnings.length).toBeGreaterThan(0);
    expect(exitStatusOf(document)).toBe(3);
  }, 120_000);
});
