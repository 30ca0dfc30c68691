import { canonicalJson, sha256 } from "../../../src/contracts/canonical-json.ts";
import type { Field, ObjectShape, OperationDescription, ProgramOperation, Shape } from "../../../src/contracts/index.ts";

const text: Shape = { type: "string" };
const integer: Shape = { type: "integer" };
const object = (fields: Record<string, Field>): ObjectShape => ({ type: "object", fields });
const list = (items: Shape): Shape => ({ type: "list", items });

export function operationOf(
  id: string,
  input: Record<string, Field>,
  output: Shape,
  more: Partial<OperationDescription> = {},
): OperationDescription {
  const [provider = "", service = "", ...name] = id.split(".");
  return {
    id,
    provider,
    service,
    name: name.join("."),
    version: "1",
    description: `Made up for tests: ${name.join(" ")}.`,
    statedClass: null,
    permission: null,
    reach: "region",
    input: object(input),
    output,
    wire: { protocol: "rest", method: "POST" },
    ...more,
  };
}

export const METRIC_FILTERS = operationOf(
  "aws.logs.DescribeMetricFilters",
  {
    logGroupName: { shape: text, description: "The name of the log group." },
    order: { shape: { type: "string", values: ["ascending", "descending"] } },
    limit: { shape: integer },
    nextToken: { shape: text },
  },
  object({
    metricFilters: {
      shape: list(
        object({
          filterName: { shape: text },
          creationTime: { shape: integer, description: "In milliseconds after the epoch." },
          metricTransformations: { shape: list(object({ metricName: { shape: text }, defaultValue: { shape: { type: "number" } } })) },
        }),
      ),
    },
    nextToken: { shape: text },
  }),
  { pagination: { by: "token", items: "metricFilters", inputToken: "nextToken", outputToken: "nextToken" } },
);

export const LIST_DASHBOARDS = operationOf(
  "aws.cloudwatch.ListDashboards",
  { DashboardNamePrefix: { shape: text }, NextToken: { shape: text } },
  object({
    DashboardEntries: {
      shape: list(
        object({
          DashboardName: { shape: text },
          LastModified: { shape: { type: "string", format: "date-time" } },
          Size: { shape: integer },
        }),
      ),
    },
    NextToken: { shape: text },
  }),
  { pagination: { by: "token", items: "DashboardEntries", inputToken: "NextToken", outputToken: "NextToken" } },
);

const GET_DASHBOARD = operationOf(
  "aws.cloudwatch.GetDashboard",
  { DashboardName: { shape: text, required: true } },
  object({ DashboardName: { shape: text }, DashboardBody: { shape: text, description: "The body as JSON." } }),
);

const LIST_METRICS = operationOf(
  "aws.cloudwatch.ListMetrics",
  { Namespace: { shape: text }, Dimensions: { shape: list(object({ Name: { shape: text, required: true }, Value: { shape: text } })) } },
  object({ Metrics: { shape: list(object({ MetricName: { shape: text }, Extra: { shape: { type: "unknown" } } })) } }),
);

export const DESCRIBE_DISKS = operationOf(
  "alicloud.ecs.DescribeDisks",
  {
    Status: { shape: { type: "string", values: ["In_use", "Available"] } },
    RegionId: { shape: text, required: true },
    PageNumber: { shape: integer },
    PageSize: { shape: integer },
  },
  object({
    Disks: {
      shape: object({
        Disk: {
          shape: list(
            object({
              DiskId: { shape: text, required: true },
              DiskName: { shape: text },
              Size: { shape: integer },
              Status: { shape: { type: "string", values: ["In_use", "Available"] } },
              Portable: { shape: { type: "boolean" } },
            }),
          ),
        },
      }),
    },
    TotalCount: { shape: integer },
  }),
  { pagination: { by: "number", items: "Disks.Disk", page: "PageNumber", size: "PageSize", total: "TotalCount", maxSize: 100 } },
);

export const AGGREGATED_DISKS = operationOf(
  "gcp.compute.disks.aggregatedList",
  { project: { shape: text, required: true }, filter: { shape: text }, pageToken: { shape: text } },
  object({
    items: {
      shape: {
        type: "map",
        values: object({
          disks: {
            shape: list(object({ name: { shape: text }, sizeGb: { shape: text }, labels: { shape: { type: "map", values: text } } })),
          },
        }),
      },
    },
    nextPageToken: { shape: text },
  }),
  { pagination: { by: "token", items: "items", inputToken: "pageToken", outputToken: "nextPageToken" } },
);

export function programOperation(operation: OperationDescription): ProgramOperation {
  return {
    operation,
    class: "read",
    hash: sha256(canonicalJson(operation)),
    origin: { kind: "shipped", source: "test", date: "2026-01-01" },
  };
}

export const OPERATIONS = [METRIC_FILTERS, LIST_DASHBOARDS, GET_DASHBOARD, LIST_METRICS, DESCRIBE_DISKS, AGGREGATED_DISKS].map(
  programOperation,
);
