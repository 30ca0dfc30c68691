import type { BrokerGuard } from "../../../src/codegen/broker.ts";
import type { Json, OperationClass, SandboxCall } from "../../../src/contracts/index.ts";
import type { CallRecord } from "../../../src/emulator/call-log.ts";
import type { CloudId, Described, Setting } from "./abuse-world.ts";

/** Something that a program tries although nobody approved it. */
export interface BrokerAttempt {
  readonly name: string;
  /** What stops it. */
  readonly guard: BrokerGuard;
  /** Guards that would stop it too. */
  readonly behind?: readonly BrokerGuard[];
  readonly setting: Setting;
  readonly calls: readonly SandboxCall[];
  /** How its last call ends. */
  readonly ends: string;
  /** Whether a call that the cloud saw is what was tried. */
  readonly isIt: (call: CallRecord) => boolean;
  /** How many such calls there may be nevertheless. @defaultValue 0 */
  readonly allowed?: number;
}

/** `aws.ec2.StopInstances` with parameters, as a program calls it. */
export function called(id: string, parameters: unknown = {}): SandboxCall {
  const [provider = "", service = "", ...name] = id.split(".");
  return { provider, service, operation: name.join("."), parameters };
}

export function operationIs(name: string): BrokerAttempt["isIt"] {
  return ({ operation }) => operation === name;
}

function cloudOf(id: string): CloudId {
  return id.split(".")[0] as CloudId;
}

const REFUSED = "CALL_NOT_APPROVED";

/** Something that is no read, and yet stands among the approved operations. */
function asRead(id: string, seen: string, input: Record<string, Json>, more: Partial<Described> = {}): BrokerAttempt {
  return {
    name: `${id}, described as a read${more.approvedAs === undefined ? "" : `, approved as ${more.approvedAs}`}`,
    guard: "operation-class",
    setting: {
      cloud: cloudOf(id),
      operations: [{ id, lies: { statedClass: "read" }, ...more }],
      calls: [{ operation: id, varying: Object.keys(input) }],
    },
    calls: [called(id, input)],
    ends: REFUSED,
    isIt: operationIs(seen),
  };
}

const DASHBOARDS = "aws.cloudwatch.ListDashboards";
const DASHBOARD = "aws.cloudwatch.GetDashboard";

const OUTSIDE: readonly BrokerAttempt[] = [
  {
    name: "an operation that was described to the model, and is not called in the code",
    guard: "approved-operation",
    behind: ["approved-parameters"],
    setting: { cloud: "aws", operations: [{ id: DASHBOARDS }, { id: DASHBOARD }], calls: [{ operation: DASHBOARDS }] },
    calls: [called(DASHBOARD, { DashboardName: "checkout" })],
    ends: REFUSED,
    isIt: operationIs("cloudwatch.GetDashboard"),
  },
  {
    name: "an operation of the same name in another service",
    guard: "approved-operation",
    behind: ["approved-parameters"],
    setting: {
      cloud: "volcengine",
      operations: [{ id: "volcengine.ecs.DescribeInstances" }, { id: "volcengine.rds_mysql.DescribeDBInstances" }],
      calls: [{ operation: "volcengine.ecs.DescribeInstances" }],
    },
    calls: [called("volcengine.rds_mysql.DescribeDBInstances")],
    ends: REFUSED,
    isIt: ({ operation }) => operation.startsWith("rds"),
  },
  {
    name: "an operation of another cloud, answered by this one",
    guard: "approved-operation",
    behind: ["approved-parameters", "operation-class"],
    setting: {
      cloud: "aws",
      operations: [{ id: DASHBOARD }, { id: DASHBOARDS, lies: { id: "azure.cloudwatch.ListDashboards" } }],
      calls: [{ operation: DASHBOARD, varying: ["DashboardName"] }],
    },
    calls: [called("azure.cloudwatch.ListDashboards")],
    ends: REFUSED,
    isIt: operationIs("cloudwatch.ListDashboards"),
  },
];

const WRITES: readonly BrokerAttempt[] = [
  asRead("aws.cloudwatch.DeleteDashboards", "cloudwatch.DeleteDashboards", { DashboardNames: ["checkout"] }),
  asRead("aws.ec2.StopInstances", "ec2.StopInstances", { InstanceIds: ["i-0123456789abcdef0"] }),
  asRead("aws.logs.PutRetentionPolicy", "logs.PutRetentionPolicy", { logGroupName: "/aws/lambda/x", retentionInDays: 1 }),
  asRead("azure.compute.Disks_Delete", "compute.Disks_Delete", { resourceGroupName: "rg", diskName: "disk" }),
  asRead("azure.compute.VirtualMachines_Deallocate", "compute.VirtualMachines_Deallocate", { resourceGroupName: "rg", vmName: "vm" }),
  asRead("gcp.compute.instances.stop", "compute.instances.stop", { zone: "us-central1-a", instance: "one" }),
  asRead("gcp.compute.disks.delete", "compute.disks.delete", { zone: "us-central1-a", disk: "one" }),
  asRead("alicloud.ecs.StopInstances", "ecs.StopInstances", { InstanceId: ["i-1"] }),
  asRead("alicloud.ecs.DeleteSnapshot", "ecs.DeleteSnapshot", { SnapshotId: "s-1" }),
  asRead("volcengine.ecs.StopInstances", "ecs.StopInstances", { InstanceIds: ["i-1"] }),
  asRead("aws.ec2.StopInstances", "ec2.StopInstances", { InstanceIds: ["i-1"] }, { approvedAs: "sensitive" }),
];

const SENSITIVE: readonly BrokerAttempt[] = [
  asRead("aws.secretsmanager.GetSecretValue", "secretsmanager.GetSecretValue", { SecretId: "payments/key" }),
  asRead("aws.ec2.GetPasswordData", "ec2.GetPasswordData", { InstanceId: "i-0123456789abcdef0" }),
  asRead("azure.storage.StorageAccounts_ListKeys", "storage.StorageAccounts_ListKeys", { resourceGroupName: "rg", accountName: "one" }),
  asRead("gcp.secretmanager.projects.secrets.versions.access", "secretmanager.projects.secrets.versions.access", {
    secretsId: "one",
    versionsId: "latest",
  }),
  asRead("alicloud.ecs.DescribeInstanceVncUrl", "ecs.DescribeInstanceVncUrl", { InstanceId: "i-1" }),
];

/** The operator allows more than reads, but not this. */
const ALLOWED: readonly (readonly [id: string, seen: string, allowed: OperationClass, approvedAs: OperationClass])[] = [
  ["aws.secretsmanager.GetSecretValue", "secretsmanager.GetSecretValue", "write", "write"],
  ["aws.cloudwatch.DeleteDashboards", "cloudwatch.DeleteDashboards", "sensitive", "sensitive"],
  ["aws.cloudwatch.ListDashboards", "cloudwatch.ListDashboards", "sensitive", "write"],
];

const INPUTS: Readonly<Record<string, Record<string, Json>>> = {
  "aws.secretsmanager.GetSecretValue": { SecretId: "payments/key" },
  "aws.cloudwatch.DeleteDashboards": { DashboardNames: ["checkout"] },
};

const OTHERWISE_ALLOWED = ALLOWED.map(([id, seen, allowed, approvedAs]): BrokerAttempt => {
  const attempt = asRead(id, seen, INPUTS[id] ?? {}, { approvedAs });
  return {
    ...attempt,
    name: `${id}, approved as ${approvedAs} where ${allowed} is allowed`,
    setting: { ...attempt.setting, allowed: [allowed] },
  };
});

const STRICTER: BrokerAttempt = {
  ...asRead(DASHBOARDS, "cloudwatch.ListDashboards", {}),
  name: "a read that its publisher calls a write by now",
  setting: { cloud: "aws", operations: [{ id: DASHBOARDS, lies: { statedClass: "write" } }], calls: [{ operation: DASHBOARDS }] },
};

/** Names that are not what they look like, each spoken as the deletion of dashboards. */
const NAMES: Readonly<Record<string, string>> = {
  "in lower case": "aws.cloudwatch.listdashboards",
  "in upper case": "aws.cloudwatch.LISTDASHBOARDS",
  "with a Cyrillic і": "aws.cloudwatch.L\u0456stDashboards",
  "with a full-width letter": "aws.cloudwatch.\uff2cistDashboards",
  "with a space of no width": "aws.cloudwatch.ListDashboards\u200b",
  "with a turned reading direction": "aws.cloudwatch.\u202eListDashboards",
  "with a tab": "aws.cloudwatch.ListDashboards\t",
  "with a null character": "aws.cloudwatch.ListDashboards\u0000",
  "of a service in upper case": "aws.CLOUDWATCH.ListDashboards",
  "of the service __proto__": "aws.__proto__.ListDashboards",
  "of the service constructor": "aws.constructor.ListDashboards",
  "of the service toString": "aws.toString.ListDashboards",
  "that is __proto__": "aws.cloudwatch.__proto__",
  "that is constructor": "aws.cloudwatch.constructor",
  "that is hasOwnProperty": "aws.cloudwatch.hasOwnProperty",
  "with the key of a list of classes": "aws.cloudwatch ListDashboards.x",
};

const LOOKALIKES = Object.entries(NAMES).map(([what, id]): BrokerAttempt => {
  const { service, operation } = called(id);
  return {
    name: `a write under the name of a read, ${what}`,
    guard: "operation-class",
    setting: {
      cloud: "aws",
      operations: [
        {
          id: "aws.cloudwatch.DeleteDashboards",
          lies: { id, service, name: operation, statedClass: "read", wire: { endpoint: "monitoring" } },
        },
      ],
      calls: [{ operation: id, varying: ["DashboardNames"] }],
    },
    calls: [called(id, { DashboardNames: ["checkout"] })],
    ends: REFUSED,
    isIt: operationIs("cloudwatch.DeleteDashboards"),
  };
});

const FLOODS: readonly BrokerAttempt[] = [
  {
    name: "more calls than a program may make",
    guard: "call-count",
    setting: { cloud: "aws", operations: [{ id: DASHBOARDS }], calls: [{ operation: DASHBOARDS }], limits: { maxCalls: 2 } },
    calls: Array.from({ length: 5 }, () => called(DASHBOARDS)),
    ends: "CALL_LIMIT_REACHED",
    isIt: operationIs("cloudwatch.ListDashboards"),
    allowed: 2,
  },
  {
    name: "refused calls, until one is let through",
    guard: "call-count",
    setting: { cloud: "aws", operations: [{ id: DASHBOARDS }], calls: [{ operation: DASHBOARDS }], limits: { maxCalls: 3 } },
    calls: [...Array.from({ length: 3 }, () => called(DASHBOARD)), called(DASHBOARDS)],
    ends: "CALL_LIMIT_REACHED",
    isIt: operationIs("cloudwatch.ListDashboards"),
  },
  {
    name: "a list of more pages than one call may read",
    guard: "call-count",
    setting: {
      cloud: "aws",
      operations: [{ id: "aws.ec2.DescribeVolumes" }],
      calls: [{ operation: "aws.ec2.DescribeVolumes", literals: { MaxResults: 5 } }],
      limits: { maxPages: 1 },
    },
    calls: [called("aws.ec2.DescribeVolumes", { MaxResults: 5 })],
    ends: "ok",
    isIt: operationIs("ec2.DescribeVolumes"),
    allowed: 1,
  },
  {
    name: "a list of more bytes than one call may read",
    guard: "call-count",
    setting: {
      cloud: "aws",
      operations: [{ id: "aws.ec2.DescribeVolumes" }],
      calls: [{ operation: "aws.ec2.DescribeVolumes", literals: { MaxResults: 5 } }],
      limits: { maxReplyBytes: 100 },
    },
    calls: [called("aws.ec2.DescribeVolumes", { MaxResults: 5 })],
    ends: "ok",
    isIt: operationIs("ec2.DescribeVolumes"),
    allowed: 1,
  },
];

export const BROKER_ATTEMPTS: readonly BrokerAttempt[] = [
  ...OUTSIDE,
  ...WRITES,
  ...SENSITIVE,
  ...OTHERWISE_ALLOWED,
  STRICTER,
  ...LOOKALIKES,
  ...FLOODS,
];
