import type { ServiceDescription } from "../../contracts/index.ts";
import type { KnownService } from "../shared/known-services.ts";
import { describeAlicloud } from "./describe-alicloud.ts";
import { describeAws } from "./describe-aws.ts";
import { describeAzure } from "./describe-azure.ts";
import { describeGoogle } from "./describe-google.ts";
import type { PackageFolder } from "./package-folder.ts";

/** How a service is read from an installed package. */
export interface InstalledReader {
  /** Any of these, the first that is installed. */
  readonly packages: readonly string[];
  describe(folder: PackageFolder, known: KnownService): ServiceDescription;
}

function aws(name: string): InstalledReader {
  return { packages: [`@aws-sdk/client-${name}`], describe: describeAws };
}

function google(name: string, protoPackage: string): InstalledReader {
  return { packages: [`@google-cloud/${name}`], describe: (folder, known) => describeGoogle(folder, known, protoPackage) };
}

function azure(name: string): InstalledReader {
  return { packages: [`@azure/arm-${name}`], describe: describeAzure };
}

function alicloud(name: string): InstalledReader {
  return { packages: [`@alicloud/${name}`], describe: describeAlicloud };
}

/** By provider and service. */
export const READERS: Readonly<Record<string, Readonly<Record<string, InstalledReader>>>> = {
  aws: {
    ec2: aws("ec2"),
    cloudwatch: aws("cloudwatch"),
    logs: aws("cloudwatch-logs"),
    xray: aws("xray"),
    rds: aws("rds"),
    lambda: aws("lambda"),
    elb: aws("elastic-load-balancing-v2"),
    sts: aws("sts"),
    servicequotas: aws("service-quotas"),
    secretsmanager: aws("secrets-manager"),
  },
  azure: {
    monitor: azure("monitor"),
    resourcegraph: azure("resourcegraph"),
    compute: azure("compute"),
    network: azure("network"),
    storage: azure("storage"),
  },
  gcp: {
    monitoring: google("monitoring", "google.monitoring.v3"),
    logging: google("logging-api", "google.logging.v2"),
    secretmanager: google("secret-manager", "google.cloud.secretmanager.v1"),
    cloudasset: google("asset", "google.cloud.asset.v1"),
  },
  alicloud: {
    ecs: alicloud("ecs20140526"),
    cms: alicloud("cms20190101"),
    sls: alicloud("sls20201230"),
    vpc: alicloud("vpc20160428"),
    slb: alicloud("slb20140515"),
    rds: alicloud("rds20140815"),
    kms: alicloud("kms20160120"),
    actiontrail: alicloud("actiontrail20200706"),
    resourcecenter: alicloud("resourcecenter20221201"),
  },
};
