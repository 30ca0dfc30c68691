import type { AnswerSeries, Cell, Column, Receipt, RunDocument, ScopeReceipt } from "nephoscope";

export const COLUMNS: readonly Column[] = [
  { name: "provider", type: "string" },
  { name: "account", type: "string" },
  { name: "region", type: "string" },
  { name: "id", type: "string" },
  { name: "name", type: "string" },
  { name: "cpu.utilization", type: "number", unit: "percent" },
];

export function scope(facts: Partial<ScopeReceipt> = {}): ScopeReceipt {
  return {
    provider: "aws",
    account: "111122223333",
    region: "us-east-1",
    service: "compute",
    listing: "complete",
    listed: 12,
    queried: 12,
    answered: 12,
    noData: 0,
    throttled: 0,
    denied: 0,
    failed: 0,
    truncated: 0,
    reasons: [],
    ...facts,
  };
}

export function receipt(scopes: readonly ScopeReceipt[], notes: readonly string[] = [], complete = true): Receipt {
  return { complete, scopes, notes };
}

/** A finished run over the given rows. */
export function answered(
  rows: readonly (readonly Cell[])[],
  facts: Partial<RunDocument> & {
    readonly columns?: readonly Column[];
    readonly series?: readonly AnswerSeries[];
    readonly text?: string;
  } = {},
): RunDocument {
  const { columns = COLUMNS, series = null, text = `共 ${rows.length} 台服务器。`, ...rest } = facts;
  return {
    runId: "run_1",
    status: "answered",
    question: "列出 CPU > 80% 的服务器",
    language: "zh",
    route: "complex",
    planner: "grammar",
    emulated: false,
    window: {
      from: "2026-11-22T09:05:00Z",
      to: "2026-11-22T09:10:00Z",
      timezone: "Asia/Shanghai",
      statistic: "average",
      periodMs: 300_000,
    },
    plan: null,
    answer: { text, table: { columns, rows, links: rows.map(() => null) }, series, warnings: [] },
    receipt: receipt([scope()]),
    usage: {
      modelCalls: 0,
      promptTokens: 0,
      completionTokens: 0,
      apiCalls: { total: 3, byOperation: { "aws.ec2.DescribeInstances": 2, "aws.cloudwatch.GetMetricData": 1 } },
      retries: 0,
      wallMs: 1234,
      estimatedCostUsd: null,
    },
    approvals: [],
    error: null,
    ...rest,
  };
}
