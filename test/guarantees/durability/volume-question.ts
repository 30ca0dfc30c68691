import { shipped } from "../../../src/descriptions/shipped/index.ts";
import type { DescriptionSource, Model } from "../../../src/index.ts";

/** What no built-in tool reads, so that code is written for it. */
export const QUESTION = "how many snapshots has each unencrypted volume";
export const CHINESE_QUESTION = "每块未加密的云盘各有几个快照";

/** Operations of `PROGRAM`, as the emulator's call log names them. */
export const OPERATIONS = ["ec2.DescribeVolumes", "ec2.DescribeSnapshots"] as const;

/** Reads volumes page by page, then the snapshots. */
export const PROGRAM = `interface Row { id: string; size: number; state: string | null; snapshots: number }
/** Volumes that are not encrypted, and how many snapshots each has. */
async function main(): Promise<Row[]> {
  const { Volumes = [] } = await cloud.call("aws", "ec2", "DescribeVolumes", { MaxResults: 5 });
  const { Snapshots = [] } = await cloud.call("aws", "ec2", "DescribeSnapshots", { OwnerIds: ["self"] });
  const counts: Record<string, number> = {};
  for (const { VolumeId = "" } of Snapshots) counts[VolumeId] = (counts[VolumeId] ?? 0) + 1;
  return Volumes.filter((volume) => volume.Encrypted === false).map(({ VolumeId: id = "", Size: size = 0, State: state = null }) => ({
    id,
    size,
    state,
    snapshots: counts[id] ?? 0,
  }));
}`;

export interface Step {
  readonly id: string;
  readonly tool: string;
  readonly input: object;
}

/** The places of the questions: two accounts, one of them in two regions. */
const REGIONS = ["us-east-1", "eu-west-1"] as const;

export function codeStep(
  id: string,
  regions: readonly string[] = REGIONS,
  goal = "volumes that are not encrypted, with their snapshots",
): Step {
  return { id, tool: "code.run", input: { goal, where: { regions: { include: regions } } } };
}

/** Plans and writes what it is told to, by what it is asked: after a crash it is asked for less. */
export function writer(steps: readonly Step[] = [codeStep("volumes")], program: string | ((prompt: string) => string) = PROGRAM): Model {
  return {
    contractVersion: "model-v1",
    id: "writer",
    async complete({ messages }, signal) {
      signal.throwIfAborted();
      const prompt = messages.map(({ content }) => content).join("\n");
      const code = typeof program === "string" ? program : program(prompt);
      const text = isCodePrompt(prompt) ? `\`\`\`ts\n${code}\n\`\`\`` : JSON.stringify({ kind: "plan", steps });
      return { text, finishReason: "stop", usage: { promptTokens: 100, completionTokens: 10 } };
    },
  };
}

export function isCodePrompt(prompt: string): boolean {
  return prompt.startsWith("You write one small TypeScript program");
}

/** The shipped descriptions of what is needed here: an index of all clouds would take its time. */
export function volumeDescriptions(): DescriptionSource {
  const source = shipped();
  return {
    ...source,
    services: async (provider) => (provider === "aws" ? ["ec2"] : []),
    async describe(provider, service, signal) {
      const described = provider === "aws" && service === "ec2" ? await source.describe(provider, service, signal) : undefined;
      const isNeeded = ({ service: of, name }: { readonly service: string; readonly name: string }) =>
        (OPERATIONS as readonly string[]).includes(`${of}.${name}`);
      return described === undefined ? undefined : { ...described, operations: described.operations.filter(isNeeded) };
    },
  };
}
