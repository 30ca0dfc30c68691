import { alarmOperations } from "./observe-alarms.ts";
import { getMetricData } from "./observe-metrics.ts";
import type { VolcengineServiceFactory } from "./service.ts";

/** Volcengine cloud monitor (volcengine.com/docs/6408), service `Volc_Observe`. */
export const observeService: VolcengineServiceFactory = (fleet) => ({
  id: "volc_observe",
  protocol: "open-api",
  versions: ["2018-01-01"],
  // "When a request fails, either the status is 4xx or 5xx, or ResponseMetadata holds an Error" (volcengine.com/docs/6766/127753).
  refusesWithin200: true,
  operations: {
    GetMetricData: {
      parameters: {
        Namespace: { TypeName: "string", Required: true },
        SubNamespace: { TypeName: "string", Required: true },
        MetricName: { TypeName: "string", Required: true },
        StartTime: { TypeName: "integer" },
        EndTime: { TypeName: "integer" },
        Period: { TypeName: "string" },
        GroupBy: { TypeName: "array", TypeOf: "string" },
        Instances: { TypeName: "array", TypeOf: "object" },
      },
      handle: getMetricData(fleet),
    },
    ...alarmOperations(fleet),
  },
});
