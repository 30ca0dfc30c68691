import type { Fleet } from "../fleet.ts";
import { listActivity } from "./activity-log.ts";
import { armService, resourceNotFound } from "./arm-operations.ts";
import { type AzureDiagnosticSetting, diagnosticSettingsOf } from "./diagnostic-data.ts";
import { resourceTypeOf } from "./native-names.ts";
import { ResourceIndex } from "./resource-index.ts";
import type { AzureService } from "./service.ts";

/** The monitoring provider: the activity log, and what resources send where. */
export function monitorService(fleet: Fleet): AzureService {
  const index = new ResourceIndex(fleet);
  return armService("monitor", fleet, [
    {
      name: "ActivityLogs_List",
      method: "GET",
      path: /^\/subscriptions\/(?<account>[^/]+)\/providers\/Microsoft\.Insights\/eventtypes\/management\/values\/?$/i,
      action: "Microsoft.Insights/eventtypes/values/read",
      type: "Microsoft.Insights/eventtypes",
      versions: ["2015-04-01", "2014-04-01"],
      answer: (call) => listActivity(fleet, call),
    },
    {
      name: "DiagnosticSettings_List",
      method: "GET",
      path: /^(?<resource>\/subscriptions\/(?<account>[^/]+)\/resourceGroups\/.+)\/providers\/Microsoft\.Insights\/diagnosticSettings\/?$/i,
      action: "Microsoft.Insights/diagnosticSettings/read",
      type: "Microsoft.Insights/diagnosticSettings",
      versions: ["2021-05-01-preview", "2017-05-01-preview"],
      region: ({ resource = "" }) => index.find(resource)?.region ?? null,
      answer: ({ path: { resource: id = "" } }) => {
        const resource = index.find(id);
        if (resource === undefined) {
          const [, , , , group = "", , namespace, type, name = ""] = id.split("/");
          throw resourceNotFound(`${namespace}/${type}`, group, name);
        }
        return { body: { value: diagnosticSettingsOf(resource).map(settingShape) } };
      },
    },
  ]);
}

/** `DiagnosticSettingsResource` of the specification. */
function settingShape({ id, name, resource, workspaceId, logs, metrics }: AzureDiagnosticSetting): object {
  const retentionPolicy = { enabled: false, days: 0 };
  return {
    id,
    type: `${resourceTypeOf(resource.kind, resource.name)}/providers/diagnosticSettings`,
    name,
    properties: {
      workspaceId,
      logs: logs.map(({ group, enabled }) => ({ categoryGroup: group, enabled, retentionPolicy })),
      metrics: [{ category: "AllMetrics", enabled: metrics, retentionPolicy }],
    },
  };
}
