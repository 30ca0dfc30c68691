import { context, metrics, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { EventBody } from "../../src/contracts/index.ts";
import { createTelemetry, type Observer, type RunDocument } from "../../src/index.ts";
import { scripted } from "../../src/models/scripted/index.ts";
import { CLOCK } from "../guarantees/standing-clock.ts";
import { startWorld, type World } from "../guarantees/world.ts";

const QUESTION = "列出 CPU > 80% 的服务器";
const spans = new InMemorySpanExporter();
const exporter = new InMemoryMetricExporter(AggregationTemporality.DELTA);
const meters = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })] });

let world: World;
let observer: Observer;

beforeAll(async () => {
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
  metrics.setGlobalMeterProvider(meters);
  world = await startWorld({ instances: 40 });
  const opened = await createTelemetry();
  if (opened === undefined) throw new Error("@opentelemetry/api is not installed");
  observer = opened;
});
afterAll(async () => {
  await meters.shutdown();
  trace.disable();
  metrics.disable();
  context.disable();
  await world[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await world.rules({});
  await meters.forceFlush();
  spans.reset();
  exporter.reset();
});

const ask = async (question: string, given: Parameters<World["ask"]>[1] = {}): Promise<RunDocument> =>
  (await world.ask(question, { runtime: { clock: CLOCK, random: () => 0, observer }, ...given })).document;

interface Told {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Of a counter its value, of a histogram how often. */
  readonly count: number;
}

async function told(): Promise<Told[]> {
  await meters.forceFlush();
  return exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics)
    .flatMap((scope) => scope.metrics)
    .flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ attributes, value }) => ({
        name: descriptor.name,
        attributes,
        count: typeof value === "number" ? value : ((value as { count: number }).count ?? 0),
      })),
    );
}

const named = (name: string): ReadableSpan[] => spans.getFinishedSpans().filter((span) => span.name === name);
const parentOf = (span: ReadableSpan | undefined) => span?.parentSpanContext?.spanId;

describe("a question that is answered", () => {
  test("is a span, its steps and their requests to clouds spans below it", async () => {
    const document = await ask(QUESTION);
    const [run] = named("invoke_agent nephoscope");
    expect(run).toMatchObject({
      kind: SpanKind.INTERNAL,
      attributes: {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": "nephoscope",
        "nephoscope.run.id": document.runId,
        "nephoscope.run.status": "answered",
        "nephoscope.planner": "grammar",
        "nephoscope.receipt.complete": true,
        "nephoscope.cloud.calls": document.usage.apiCalls.total,
      },
    });
    const [metric] = named("execute_tool metrics.query");
    expect(metric?.attributes).toMatchObject({ "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "metrics.query" });
    expect(parentOf(metric)).toBe(run?.spanContext().spanId);
    const calls = named("aws.cloudwatch.GetMetricData");
    expect(calls.length).toBe(document.usage.apiCalls.byOperation["aws.cloudwatch.GetMetricData"]);
    for (const call of calls) {
      expect(call).toMatchObject({ kind: SpanKind.CLIENT, attributes: { "cloud.provider": "aws", "rpc.method": call.name } });
      expect(call.attributes["cloud.region"]).toMatch(/^[a-z]+-[a-z]+-\d$/);
      expect(parentOf(call)).toBe(metric?.spanContext().spanId);
    }
    const cloudCalls = spans.getFinishedSpans().filter(({ kind }) => kind === SpanKind.CLIENT);
    expect(cloudCalls.length).toBe(document.usage.apiCalls.total);
    expect(new Set(spans.getFinishedSpans().map((span) => span.spanContext().traceId)).size).toBe(1);
  });

  test("is counted, with how long it took and its requests by cloud", async () => {
    const document = await ask(QUESTION);
    const found = await told();
    expect(found.filter(({ name }) => name === "nephoscope.run.duration")).toEqual([
      {
        name: "nephoscope.run.duration",
        count: 1,
        attributes: {
          "nephoscope.run.status": "answered",
          "nephoscope.planner": "grammar",
          "nephoscope.emulated": true,
          "nephoscope.receipt.complete": true,
        },
      },
    ]);
    const calls = found.filter(
      ({ name, attributes }) => name === "nephoscope.cloud.call.duration" && attributes["cloud.provider"] === "aws",
    );
    expect(Object.fromEntries(calls.map(({ attributes, count }) => [attributes["rpc.method"], count]))).toEqual(
      document.usage.apiCalls.byOperation,
    );
  });

  test("tells nothing of the question, of rows, accounts or resources", async () => {
    const document = await ask("列出标签 env=prod 且 CPU > 1% 的服务器");
    const [columns, rows] = [document.answer?.table?.columns ?? [], document.answer?.table?.rows ?? []];
    expect(rows.length).toBeGreaterThan(3);
    const exported = JSON.stringify([
      spans.getFinishedSpans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
      await told(),
    ]);
    expect(exported).toContain("metrics.query");
    expect(exported).not.toContain("prod");
    expect(exported).not.toContain("列出");
    for (const row of rows) {
      for (const name of ["account", "id", "name"]) {
        const cell = String(row[columns.findIndex((column) => column.name === name)]);
        expect(cell.length).toBeGreaterThan(2);
        expect(exported).not.toContain(cell);
      }
    }
  });

  test("belongs to the span of whoever asked", async () => {
    const asking = trace.getTracer("test").startSpan("asking");
    // No context manager is registered here: what is active is what the API says.
    context.setGlobalContextManager(standing(trace.setSpan(context.active(), asking)));
    try {
      await ask(QUESTION);
    } finally {
      context.disable();
    }
    asking.end();
    expect(parentOf(named("invoke_agent nephoscope")[0])).toBe(asking.spanContext().spanId);
  });
});

describe("what goes wrong", () => {
  test("is told by its code: each try of a request, the step, the run", async () => {
    await world.rules({ faults: ["aws:DescribeInstances:throttle:1"] });
    const document = await ask("列出 us-east-1 的服务器");
    expect(document.usage.retries).toBe(1);
    const [first, second] = named("aws.ec2.DescribeInstances");
    expect([first, second]).toMatchObject([
      { status: { code: SpanStatusCode.ERROR }, attributes: { "error.type": "PROVIDER_RATE_LIMITED" } },
      { status: { code: SpanStatusCode.UNSET } },
    ]);
    expect(first?.status).not.toHaveProperty("message");
  });

  test("of a question that nobody understands: the run fails, with its code", async () => {
    await ask("why is the sky blue");
    const [run] = named("invoke_agent nephoscope");
    expect(run).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { "nephoscope.run.status": "failed", "error.type": expect.stringMatching(/^QUESTION_/) },
    });
    expect((await told()).find(({ name }) => name === "nephoscope.run.duration")?.attributes).toMatchObject({
      "error.type": expect.stringMatching(/^QUESTION_/),
    });
  });
});

describe("a model", () => {
  const PLAN = JSON.stringify({ kind: "plan", steps: [{ id: "list", tool: "resources.list", input: { kind: "virtual-machine" } }] });

  test("has spans and metrics as the conventions for models want them, without prompts", async () => {
    const model = scripted([{ text: PLAN, usage: { promptTokens: 1_200, completionTokens: 80 } }]);
    const document = await ask("which of our boxes are sweating", { model });
    expect(document.status).toBe("answered");
    const [chat] = named(`chat ${model.id}`);
    expect(chat).toMatchObject({
      kind: SpanKind.CLIENT,
      attributes: {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": model.id,
        "gen_ai.usage.input_tokens": 1_200,
        "gen_ai.usage.output_tokens": 80,
      },
    });
    expect(parentOf(chat)).toBe(named("invoke_agent nephoscope")[0]?.spanContext().spanId);
    const names = (await told()).map(({ name }) => name);
    expect(names).toContain("gen_ai.client.token.usage");
    expect(names).toContain("gen_ai.client.operation.duration");
    expect(JSON.stringify(chat?.attributes)).not.toContain("sweating");
  });
});

test("a run that waits for an approval ends its spans, and counts what was asked for and decided", async () => {
  const document = { ...(await ask(QUESTION)), status: "waiting" } as RunDocument;
  spans.reset();
  await told();
  exporter.reset();
  const approval = { id: "approval_1", kind: "code", summary: "canary", digest: "0", expiresAt: "2026-11-20T09:00:00Z" } as const;
  const bodies: EventBody[] = [
    { type: "run-start", question: "canary", emulated: true },
    { type: "step-start", stepId: "answer", tool: "code.run", title: "canary" },
    { type: "approval-request", stepId: "answer", approval },
    { type: "run-pause", document },
    { type: "run-start", question: "canary", emulated: true },
    { type: "approval-response", stepId: "answer", approvalId: "approval_1", decision: "approved", by: { via: "slack", id: "canary" } },
    { type: "run-end", document: { ...document, status: "answered" } },
  ];
  for (const [sequence, body] of bodies.entries()) observer.event({ ...body, runId: "run_1", sequence, timestampMs: 1_000 + sequence });
  expect(spans.getFinishedSpans().map(({ name, attributes }) => [name, attributes["nephoscope.run.status"] ?? null])).toEqual([
    ["execute_tool code.run", null],
    ["invoke_agent nephoscope", "waiting"],
    ["invoke_agent nephoscope", "answered"],
  ]);
  const approvals = (await told()).filter(({ name }) => name === "nephoscope.approvals");
  expect(approvals.map(({ attributes }) => attributes["nephoscope.approval.outcome"])).toEqual(["requested", "approved"]);
  expect(JSON.stringify([approvals, spans.getFinishedSpans().map(({ name, attributes }) => [name, attributes])])).not.toContain("canary");
});

test("bots count questions that wait and calls that are tried again", async () => {
  observer.count("questions-waiting", 1, "slack");
  observer.count("questions-waiting", 1, "slack");
  observer.count("questions-waiting", -1, "slack");
  observer.count("platform-retries", 3, "teams");
  expect(await told()).toEqual([
    { name: "nephoscope.bot.questions.waiting", attributes: { "nephoscope.bot.platform": "slack" }, count: 1 },
    { name: "nephoscope.bot.platform.retries", attributes: { "nephoscope.bot.platform": "teams" }, count: 3 },
  ]);
});

/** A context manager in which always the same context is active. */
function standing(active: ReturnType<typeof context.active>): Parameters<typeof context.setGlobalContextManager>[0] {
  return {
    active: () => active,
    with: (_context, work, self, ...words) => work.call(self as never, ...words),
    bind: (_context, target) => target,
    enable() {
      return this;
    },
    disable() {
      return this;
    },
  };
}
