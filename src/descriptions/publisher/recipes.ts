import { fetchAlicloud } from "./fetch-alicloud.ts";
import { fetchAws } from "./fetch-aws.ts";
import { fetchAzure } from "./fetch-azure.ts";
import { fetchGoogle } from "./fetch-google.ts";
import { fetchVolcengine } from "./fetch-volcengine.ts";
import type { Recipe } from "./recipe.ts";

/** Where each service is described, by provider and service. */
export const RECIPES: Readonly<Record<string, Readonly<Record<string, Recipe>>>> = {
  aws: {
    ec2: fetchAws("ec2", "2016-11-15"),
    cloudwatch: fetchAws("cloudwatch", "2010-08-01"),
    logs: fetchAws("cloudwatch-logs", "2014-03-28"),
    xray: fetchAws("xray", "2016-04-12"),
    rds: fetchAws("rds", "2014-10-31"),
    lambda: fetchAws("lambda", "2015-03-31"),
    elb: fetchAws("elastic-load-balancing-v2", "2015-12-01"),
    sts: fetchAws("sts", "2011-06-15"),
    servicequotas: fetchAws("service-quotas", "2019-06-24"),
    secretsmanager: fetchAws("secrets-manager", "2017-10-17"),
  },
  azure: {
    compute: fetchAzure("compute/resource-manager/Microsoft.Compute", [
      "DiskRP/stable/2023-04-02/disk.json",
      "DiskRP/stable/2023-04-02/snapshot.json",
      "ComputeRP/stable/2023-07-01/virtualMachine.json",
      "ComputeRP/stable/2023-07-01/computeRPCommon.json",
    ]),
    network: fetchAzure("network/resource-manager/Microsoft.Network/stable/2023-09-01", [
      "networkSecurityGroup.json",
      "publicIpAddress.json",
      "virtualNetwork.json",
      "networkInterface.json",
      "loadBalancer.json",
      "usage.json",
    ]),
    monitor: fetchAzure("monitor/resource-manager/Microsoft.Insights", [
      "stable/2021-05-01/metrics_API.json",
      "stable/2018-03-01/metricAlert_API.json",
      "stable/2015-04-01/activityLogs_API.json",
      "preview/2021-05-01-preview/diagnosticsSettings_API.json",
    ]),
    storage: fetchAzure("storage/resource-manager/Microsoft.Storage/stable/2023-01-01", ["storage.json"]),
    resourcegraph: fetchAzure("resourcegraph/resource-manager/Microsoft.ResourceGraph/stable/2022-10-01", ["resourcegraph.json"]),
    loganalytics: fetchAzure("operationalinsights/data-plane/Microsoft.OperationalInsights/stable/v1", ["OperationalInsights.json"]),
  },
  gcp: {
    compute: fetchGoogle("compute", "v1"),
    monitoring: fetchGoogle("monitoring", "v3"),
    logging: fetchGoogle("logging", "v2"),
    cloudtrace: fetchGoogle("cloudtrace", "v1"),
    cloudasset: fetchGoogle("cloudasset", "v1"),
    secretmanager: fetchGoogle("secretmanager", "v1"),
    cloudresourcemanager: fetchGoogle("cloudresourcemanager", "v3"),
  },
  alicloud: {
    ecs: fetchAlicloud("Ecs", "2014-05-26"),
    cms: fetchAlicloud("Cms", "2019-01-01"),
    sls: fetchAlicloud("Sls", "2020-12-30"),
    vpc: fetchAlicloud("Vpc", "2016-04-28"),
    slb: fetchAlicloud("Slb", "2014-05-15"),
    rds: fetchAlicloud("Rds", "2014-08-15"),
    kms: fetchAlicloud("Kms", "2016-01-20"),
    actiontrail: fetchAlicloud("Actiontrail", "2020-07-06"),
    resourcecenter: fetchAlicloud("ResourceCenter", "2022-12-01"),
  },
  volcengine: {
    ecs: fetchVolcengine("ecs", "2020-04-01"),
    storage_ebs: fetchVolcengine("storage_ebs", "2020-04-01"),
    vpc: fetchVolcengine("vpc", "2020-04-01"),
    volc_observe: fetchVolcengine("Volc_Observe", "2018-01-01"),
    cloudmonitor: fetchVolcengine("cloudmonitor", "2018-01-01"),
    cloud_trail: fetchVolcengine("cloud_trail", "2018-01-01"),
    rds_mysql: fetchVolcengine("rds_mysql", "2022-01-01"),
    kms: fetchVolcengine("kms", "2021-02-18"),
  },
};
