import { METRICS, type PlanningFacts, type PreviousAnswer, RESOURCE_COLUMNS } from "../../src/contracts/index.ts";

/** Wednesday 2025-03-12, 10:17 in Shanghai. */
export const NOW_MS = Date.UTC(2025, 2, 12, 2, 17);

const region = (id: string, ...places: readonly string[]) => ({ id, partition: "aws", places });

export const FACTS: PlanningFacts = {
  nowMs: NOW_MS,
  timezone: "Asia/Shanghai",
  metrics: METRICS,
  previous: null,
  providers: [
    {
      id: "aws",
      name: { en: "AWS", zh: "亚马逊云" },
      aliases: ["amazon", "亚马逊", "amazon web services"],
      regions: [
        region("us-east-1", "virginia", "n. virginia", "弗吉尼亚"),
        region("us-west-2", "oregon", "俄勒冈"),
        region("eu-west-1", "ireland", "dublin", "爱尔兰", "都柏林"),
        region("eu-central-1", "frankfurt", "germany", "法兰克福", "德国"),
        region("ap-southeast-1", "singapore", "新加坡"),
        region("ap-northeast-1", "tokyo", "japan", "东京", "日本"),
        region("ap-east-1", "hong kong", "香港"),
      ],
      accountNames: { "111122223333": "main", "444455556666": "payments" },
      kinds: ["virtual-machine", "database", "function", "load-balancer"],
      nativeMetrics: [
        { metric: "cpu.utilization", kind: "virtual-machine", native: "AWS/EC2:CPUUtilization", scale: 1 },
        { metric: "cpu.utilization", kind: "database", native: "AWS/RDS:CPUUtilization", scale: 1 },
        { metric: "memory.utilization", kind: "virtual-machine", native: "CWAgent:mem_used_percent", scale: 1 },
        { metric: "requests.count", kind: "function", native: "AWS/Lambda:Invocations", scale: 1 },
        { metric: "latency.duration", kind: "load-balancer", native: "AWS/ApplicationELB:TargetResponseTime", scale: 1000 },
      ],
      capabilities: ["metrics", "logs", "traces", "alarms"],
    },
  ],
};

/** The answer to "servers with CPU over 80%". */
const PREVIOUS: PreviousAnswer = {
  runId: "run-1",
  columns: [
    ...RESOURCE_COLUMNS,
    { name: "kind", type: "string" },
    { name: "type", type: "string" },
    { name: "state", type: "string" },
    { name: "cpu.utilization", type: "number", unit: "percent" },
  ],
  kind: "virtual-machine",
  rows: 12,
};

export const FACTS_WITH_PREVIOUS: PlanningFacts = { ...FACTS, previous: PREVIOUS };
