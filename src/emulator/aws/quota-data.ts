import { pick } from "../hash.ts";

export interface AwsQuota {
  /** As Service Quotas calls the service: `ec2`, `vpc`. */
  readonly service: string;
  readonly serviceName: string;
  readonly code: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly adjustable: boolean;
  /** Metric and dimensions under which its use is counted, where it is. */
  readonly usage: { readonly resource: string; readonly class: string } | null;
}

type QuotaRow = readonly [code: string, name: string, values: readonly [number, ...number[]], usage?: string];

const EC2 = "Amazon Elastic Compute Cloud (Amazon EC2)";
const VCPU_USAGE = "vCPU";

/** Codes, names and usual values as the vendor's service endpoints and quotas pages list them; more than one value where accounts asked for more. */
const QUOTAS: Readonly<Record<string, { readonly name: string; readonly rows: readonly QuotaRow[] }>> = {
  ec2: {
    name: EC2,
    rows: [
      ["L-1216C47A", "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", [5, 1_152, 2_048], VCPU_USAGE],
      ["L-DB2E81BA", "Running On-Demand G and VT instances", [0, 64], VCPU_USAGE],
      ["L-417A185B", "Running On-Demand P instances", [0, 96], VCPU_USAGE],
      ["L-34B43A08", "All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests", [5, 640], VCPU_USAGE],
      ["L-0263D0A3", "EC2-VPC Elastic IPs", [5, 20]],
    ],
  },
  ebs: {
    name: "Amazon Elastic Block Store (Amazon EBS)",
    rows: [
      ["L-309BACF6", "Snapshots per Region", [100_000]],
      ["L-7A658B76", "Storage for General Purpose SSD (gp3) volumes, in TiB", [50, 300]],
      ["L-D18FCD1D", "Storage for General Purpose SSD (gp2) volumes, in TiB", [50, 300]],
    ],
  },
  vpc: {
    name: "Amazon Virtual Private Cloud (Amazon VPC)",
    rows: [
      ["L-F678F1CE", "VPCs per Region", [5, 25]],
      ["L-E79EC296", "VPC security groups per Region", [2_500]],
      ["L-0EA8095F", "Inbound or outbound rules per security group", [60]],
    ],
  },
  lambda: { name: "AWS Lambda", rows: [["L-B99A9384", "Concurrent executions", [1_000, 3_000]]] },
  rds: {
    name: "Amazon Relational Database Service (Amazon RDS)",
    rows: [
      ["L-7B6409FD", "DB instances", [40, 100]],
      ["L-7ADDB58A", "Total storage for all DB instances", [100_000]],
    ],
  },
};

/** The applied quotas of a place. Quotas are known only for a few services. */
export function quotasOf(account: string, region: string): readonly AwsQuota[] {
  return Object.entries(QUOTAS).flatMap(([service, { name: serviceName, rows }]) =>
    rows.map(([code, name, values, usage]) => ({
      service,
      serviceName,
      code,
      name,
      value: pick(values, account, region, code),
      unit: "None",
      adjustable: true,
      usage: usage === undefined ? null : { resource: usage, class: name.includes("Standard") ? "Standard/OnDemand" : "None" },
    })),
  );
}
