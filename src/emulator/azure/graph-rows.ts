import type { Fleet, FleetResource } from "../fleet.ts";
import { hash } from "../hash.ts";
import { type AzureAlertRule, alertRulesOf } from "./alert-data.ts";
import type { AzureChanges } from "./changes.ts";
import { SYSTEM_DISK_GIB, systemDiskName } from "./disk-data.ts";
import { powerStateOf } from "./machine-power.ts";
import { AZURE_TENANT, availabilityZoneOf, guidOf, vmSizeOf } from "./native-names.ts";
import { typeOf } from "./resource-index.ts";
import { type Workspace, workspacesOf } from "./workspaces.ts";

/** A row of the table `resources`, with the columns that every type has. */
export interface GraphRow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly tenantId: string;
  readonly kind: string;
  readonly location: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly managedBy: string;
  readonly sku: object | null;
  readonly plan: null;
  readonly properties: object;
  readonly tags: object | null;
  readonly identity: null;
  readonly zones: readonly string[] | null;
  readonly extendedLocation: null;
}

const FIRST_CREATION_MS = Date.UTC(2025, 0, 1);

/** What stands in the graph whatever the time: resources of the fleet and workspaces. */
export function resourceRows(fleet: Fleet, changes: AzureChanges): readonly GraphRow[] {
  return [...fleet.resources.map((resource) => fleetRow(resource, changes)), ...workspacesOf(fleet).map(workspaceRow)];
}

export function alertRuleRows(fleet: Fleet, nowMs: number): readonly GraphRow[] {
  return alertRulesOf(fleet, nowMs).map(alertRuleRow);
}

/** Subscriptions and resource groups: the table `resourcecontainers`. */
export function containerRows(fleet: Fleet, changes: AzureChanges): readonly GraphRow[] {
  const subscriptions = fleet.accounts.map(({ id, name }) =>
    rowOf(
      { id: `/subscriptions/${id}`, name, type: "microsoft.resources/subscriptions", location: "", subscriptionId: id, group: "" },
      {
        properties: { state: "Enabled", managedByTenants: [], subscriptionPolicies: { quotaId: "EnterpriseAgreement_2014-09-01" } },
        tags: {},
      },
    ),
  );
  const groups = new Map(resourceRows(fleet, changes).map((row) => [row.id.split("/").slice(0, 5).join("/"), row]));
  return [
    ...subscriptions,
    ...[...groups].map(([id, { subscriptionId, location, resourceGroup }]) =>
      rowOf(
        {
          id,
          name: id.split("/").at(-1) ?? "",
          type: "microsoft.resources/subscriptions/resourcegroups",
          location,
          subscriptionId,
          group: resourceGroup,
        },
        { properties: { provisioningState: "Succeeded" }, tags: {} },
      ),
    ),
  ];
}

interface Place {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly location: string;
  readonly subscriptionId: string;
  readonly group: string;
}

type Details = Pick<GraphRow, "properties" | "tags"> & Partial<Pick<GraphRow, "kind" | "sku" | "zones">>;

function rowOf({ group, ...place }: Place, { kind = "", sku = null, zones = null, properties, tags }: Details): GraphRow {
  return {
    ...place,
    tenantId: AZURE_TENANT,
    kind,
    resourceGroup: group,
    managedBy: "",
    sku,
    plan: null,
    properties,
    tags,
    identity: null,
    zones,
    extendedLocation: null,
  };
}

function fleetRow(resource: FleetResource, changes: AzureChanges): GraphRow {
  const place = {
    id: resource.id,
    name: resource.name,
    type: typeOf(resource),
    location: resource.region,
    subscriptionId: resource.account,
    group: `rg-${resource.application}`,
  };
  return rowOf(place, { ...detailsOf(resource, changes), tags: resource.tags });
}

function detailsOf(resource: FleetResource, changes: AzureChanges): Omit<Details, "tags"> {
  const { key, state } = resource;
  switch (resource.kind) {
    case "virtual-machine":
      return {
        zones: availabilityZoneOf(resource),
        properties: {
          vmId: guidOf(key, "vm"),
          provisioningState: "Succeeded",
          timeCreated: createdAt(key),
          hardwareProfile: { vmSize: vmSizeOf(resource) },
          osProfile: { computerName: resource.name, adminUsername: "azureuser" },
          storageProfile: {
            osDisk: { name: systemDiskName(resource), osType: "Linux", diskSizeGB: SYSTEM_DISK_GIB, createOption: "FromImage" },
            imageReference: { publisher: "canonical", offer: "ubuntu-24_04-lts", sku: "server", version: "latest" },
          },
          networkProfile: {
            networkInterfaces: [
              { id: `${resource.id.split("/providers/")[0]}/providers/Microsoft.Network/networkInterfaces/${resource.name}-nic` },
            ],
          },
          extended: { instanceView: { powerState: { level: "Info", ...powerStateOf(resource, changes) } } },
        },
      };
    case "database":
      return {
        sku: { name: "Standard_D4ds_v5", tier: "GeneralPurpose" },
        properties: {
          state: state === "stopped" ? "Stopped" : "Ready",
          version: resource.name.includes("-mysql-") ? "8.0.21" : "16",
          administratorLogin: "azureuser",
          fullyQualifiedDomainName: `${resource.name}.${resource.name.includes("-mysql-") ? "mysql" : "postgres"}.database.azure.com`,
          storage: { storageSizeGB: 512 },
        },
      };
    case "function":
      return {
        kind: "functionapp,linux",
        properties: {
          state: "Running",
          enabled: true,
          defaultHostName: `${resource.name}.azurewebsites.net`,
          siteConfig: { linuxFxVersion: "Node|20" },
        },
      };
    case "load-balancer":
      return {
        properties: {
          operationalState: "Running",
          provisioningState: "Succeeded",
          sku: { name: "Standard_v2", tier: "Standard_v2", family: "Generation_2" },
        },
      };
  }
}

function workspaceRow({ id, name, account, region, customerId }: Workspace): GraphRow {
  const place = {
    id,
    name,
    type: "microsoft.operationalinsights/workspaces",
    location: region,
    subscriptionId: account,
    group: "rg-monitoring",
  };
  return rowOf(place, {
    properties: {
      customerId,
      provisioningState: "Succeeded",
      sku: { name: "PerGB2018" },
      retentionInDays: 30,
      publicNetworkAccessForQuery: "Enabled",
    },
    tags: {},
  });
}

/** A rule of the model's `MetricAlertProperties`. */
function alertRuleRow({ id, name, resource, threshold }: AzureAlertRule): GraphRow {
  const place = {
    id,
    name,
    type: "microsoft.insights/metricalerts",
    location: "global",
    subscriptionId: resource.account,
    group: `rg-${resource.application}`,
  };
  return rowOf(place, {
    tags: {},
    properties: {
      description: `CPU of ${resource.name} is above ${threshold} %`,
      severity: 2,
      enabled: true,
      scopes: [resource.id],
      evaluationFrequency: "PT1M",
      windowSize: "PT5M",
      criteria: {
        "odata.type": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
        allOf: [
          {
            name: "High_CPU",
            metricName: "Percentage CPU",
            metricNamespace: "microsoft.compute/virtualMachines",
            operator: "GreaterThan",
            threshold,
            timeAggregation: "Average",
            dimensions: [],
            criterionType: "StaticThresholdCriterion",
          },
        ],
      },
      autoMitigate: true,
      targetResourceType: "microsoft.compute/virtualMachines",
      targetResourceRegion: resource.region,
      actions: [],
    },
  });
}

function createdAt(key: number): string {
  return new Date(FIRST_CREATION_MS + (hash(key, "created") % 400) * 86_400_000).toISOString();
}
