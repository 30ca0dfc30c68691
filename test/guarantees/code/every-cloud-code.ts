import type { TruthRecord } from "../../../src/emulator/truth-rows.ts";
import type { Language } from "../../../src/index.ts";
import { NOW_MS } from "../standing-clock.ts";

/** A question that no built-in tool answers, and what is written for it. */
export interface CodeCase {
  readonly id: string;
  readonly question: Readonly<Record<Language, string>>;
  /** What the model makes of the question, and of the Chinese one in words of the API reference. */
  readonly goal: Readonly<Record<Language, string>>;
  readonly terms: string;
  readonly program: string;
  /** What the Chinese summary and receipt call. */
  readonly operations: readonly string[];
  /** Whether a record of this type belongs into the answer. */
  readonly type: string;
  belongs(record: TruthRecord): boolean;
  /** The same program with one thing wrong, and what the reader of the failure must find in it. */
  readonly wrongOperation: readonly [program: string, problem: RegExp];
  readonly typeError: readonly [program: string, problem: RegExp];
  readonly syntaxError: readonly [program: string, problem: RegExp];
  /** As fault rules name them: the operation that has pages, and a region that can be denied; null where the answer is the account's. */
  readonly faulty: string;
  readonly region: string | null;
}

const AWS = `interface Row {
  id: string;
  name: string | null;
  sizeGib: number | null;
}
/** Volumes of which the account has no snapshot. */
async function main(): Promise<Row[]> {
  const [{ Volumes = [] }, { Snapshots = [] }] = await Promise.all([
    cloud.call("aws", "ec2", "DescribeVolumes", { MaxResults: 30 }),
    cloud.call("aws", "ec2", "DescribeSnapshots", { OwnerIds: ["self"], MaxResults: 30 }),
  ]);
  const saved = new Set(Snapshots.map(({ VolumeId }) => VolumeId));
  return Volumes.filter(({ VolumeId }) => !saved.has(VolumeId)).map(({ VolumeId, Tags, Size }) => ({
    id: VolumeId ?? "",
    name: Tags?.find(({ Key }) => Key === "Name")?.Value ?? null,
    sizeGib: Size ?? null,
  }));
}
`;

const AZURE = `interface Row {
  id: string;
  name: string | null;
  location: string | null;
  sizeGib: number | null;
}
/** Managed disks that are attached to no machine. */
async function main(): Promise<Row[]> {
  const { value = [] } = await cloud.call("azure", "compute", "Disks_List", {});
  return value
    .filter(({ properties }) => properties?.diskState === "Unattached")
    .map(({ id, name, location, properties }) => ({
      id: id ?? "",
      name: name ?? null,
      location: location ?? null,
      sizeGib: properties?.diskSizeGB ?? null,
    }));
}
`;

const GCP = `interface Row {
  id: string;
  name: string;
  /** @time */
  created: string | null;
}
interface Input {
  /** Age in days from which a snapshot counts as old. */
  days: number;
}
const input: Input = { days: 30 };
/** Snapshots older than some days. */
async function main({ days }: Input): Promise<Row[]> {
  const { items = [] } = await cloud.call("gcp", "compute", "snapshots.list", { maxResults: 40 });
  const before = Date.now() - days * 86_400_000;
  return items
    .filter(({ creationTimestamp }) => creationTimestamp !== undefined && Date.parse(creationTimestamp) < before)
    .map(({ id, name, creationTimestamp }) => ({ id: id ?? "", name: name ?? "", created: creationTimestamp ?? null }));
}
`;

const ALICLOUD = `interface Row {
  id: string;
  name: string | null;
  sizeGib: number | null;
}
/** Disks without an automatic snapshot policy. */
async function main(): Promise<Row[]> {
  const { Disks } = await cloud.call("alicloud", "ecs", "DescribeDisks", { PageSize: 20 });
  return (Disks?.Disk ?? [])
    .filter(({ AutoSnapshotPolicyId }) => (AutoSnapshotPolicyId ?? "") === "")
    .map(({ DiskId, DiskName, Size }) => ({ id: DiskId ?? "", name: DiskName ?? null, sizeGib: Size ?? null }));
}
`;

const VOLCENGINE = `interface Row {
  id: string;
  name: string | null;
  state: string | null;
}
/** Volumes without an automatic snapshot policy. */
async function main(): Promise<Row[]> {
  const { Volumes = [] } = await cloud.call("volcengine", "storage_ebs", "DescribeVolumes", { PageSize: 20 });
  return Volumes.filter(({ AutoSnapshotPolicyId }) => (AutoSnapshotPolicyId ?? "") === "").map(({ VolumeId, VolumeName, Status }) => ({
    id: VolumeId ?? "",
    name: VolumeName ?? null,
    state: Status ?? null,
  }));
}
`;

export const CODE_CASES: readonly CodeCase[] = [
  {
    id: "aws",
    question: { en: "which AWS EBS volumes have no snapshot at all", zh: "AWS 上哪些 EBS 云盘从来没有做过快照" },
    goal: { en: "list AWS EBS volumes that have no snapshot", zh: "列出没有任何快照的 AWS EBS 云盘" },
    terms: "EC2 DescribeVolumes EBS volumes, DescribeSnapshots snapshots",
    program: AWS,
    operations: ["aws.ec2.DescribeVolumes", "aws.ec2.DescribeSnapshots"],
    type: "disk",
    belongs: ({ attributes }) => attributes.snapshots === 0,
    wrongOperation: [AWS.replace('"DescribeSnapshots"', '"ListSnapshots"'), /ListSnapshots/],
    typeError: [AWS.replace("name: Tags", "name: Size"), /Size|find|number/],
    syntaxError: [AWS.replace("new Set(", "new Set(("), /expected/],
    faulty: "DescribeVolumes",
    region: "eu-west-1",
  },
  {
    id: "azure",
    question: { en: "which Azure managed disks are attached to nothing", zh: "Azure 上哪些托管磁盘处于闲置状态" },
    goal: { en: "list Azure managed disks that are unattached", zh: "列出未挂载的 Azure 托管磁盘" },
    terms: "Microsoft.Compute Disks_List managed disks diskState Unattached",
    program: AZURE,
    operations: ["azure.compute.Disks_List"],
    type: "disk",
    belongs: ({ attributes }) => attributes.state === "Unattached",
    wrongOperation: [AZURE.replace('"Disks_List"', '"Disks_ListAll"'), /Disks_ListAll/],
    typeError: [AZURE.replace("properties?.diskSizeGB", "properties?.diskSizeInGB"), /diskSizeInGB/],
    syntaxError: [AZURE.replace("({ id, name", "({ id name"), /expected/],
    faulty: "Disks_List",
    region: null,
  },
  {
    id: "gcp",
    question: { en: "which Google Cloud disk snapshots are older than 30 days", zh: "谷歌云上哪些磁盘快照超过 30 天" },
    goal: { en: "list Google Cloud disk snapshots older than 30 days", zh: "列出早于 30 天前的谷歌云磁盘快照" },
    terms: "compute snapshots.list creationTimestamp snapshot resources",
    program: GCP,
    operations: ["gcp.compute.snapshots.list"],
    type: "snapshot",
    belongs: ({ attributes }) => Number(attributes.createdMs) < NOW_MS - 30 * 86_400_000,
    wrongOperation: [GCP.replace('"snapshots.list"', '"snapshots.aggregatedList"'), /snapshots\.aggregatedList/],
    typeError: [GCP.replace('id: id ?? ""', "id: Number(id)"), /number/],
    syntaxError: [GCP.replace("const before =", "const before"), /./],
    faulty: "snapshots.list",
    region: null,
  },
  {
    id: "alicloud",
    question: { en: "which Alibaba Cloud disks have no automatic snapshot policy", zh: "阿里云哪些云盘没有设置自动快照策略" },
    goal: { en: "list Alibaba Cloud ECS disks without an automatic snapshot policy", zh: "列出没有自动快照策略的阿里云 ECS 云盘" },
    terms: "ECS DescribeDisks AutoSnapshotPolicyId disks",
    program: ALICLOUD,
    operations: ["alicloud.ecs.DescribeDisks"],
    type: "disk",
    belongs: ({ attributes }) => attributes.snapshotPolicy === null,
    wrongOperation: [ALICLOUD.replace('"DescribeDisks"', '"ListDisks"'), /ListDisks/],
    typeError: [ALICLOUD.replace("Disks?.Disk ", "Disks?.Disc "), /Disc/],
    syntaxError: [ALICLOUD.replace("return (Disks", "return ((Disks"), /expected/],
    faulty: "DescribeDisks",
    region: "cn-shanghai",
  },
  {
    id: "volcengine",
    question: { en: "which Volcengine volumes have no automatic snapshot policy", zh: "火山引擎哪些云盘没有设置自动快照策略" },
    goal: { en: "list Volcengine EBS volumes without an automatic snapshot policy", zh: "列出没有自动快照策略的火山引擎云盘" },
    terms: "storage_ebs DescribeVolumes AutoSnapshotPolicyId volumes",
    program: VOLCENGINE,
    operations: ["volcengine.storage_ebs.DescribeVolumes"],
    type: "disk",
    belongs: ({ attributes }) => attributes.snapshotPolicy === null,
    wrongOperation: [VOLCENGINE.replace('"DescribeVolumes"', '"ListVolumes"'), /ListVolumes/],
    typeError: [VOLCENGINE.replace('AutoSnapshotPolicyId ?? ""', "AutoSnapshotPolicyId?.count"), /count/],
    syntaxError: [VOLCENGINE.replace("=> ({", "=> {{"), /./],
    faulty: "DescribeVolumes",
    region: "cn-shanghai",
  },
];

/** A model's reply with a program. */
export function written(program: string): string {
  return `\`\`\`ts\n${program}\`\`\``;
}

/** What the model says before it writes: that no tool fits, and for a Chinese question the words to look for. */
export function before({ goal, terms }: CodeCase, language: Language): readonly string[] {
  const intent = JSON.stringify({ kind: "intent", tool: null, goal: goal[language] });
  return language === "zh" ? [intent, JSON.stringify({ terms })] : [intent];
}
