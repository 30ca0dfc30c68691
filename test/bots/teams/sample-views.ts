import type { AnswerView, ApprovalView, RunView, StepView, TableView } from "../../../bots/shared/run-view.ts";

export function step(id: string, state: StepView["state"], facts = ""): StepView {
  return { id, title: `Step ${id}`, state, facts };
}

export function view(overrides: Partial<RunView> = {}): RunView {
  return {
    questionId: "q_1",
    runId: "run_1",
    question: "list servers",
    language: "en",
    emulated: false,
    state: "working",
    title: "Asking 4 clouds",
    steps: [step("a", "running", "1/4"), step("b", "waiting")],
    answer: null,
    receipt: null,
    cost: null,
    approvals: [],
    failure: null,
    ...overrides,
  };
}

export function table(rows: readonly (readonly string[])[], overrides: Partial<TableView> = {}): TableView {
  const names = ["provider", "account", "region", "id", "name"];
  return {
    columns: names.map((name) => ({ name, type: "string" as const, title: name.toUpperCase() })),
    rows,
    text: (row, column) => rows[row]?.[column] ?? "",
    link: () => null,
    csv: () => `${[names, ...rows].map((row) => row.join(",")).join("\n")}\n`,
    ...overrides,
  };
}

export function servers(count: number, name: (index: number) => string = (index) => `web-${index}`): string[][] {
  return Array.from({ length: count }, (_, index) => ["aws", "111111111111", "eu-west-1", `i-${index}`, name(index)]);
}

export function answer(overrides: Partial<AnswerView> = {}): AnswerView {
  return {
    text: "2 servers",
    warnings: [],
    window: "2026-01-01 00:00–00:05 UTC, average",
    table: table(servers(2)),
    chart: null,
    ...overrides,
  };
}

export function answered(overrides: Partial<RunView> = {}): RunView {
  return view({
    state: "answered",
    title: "Answered in 2.1 s",
    steps: [step("a", "done", "4/4"), step("b", "done")],
    answer: answer(),
    receipt: { complete: true, summary: "✔ complete · 3 accounts", lines: ["aws 111111111111: 2 of 2"] },
    cost: "12 API calls · 1.2 s",
    ...overrides,
  });
}

export function approval(overrides: Partial<ApprovalView> = {}): ApprovalView {
  return {
    id: "apr_1",
    status: "pending",
    title: "Approval needed",
    why: "No tool lists volumes.",
    code: "export default async (cloud) => cloud.aws.ec2.DescribeVolumes({});",
    codeLines: 1,
    operations: [{ id: "aws.ec2.DescribeVolumes", class: "read", isRead: true, lines: ["permission ec2:DescribeVolumes"] }],
    places: ["aws 111111111111 eu-west-1"],
    rehearsal: ["passed, 1 call"],
    estimate: "at least 1 API call",
    emulated: false,
    digest: "0123456789ab",
    expires: "2026-01-02 00:00 UTC",
    askedBy: "11111111-1111-4111-8111-111111111111:22222222-2222-4222-8222-222222222222",
    decisions: [],
    canDecide: true,
    ...overrides,
  };
}

export function waiting(overrides: Partial<RunView> = {}): RunView {
  return view({
    state: "waiting",
    title: "Waiting for approval",
    steps: [step("a", "done"), step("b", "paused")],
    approvals: [approval()],
    ...overrides,
  });
}
