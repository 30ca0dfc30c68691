import type { Fleet } from "../fleet.ts";
import { logTruth } from "../log-data.ts";
import { traceTruth } from "../trace-data.ts";
import type { TruthSources } from "../truth-rows.ts";
import { alarmTruth } from "./alert-data.ts";
import type { AzureChanges } from "./changes.ts";
import { computeService } from "./compute.ts";
import { azureRecords } from "./inventory-truth.ts";
import { logAnalyticsService } from "./log-analytics.ts";
import { metricsBatchService } from "./metrics-batch.ts";
import { subscriptionMetricsService } from "./metrics-subscription.ts";
import { monitorService } from "./monitor.ts";
import { networkService } from "./network.ts";
import { resourceGraphService } from "./resource-graph.ts";
import type { AzureService } from "./service.ts";
import { storageService } from "./storage.ts";
import { subscriptionsService } from "./subscriptions.ts";
import { operationId } from "./trace-names.ts";
import { workspaceName } from "./workspaces.ts";

/** Every Azure service the emulator speaks, besides the one that issues tokens. */
export function azureServices(fleet: Fleet, changes: AzureChanges): readonly AzureService[] {
  return [
    subscriptionsService(fleet),
    resourceGraphService(fleet, changes),
    metricsBatchService(fleet),
    subscriptionMetricsService(fleet),
    logAnalyticsService(fleet),
    computeService(fleet, changes),
    networkService(fleet),
    monitorService(fleet),
    storageService(fleet),
  ];
}

/** Logs, traces, alarms and records of the Azure world. */
export const azureTruth = (changes: AzureChanges): TruthSources => ({
  logs: (fleet, fromMs, toMs) => logTruth(fleet, fromMs, toMs, ({ region }) => workspaceName(region)),
  traces: (fleet, fromMs, toMs) => traceTruth(fleet, fromMs, toMs, operationId),
  alarms: alarmTruth,
  records: (fleet, nowMs) => azureRecords(fleet, changes, nowMs),
});
