import { logTruth } from "../log-data.ts";
import type { TruthSources } from "../truth-rows.ts";
import { alarmTruth } from "./alarm-data.ts";
import type { AlicloudChanges } from "./alicloud-changes.ts";
import { cmsService } from "./cms.ts";
import { ecsService } from "./ecs.ts";
import { rdsService } from "./rds.ts";
import { alicloudRecords } from "./records.ts";
import type { RpcServiceFactory } from "./rpc-service.ts";
import { logSourceName } from "./sls-stores.ts";
import { stsService } from "./sts.ts";

/** Every service the emulator speaks in RPC style. */
export const ALICLOUD_RPC_SERVICES: readonly RpcServiceFactory[] = [ecsService, cmsService, stsService, rdsService];

/** Logs, alarms and records of the Alibaba Cloud world; it has no traces. */
export function alicloudTruth(changes: AlicloudChanges): TruthSources {
  return {
    logs: (fleet, fromMs, toMs) => logTruth(fleet, fromMs, toMs, (source) => logSourceName(fleet, source)),
    traces: () => [],
    alarms: alarmTruth,
    records: (fleet, nowMs) => alicloudRecords(fleet, changes, nowMs),
  };
}
