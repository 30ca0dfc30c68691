import type { Fleet } from "../fleet.ts";
import { logTruth } from "../log-data.ts";
import { traceTruth } from "../trace-data.ts";
import type { TruthSources } from "../truth-rows.ts";
import { alarmTruth } from "./alert-data.ts";
import { logAnalyticsService } from "./log-analytics.ts";
import { metricsBatchService } from "./metrics-batch.ts";
import { subscriptionMetricsService } from "./metrics-subscription.ts";
import { resourceGraphService } from "./resource-graph.ts";
import type { AzureService } from "./service.ts";
import { subscriptionsService } from "./subscriptions.ts";
import { operationId } from "./trace-names.ts";
import { workspaceName } from "./workspaces.ts";

/** Every Azure service the emulator speaks, besides the one that issues tokens. */
export function azureServices(fleet: Fleet): readonly AzureService[] {
  return [
    subscriptionsService(fleet),
    resourceGraphService(fleet),
    metricsBatchService(fleet),
    subscriptionMetricsService(fleet),
    logAnalyticsService(fleet),
  ];
}

/** Logs, traces and alarms of the Azure world. */
export const azureTruth: TruthSources = {
  logs: (fleet, fromMs, toMs) => logTruth(fleet, fromMs, toMs, ({ region }) => workspaceName(region)),
  traces: (fleet, fromMs, toMs) => traceTruth(fleet, fromMs, toMs, operationId),
  alarms: alarmTruth,
};
