import type { ParameterType, VolcengineServiceFactory } from "./service.ts";
import { searchLogs } from "./tls-search.ts";
import { describeIndex, describeProjects, describeTopics } from "./tls-topics.ts";
import { describeTrace, describeTraceInstances, searchTraces } from "./tls-traces.ts";

const TEXT: ParameterType = { TypeName: "string" };
const NUMBER: ParameterType = { TypeName: "integer" };
const PAGES = { PageNumber: NUMBER, PageSize: NUMBER } as const;
const REQUIRED_TEXT: ParameterType = { ...TEXT, Required: true };
const REQUIRED_NUMBER: ParameterType = { ...NUMBER, Required: true };

/** Volcengine log service, TLS (volcengine.com/docs/6470): logs and traces. Parameters as in the typings of its SDK. */
export const tlsService: VolcengineServiceFactory = (fleet) => ({
  id: "tls",
  protocol: "tls",
  versions: ["0.2.0", "0.3.0"],
  operations: {
    DescribeProjects: { parameters: { ...PAGES, ProjectName: TEXT, ProjectId: TEXT }, handle: describeProjects(fleet) },
    DescribeTopics: {
      parameters: { ...PAGES, ProjectId: REQUIRED_TEXT, TopicName: TEXT, TopicId: TEXT },
      handle: describeTopics(fleet),
    },
    DescribeIndex: { parameters: { TopicId: REQUIRED_TEXT }, handle: describeIndex(fleet) },
    SearchLogs: {
      parameters: {
        TopicId: REQUIRED_TEXT,
        Query: REQUIRED_TEXT,
        StartTime: REQUIRED_NUMBER,
        EndTime: REQUIRED_NUMBER,
        Limit: NUMBER,
        Context: TEXT,
        Sort: TEXT,
        HighLight: { TypeName: "boolean" },
        AccurateQuery: { TypeName: "boolean" },
      },
      pageToken: { input: "Context", reply: "Context" },
      handle: searchLogs(fleet),
    },
    DescribeTraceInstances: {
      parameters: {
        ...PAGES,
        TraceInstanceName: TEXT,
        TraceInstanceId: TEXT,
        ProjectId: TEXT,
        ProjectName: TEXT,
        Status: TEXT,
      },
      handle: describeTraceInstances(fleet),
    },
    SearchTraces: {
      parameters: { TraceInstanceId: REQUIRED_TEXT, Query: { TypeName: "object", Required: true } },
      handle: searchTraces(fleet),
    },
    DescribeTrace: { parameters: { TraceInstanceId: REQUIRED_TEXT, TraceId: REQUIRED_TEXT }, handle: describeTrace(fleet) },
  },
});
