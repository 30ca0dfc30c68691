import type { ProviderContext, Scope, TraceRequest, TraceSummary, TracesCapability } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import type { Connection, DeepPartial } from "./clients.ts";
import { required, requiredList } from "./errors.ts";
import { PAGE_SIZE } from "./log-topics.ts";
import { countedPages } from "./paging.ts";
import type { TlsService } from "./sdk.ts";
import { traceServices } from "./trace-services.ts";

const OPERATION = "SearchTraces";
/** Traces in one reply (types of the SDK: "(0, 100]"). */
const TRACES_A_PAGE = 100;

type Found = DeepPartial<Awaited<ReturnType<TlsService["SearchTraces"]>>>;
type NativeTrace = NonNullable<NonNullable<Found["TraceInfos"]>[number]>;

/** Traces of the log service, of all its trace instances in a region. A trace belongs to the service that took the request. */
export function tlsTraces(accounts: Accounts): TracesCapability {
  const search = (scope: Scope, request: TraceRequest, context: ProviderContext) => searchTraces(accounts, scope, request, context);
  return {
    async *search(scope, request, context) {
      for await (const { page } of search(scope, request, context)) yield page;
    },
    async *services(scope, { window }, context) {
      const connection = await accounts.connect(scope, context);
      yield await traceServices(connection, search(scope, { window, errorsOnly: false }, context), context);
    },
  };
}

/** Traces with the trace instance that holds them. */
interface TracePage {
  readonly instanceId: string;
  readonly page: readonly TraceSummary[];
}

async function* searchTraces(accounts: Accounts, scope: Scope, request: TraceRequest, context: ProviderContext): AsyncGenerator<TracePage> {
  const connection = await accounts.connect(scope, context);
  for await (const instances of listInstances(connection)) {
    for (const instanceId of instances) {
      let found = false;
      for await (const page of searchInstance(connection, instanceId, request)) {
        found ||= page.length > 0;
        yield { instanceId, page };
      }
      if (found || request.service === undefined) continue;
      // Names may be compared with regard to case, which people do not: only where nothing was found is it worth looking at all services.
      const { service, ...others } = request;
      const wanted = service.toLowerCase();
      for await (const page of searchInstance(connection, instanceId, others))
        yield { instanceId, page: page.filter((trace) => trace.service?.toLowerCase() === wanted) };
    }
  }
}

function listInstances(connection: Connection): AsyncGenerator<readonly string[]> {
  const operation = "DescribeTraceInstances";
  return countedPages(operation, (PageNumber) =>
    connection.tls(operation, { PageNumber, PageSize: PAGE_SIZE }, ({ TraceInstances, Total }) => ({
      items: requiredList(TraceInstances, operation, "TraceInstances").map(({ TraceInstanceId }) =>
        required(TraceInstanceId, operation, "TraceInstanceId"),
      ),
      total: required(Total, operation, "Total"),
    })),
  );
}

async function* searchInstance(connection: Connection, TraceInstanceId: string, request: TraceRequest): AsyncGenerator<TraceSummary[]> {
  const { service, errorsOnly, minDurationMs, window } = request;
  const list = countedPages(OPERATION, (_, Offset) =>
    connection.tls(
      OPERATION,
      {
        TraceInstanceId,
        Query: {
          // In microseconds.
          StartTimeMin: window.fromMs * 1_000,
          StartTimeMax: window.toMs * 1_000,
          ...(service === undefined ? {} : { ServiceName: service }),
          ...(errorsOnly ? { StatusCode: "ERROR" } : {}),
          ...(minDurationMs === undefined || minDurationMs <= 0 ? {} : { DurationMin: Math.ceil(minDurationMs * 1_000) }),
          Order: "Start",
          Asc: false,
          Offset,
          Limit: TRACES_A_PAGE,
        },
      },
      ({ TraceInfos, Total }) => ({
        items: requiredList(TraceInfos, OPERATION, "TraceInfos").map(summaryOf),
        total: required(Total, OPERATION, "Total"),
      }),
    ),
  );
  // Whether the end of the window belongs to it is not published.
  for await (const page of list) yield page.filter(({ timestampMs }) => timestampMs >= window.fromMs && timestampMs < window.toMs);
}

function summaryOf(trace: NativeTrace): TraceSummary {
  return {
    id: required(trace.TraceId, OPERATION, "TraceId"),
    timestampMs: Math.floor(required(trace.StartTime, OPERATION, "StartTime") / 1_000),
    durationMs: required(trace.Duration, OPERATION, "Duration") / 1_000,
    service: required(trace.ServiceName, OPERATION, "ServiceName") || null,
    operation: required(trace.OperationName, OPERATION, "OperationName") || null,
    status: statusOf(trace),
  };
}

/** OpenTelemetry's names of the attribute, the stable one first. */
const HTTP_STATUS = ["http.response.status_code", "http.status_code"] as const;

/** The log service knows errors only; the HTTP status, where the trace has one, tells whose. */
function statusOf({ StatusCode, Attributes }: NativeTrace): TraceSummary["status"] {
  if (required(StatusCode, OPERATION, "StatusCode").toUpperCase() !== "ERROR") return "ok";
  const http = Number(HTTP_STATUS.map((name) => Attributes?.[name]).find((value) => value !== undefined));
  if (http === 429) return "throttle";
  return http >= 500 ? "fault" : "error";
}
