import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALICLOUD_CLASSES } from "../../src/codegen/operation-classes/alicloud.ts";
import { AWS_CLASSES } from "../../src/codegen/operation-classes/aws.ts";
import { AZURE_CLASSES } from "../../src/codegen/operation-classes/azure.ts";
import { GCP_CLASSES } from "../../src/codegen/operation-classes/gcp.ts";
import { classOf } from "../../src/codegen/operation-classes/index.ts";
import type { ServiceClasses } from "../../src/codegen/operation-classes/service-classes.ts";
import { VOLCENGINE_CLASSES } from "../../src/codegen/operation-classes/volcengine.ts";
import type { OperationClass } from "../../src/contracts/index.ts";

const CLOUDS = {
  alicloud: ALICLOUD_CLASSES,
  aws: AWS_CLASSES,
  azure: AZURE_CLASSES,
  gcp: GCP_CLASSES,
  volcengine: VOLCENGINE_CLASSES,
} as const;

const words = (text = "") => text.split(/\s+/).filter((word) => word !== "");

interface Listed {
  readonly provider: string;
  readonly service: string;
  readonly name: string;
  readonly list: keyof ServiceClasses;
}

// The publisher's description has it, the package no longer does.
const PUBLISHED_ONLY: ReadonlySet<string> = new Set(["alicloud.sls.GetExternalStore"]);

const LISTED: readonly Listed[] = Object.entries(CLOUDS).flatMap(([provider, services]) =>
  Object.entries(services as Readonly<Record<string, ServiceClasses>>).flatMap(([service, classes]) =>
    (["read", "scan", "sensitive"] as const).flatMap((list) => words(classes[list]).map((name) => ({ provider, service, name, list }))),
  ),
);

/** The class of `aws.ec2.RunInstances`. */
function classOfId(id: string, statedClass: OperationClass | null = null): OperationClass {
  const [provider = "", service = "", ...name] = id.split(".");
  return classOf({ provider, service, name: name.join("."), statedClass });
}

/** Some change things, some hand out secrets or access, some only sound like reads. */
const DANGEROUS = words(`
  aws.ec2.RunInstances aws.ec2.TerminateInstances aws.ec2.CreateKeyPair aws.ec2.GetPasswordData aws.ec2.GetConsoleOutput
  aws.ec2.GetConsoleScreenshot aws.ec2.GetLaunchTemplateData aws.ec2.DescribeLaunchTemplateVersions aws.ec2.DescribeInstanceAttribute
  aws.ec2.DescribeVpnConnections aws.ec2.DescribeSpotInstanceRequests aws.ec2.ExportImage aws.ec2.ReportInstanceStatus
  aws.ec2.GetFlowLogsIntegrationTemplate aws.sts.AssumeRole aws.sts.GetSessionToken aws.sts.GetFederationToken
  aws.secretsmanager.GetSecretValue aws.secretsmanager.BatchGetSecretValue aws.ssm.GetParameters aws.ssm.StartSession aws.kms.Decrypt
  aws.sqs.ReceiveMessage aws.lambda.GetFunction aws.lambda.GetFunctionConfiguration aws.lambda.ListFunctions aws.lambda.GetLayerVersion
  aws.lambda.Invoke aws.logs.PutRetentionPolicy aws.logs.DeleteLogGroup aws.logs.StartLiveTail aws.xray.GetSamplingTargets
  aws.rds.DownloadDBLogFilePortion aws.cloudwatch.SetAlarmState aws.elb.GetTrustStoreCaCertificatesBundle aws.iam.GetCredentialReport
  azure.storage.StorageAccounts_ListKeys azure.storage.StorageAccounts_ListAccountSAS azure.compute.Disks_GrantAccess
  azure.compute.VirtualMachines_RetrieveBootDiagnosticsData azure.compute.VirtualMachines_RunCommand
  azure.compute.VirtualMachines_PowerOff azure.compute.VirtualMachines_Get azure.loganalytics.SharedKeys_GetSharedKeys
  azure.monitor.ActionGroups_Get azure.network.GetBastionShareableLink azure.network.VirtualNetworkGatewayConnections_GetSharedKey
  azure.containerservice.ManagedClusters_ListClusterAdminCredentials azure.web.WebApps_ListConnectionStrings azure.keyvault.GetSecret
  gcp.compute.instances.getSerialPortOutput gcp.compute.instances.getScreenshot gcp.compute.instances.setMetadata
  gcp.compute.instanceTemplates.get gcp.compute.projects.get gcp.compute.disks.createSnapshot gcp.secretmanager.projects.secrets.versions.access
  gcp.pubsub.projects.subscriptions.pull gcp.iamcredentials.projects.serviceAccounts.generateAccessToken gcp.logging.entries.write
  gcp.cloudasset.queryAssets gcp.cloudasset.exportAssets gcp.sqladmin.connect.generateEphemeralCert gcp.cloudtrace.projects.patchTraces
  gcp.monitoring.projects.notificationChannels.getVerificationCode
  alicloud.ecs.DescribeInstanceVncUrl alicloud.ecs.DescribeUserData alicloud.ecs.GetInstanceConsoleOutput
  alicloud.ecs.GetInstanceScreenshot alicloud.ecs.DescribeInvocationResults alicloud.ecs.ReportInstancesStatus alicloud.ecs.RunCommand
  alicloud.ecs.StopInstances alicloud.cms.DescribeMonitoringAgentAccessKey alicloud.cms.DescribeExporterOutputList
  alicloud.kms.GetSecretValue alicloud.kms.Decrypt alicloud.sts.AssumeRole alicloud.rds.DescribeBackups alicloud.sls.GetExternalStore
  alicloud.sls.QueryMLServiceResults alicloud.vpc.DescribeVpnConnections alicloud.cs.DescribeClusterUserKubeconfig
  volcengine.ecs.DescribeInstanceVncUrl volcengine.ecs.DescribeInstanceECSTerminalUrl volcengine.ecs.DescribeUserData
  volcengine.ecs.GetConsoleOutput volcengine.ecs.GetConsoleScreenshot volcengine.ecs.DetectImage volcengine.sts.AssumeRole
  volcengine.kms.GetSecretValue volcengine.kms.GenerateDataKey volcengine.rds_mysql.GetBackupDownloadLink
  volcengine.rds_mysql.DescribeBackupDecryptionKey volcengine.volc_observe.ListWebhooks volcengine.iam.CreateAccessKey
  volcengine.tls.DescribeDownloadUrl volcengine.storage_ebs.RollbackVolume volcengine.vpc.ActiveFlowLog
`);

describe("the class of an operation", () => {
  it.each(DANGEROUS)("%s is no read", (id) => {
    expect(["write", "sensitive"]).toContain(classOfId(id));
    expect(["write", "sensitive"]).toContain(classOfId(id, "read"));
  });

  it("knows enough dangerous names of every cloud, some sensitive and some writes", () => {
    expect(DANGEROUS.length).toBeGreaterThanOrEqual(60);
    for (const provider of Object.keys(CLOUDS)) {
      const classes = DANGEROUS.filter((id) => id.startsWith(`${provider}.`)).map((id) => classOfId(id));
      expect(new Set(classes)).toEqual(new Set(["write", "sensitive"]));
    }
  });

  it.each([
    "aws.ec2.DescribeVolumes",
    "aws.cloudwatch.ListDashboards",
    "aws.logs.StartQuery",
    "aws.servicequotas.ListServiceQuotas",
    "azure.compute.Disks_List",
    "azure.resourcegraph.Resources",
    "gcp.compute.disks.aggregatedList",
    "gcp.logging.entries.list",
    "alicloud.ecs.DescribeDisks",
    "alicloud.sls.GetLogStore",
    "volcengine.storage_ebs.DescribeVolumes",
    "volcengine.cloudmonitor.ListRules",
  ])("%s is a read", (id) => {
    expect(classOfId(id)).toBe("read");
  });

  it("is what the list says, made stricter by what a description states, never laxer", () => {
    for (const { provider, service, name, list } of LISTED) {
      const stated = (statedClass: OperationClass | null) => classOf({ provider, service, name, statedClass });
      const classes = [stated(null), stated("read"), stated("write"), stated("sensitive")];
      const expected = list === "sensitive" ? Array(4).fill("sensitive") : ["read", "read", "write", "sensitive"];
      expect(classes, `${provider}.${service}.${name}`).toEqual(expected);
    }
  });

  it("is write for every name that is not in the list, whatever its description states", () => {
    const known = new Set(LISTED.map(({ provider, service, name }) => `${provider} ${service} ${name}`));
    const listed = fc.constantFrom(...LISTED);
    const anything = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "toString", "read", ""));
    // Near misses: a listed name of another service or cloud, in other letters, with something before or behind it, cut otherwise.
    const nearMiss = fc.oneof(
      fc.tuple(listed, listed).map(([one, other]) => ({ ...one, service: other.service })),
      fc.tuple(listed, fc.constantFrom(...Object.keys(CLOUDS))).map(([one, provider]) => ({ ...one, provider })),
      fc.tuple(listed, fc.string()).map(([one, more]) => ({ ...one, name: `${one.name}${more}` })),
      fc.tuple(listed, fc.string()).map(([one, more]) => ({ ...one, name: `${more}${one.name}` })),
      listed.map((one) => ({ ...one, name: one.name.toLowerCase() })),
      listed.map((one) => ({ ...one, service: `${one.service}.${one.name}`, name: "" })),
      listed.map(({ provider, service, name }) => ({ provider: `${provider} ${service}`, service: name, name: "" })),
      fc.record({ provider: anything, service: anything, name: anything }),
    );
    fc.assert(
      fc.property(nearMiss, fc.constantFrom(null, "read", "write", "sensitive"), ({ provider, service, name }, statedClass) => {
        fc.pre(!known.has([provider, service, name].join(" ")));
        expect(classOf({ provider, service, name, statedClass: statedClass as OperationClass | null })).toBe("write");
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("the list", () => {
  it("has each name once, in one list of its service", () => {
    const seen = new Map<string, number>();
    for (const { provider, service, name } of LISTED) {
      const id = `${provider}.${service}.${name}`;
      seen.set(id, (seen.get(id) ?? 0) + 1);
    }
    expect([...seen].filter(([, count]) => count > 1)).toEqual([]);
  });

  it.each(installedNames())("has only operations of %s that the installed package has", (id, names) => {
    const [provider, service] = id.split(".");
    const listed = LISTED.filter((one) => one.provider === provider && one.service === service).map(({ name }) => name);
    expect(listed.length).toBeGreaterThan(1);
    expect(listed.filter((name) => !names.has(name.toLowerCase()) && !PUBLISHED_ONLY.has(`${id}.${name}`))).toEqual([]);
  });

  it("has only operations of Azure Monitor that the groups of its package have", () => {
    const groups = new URL("../../node_modules/@azure/arm-monitor/dist/esm/api/", import.meta.url);
    const folders = new Map(readdirSync(groups).map((folder) => [folder.toLowerCase(), folder]));
    const named = LISTED.filter(({ provider, service }) => provider === "azure" && service === "monitor");
    // Batches of metrics are asked for on the data plane, which is another package.
    const inPackage = named
      .map(({ name }) => name.split("_"))
      .filter(([group = "", method]) => folders.has(group.toLowerCase()) && method !== "Batch");
    expect(inPackage.length).toBeGreaterThan(30);
    for (const [group = "", method = ""] of inPackage) {
      const operations = readFileSync(new URL(`${folders.get(group.toLowerCase())}/operations.d.ts`, groups), "utf8");
      expect(operations.toLowerCase(), `${group}_${method}`).toContain(`function ${method.toLowerCase()}(`);
    }
  });
});

/** Names of operations, in small letters, of the services of which a package is installed. */
function installedNames(): readonly (readonly [id: string, names: ReadonlySet<string>])[] {
  const packages = new URL("../../node_modules/", import.meta.url);
  const lower = (names: readonly string[]) => new Set(names.map((name) => name.toLowerCase()));
  const aws = Object.entries({
    cloudwatch: "cloudwatch",
    ec2: "ec2",
    elb: "elastic-load-balancing-v2",
    lambda: "lambda",
    logs: "cloudwatch-logs",
    rds: "rds",
    sts: "sts",
    xray: "xray",
  }).map(([service, name]) => {
    const files = readdirSync(new URL(`@aws-sdk/client-${name}/dist-types/commands/`, packages));
    return [`aws.${service}`, lower(files.map((file) => file.replace(/Command\.d\.ts$/, "")))] as const;
  });
  const alicloud = Object.entries({ cms: "cms20190101", ecs: "ecs20140526", sls: "sls20201230" }).map(([service, name]) => {
    const client = readFileSync(new URL(`@alicloud/${name}/dist/client.js`, packages), "utf8");
    return [`alicloud.${service}`, lower([...client.matchAll(/action: "(\w+)"/g)].map(([, action = ""]) => action))] as const;
  });
  const discovery = readFileSync(new URL("@googleapis/cloudtrace/v1.ts", packages), "utf8");
  const cloudtrace = [...discovery.matchAll(/'?cloudtrace\.(projects\.[\w.]+)/g)].map(([, name = ""]) => name);
  return [...aws, ...alicloud, ["gcp.cloudtrace", lower(cloudtrace)]];
}
