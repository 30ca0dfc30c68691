import fc from "fast-check";
import type { Approval, RunDocument, RunEvent } from "nephoscope";
import { expect, test } from "vitest";
import { RunViewer } from "../../../bots/shared/run-viewer.ts";
import { sampleApproval } from "../../../src/testing/index.ts";
import { answered, receipt, scope } from "../../cli/document-samples.ts";

/** What moves a cursor, hides, turns or ends what follows; and what ends a line where one line is meant. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it looks for
const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Of these a platform shows several lines. */
const OF_SEVERAL_LINES = /(^|\.)(question|code|text|message|hint)$/;
/** Raw, for files and for what is told from what: never shown. */
const RAW = /^(questionId|runId)$|^answer\.table\.(rows|columns\.\d+\.(name|type))|^approvals\.\d+\.id$/;

const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "<!channel>",
        "<@U1>",
        "</at>",
        "`",
        "*",
        "|",
        "\n",
        "\r",
        "\u001b[2J",
        "\u202e",
        "\u2066",
        "\u0085",
        "\u2028",
        "=1+1",
      ),
      fc.string({ unit: "grapheme", maxLength: 4 }),
      fc.constantFrom("服务器", "🔥", "__proto__", "constructor"),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""));

function strings(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => strings(inner, path === "" ? key : `${path}.${key}`));
}

interface Hostile {
  readonly text: string;
  readonly name: string;
  readonly language: "en" | "zh";
}

function documentOf({ text, name, language }: Hostile): RunDocument {
  return {
    ...answered([[name, name, name, name, name, 91.5]], {
      language,
      text,
      receipt: receipt(
        [
          scope({ provider: name, account: name, region: name, service: name }),
          scope({
            account: text,
            region: text,
            denied: 1,
            listing: "failed",
            reasons: [{ code: "PROVIDER_FORBIDDEN", message: text, count: 2 }],
          } as never),
        ],
        [text],
        false,
      ),
    }),
    question: text,
    error: { code: "PROVIDER_FAILED", message: text, hint: text },
  };
}

function approvalOf({ text, name, language }: Hostile, status: Approval["status"]): Approval {
  const sample = sampleApproval();
  const { subject } = sample;
  return sampleApproval({
    language,
    kind: "write",
    status,
    why: text,
    question: text,
    comment: text,
    askedBy: { via: "slack", id: name },
    approvedBy: [{ by: { via: "slack", id: name }, atMs: 1 }],
    decidedBy: { via: "slack", id: text },
    decidedMs: 2,
    subject: {
      ...subject,
      program: {
        ...subject.program,
        purpose: text,
        code: text,
        operations: [
          { operation: { id: "aws.logs.DescribeMetricFilters", permission: name }, class: "write", origin: { source: text, date: name } },
        ] as never,
        calls: [{ operation: "aws.logs.DescribeMetricFilters", literals: { [name]: text }, varying: [text], line: 2 }],
      },
      scopes: [{ provider: "aws", account: name, region: text }],
    },
  });
}

test("whatever clouds, models and people write, no text of a view hides, turns or breaks out of its line", () => {
  const hostile = fc.record({ text: anyText, name: anyText, language: fc.constantFrom("en" as const, "zh" as const) });
  fc.assert(
    fc.property(hostile, fc.constantFrom("pending", "approved", "rejected", "revised"), (given, status) => {
      const viewer = new RunViewer({
        questionId: "q_1",
        question: given.text,
        language: given.language,
        timezone: "UTC",
        accountNames: () => ({ [given.name]: given.text }),
      });
      const document = documentOf(given);
      viewer.apply({ type: "run-start", runId: "r", sequence: 0, timestampMs: 0, question: given.text, emulated: true } as RunEvent);
      viewer.apply({ type: "run-error", runId: "r", sequence: 1, timestampMs: 1, document } as RunEvent);
      viewer.setApprovals([approvalOf(given, status as Approval["status"])], 1_767_225_600_000);
      const view = viewer.view();
      const { table } = view.answer ?? {};
      const cells =
        table?.rows.flatMap((_, row) => table.columns.map((_column, column) => [`cell.${column}`, table.text(row, column)])) ?? [];
      expect(cells).toHaveLength(6);
      for (const [path = "", text = ""] of [...strings(view), ...cells]) {
        if (RAW.test(path)) continue;
        expect(text, path).not.toMatch(UNSEEN);
        if (!OF_SEVERAL_LINES.test(path)) expect(text, path).not.toContain("\n");
        expect(text, path).not.toMatch(/\[object |undefined|NaN/);
      }
    }),
    { numRuns: 300 },
  );
});
