import type { Attributes, Context, Span } from "@opentelemetry/api";
import type { ModelReply, ObservedRequest, Observer, RunDocument, RunEvent } from "../contracts/index.ts";
import { ConfigurationError, OrchestratorError } from "../errors/index.ts";
import { optionalImport } from "./optional-import.ts";

type Api = typeof import("@opentelemetry/api");

const NAME = "nephoscope";

/** From 10 ms to 10 min, in seconds: a question takes from a fraction of a second to the time limit. */
const SECONDS = { explicitBucketBoundaries: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600] };

/**
 * Traces and metrics of runs, by OpenTelemetry's API: where they go is the SDK's business, which the program that runs this sets up.
 * Undefined where `@opentelemetry/api` is not installed. Nothing of a question, a row or a resource is told: operations, counts, outcomes.
 */
export async function createTelemetry(): Promise<Observer | undefined> {
  try {
    return telemetryBy(await optionalImport("@opentelemetry/api", () => import("@opentelemetry/api")));
  } catch (error) {
    if (ConfigurationError.isInstance(error) && error.code === "DEPENDENCY_MISSING") return undefined;
    throw error;
  }
}

/** Spans of one segment of a run: from its first event to its last. */
interface Segment {
  readonly span: Span;
  readonly context: Context;
  readonly steps: Map<string, { readonly span: Span; readonly context: Context }>;
}

function telemetryBy(api: Api): Observer {
  const tracer = api.trace.getTracer(NAME);
  const meters = createMeters(api);
  const segments = new Map<string, Segment>();

  const begin = (name: string, parent: Context, options: { kind?: number; startTime?: Date; attributes: Attributes }) => {
    const span = tracer.startSpan(name, { kind: api.SpanKind.INTERNAL, ...options }, parent);
    return { span, context: api.trace.setSpan(parent, span) };
  };
  /** Only the code of a failure: its message may name things. */
  const fail = (span: Span, code: string) => {
    span.setAttribute("error.type", code);
    span.setStatus({ code: api.SpanStatusCode.ERROR });
  };

  function beginStep(segment: Segment, { stepId, tool, timestampMs }: RunEvent & { readonly type: "step-start" }): void {
    const attributes = { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": tool, "nephoscope.step.id": stepId };
    segment.steps.set(stepId, begin(`execute_tool ${tool}`, segment.context, { startTime: new Date(timestampMs), attributes }));
  }

  function endRun(segment: Segment, { document, timestampMs }: RunEvent & { readonly document: RunDocument }): void {
    // Steps that wait for a person end here, and begin again when the run goes on.
    for (const { span } of segment.steps.values()) span.end(new Date(timestampMs));
    segment.span.setAttributes(attributesOf(document));
    if (document.status === "failed") fail(segment.span, document.error?.code ?? "INTERNAL");
    segment.span.end(new Date(timestampMs));
  }

  function event(told: RunEvent): void {
    if (told.type === "run-start") {
      const attributes = {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": NAME,
        "nephoscope.run.id": told.runId,
        "nephoscope.emulated": told.emulated,
      };
      const started = begin(`invoke_agent ${NAME}`, api.context.active(), { startTime: new Date(told.timestampMs), attributes });
      segments.set(told.runId, { ...started, steps: new Map() });
      return;
    }
    const segment = segments.get(told.runId);
    const step = "stepId" in told ? segment?.steps.get(told.stepId) : undefined;
    switch (told.type) {
      case "step-start":
        if (segment !== undefined) beginStep(segment, told);
        break;
      case "step-end":
        step?.span.setAttribute("nephoscope.step.rows", told.rows);
        step?.span.end(new Date(told.timestampMs));
        segment?.steps.delete(told.stepId);
        break;
      case "step-error":
        if (step !== undefined) {
          fail(step.span, told.error.code);
          step.span.setAttribute("nephoscope.step.skipped", told.skipped);
          step.span.end(new Date(told.timestampMs));
        }
        segment?.steps.delete(told.stepId);
        break;
      case "approval-request":
        meters.approvals.add(1, { "nephoscope.approval.outcome": "requested", "nephoscope.approval.kind": told.approval.kind });
        break;
      case "approval-response":
        meters.approvals.add(1, { "nephoscope.approval.outcome": told.decision });
        break;
      case "run-end":
      case "run-pause":
      case "run-error":
        if (segment !== undefined) endRun(segment, told);
        segments.delete(told.runId);
        meters.countRun(told.document);
        break;
    }
  }

  /** In the context of its step, so that what instrumented HTTP clients send appears below it. */
  async function request<Reply>(observed: ObservedRequest, send: () => Promise<Reply>): Promise<Reply> {
    const segment = segments.get(observed.runId);
    const step = observed.to === "cloud" ? segment?.steps.get(observed.stepId) : undefined;
    const parent = step?.context ?? segment?.context ?? api.context.active();
    const { name, attributes } = describe(observed);
    const { span, context } = begin(name, parent, { kind: api.SpanKind.CLIENT, attributes });
    if (observed.to === "cloud" && observed.region !== undefined) span.setAttribute("cloud.region", observed.region);
    const startedMs = performance.now();
    let failure: { "error.type"?: string } = {};
    try {
      const reply = await api.context.with(context, send);
      if (observed.to === "model") {
        const { promptTokens, completionTokens } = (reply as ModelReply).usage;
        span.setAttributes({ "gen_ai.usage.input_tokens": promptTokens, "gen_ai.usage.output_tokens": completionTokens });
        meters.tokens.record(promptTokens, { ...attributes, "gen_ai.token.type": "input" });
        meters.tokens.record(completionTokens, { ...attributes, "gen_ai.token.type": "output" });
      }
      return reply;
    } catch (error) {
      const code = OrchestratorError.isInstance(error) ? error.code : isAbort(error) ? "aborted" : "_OTHER";
      failure = { "error.type": code };
      fail(span, code);
      throw error;
    } finally {
      const seconds = (performance.now() - startedMs) / 1000;
      meters[observed.to === "cloud" ? "cloudCalls" : "modelCalls"].record(seconds, { ...attributes, ...failure });
      span.end();
    }
  }

  return {
    event,
    request,
    count: (what, by, platform) => meters[what].add(by, { "nephoscope.bot.platform": platform }),
  };
}

/** Names are those of the semantic conventions, where they have one (https://opentelemetry.io/docs/specs/semconv/gen-ai/). */
function createMeters(api: Api) {
  const meter = api.metrics.getMeter(NAME);
  const seconds = (name: string, description: string) => meter.createHistogram(name, { unit: "s", description, advice: SECONDS });
  const runs = seconds("nephoscope.run.duration", "Segments of runs: a run that waits for an approval ends one and begins another.");
  return {
    countRun(document: RunDocument): void {
      const { status, error, receipt, planner, emulated, usage } = document;
      const complete = receipt === null ? {} : { "nephoscope.receipt.complete": receipt.complete };
      const failure = error === null ? {} : { "error.type": error.code };
      const outcome = { "nephoscope.run.status": status, "nephoscope.planner": planner, "nephoscope.emulated": emulated };
      runs.record(usage.wallMs / 1000, { ...outcome, ...complete, ...failure });
    },
    approvals: meter.createCounter("nephoscope.approvals", { unit: "{approval}", description: "Approvals, by what became of them." }),
    cloudCalls: seconds("nephoscope.cloud.call.duration", "Requests to clouds, every try."),
    modelCalls: seconds("gen_ai.client.operation.duration", "Requests to models."),
    tokens: meter.createHistogram("gen_ai.client.token.usage", { unit: "{token}", description: "Tokens, as the server counted." }),
    "questions-waiting": meter.createUpDownCounter("nephoscope.bot.questions.waiting", {
      unit: "{question}",
      description: "Questions that were taken and not begun.",
    }),
    "platform-retries": meter.createCounter("nephoscope.bot.platform.retries", {
      unit: "{call}",
      description: "Calls to a chat platform that were tried again.",
    }),
  };
}

function describe(observed: ObservedRequest): { readonly name: string; readonly attributes: Attributes } {
  if (observed.to === "model") {
    const attributes = { "gen_ai.operation.name": "chat", "gen_ai.request.model": observed.model };
    return { name: `chat ${observed.model}`, attributes };
  }
  const { operation, provider } = observed;
  return { name: operation, attributes: { "cloud.provider": CLOUDS[provider] ?? provider, "rpc.method": operation } };
}

/** As the conventions call them (https://opentelemetry.io/docs/specs/semconv/registry/attributes/cloud/). */
const CLOUDS: Readonly<Record<string, string>> = { alicloud: "alibaba_cloud" };

function attributesOf({ status, route, planner, receipt, usage, answer, plan }: RunDocument): Attributes {
  return {
    "nephoscope.run.status": status,
    "nephoscope.route": route,
    "nephoscope.planner": planner,
    "nephoscope.plan.steps": plan?.steps.length ?? 0,
    "nephoscope.answer.rows": answer?.table?.rows.length ?? 0,
    "nephoscope.cloud.calls": usage.apiCalls.total,
    "nephoscope.cloud.retries": usage.retries,
    "gen_ai.usage.input_tokens": usage.promptTokens,
    "gen_ai.usage.output_tokens": usage.completionTokens,
    ...(receipt === null ? {} : { "nephoscope.receipt.complete": receipt.complete, "nephoscope.receipt.scopes": receipt.scopes.length }),
  };
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
