import { describe, expect, it } from "vitest";
import { dataOfOperation } from "../../src/codegen/operation-data.ts";

describe("what an operation may show", () => {
  it.each([
    ["aws.logs.DescribeMetricFilters", ["logs"]],
    ["aws.xray.GetTraceSummaries", ["traces"]],
    ["aws.rds.DownloadDBLogFilePortion", ["logs"]],
    ["aws.ec2.GetConsoleOutput", ["logs"]],
    ["aws.ssm.GetCommandInvocation", ["logs"]],
    ["alicloud.ecs.DescribeInvocationResults", ["logs"]],
    ["aws.cloudtrail.ListTrails", ["logs"]],
    ["azure.loganalytics.Workspaces_List", ["logs"]],
    ["azure.monitor.ActivityLogs_List", ["logs"]],
    ["gcp.logging.entries.list", ["logs"]],
    ["gcp.cloudtrace.projects.traces.list", ["traces"]],
    ["gcp.compute.instances.getSerialPortOutput", ["logs"]],
    ["alicloud.sls.GetLogsV2", ["logs"]],
    ["alicloud.rds.DescribeSlowLogRecords", ["logs"]],
    ["volcengine.tls.SearchTraces", ["logs", "traces"]],
    ["aws.ec2.DescribeVolumes", []],
    ["aws.iam.GetLoginProfile", []],
    ["alicloud.ecs.DescribeInstanceTopology", []],
    ["gcp.compute.disks.list", []],
  ])("%s: %j", (operation, data) => {
    expect(dataOfOperation(operation)).toEqual(data);
  });
});
