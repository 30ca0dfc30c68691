import type { AwsWorld } from "../aws-world.ts";
import { type RecordedReply, recorder } from "./recorder.ts";
import type { WireInput, WireServiceId } from "./wire-services.ts";

/** A call that succeeds, for each service in each of its protocols. */
export const FIRST_CALLS: Readonly<Record<WireServiceId, readonly [operation: string, input?: WireInput]>> = {
  ec2: ["DescribeInstances"],
  sts: ["GetCallerIdentity"],
  cloudwatch: ["ListMetrics"],
  "cloudwatch-xml": ["ListMetrics"],
  logs: ["DescribeLogGroups"],
  xray: ["GetTraceSummaries", { target: "/TraceSummaries", body: { StartTime: 1_787_000_000, EndTime: 1_787_000_600 } }],
  rds: ["DescribeDBInstances"],
  lambda: ["ListFunctions", { target: "/2015-03-31/functions/" }],
  elb: ["DescribeLoadBalancers"],
  servicequotas: ["ListServiceQuotas", { ServiceCode: "ec2" }],
  secretsmanager: ["ListSecrets"],
};

/** Calls that the service itself refuses, with the code that it gives. */
export const REFUSED_CALLS: readonly (readonly [WireServiceId, operation: string, WireInput, code: string])[] = [
  ["ec2", "DescribeInstances", { "InstanceId.1": "i-0123456789abcdef0" }, "InvalidInstanceID.NotFound"],
  ["ec2", "DescribeInstances", { "Filter.1.Name": "colour", "Filter.1.Value.1": "red" }, "InvalidParameterValue"],
  ["ec2", "DescribeVolumes", { "VolumeId.1": "vol-0123456789abcdef0" }, "InvalidVolume.NotFound"],
  ["ec2", "DescribeVolumes", { "VolumeId.1": "vol-0123456789abcdef0", MaxResults: 5 }, "InvalidParameterCombination"],
  ["ec2", "DescribeSnapshots", { "SnapshotId.1": "snap-0123456789abcdef0" }, "InvalidSnapshot.NotFound"],
  ["ec2", "DescribeSecurityGroups", { "GroupId.1": "sg-0123456789abcdef0" }, "InvalidGroup.NotFound"],
  ["ec2", "DescribeSecurityGroups", { MaxResults: 1_001 }, "InvalidParameterValue"],
  ["ec2", "StopInstances", {}, "MissingParameter"],
  ["ec2", "GetPasswordData", { InstanceId: "i-0123456789abcdef0" }, "InvalidInstanceID.NotFound"],
  ["cloudwatch", "GetDashboard", { DashboardName: "none" }, "DashboardNotFoundError"],
  ["cloudwatch-xml", "GetDashboard", { DashboardName: "none" }, "ResourceNotFound"],
  ["cloudwatch", "DeleteDashboards", { DashboardNames: ["fleet-cpu", "none"] }, "DashboardNotFoundError"],
  ["cloudwatch", "DescribeAlarmHistory", { MaxRecords: 101 }, "InvalidParameterValueException"],
  ["logs", "DescribeSubscriptionFilters", {}, "InvalidParameterException"],
  ["logs", "DescribeMetricFilters", { metricName: "errors-count" }, "InvalidParameterException"],
  ["logs", "PutRetentionPolicy", { logGroupName: "/app/auth", retentionInDays: 2 }, "InvalidParameterException"],
  ["logs", "PutRetentionPolicy", { logGroupName: "/no", retentionInDays: 1 }, "ResourceNotFoundException"],
  ["servicequotas", "ListServiceQuotas", { ServiceCode: "none" }, "NoSuchResourceException"],
  ["servicequotas", "ListServiceQuotas", { ServiceCode: "ec2", MaxResults: 101 }, "IllegalArgumentException"],
  ["servicequotas", "ListServiceQuotas", { ServiceCode: "ec2", NextToken: "bm8=" }, "InvalidPaginationTokenException"],
  ["secretsmanager", "ListSecrets", { NextToken: "bm8=" }, "InvalidNextTokenException"],
  ["secretsmanager", "GetSecretValue", { SecretId: "none" }, "ResourceNotFoundException"],
  ["secretsmanager", "ListSecrets", { MaxResults: 0 }, "InvalidParameterException"],
  ["cloudwatch", "GetMetricData", { StartTime: 1_787_000_600, EndTime: 1_787_000_000, MetricDataQueries: [] }, "ValidationException"],
  ["logs", "DescribeLogGroups", { limit: 51 }, "InvalidParameterException"],
  ["logs", "FilterLogEvents", { logGroupName: "/no" }, "ResourceNotFoundException"],
  ["logs", "StartQuery", { logGroupName: "/app/auth", startTime: 1, endTime: 2, queryString: "fields |" }, "MalformedQueryException"],
  ["xray", "GetTraceSummaries", { target: "/TraceSummaries", body: {} }, "InvalidRequestException"],
  ["rds", "DescribeDBInstances", { DBInstanceIdentifier: "none" }, "DBInstanceNotFound"],
  ["rds", "DescribeDBInstances", { MaxRecords: 5 }, "InvalidParameterValue"],
  ["lambda", "ListFunctions", { target: "/2015-03-31/functions/?MaxItems=0" }, "InvalidParameterValueException"],
  ["lambda", "ListTags", { target: "/2017-03-31/tags/arn%3Anone" }, "ResourceNotFoundException"],
  ["elb", "DescribeLoadBalancers", { "Names.member.1": "none" }, "LoadBalancerNotFound"],
  ["elb", "DescribeTags", {}, "ValidationError"],
  ["sts", "AssumeRole", { RoleArn: "arn:aws:iam::444455556666:role/other", RoleSessionName: "test" }, "AccessDenied"],
  ["sts", "NoSuchOperation", {}, "InvalidAction"],
];

/** Replies to all of these: refused, throttled, and failed. */
export async function recordErrors(world: AwsWorld): Promise<readonly RecordedReply[]> {
  const { call, replies } = recorder(world);
  for (const [id, operation, input] of REFUSED_CALLS) await call(id, operation, input);
  for (const kind of ["throttle", "500"]) {
    await setFaults(world, ...Object.values(FIRST_CALLS).map(([operation]) => `aws:${operation}:${kind}`));
    for (const [id, [operation, input]] of Object.entries(FIRST_CALLS)) await call(id as WireServiceId, operation, input);
  }
  await setFaults(world);
  return replies;
}

export async function setFaults(world: AwsWorld, ...faults: string[]): Promise<void> {
  await fetch(`${world.emulator.url}/_emulator/faults`, { method: "POST", body: JSON.stringify({ faults }) });
}
