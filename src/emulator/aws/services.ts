import { logTruth } from "../log-data.ts";
import { traceTruth } from "../trace-data.ts";
import type { TruthSources } from "../truth-rows.ts";
import { alarmTruth } from "./alarm-data.ts";
import type { AwsChanges } from "./aws-changes.ts";
import { cloudWatchService } from "./cloudwatch.ts";
import { ec2Service } from "./ec2.ts";
import { elbService } from "./elb.ts";
import { lambdaService } from "./lambda.ts";
import { logsService } from "./logs.ts";
import { logGroupName } from "./logs-groups.ts";
import { rdsService } from "./rds.ts";
import { awsRecords, awsResource } from "./records.ts";
import { secretsManagerService } from "./secrets-manager.ts";
import type { AwsServiceFactory } from "./service.ts";
import { serviceQuotasService } from "./service-quotas.ts";
import { stsService } from "./sts.ts";
import { traceId, xrayService } from "./xray.ts";

/** Every AWS service the emulator speaks. */
export const AWS_SERVICES: readonly AwsServiceFactory[] = [
  ec2Service,
  cloudWatchService,
  stsService,
  logsService,
  xrayService,
  rdsService,
  lambdaService,
  elbService,
  serviceQuotasService,
  secretsManagerService,
];

/** What of the AWS world does not follow from its resources and their series. */
export function awsTruth(changes: AwsChanges): TruthSources {
  return {
    logs: (fleet, fromMs, toMs) => logTruth(fleet, fromMs, toMs, logGroupName),
    traces: (fleet, fromMs, toMs) => traceTruth(fleet, fromMs, toMs, traceId),
    alarms: alarmTruth,
    records: (fleet, nowMs) => awsRecords(fleet, changes, nowMs),
    current: (resource) => awsResource(resource, changes),
  };
}
