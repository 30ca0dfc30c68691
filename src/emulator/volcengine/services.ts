import { logTruth } from "../log-data.ts";
import { traceTruth } from "../trace-data.ts";
import type { TruthSources } from "../truth-rows.ts";
import { alarmTruth } from "./alarm-data.ts";
import { albService } from "./alb.ts";
import { ecsService } from "./ecs.ts";
import { observeService } from "./observe.ts";
import { rdsServices } from "./rds.ts";
import { volcengineRecords } from "./records.ts";
import type { VolcengineServiceFactory } from "./service.ts";
import { storageEbsService } from "./storage-ebs.ts";
import { stsService } from "./sts.ts";
import { tlsService } from "./tls.ts";
import { traceId } from "./tls-traces.ts";
import { logSourceName } from "./tls-world.ts";
import { currentResource, type VolcengineChanges } from "./volcengine-changes.ts";
import { vpcService } from "./vpc.ts";

/** Every Volcengine service the emulator speaks. */
export const VOLCENGINE_SERVICES: readonly VolcengineServiceFactory[] = [
  stsService,
  ecsService,
  observeService,
  tlsService,
  ...rdsServices,
  albService,
  storageEbsService,
  vpcService,
];

/** What of the Volcengine world does not follow from its resources and their series. */
export function volcengineTruth(changes: VolcengineChanges): TruthSources {
  return {
    logs: (fleet, fromMs, toMs) => logTruth(fleet, fromMs, toMs, (source) => logSourceName(fleet, source)),
    traces: (fleet, fromMs, toMs) => traceTruth(fleet, fromMs, toMs, traceId),
    alarms: alarmTruth,
    records: (fleet, nowMs) => volcengineRecords(fleet, changes, nowMs),
    current: (resource) => currentResource(changes, resource),
  };
}
