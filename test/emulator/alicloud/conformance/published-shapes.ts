import { DescribeAlertLogListResponseBody } from "@alicloud/cms20190101/dist/models/DescribeAlertLogListResponseBody.js";
import { DescribeContactGroupListResponseBody } from "@alicloud/cms20190101/dist/models/DescribeContactGroupListResponseBody.js";
import { DescribeMetricLastResponseBody } from "@alicloud/cms20190101/dist/models/DescribeMetricLastResponseBody.js";
import { DescribeMetricListResponseBody } from "@alicloud/cms20190101/dist/models/DescribeMetricListResponseBody.js";
import { DescribeMetricMetaListResponseBody } from "@alicloud/cms20190101/dist/models/DescribeMetricMetaListResponseBody.js";
import { DescribeMetricRuleListResponseBody } from "@alicloud/cms20190101/dist/models/DescribeMetricRuleListResponseBody.js";
import { DeleteSnapshotResponseBody } from "@alicloud/ecs20140526/dist/models/DeleteSnapshotResponseBody.js";
import { DescribeAutoSnapshotPolicyExResponseBody } from "@alicloud/ecs20140526/dist/models/DescribeAutoSnapshotPolicyExResponseBody.js";
import { DescribeDisksResponseBody } from "@alicloud/ecs20140526/dist/models/DescribeDisksResponseBody.js";
import { DescribeInstancesResponseBody } from "@alicloud/ecs20140526/dist/models/DescribeInstancesResponseBody.js";
import { DescribeInstanceVncUrlResponseBody } from "@alicloud/ecs20140526/dist/models/DescribeInstanceVncUrlResponseBody.js";
import { DescribeRegionsResponseBody } from "@alicloud/ecs20140526/dist/models/DescribeRegionsResponseBody.js";
import { DescribeSecurityGroupAttributeResponseBody } from "@alicloud/ecs20140526/dist/models/DescribeSecurityGroupAttributeResponseBody.js";
import { DescribeSecurityGroupsResponseBody } from "@alicloud/ecs20140526/dist/models/DescribeSecurityGroupsResponseBody.js";
import { DescribeSnapshotsResponseBody } from "@alicloud/ecs20140526/dist/models/DescribeSnapshotsResponseBody.js";
import { StopInstancesResponseBody } from "@alicloud/ecs20140526/dist/models/StopInstancesResponseBody.js";
import { GetHistogramsResponse } from "@alicloud/sls20201230/dist/models/GetHistogramsResponse.js";
import { GetIndexResponseBody } from "@alicloud/sls20201230/dist/models/GetIndexResponseBody.js";
import { GetLogsResponse } from "@alicloud/sls20201230/dist/models/GetLogsResponse.js";
import { GetLogsV2ResponseBody } from "@alicloud/sls20201230/dist/models/GetLogsV2responseBody.js";
import { ListDashboardResponseBody } from "@alicloud/sls20201230/dist/models/ListDashboardResponseBody.js";
import { ListLogStoresResponseBody } from "@alicloud/sls20201230/dist/models/ListLogStoresResponseBody.js";
import { ListProjectResponseBody } from "@alicloud/sls20201230/dist/models/ListProjectResponseBody.js";
import { ListSavedSearchResponseBody } from "@alicloud/sls20201230/dist/models/ListSavedSearchResponseBody.js";
import { Logstore } from "@alicloud/sls20201230/dist/models/Logstore.js";
import { BOOLEAN, listOf, NUMBER, refined, type Schema, STRING, schemaOf, structure } from "./schema.ts";

const strings = (names: string): Record<string, Schema> => Object.fromEntries(names.split(" ").map((name) => [name, STRING]));
const jsonText = (content: Schema): Schema => ({ type: "json-text", content });

/** A point in `Datapoints`: DescribeMetricList reference, response parameters; dimensions stand among the statistics. */
const DATAPOINTS = jsonText(
  listOf(
    structure(
      "Datapoint",
      { timestamp: NUMBER, ...strings("userId instanceId device"), Average: NUMBER, Minimum: NUMBER, Maximum: NUMBER, Value: NUMBER },
      ["timestamp", "userId", "instanceId", "Average", "Minimum", "Maximum"],
    ),
  ),
);
/** `Resources` and `Dimensions` of a rule: DescribeMetricRuleList reference; `_ALL` as in PutResourceMetricRule. */
const RULE_RESOURCES = jsonText(listOf(structure("RuleResource", strings("instanceId resource"))));
/** `Labels` of a metric: DescribeMetricMetaList reference. */
const META_LABELS = jsonText(listOf(structure("MetaLabel", strings("name value"), ["name", "value"])));

/** `body` of a response model, for operations whose reply is a list. */
function bodyOf(response: { types(): Readonly<Record<string, unknown>> }): Schema {
  return schemaOf(response.types().body);
}

function refinedAll(schema: Schema, changes: Readonly<Record<string, Schema | readonly string[]>>): Schema {
  return Object.entries(changes).reduce((result, [path, change]) => refined(result, path, change), schema);
}

const DATA = ["RequestId", "Code", "Success", "Period", "Datapoints"];
const LOG = ["__time__", "__source__"];

/**
 * What the vendor published about the replies of each operation: the models in its packages, and where there is no package here its
 * published models written down (STS reference; `rds-20140815` of aliyun/alibabacloud-typescript-sdk).
 */
export const PUBLISHED: Readonly<Record<string, Schema>> = {
  "ecs.DescribeRegions": refinedAll(schemaOf(DescribeRegionsResponseBody), {
    "": ["RequestId", "Regions"],
    "Regions.Region": ["RegionId", "RegionEndpoint", "LocalName"],
  }),
  "ecs.DescribeInstances": refinedAll(schemaOf(DescribeInstancesResponseBody), {
    "": ["RequestId", "TotalCount", "Instances"],
    Instances: ["Instance"],
    "Instances.Instance": ["InstanceId", "InstanceName", "Status", "RegionId", "ZoneId", "InstanceType", "CreationTime", "Tags"],
    "Instances.Instance.Tags.Tag": ["TagKey", "TagValue"],
  }),
  "ecs.DescribeDisks": refinedAll(schemaOf(DescribeDisksResponseBody), {
    "": ["RequestId", "TotalCount", "Disks"],
    Disks: ["Disk"],
    "Disks.Disk": ["DiskId", "DiskName", "Status", "Type", "Category", "Size", "Encrypted", "InstanceId", "AutoSnapshotPolicyId", "Tags"],
    "Disks.Disk.Tags.Tag": ["TagKey", "TagValue"],
  }),
  "ecs.DescribeSnapshots": refinedAll(schemaOf(DescribeSnapshotsResponseBody), {
    "": ["RequestId", "TotalCount", "Snapshots"],
    Snapshots: ["Snapshot"],
    "Snapshots.Snapshot": ["SnapshotId", "SourceDiskId", "SourceDiskSize", "CreationTime", "Status", "SnapshotType", "Usage", "Tags"],
    "Snapshots.Snapshot.Tags.Tag": ["TagKey", "TagValue"],
  }),
  "ecs.DescribeAutoSnapshotPolicyEx": refinedAll(schemaOf(DescribeAutoSnapshotPolicyExResponseBody), {
    "": ["RequestId", "TotalCount", "PageNumber", "PageSize", "AutoSnapshotPolicies"],
    "AutoSnapshotPolicies.AutoSnapshotPolicy": [
      "AutoSnapshotPolicyId",
      "AutoSnapshotPolicyName",
      "RetentionDays",
      "TimePoints",
      "DiskNums",
    ],
    "AutoSnapshotPolicies.AutoSnapshotPolicy.Tags.Tag": ["TagKey", "TagValue"],
    // The reference: "a JSON array".
    "AutoSnapshotPolicies.AutoSnapshotPolicy.TimePoints": jsonText(listOf(STRING)),
    "AutoSnapshotPolicies.AutoSnapshotPolicy.RepeatWeekdays": jsonText(listOf(STRING)),
  }),
  "ecs.DescribeSecurityGroups": refinedAll(schemaOf(DescribeSecurityGroupsResponseBody), {
    "": ["RequestId", "RegionId", "SecurityGroups"],
    "SecurityGroups.SecurityGroup": ["SecurityGroupId", "SecurityGroupName", "SecurityGroupType", "VpcId", "Tags"],
    "SecurityGroups.SecurityGroup.Tags.Tag": ["TagKey", "TagValue"],
  }),
  "ecs.DescribeSecurityGroupAttribute": refinedAll(schemaOf(DescribeSecurityGroupAttributeResponseBody), {
    "": ["RequestId", "RegionId", "SecurityGroupId", "Permissions"],
    "Permissions.Permission": ["Direction", "Policy", "IpProtocol", "PortRange", "SourceCidrIp", "Priority"],
  }),
  "ecs.DescribeInstanceVncUrl": refinedAll(schemaOf(DescribeInstanceVncUrlResponseBody), { "": ["RequestId", "VncUrl"] }),
  "ecs.StopInstances": refinedAll(schemaOf(StopInstancesResponseBody), {
    "": ["RequestId", "InstanceResponses"],
    "InstanceResponses.InstanceResponse": ["InstanceId", "Code", "Message", "CurrentStatus", "PreviousStatus"],
  }),
  "ecs.DeleteSnapshot": refinedAll(schemaOf(DeleteSnapshotResponseBody), { "": ["RequestId"] }),
  "cms.DescribeAlertLogList": refinedAll(schemaOf(DescribeAlertLogListResponseBody), {
    "": ["RequestId", "Code", "Success", "PageNumber", "PageSize", "AlertLogList"],
    AlertLogList: ["AlertTime", "RuleId", "RuleName", "Level", "LevelChange", "InstanceId", "MetricName", "Message"],
    // The reference: "a JSON text", with this member in its example.
    "AlertLogList.Message": jsonText(structure("Message", strings("alertName alertState"), ["alertName"])),
  }),
  "cms.DescribeContactGroupList": refinedAll(schemaOf(DescribeContactGroupListResponseBody), {
    "": ["RequestId", "Code", "Success", "Total", "ContactGroups", "ContactGroupList"],
    "ContactGroupList.ContactGroup": ["Name", "Contacts", "CreateTime"],
  }),
  "cms.DescribeMetricList": refinedAll(schemaOf(DescribeMetricListResponseBody), { "": DATA, Datapoints: DATAPOINTS }),
  "cms.DescribeMetricLast": refinedAll(schemaOf(DescribeMetricLastResponseBody), { "": DATA, Datapoints: DATAPOINTS }),
  "cms.DescribeMetricMetaList": refinedAll(schemaOf(DescribeMetricMetaListResponseBody), {
    "": ["RequestId", "Code", "Success", "TotalCount", "Resources"],
    "Resources.Resource": ["Namespace", "MetricName", "Unit", "Dimensions", "Periods", "Statistics"],
    "Resources.Resource.Labels": META_LABELS,
  }),
  "cms.DescribeMetricRuleList": refinedAll(schemaOf(DescribeMetricRuleListResponseBody), {
    "": ["RequestId", "Code", "Success", "Total", "Alarms"],
    "Alarms.Alarm": ["RuleId", "RuleName", "Namespace", "MetricName", "AlertState", "EnableState", "Resources", "Escalations"],
    "Alarms.Alarm.Resources": RULE_RESOURCES,
    "Alarms.Alarm.Dimensions": RULE_RESOURCES,
  }),
  "sts.GetCallerIdentity": structure(
    "GetCallerIdentityResponseBody",
    strings("IdentityType AccountId RequestId PrincipalId UserId Arn RoleId"),
    ["RequestId", "AccountId", "Arn", "IdentityType"],
  ),
  "sts.AssumeRole": structure(
    "AssumeRoleResponseBody",
    {
      RequestId: STRING,
      SourceIdentity: STRING,
      AssumedRoleUser: structure("AssumedRoleUser", strings("AssumedRoleId Arn"), ["AssumedRoleId", "Arn"]),
      Credentials: structure("Credentials", strings("SecurityToken Expiration AccessKeySecret AccessKeyId"), [
        "SecurityToken",
        "Expiration",
        "AccessKeySecret",
        "AccessKeyId",
      ]),
    },
    ["RequestId", "AssumedRoleUser", "Credentials"],
  ),
  "rds.DescribeDBInstances": structure(
    "DescribeDBInstancesResponseBody",
    {
      ...strings("NextToken RequestId"),
      PageNumber: NUMBER,
      PageRecordCount: NUMBER,
      TotalRecordCount: NUMBER,
      Items: structure("Items", {
        DBInstance: listOf(
          structure(
            "DBInstance",
            {
              ...strings(
                "BpeEnabled Category ConnectionMode ConnectionString CreateTime DBInstanceClass DBInstanceDescription DBInstanceId DBInstanceNetType " +
                  "DBInstanceStatus DBInstanceStorageType DBInstanceType DestroyTime Engine EngineVersion ExpireTime GuardDBInstanceId InstanceNetworkType " +
                  "LockMode LockReason MasterInstanceId PayType RegionId ResourceGroupId TempDBInstanceId VSwitchId VpcCloudInstanceId VpcId VpcName ZoneId",
              ),
              BurstingEnabled: BOOLEAN,
              DeletionProtection: BOOLEAN,
              MutriORsignle: BOOLEAN,
              ReadOnlyDBInstanceIds: structure("ReadOnlyDBInstanceIds", {
                ReadOnlyDBInstanceId: listOf(structure("ReadOnlyDBInstanceId", strings("DBInstanceId"))),
              }),
            },
            ["DBInstanceId", "DBInstanceStatus", "Engine", "RegionId"],
          ),
        ),
      }),
    },
    ["RequestId", "Items", "PageNumber", "PageRecordCount", "TotalRecordCount"],
  ),
  "rds.DescribeTags": structure(
    "DescribeTagsResponseBody",
    {
      RequestId: STRING,
      Items: structure("Items", {
        TagInfos: listOf(
          structure(
            "TagInfos",
            {
              ...strings("TagKey TagValue"),
              DBInstanceIds: structure("DBInstanceIds", { DBInstanceIds: listOf(STRING) }, ["DBInstanceIds"]),
            },
            ["TagKey", "TagValue", "DBInstanceIds"],
          ),
        ),
      }),
    },
    ["RequestId", "Items"],
  ),
  "sls.ListProject": refinedAll(schemaOf(ListProjectResponseBody), {
    "": ["count", "total", "projects"],
    projects: ["projectName", "region"],
  }),
  "sls.ListLogStores": refinedAll(schemaOf(ListLogStoresResponseBody), { "": ["count", "total", "logstores"] }),
  "sls.GetLogStore": refinedAll(schemaOf(Logstore), { "": ["logstoreName", "ttl", "shardCount"] }),
  "sls.ListDashboard": refinedAll(schemaOf(ListDashboardResponseBody), {
    "": ["dashboards", "dashboardItems"],
    dashboardItems: ["dashboardName", "displayName"],
  }),
  "sls.ListSavedSearch": refinedAll(schemaOf(ListSavedSearchResponseBody), {
    "": ["count", "total", "savedsearchItems"],
    savedsearchItems: ["savedsearchName", "searchQuery", "logstore"],
  }),
  "sls.GetIndex": refinedAll(schemaOf(GetIndexResponseBody), { "": ["index_mode", "keys", "line"] }),
  "sls.GetLogs": refinedAll(bodyOf(GetLogsResponse), { "": LOG }),
  "sls.GetLogsV2": refinedAll(schemaOf(GetLogsV2ResponseBody), {
    "": ["meta", "data"],
    meta: ["progress", "count", "hasSQL", "processedRows", "elapsedMillisecond", "isAccurate"],
    "meta.terms": ["key", "term"],
    data: LOG,
  }),
  "sls.GetHistograms": refinedAll(bodyOf(GetHistogramsResponse), { "": ["from", "to", "count", "progress"] }),
};

/** Errors of the gateway ("Error responses" of each service's reference) and of Log Service ("Error codes"). */
export const RPC_ERROR = structure("Error", strings("RequestId HostId Code Message Recommend"), ["RequestId", "HostId", "Code", "Message"]);
export const SLS_ERROR = structure("Error", strings("errorCode errorMessage"), ["errorCode", "errorMessage"]);
