import type { OperationDescription } from "../contracts/index.ts";

/**
 * Operations that answer for the whole account, whatever region is asked, although their descriptions do not say so: asked once per region,
 * each row would come as often as there are regions. From the services' documentation ("CloudWatch dashboards are global"; contacts of
 * CloudMonitor belong to the account).
 */
const ACCOUNT_WIDE: ReadonlySet<string> = new Set([
  "alicloud.actiontrail.DescribeRegions",
  "alicloud.cms.DescribeContactGroupList",
  "alicloud.cms.DescribeContactList",
  "alicloud.cms.DescribeContactListByContactGroup",
  "alicloud.ecs.DescribeRegions",
  "alicloud.kms.DescribeRegions",
  "alicloud.rds.DescribeRegions",
  "alicloud.slb.DescribeRegions",
  "alicloud.vpc.DescribeRegions",
  "aws.cloudwatch.DeleteDashboards",
  "aws.cloudwatch.GetDashboard",
  "aws.cloudwatch.ListDashboards",
  "aws.cloudwatch.PutDashboard",
  "aws.ec2.DescribeRegions",
  "aws.sts.GetCallerIdentity",
  "volcengine.ecs.DescribeRegions",
]);

export function reachOf({ id, reach }: OperationDescription): OperationDescription["reach"] {
  return ACCOUNT_WIDE.has(id) ? "account" : reach;
}
