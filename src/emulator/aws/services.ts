import { logTruth } from "../log-data.ts";
import { traceTruth } from "../trace-data.ts";
import type { TruthSources } from "../truth-rows.ts";
import { alarmTruth } from "./alarm-data.ts";
import { cloudWatchService } from "./cloudwatch.ts";
import { ec2Service } from "./ec2.ts";
import { elbService } from "./elb.ts";
import { lambdaService } from "./lambda.ts";
import { logsService } from "./logs.ts";
import { logGroupName } from "./logs-groups.ts";
import { rdsService } from "./rds.ts";
import type { AwsServiceFactory } from "./service.ts";
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
];

/** Logs, traces and alarms of the AWS world. */
export const AWS_TRUTH: TruthSources = {
  logs: (fleet, fromMs, toMs) => logTruth(fleet, fromMs, toMs, logGroupName),
  traces: (fleet, fromMs, toMs) => traceTruth(fleet, fromMs, toMs, traceId),
  alarms: alarmTruth,
};
