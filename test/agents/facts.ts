import type { PlannableTool } from "../../src/agents/index.ts";
import { codeRunTool } from "../../src/codegen/code-run-tool.ts";
import { METRICS, type PlanningFacts, type PlanStep, referencesOf } from "../../src/contracts/index.ts";
import { BUILTIN_TOOLS } from "../../src/execution/builtin-tools.ts";

export const NOW_MS = Date.parse("2026-11-22T10:00:00Z");

export const FACTS: PlanningFacts = {
  nowMs: NOW_MS,
  timezone: "Asia/Shanghai",
  providers: [
    {
      id: "aws",
      name: { en: "AWS", zh: "AWS" },
      aliases: ["amazon", "亚马逊"],
      regions: [
        { id: "us-east-1", partition: "aws", places: ["virginia", "弗吉尼亚"] },
        { id: "eu-west-1", partition: "aws", places: ["ireland", "爱尔兰"] },
        { id: "eu-central-1", partition: "aws", places: ["frankfurt", "法兰克福"] },
      ],
      accountNames: { "111122223333": "main", "444455556666": "payments" },
      kinds: ["virtual-machine", "database", "function", "load-balancer"],
      nativeMetrics: [{ metric: "cpu.utilization", kind: "virtual-machine", native: "AWS/EC2:CPUUtilization", scale: 1 }],
      capabilities: ["metrics", "logs", "traces", "alarms"],
    },
  ],
  metrics: METRICS,
  previous: null,
};

export const TOOLS: readonly PlannableTool[] = [
  ...BUILTIN_TOOLS,
  codeRunTool(() => {
    throw new Error("nothing is run here");
  }),
];

export interface Draft {
  readonly id: string;
  readonly tool: string;
  readonly input: Record<string, unknown>;
}

/** A draft as a model writes it, completed to what `validatePlan` takes. */
export function planOf(...drafts: readonly Draft[]): { steps: PlanStep[] } {
  return { steps: drafts.map((draft) => ({ ...draft, dependsOn: referencesOf(draft.input) })) };
}

const LAST_5_MINUTES = { lastMs: 300_000 };

/** "Servers with CPU over 80 %", the steps of which tests take one and break it. */
export const LIST = { id: "list", tool: "resources.list", input: { kind: "virtual-machine" } };
export const CPU = {
  id: "cpu",
  tool: "metrics.query",
  input: { resources: { from: "list" }, metrics: ["cpu.utilization"], statistic: "average", window: LAST_5_MINUTES },
};
export const HOT = {
  id: "hot",
  tool: "table.filter",
  input: { rows: { from: "cpu" }, all: [{ column: "cpu.utilization", operator: "gt", value: 80, unit: "percent" }] },
};
