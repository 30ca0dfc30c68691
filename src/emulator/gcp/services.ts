import { logTruth } from "../log-data.ts";
import { traceTruth } from "../trace-data.ts";
import type { TruthSources } from "../truth-rows.ts";
import { alertTruth } from "./alert-data.ts";
import { cloudTraceService, traceId } from "./cloud-trace.ts";
import { computeService } from "./compute.ts";
import { loggingService } from "./logging.ts";
import { logName } from "./logging-entries.ts";
import { monitoringService } from "./monitoring.ts";
import { resourceManagerService } from "./resource-manager.ts";
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
];

/** Logs, traces and alarms of the Google Cloud world. */
export const GCP_TRUTH: TruthSources = {
  logs: (fleet, fromMs, toMs) => logTruth(fleet, fromMs, toMs, logName),
  traces: (fleet, fromMs, toMs) => traceTruth(fleet, fromMs, toMs, traceId),
  alarms: alertTruth,
};
