import { describe, expect, it } from "vitest";
import type { TruthTrace } from "../../../src/emulator/truth-rows.ts";
import { MAIN, type StartedGcp, startedGcp } from "./started-gcp.ts";

const HOUR = { from: "2026-03-10T08:00:00Z", to: "2026-03-10T08:59:59.999Z" } as const;
const RANGE = { startTime: HOUR.from, endTime: HOUR.to } as const;
const PATH = `/v1/projects/${MAIN}/traces`;

interface Span {
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly labels: Readonly<Record<string, string>>;
}
interface Trace {
  readonly projectId: string;
  readonly traceId: string;
  readonly spans?: readonly Span[];
}

async function traces(gcp: StartedGcp, query: Readonly<Record<string, string | number>> = {}): Promise<readonly Trace[]> {
  const pages = await gcp.pages(PATH, { ...RANGE, pageSize: 1_000, ...query });
  return pages.flatMap(({ status, body }) => {
    expect([status, body.error]).toEqual([200, undefined]);
    return body.traces ?? [];
  });
}

async function truthOf(gcp: StartedGcp): Promise<readonly TruthTrace[]> {
  const { traces: all } = await gcp.truth({ from: HOUR.from, to: "2026-03-10T09:00:00Z" });
  return all.filter((trace) => trace.account === MAIN);
}

const ids = (found: readonly { readonly traceId: string }[]) => found.map(({ traceId }) => traceId).sort();

describe("traces", () => {
  it("of an hour are all that began in it, whole where that is wanted", async () => {
    const gcp = await startedGcp();
    const truth = new Map((await truthOf(gcp)).map((trace) => [trace.id, trace]));
    const found = await traces(gcp, { view: "COMPLETE" });
    expect(ids(found)).toEqual([...truth.keys()].sort());
    for (const { traceId, spans = [] } of found) {
      const expected = truth.get(traceId);
      const [root, ...others] = spans.filter((span) => span.parentSpanId === undefined);
      expect(others).toEqual([]);
      expect({ operation: root?.name, service: root?.labels["service.name"] }).toEqual({
        operation: expected?.operation,
        service: expected?.service,
      });
      const startMs = Math.min(...spans.map((span) => Date.parse(span.startTime)));
      expect(startMs).toBe(expected?.timestampMs);
      expect(Math.max(...spans.map((span) => Date.parse(span.endTime))) - startMs).toBe(expected?.durationMs);
      expect(root?.labels["g.co/r/gce_instance/zone"]?.startsWith(`${expected?.region}-`)).toBe(true);
      const known = new Set(spans.map((span) => span.spanId));
      expect(spans.every((span) => span.parentSpanId === undefined || known.has(span.parentSpanId))).toBe(true);
    }
  });

  it("are only named, or told with their roots, in smaller views", async () => {
    const gcp = await startedGcp();
    const minimal = await traces(gcp);
    expect(minimal.every((trace) => Object.keys(trace).sort().join() === "projectId,traceId")).toBe(true);
    const roots = await traces(gcp, { view: "ROOTSPAN" });
    expect(roots.every(({ spans }) => spans?.length === 1 && spans[0]?.parentSpanId === undefined)).toBe(true);
  });

  it("come in pages, the newest first or as asked", async () => {
    const gcp = await startedGcp();
    const whole = await traces(gcp, { view: "ROOTSPAN" });
    expect(await traces(gcp, { view: "ROOTSPAN", pageSize: 13 })).toEqual(whole);
    const starts = whole.map(({ spans }) => Date.parse(spans?.[0]?.startTime ?? ""));
    expect(starts).toEqual(starts.toSorted((left, right) => right - left));
    const byDuration = await traces(gcp, { view: "ROOTSPAN", orderBy: "duration desc" });
    const durations = byDuration.map(({ spans }) => Date.parse(spans?.[0]?.endTime ?? "") - Date.parse(spans?.[0]?.startTime ?? ""));
    expect(durations).toEqual(durations.toSorted((left, right) => right - left));
  });

  it.each([
    ["their latency", "latency:1s", (trace: TruthTrace) => trace.durationMs >= 1_000],
    ["their latency in milliseconds", "latency:250", (trace: TruthTrace) => trace.durationMs >= 250],
    ["the beginning of the root's name", "root:POST", (trace: TruthTrace) => trace.operation.startsWith("POST")],
    ["the beginning of a name alone", "GET", (trace: TruthTrace) => trace.operation.startsWith("GET")],
    ["the whole of the root's name", '+root:"POST /checkout"', (trace: TruthTrace) => trace.operation === "POST /checkout"],
    [
      "several terms",
      'latency:500ms +root:"POST /checkout"',
      (trace: TruthTrace) => trace.durationMs >= 500 && trace.operation === "POST /checkout",
    ],
    [
      "what a label begins with",
      "/http/status_code:5 root:POST",
      (trace: TruthTrace) => trace.status === "fault" && trace.operation.startsWith("POST"),
    ],
  ] as const)("are found by %s", async (_, filter, expected) => {
    const gcp = await startedGcp();
    const truth = (await truthOf(gcp)).filter(expected);
    const found = await traces(gcp, { filter, view: "ROOTSPAN" });
    // A label may be that of any span: only those of roots are in the truth.
    const mine = filter.includes("status_code")
      ? found.filter(({ spans }) => spans?.[0]?.labels["/http/status_code"]?.startsWith("5"))
      : found;
    expect(ids(mine)).toEqual(truth.map(({ id }) => id).sort());
    expect(truth.length).toBeGreaterThan(0);
  });

  it("are found by labels of any of their spans", async () => {
    const gcp = await startedGcp();
    const all = await traces(gcp, { view: "COMPLETE" });
    const expected = all.filter(({ spans }) => spans?.some((span) => span.labels["service.name"] === "auth"));
    expect(ids(await traces(gcp, { filter: "+service.name:auth" }))).toEqual(ids(expected));
    expect(await traces(gcp, { filter: "label:net.peer.ip" })).toHaveLength(all.length);
    expect(await traces(gcp, { filter: "label:nothing" })).toEqual([]);
    expect(ids(await traces(gcp, { filter: "span:POST method:POST" }))).toEqual(
      ids(all.filter(({ spans }) => spans?.some((span) => span.name.startsWith("POST")))),
    );
  });

  it("that were not taken in yet are not there", async () => {
    const gcp = await startedGcp({ now: () => Date.parse("2026-03-10T09:00:00Z") });
    expect((await traces(gcp)).length).toBeLessThan((await truthOf(gcp)).length);
  });

  it("are told one by one by their ids", async () => {
    const gcp = await startedGcp();
    const [first] = await traces(gcp, { view: "COMPLETE" });
    expect((await gcp.get(`${PATH}/${first?.traceId}`)).body).toEqual(first);
    expect((await gcp.get(`${PATH}/${"1".repeat(32)}`)).status).toBe(404);
    expect((await gcp.get(`${PATH}/nonsense`)).status).toBe(400);
  });

  it.each([
    ["a range that ends before it starts", { startTime: HOUR.to, endTime: HOUR.from }],
    ["a latency that is none", { filter: "latency:slow" }],
    ["an order nobody knows", { orderBy: "colour" }],
    ["a view nobody knows", { view: "EVERYTHING" }],
    ["a time that is none", { startTime: "noon" }],
    ["a token of its own making", { pageToken: "bm9uc2Vuc2U" }],
  ])("are refused for %s", async (_, query) => {
    const gcp = await startedGcp();
    const { status, body } = await gcp.get(PATH, { ...RANGE, ...query });
    expect([status, body.error?.status]).toEqual([400, "INVALID_ARGUMENT"]);
  });
});
