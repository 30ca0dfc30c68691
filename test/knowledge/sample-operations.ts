import { createHash } from "node:crypto";
import type { KnowledgeDocument } from "../../src/contracts/index.ts";

/** A few operations, and as many more as wanted that are about nothing. */
export function operations(more = 0, provider = "aws"): KnowledgeDocument[] {
  const named = [
    ["ec2", "DescribeVolumes", "Describes the specified EBS volumes."],
    ["ec2", "DeleteVolume", "Deletes the specified EBS volume."],
    ["ec2", "DescribeSnapshots", "Describes the specified EBS snapshots."],
    ["logs", "DescribeMetricFilters", "Lists the specified metric filters."],
    ...Array.from({ length: more }, (_, index) => ["things", `DescribeThing${index}`, `Thing number ${index}.`]),
  ] as [string, string, string][];
  return named.map(([service, name, text]) => {
    const document = { id: `${provider}.${service}.${name}`, kind: "operation" as const, provider, service, name, text, terms: [] };
    return { ...document, hash: createHash("sha256").update(JSON.stringify(document)).digest("hex") };
  });
}
