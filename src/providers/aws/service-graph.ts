import type { Service } from "@aws-sdk/client-xray";
import type { TimeWindow, TraceService } from "../../contracts/index.ts";
import type { Connection } from "./clients.ts";
import { required } from "./errors.ts";
import { pagesOf } from "./paging.ts";
import { partsOf } from "./trace-windows.ts";

const OPERATION = "GetServiceGraph";

/** Nodes of X-Ray's graph, one array for each part of the window: references between nodes hold within one graph, over all its pages. */
export async function* readGraphs({ sdk, call }: Connection<"xray">, window: TimeWindow): AsyncGenerator<Service[]> {
  for (const part of partsOf(window)) {
    const nodes: Service[] = [];
    const list = pagesOf(OPERATION, (token) =>
      call(
        OPERATION,
        (client, send) =>
          client.send(
            new sdk.GetServiceGraphCommand({
              StartTime: new Date(part.fromMs),
              EndTime: new Date(part.toMs - 1),
              ...(token === undefined ? {} : { NextToken: token }),
            }),
            send,
          ),
        (reply) => ({ page: required(reply.Services, OPERATION, "Services"), next: reply.NextToken }),
      ),
    );
    for await (const page of list) nodes.push(...page);
    yield nodes;
  }
}

interface ServiceTotals {
  requests: number;
  errors: number;
  seconds: number;
  readonly calls: Set<string>;
}

/** The services that took requests, each once, with what reached them in the window. */
export async function traceServices(connection: Connection<"xray">, window: TimeWindow): Promise<TraceService[]> {
  const totals = new Map<string, ServiceTotals>();
  for await (const nodes of readGraphs(connection, window)) addGraph(nodes, totals);
  return [...totals].map(([service, { requests, errors, seconds, calls }]) => ({
    service,
    requests,
    errors,
    averageLatencyMs: requests === 0 ? null : (seconds / requests) * 1_000,
    calls: [...calls].sort(),
  }));
}

function addGraph(nodes: readonly Service[], totals: Map<string, ServiceTotals>): void {
  const others = nodes.filter(({ Type: type }) => type !== CLIENT);
  const names = new Map(others.map((node) => [required(node.ReferenceId, OPERATION, "ReferenceId"), nameOf(node)]));
  const invoked = new Set(others.filter(({ Type: type }) => type === LAMBDA).map(nameOf));
  for (const node of others) {
    if (DOWNSTREAM.test(node.Type ?? "")) continue;
    const name = nameOf(node);
    const total = totals.get(name) ?? { requests: 0, errors: 0, seconds: 0, calls: new Set<string>() };
    totals.set(name, total);
    for (const edge of required(node.Edges, OPERATION, "Edges")) {
      const callee = names.get(required(edge.ReferenceId, OPERATION, "Edges.ReferenceId"));
      if (callee !== undefined && callee !== name) total.calls.add(callee);
    }
    if (node.Type === LAMBDA_FUNCTION && invoked.has(name)) continue;
    const { TotalCount, ErrorStatistics, FaultStatistics, TotalResponseTime } = node.SummaryStatistics ?? {};
    total.requests += TotalCount ?? 0;
    total.errors += (ErrorStatistics?.TotalCount ?? 0) + (FaultStatistics?.TotalCount ?? 0);
    total.seconds += TotalResponseTime ?? 0;
  }
}

function nameOf(node: Service): string {
  return required(node.Name, OPERATION, "Name");
}

/** The users in front of the first service are a node of the graph too, but none of the services. */
const CLIENT = "client";
/** A function is two nodes of one name: the Lambda service, which took the request, and the code that it ran (Lambda developer guide, X-Ray). */
const LAMBDA = "AWS::Lambda";
const LAMBDA_FUNCTION = "AWS::Lambda::Function";
/** What services used, as they saw it: it sends no traces of its own (X-Ray API reference, `Type` of Service). It is told as their callee. */
const DOWNSTREAM = /^(remote|Database::.*|AWS::(DynamoDB|S3|SQS|SNS)(::.*)?)$/;
