import type { Model } from "nephoscope";

/** What the demo can write a program for without a model; everything that the grammar understands needs none. */
export const CODE_QUESTIONS = { en: "which AWS EBS volumes have no snapshot at all", zh: "AWS 上哪些 EBS 云盘从来没有做过快照" } as const;

const GOAL = "AWS EC2 volumes without any snapshot: DescribeVolumes, DescribeSnapshots";

function program(comment: string, minGib: number): string {
  const enough = minGib === 0 ? "" : ` && (Size ?? 0) > ${minGib}`;
  return `\`\`\`ts
interface Row {
  id: string;
  name: string | null;
  sizeGib: number | null;
}

/** ${comment} */
async function main(): Promise<Row[]> {
  const [{ Volumes = [] }, { Snapshots = [] }] = await Promise.all([
    cloud.call("aws", "ec2", "DescribeVolumes", {}),
    cloud.call("aws", "ec2", "DescribeSnapshots", { OwnerIds: ["self"] }),
  ]);
  const saved = new Set(Snapshots.map(({ VolumeId }) => VolumeId));
  return Volumes.filter(({ VolumeId, Size }) => !saved.has(VolumeId)${enough}).map(({ VolumeId, Tags, Size }) => ({
    id: VolumeId ?? "",
    name: Tags?.find(({ Key }) => Key === "Name")?.Value ?? null,
    sizeGib: Size ?? null,
  }));
}
\`\`\``;
}

/** Stands in for a model: writes one program, and another one when somebody asks for volumes of more than so many GB. */
export function demoModel(): Model {
  return {
    contractVersion: "model-v1",
    id: "scripted-for-the-demo",
    async complete({ messages, json }, signal) {
      signal.throwIfAborted();
      const prompt = messages.map(({ content }) => content).join("\n");
      const chinese = prompt.includes("Language of doc comments: Chinese");
      const wished = [...prompt.matchAll(/(\d+)\s*(?:GB|GiB)/g)].at(-1)?.[1];
      const comment = chinese ? "找出没有任何快照的云盘。" : "Volumes of which the account has no snapshot.";
      const isRewrite = prompt.includes("Rewrite what a person wants to know");
      const text = isRewrite
        ? JSON.stringify({ terms: "EC2 DescribeVolumes EBS volumes, DescribeSnapshots snapshots" })
        : json
          ? JSON.stringify({ kind: "intent", tool: null, goal: GOAL })
          : program(comment, Number(wished ?? 0));
      return {
        text,
        finishReason: "stop",
        usage: { promptTokens: Math.ceil(prompt.length / 4), completionTokens: Math.ceil(text.length / 4) },
      };
    },
  };
}
