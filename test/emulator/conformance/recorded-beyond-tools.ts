import type { TruthResource } from "../../../src/emulator/index.ts";
import { jsonMember, type Recorder, xmlText } from "./recorder.ts";

/** Calls the operations that no built-in tool uses: reads first, then what changes the world. */
export async function recordBeyondTools(call: Recorder["call"], machines: readonly TruthResource[]): Promise<void> {
  await call("ec2", "DescribeVolumes");
  const volumes = await call("ec2", "DescribeVolumes", { MaxResults: 5 });
  await call("ec2", "DescribeVolumes", { MaxResults: 5, NextToken: xmlText(volumes, "nextToken") });
  const snapshots = await call("ec2", "DescribeSnapshots", { MaxResults: 5, "Owner.1": "self" });
  await call("ec2", "DescribeSnapshots", { MaxResults: 1_000, "Owner.1": "self", NextToken: xmlText(snapshots, "nextToken") });
  await call("ec2", "DescribeSnapshots", { "Owner.1": "amazon" });
  const groups = await call("ec2", "DescribeSecurityGroups", { MaxResults: 5 });
  await call("ec2", "DescribeSecurityGroups", { NextToken: xmlText(groups, "nextToken") });
  for (const { id } of machines.filter(({ tags }) => tags.service === "reports").slice(0, 4))
    await call("ec2", "GetPasswordData", { InstanceId: id });

  await recordCloudWatch(call);

  const listed = jsonMember(await call("logs", "DescribeLogGroups"), "logGroups") as { logGroupName: string }[];
  const logGroups = listed.map(({ logGroupName }) => logGroupName);
  const filters = await call("logs", "DescribeMetricFilters", { limit: 1 });
  await call("logs", "DescribeMetricFilters", { nextToken: jsonMember(filters, "nextToken") });
  for (const logGroupName of logGroups) await call("logs", "DescribeSubscriptionFilters", { logGroupName });

  const quotas = await call("servicequotas", "ListServiceQuotas", { ServiceCode: "ec2", MaxResults: 2 });
  await call("servicequotas", "ListServiceQuotas", { ServiceCode: "ec2", NextToken: jsonMember(quotas, "NextToken") });
  const secrets = await call("secretsmanager", "ListSecrets", { MaxResults: 1 });
  await call("secretsmanager", "ListSecrets", { NextToken: jsonMember(secrets, "NextToken") });
  const [secret] = jsonMember(secrets, "SecretList") as { Name: string }[];
  await call("secretsmanager", "GetSecretValue", { SecretId: secret?.Name });

  const running = machines.filter(({ state }) => state === "running").map(({ id }) => id);
  await call("ec2", "StopInstances", { "InstanceId.1": running[0], "InstanceId.2": running[1] });
  await call("logs", "PutRetentionPolicy", { logGroupName: logGroups[0], retentionInDays: 14 });
  await call("cloudwatch", "DeleteDashboards", { DashboardNames: ["auth-overview", "search-overview"] });
  await call("cloudwatch-xml", "DeleteDashboards", { "DashboardNames.member.1": "billing-overview" });
}

async function recordCloudWatch(call: Recorder["call"]): Promise<void> {
  const both = { "AlarmTypes.member.1": "MetricAlarm", "AlarmTypes.member.2": "CompositeAlarm" };
  const history = await call("cloudwatch", "DescribeAlarmHistory", { MaxRecords: 5, AlarmTypes: ["MetricAlarm", "CompositeAlarm"] });
  const next = { NextToken: jsonMember(history, "NextToken"), AlarmTypes: ["MetricAlarm", "CompositeAlarm"] };
  await call("cloudwatch", "DescribeAlarmHistory", next);
  const xml = await call("cloudwatch-xml", "DescribeAlarmHistory", { MaxRecords: 5, ...both });
  await call("cloudwatch-xml", "DescribeAlarmHistory", { NextToken: xmlText(xml, "NextToken"), ...both });
  for (const id of ["cloudwatch", "cloudwatch-xml"] as const) {
    await call(id, "ListDashboards");
    await call(id, "GetDashboard", { DashboardName: "checkout-overview" });
  }
}
