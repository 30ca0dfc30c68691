import type { Text } from "../errors/index.ts";
import type { ResourceKind } from "./resource.ts";
import type { Unit } from "./unit.ts";

/** `gauge`: a level at a moment. `rate`: an amount per second. `total`: an amount over the window. */
type MetricKind = "gauge" | "rate" | "total";

export interface MetricDefinition {
  readonly unit: Unit;
  readonly kind: MetricKind;
  readonly title: Text;
  /** Resource kinds for which clouds may have it. */
  readonly of: readonly ResourceKind[];
}

const VM_AND_DATABASE = ["virtual-machine", "database"] as const;

/** The vocabulary of metrics: one name, unit and kind over all clouds. The native metrics stand beside each provider. */
export const METRICS = {
  "cpu.utilization": { unit: "percent", kind: "gauge", title: { en: "CPU", zh: "CPU 使用率" }, of: VM_AND_DATABASE },
  "memory.utilization": { unit: "percent", kind: "gauge", title: { en: "memory", zh: "内存使用率" }, of: VM_AND_DATABASE },
  "memory.free.bytes": { unit: "bytes", kind: "gauge", title: { en: "free memory", zh: "可用内存" }, of: VM_AND_DATABASE },
  "disk.utilization": { unit: "percent", kind: "gauge", title: { en: "disk usage", zh: "磁盘使用率" }, of: VM_AND_DATABASE },
  "disk.free.bytes": { unit: "bytes", kind: "gauge", title: { en: "free disk space", zh: "磁盘剩余空间" }, of: VM_AND_DATABASE },
  "disk.read.bytes": { unit: "bytes/second", kind: "rate", title: { en: "disk read", zh: "磁盘读" }, of: VM_AND_DATABASE },
  "disk.write.bytes": { unit: "bytes/second", kind: "rate", title: { en: "disk write", zh: "磁盘写" }, of: VM_AND_DATABASE },
  "disk.read.operations": { unit: "count/second", kind: "rate", title: { en: "disk reads", zh: "磁盘读次数" }, of: VM_AND_DATABASE },
  "disk.write.operations": { unit: "count/second", kind: "rate", title: { en: "disk writes", zh: "磁盘写次数" }, of: VM_AND_DATABASE },
  "network.in.bytes": { unit: "bytes/second", kind: "rate", title: { en: "network in", zh: "入流量" }, of: VM_AND_DATABASE },
  "network.out.bytes": { unit: "bytes/second", kind: "rate", title: { en: "network out", zh: "出流量" }, of: VM_AND_DATABASE },
  "status.check.failed": {
    unit: "count",
    kind: "gauge",
    title: { en: "failed status checks", zh: "状态检查失败" },
    of: ["virtual-machine"],
  },
  "connections.count": { unit: "count", kind: "gauge", title: { en: "connections", zh: "连接数" }, of: ["database"] },
  "requests.count": { unit: "count", kind: "total", title: { en: "requests", zh: "请求数" }, of: ["function", "load-balancer"] },
  "errors.count": { unit: "count", kind: "total", title: { en: "errors", zh: "错误数" }, of: ["function", "load-balancer"] },
  "throttles.count": { unit: "count", kind: "total", title: { en: "throttles", zh: "限流次数" }, of: ["function"] },
  "latency.duration": {
    unit: "milliseconds",
    kind: "gauge",
    title: { en: "latency", zh: "延迟" },
    of: ["function", "load-balancer"],
  },
  "targets.unhealthy": { unit: "count", kind: "gauge", title: { en: "unhealthy targets", zh: "不健康目标数" }, of: ["load-balancer"] },
} as const satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof METRICS;

/** How points of a window become one number. Percentiles are `p50`, `p90`, `p95`, `p99`. `sum` is for totals. `last` is the newest point. */
export const STATISTICS = ["average", "maximum", "minimum", "sum", "last", "p50", "p90", "p95", "p99"] as const;
export type Statistic = (typeof STATISTICS)[number];
