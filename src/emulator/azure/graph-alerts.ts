import type { Fleet } from "../fleet.ts";
import { type AzureAlertRule, alertRulesOf } from "./alert-data.ts";
import { AZURE_TENANT, guidOf } from "./native-names.ts";

/** A row of the table `alertsmanagementresources`. */
export interface AlertRow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly tenantId: string;
  readonly kind: string;
  readonly location: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly properties: object;
}

/** Alerts that are open, and some that are over: both stay in the list for 30 days. */
export function alertRows(fleet: Fleet, nowMs: number): readonly AlertRow[] {
  return alertRulesOf(fleet, nowMs)
    .filter(({ condition }) => condition !== "quiet")
    .map(alertRow);
}

/** "Sample Azure Resource Graph queries for Azure Monitor" and the alert schema: ids of targets and rules in lower case. */
function alertRow(rule: AzureAlertRule): AlertRow {
  const { resource, startMs, resolvedMs, condition } = rule;
  const startDateTime = new Date(startMs).toISOString();
  const fired = condition === "fired";
  const alertId = guidOf(resource.key, "alert");
  return {
    id: `${resource.id.toLowerCase()}/providers/Microsoft.AlertsManagement/alerts/${alertId}`,
    name: rule.name,
    type: "microsoft.alertsmanagement/alerts",
    tenantId: AZURE_TENANT,
    kind: "",
    location: "",
    resourceGroup: `rg-${resource.application}`,
    subscriptionId: resource.account,
    properties: {
      essentials: {
        severity: "Sev2",
        signalType: "Metric",
        alertState: "New",
        monitorCondition: fired ? "Fired" : "Resolved",
        monitorService: "Platform",
        targetResource: resource.id.toLowerCase(),
        targetResourceName: resource.name,
        targetResourceGroup: `rg-${resource.application}`,
        targetResourceType: "microsoft.compute/virtualmachines",
        sourceCreatedId: guidOf(resource.key, "source"),
        smartGroupId: guidOf(resource.key, "group"),
        smartGroupingReason: "Created as a new smart group",
        alertRule: rule.id.toLowerCase(),
        startDateTime,
        lastModifiedDateTime: fired ? startDateTime : new Date(resolvedMs).toISOString(),
        lastModifiedUserName: "System",
        ...(fired ? {} : { monitorConditionResolvedDateTime: new Date(resolvedMs).toISOString() }),
        actionStatus: { isSuppressed: false },
        description: `CPU of ${resource.name} is above ${rule.threshold} %`,
      },
    },
  };
}
