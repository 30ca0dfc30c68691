import { z } from "zod";
import {
  type Alarm,
  type LogEntry,
  METRICS,
  type MetricName,
  type Point,
  RESOURCE_KINDS,
  RESOURCE_STATES,
  type ResourceKind,
  type Scope,
  type TraceSummary,
} from "../../contracts/index.ts";

const place = { account: z.string().min(1).default("main"), region: z.string().min(1).default("local-1") };

const resourceSchema = z.strictObject({
  ...place,
  kind: z.enum(Object.keys(RESOURCE_KINDS) as [ResourceKind, ...ResourceKind[]]).default("virtual-machine"),
  id: z.string().min(1),
  name: z.string().min(1).optional(),
  state: z.enum(RESOURCE_STATES).default("running"),
  tags: z.record(z.string(), z.string()).default({}),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** In canonical units: one value for all time, or points a minute long. */
  metrics: z
    .partialRecord(
      z.enum(Object.keys(METRICS) as [MetricName, ...MetricName[]]),
      z.union([z.number(), z.array(z.custom<Point>((value) => Array.isArray(value) && value.length === 2))]),
    )
    .default({}),
});

/** What is in a cloud made of data. */
export const memoryOptionsSchema = z.strictObject({
  id: z.string().min(1).default("memory"),
  resources: z.array(resourceSchema).default([]),
  logs: z.array(z.looseObject({ ...place, entry: z.custom<LogEntry>() })).default([]),
  traces: z.array(z.looseObject({ ...place, trace: z.custom<TraceSummary>() })).default([]),
  alarms: z.array(z.looseObject({ ...place, alarm: z.custom<Alarm>() })).default([]),
  /** Resources in one page of a list, from 1. */
  pageSize: z.int().min(1).default(100),
  /** Targets in one request for metrics, from 1. */
  batchSize: z.int().min(1).default(50),
  /** How long after its end a point is not there yet, in milliseconds. */
  lagMs: z.int().min(0).default(0),
  /** Called before each request is answered; throws what the cloud would say, or waits as it would. */
  intercept: z
    .custom<(operation: string, scope: Partial<Scope>) => void | Promise<void>>((value) => typeof value === "function")
    .optional(),
});

export type MemoryOptions = z.input<typeof memoryOptionsSchema>;
export type MemoryData = z.output<typeof memoryOptionsSchema>;
