import { logTruth } from "../log-data.ts";
import { traceTruth } from "../trace-data.ts";
import type { TruthSources } from "../truth-rows.ts";
import { alertTruth } from "./alert-data.ts";
import type { GcpChanges } from "./changes.ts";
import { cloudTraceService, traceId } from "./cloud-trace.ts";
import { computeService } from "./compute.ts";
import { gcpRecords } from "./inventory-truth.ts";
import { loggingService } from "./logging.ts";
import { logName } from "./logging-entries.ts";
import { monitoringService } from "./monitoring.ts";
import { resourceManagerService } from "./resource-manager.ts";
import { secretManagerService } from "./secret-manager.ts";
import type { GoogleServiceFactory } from "./service.ts";
import { sqlAdminService } from "./sql-admin.ts";

/** Every Google API the emulator speaks. */
export const GCP_SERVICES: readonly GoogleServiceFactory[] = [
  computeService,
  monitoringService,
  loggingService,
  cloudTraceService,
  resourceManagerService,
  sqlAdminService,
  secretManagerService,
];

/** Logs, traces, alarms and records of the Google Cloud world. */
export const gcpTruth = (changes: GcpChanges): TruthSources => ({
  logs: (fleet, fromMs, toMs) => logTruth(fleet, fromMs, toMs, logName),
  traces: (fleet, fromMs, toMs) => traceTruth(fleet, fromMs, toMs, traceId),
  alarms: alertTruth,
  records: (fleet, nowMs) => gcpRecords(fleet, changes, nowMs),
});
