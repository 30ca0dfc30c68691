import type { TraceData, TraceSegment } from "../trace-data.ts";

type Shape = Readonly<Record<string, unknown>>;

/** `Service` shapes of the graph behind traces, and `Edge` shapes within them, as the vendor's model has them. */
export function serviceGraphShapes(traces: readonly TraceData[], account: string): readonly Shape[] {
  const parts = traces.flatMap((trace) =>
    trace.segments.map((segment) => ({ segment, caller: segment.parent === null ? undefined : trace.segments[segment.parent]?.service })),
  );
  const names = [...new Set(parts.map(({ segment }) => segment.service))].sort();
  // A service that takes requests from outside has a client in front of it; the client calls but is not called.
  const entries = names.filter((name) => parts.some(({ segment, caller }) => segment.service === name && caller === undefined));
  const idOf = new Map([...names, ...entries.map(clientOf)].map((name, index) => [name, index]));
  const edgesOf = (caller: string): readonly Shape[] =>
    names.flatMap((target) => {
      const calls = parts.filter((part) => part.segment.service === target && part.caller === caller).map(({ segment }) => segment);
      return calls.length === 0 ? [] : [edgeShape(calls, idOf.get(target) ?? 0)];
    });
  const services = names.map((name) => {
    const served = parts.filter(({ segment }) => segment.service === name).map(({ segment }) => segment);
    return {
      ReferenceId: idOf.get(name),
      Name: name,
      Names: [name],
      AccountId: account,
      Type: "AWS::EC2::Instance",
      State: "active",
      ...times(served),
      Edges: edgesOf(name),
      SummaryStatistics: statistics(served),
      DurationHistogram: histogram(served),
      ResponseTimeHistogram: histogram(served),
    };
  });
  const clients = entries.map((name) => {
    const calls = parts.filter(({ segment, caller }) => segment.service === name && caller === undefined).map(({ segment }) => segment);
    return {
      ReferenceId: idOf.get(clientOf(name)),
      Name: `${name}.example.com`,
      Names: [`${name}.example.com`],
      Root: true,
      Type: "client",
      State: "unknown",
      ...times(calls),
      Edges: [edgeShape(calls, idOf.get(name) ?? 0)],
      DurationHistogram: [],
      ResponseTimeHistogram: [],
    };
  });
  return [...services, ...clients];
}

function clientOf(name: string): string {
  return `client of ${name}`;
}

function edgeShape(calls: readonly TraceSegment[], target: number): Shape {
  return {
    ReferenceId: target,
    ...times(calls),
    SummaryStatistics: statistics(calls),
    ResponseTimeHistogram: histogram(calls),
    Aliases: [],
  };
}

function times(segments: readonly TraceSegment[]): Shape {
  return {
    StartTime: Math.min(...segments.map((segment) => segment.startMs)) / 1_000,
    EndTime: Math.max(...segments.map((segment) => segment.endMs)) / 1_000,
  };
}

function statistics(segments: readonly TraceSegment[]): Shape {
  const count = (status: TraceSegment["status"]) => segments.filter((segment) => segment.status === status).length;
  return {
    OkCount: count("ok"),
    ErrorStatistics: { ThrottleCount: count("throttle"), OtherCount: count("error"), TotalCount: count("throttle") + count("error") },
    FaultStatistics: { OtherCount: count("fault"), TotalCount: count("fault") },
    TotalCount: segments.length,
    TotalResponseTime: segments.reduce((sum, segment) => sum + segment.endMs - segment.startMs, 0) / 1_000,
  };
}

function histogram(segments: readonly TraceSegment[]): readonly Shape[] {
  const counts = new Map<number, number>();
  for (const segment of segments) {
    const seconds = (segment.endMs - segment.startMs) / 1_000;
    counts.set(seconds, (counts.get(seconds) ?? 0) + 1);
  }
  return [...counts].sort(([left], [right]) => left - right).map(([Value, Count]) => ({ Value, Count }));
}
