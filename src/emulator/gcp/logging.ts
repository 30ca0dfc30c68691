import { invalidArgument } from "./google-error.ts";
import { listPage } from "./list-page.ts";
import { logMetricsOf, sinksOf } from "./log-routing-data.ts";
import { LogStore, listLogEntries } from "./logging-entries.ts";
import { listLogMetrics, listSinks } from "./logging-routing.ts";
import {
  CLOUD_PLATFORM_READ_ONLY_SCOPE,
  CLOUD_PLATFORM_SCOPE,
  type GoogleReply,
  type GoogleRequest,
  type GoogleServiceFactory,
} from "./service.ts";

const MOST_RESOURCES = 100;
const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 1_000;

/** Cloud Logging: entries and names of logs, sinks and metrics of entries. */
export const loggingService: GoogleServiceFactory = (fleet) => {
  const store = new LogStore(fleet);
  const [sinks, metrics] = [sinksOf(fleet), logMetricsOf(fleet)];
  return {
    id: "logging",
    host: "logging.googleapis.com",
    scopes: [
      CLOUD_PLATFORM_SCOPE,
      CLOUD_PLATFORM_READ_ONLY_SCOPE,
      "https://www.googleapis.com/auth/logging.admin",
      "https://www.googleapis.com/auth/logging.read",
    ],
    quota: { metric: "read_requests", limit: "ReadRequestsPerMinutePerProject", title: "Read requests" },
    legacyErrors: false,
    methods: [
      {
        name: "ListLogEntries",
        rpc: "google.logging.v2.LoggingServiceV2.ListLogEntries",
        verb: "POST",
        path: /^\/v2\/entries:list$/,
        permission: "logging.logEntries.list",
        projectsOf: (body) => resourceNames(body).flatMap((name) => /^projects\/([^/]+)/.exec(name)?.[1] ?? []),
        answer: (request) => {
          const names = resourceNames(request.body);
          if (names.length === 0 || names.length > MOST_RESOURCES)
            throw invalidArgument(`Between 1 and ${MOST_RESOURCES} resource names must be specified.`);
          const projects = names.map((name) => {
            const match = /^projects\/([^/]+)(\/locations\/[^/]+\/buckets\/[^/]+\/views\/[^/]+)?$/.exec(name);
            if (match === null) throw invalidArgument(`The name "${name}" is not a valid resource name.`);
            return match[1] ?? "";
          });
          return listLogEntries(store, [...new Set(projects)], request);
        },
      },
      {
        name: "ListLogs",
        rpc: "google.logging.v2.LoggingServiceV2.ListLogs",
        verb: "GET",
        path: /^\/v2\/projects\/(?<project>[^/]+)\/logs$/,
        permission: "logging.logs.list",
        answer: (request) => listLogs(store, request),
      },
      {
        name: "projects.sinks.list",
        rpc: "google.logging.v2.ConfigServiceV2.ListSinks",
        verb: "GET",
        path: /^\/v2\/projects\/(?<project>[^/]+)\/sinks$/,
        permission: "logging.sinks.list",
        answer: (request) => listSinks(sinks, request),
      },
      {
        name: "projects.metrics.list",
        rpc: "google.logging.v2.MetricsServiceV2.ListLogMetrics",
        verb: "GET",
        path: /^\/v2\/projects\/(?<project>[^/]+)\/metrics$/,
        permission: "logging.logMetrics.list",
        answer: (request) => listLogMetrics(metrics, request),
      },
    ],
  };
};

function resourceNames(body: Readonly<Record<string, unknown>>): readonly string[] {
  const projects = Array.isArray(body.projectIds) ? body.projectIds.map((id) => `projects/${String(id)}`) : [];
  return [...(Array.isArray(body.resourceNames) ? body.resourceNames.map(String) : []), ...projects];
}

/** `ListLogs`: page sizes that are not positive are ignored. */
function listLogs(store: LogStore, request: GoogleRequest): GoogleReply {
  const { items, rest } = listPage(store.names(request.project), request, {
    defaultSize: DEFAULT_PAGE,
    largestSize: LARGEST_PAGE,
    binding: [],
  });
  return { ...(items.length > 0 ? { logNames: items } : {}), ...rest };
}
