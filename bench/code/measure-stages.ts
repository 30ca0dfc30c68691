import { SpecDocAgent } from "../../src/agents/spec-doc-agent.ts";
import { createProgramChecker } from "../../src/codegen/check-program.ts";
import { describedClassOf } from "../../src/codegen/operation-classes/described-class.ts";
import { refreshKnowledge } from "../../src/codegen/refresh-knowledge.ts";
import { rehearse } from "../../src/codegen/rehearse.ts";
import { canonicalJson, type ProgramOperation, sha256 } from "../../src/contracts/index.ts";
import { installed } from "../../src/descriptions/installed/index.ts";
import { shipped } from "../../src/descriptions/shipped/index.ts";
import { lexical } from "../../src/knowledge/lexical/index.ts";
import { extism } from "../../src/sandboxes/extism/index.ts";
import { median } from "../median.ts";
import { PROGRAM, QUESTION } from "./prompt-cloud.ts";

export interface StageTime {
  readonly stage: string;
  readonly firstMs: number;
  readonly warmMs: number;
}

/** What is done once for a new question, between the calls of the model: each stage's first time in a process, and warm. */
export async function measureStages(turns: number): Promise<readonly StageTime[]> {
  const { signal } = new AbortController();
  const descriptions = new SpecDocAgent({ sources: [installed(), shipped()] });
  const knowledge = lexical();
  const checker = createProgramChecker();
  const sandbox = extism();
  const found = ["ec2.DescribeVolumes", "ec2.DescribeSnapshots", "ec2.DescribeVolumeStatus", "ec2.DescribeInstances"].map(
    (name) => `aws.${name}`,
  );
  const stages: StageTime[] = [];
  const stage = async <Result>(name: string, work: () => Promise<Result>, again = work): Promise<Result> => {
    const timed = async (what: () => Promise<Result>) => {
      const startMs = performance.now();
      const result = await what();
      return { result, wallMs: performance.now() - startMs };
    };
    const first = await timed(work);
    const warm: number[] = [];
    for (let turn = 0; turn < turns; turn++) warm.push((await timed(again)).wallMs);
    stages.push({ stage: name, firstMs: first.wallMs, warmMs: median(warm) });
    return first.result;
  };
  const fill = (onlyIfEmpty: boolean) => refreshKnowledge(knowledge, descriptions, { signal, onlyIfEmpty });
  await stage(
    "fill the index",
    () => fill(true),
    () => fill(true),
  );
  await stage("find operations", () => knowledge.search({ text: QUESTION, kinds: ["operation"], limit: 24, providers: ["aws"] }, signal));
  const described = await stage("describe them", () => descriptions.operations(found, signal));
  const operations = described.map(
    ({ operation, origin }): ProgramOperation => ({
      operation,
      origin,
      class: describedClassOf(operation),
      hash: sha256(canonicalJson(operation)),
    }),
  );
  const checked = await stage("check", () => checker.check(PROGRAM, operations, signal));
  if (!checked.ok) throw new Error(`the program does not pass: ${checked.problems[0]?.message}`);
  const rehearsal = await stage("rehearse", () => rehearse(checked.program, sandbox, { nowMs: 0, signal }));
  if (!rehearsal.ok) throw new Error(`the rehearsal fails: ${rehearsal.problems[0]?.message}`);
  await Promise.all([sandbox.close(), knowledge.close()]);
  return stages;
}
