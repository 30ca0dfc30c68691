import { type Column, RESOURCE_COLUMNS } from "./table.ts";

const WHERE: readonly Column[] = RESOURCE_COLUMNS.slice(0, 3);

/**
 * Columns that source tools always yield, so that plans can be checked before they run.
 * `resources.list` adds `tag:KEY` for each tag it filters on; `metrics.query` adds one column per metric and suffix, with its unit;
 * counts and native queries have columns of their own.
 */
export const TOOL_COLUMNS = {
  "resources.list": [
    ...RESOURCE_COLUMNS,
    { name: "kind", type: "string" },
    { name: "type", type: "string" },
    { name: "state", type: "string" },
  ],
  "logs.query": [
    { name: "time", type: "time" },
    ...WHERE,
    { name: "source", type: "string" },
    { name: "service", type: "string" },
    { name: "severity", type: "string" },
    { name: "message", type: "string" },
  ],
  "traces.query": {
    traces: [
      { name: "time", type: "time" },
      ...WHERE,
      { name: "id", type: "string" },
      { name: "service", type: "string" },
      { name: "operation", type: "string" },
      { name: "status", type: "string" },
      { name: "duration", type: "number", unit: "milliseconds" },
    ],
    services: [
      ...WHERE,
      { name: "service", type: "string" },
      { name: "requests", type: "number", unit: "count" },
      { name: "errors", type: "number", unit: "count" },
      { name: "latency", type: "number", unit: "milliseconds" },
      { name: "calls", type: "string" },
    ],
  },
  "alarms.list": [
    ...RESOURCE_COLUMNS,
    { name: "state", type: "string" },
    { name: "since", type: "time" },
    { name: "metric", type: "string" },
    { name: "resource", type: "string" },
    { name: "reason", type: "string" },
  ],
} as const satisfies {
  readonly "resources.list": readonly Column[];
  readonly "logs.query": readonly Column[];
  readonly "traces.query": { readonly traces: readonly Column[]; readonly services: readonly Column[] };
  readonly "alarms.list": readonly Column[];
};

/** Of `logs.query` with `countBy`: the field (called as asked) and how many entries have it. */
export const COUNT_COLUMN: Column = { name: "count", type: "number", unit: "count" };
