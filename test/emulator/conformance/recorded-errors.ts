import type { AwsWorld } from "../aws-world.ts";
import { type RecordedReply, recorder } from "./recorded-replies.ts";
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
};

/** Calls that the service itself refuses, with the code that it gives. */
export const REFUSED_CALLS: readonly (readonly [WireServiceId, operation: string, WireInput, code: string])[] = [
  ["ec2", "DescribeInstances", { "InstanceId.1": "i-0123456789abcdef0" }, "InvalidInstanceID.NotFound"],
  ["ec2", "DescribeInstances", { "Filter.1.Name": "colour", "Filter.1.Value.1": "red" }, "InvalidParameterValue"],
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
