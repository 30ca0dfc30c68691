import type { Fleet } from "../fleet.ts";
import { chinaTime } from "./native-names.ts";
import { boundedInteger, optionalText } from "./parameters.ts";
import { invalidArgument } from "./refusals.ts";
import type { VolcengineHandler, VolcengineRequest } from "./service.ts";
import { DELIMITERS, INDEXED_FIELDS } from "./tls-query.ts";
import { type LogTopic, logProjectOf, logTopicsOf, TTL_DAYS } from "./tls-world.ts";
import { VolcengineError } from "./volcengine-error.ts";

const PAGE_BY_DEFAULT = 20;
const MOST_A_PAGE = 100;
const CREATED = wireTime(Date.UTC(2025, 2, 3, 4, 5, 6));

export function describeProjects(fleet: Fleet): VolcengineHandler {
  return (request) => {
    const { account, region } = request;
    const project = logProjectOf(fleet, account, region);
    const found = project === undefined ? [] : [project].filter(({ id, name }) => named(request, "Project", { id, name }));
    return {
      Projects: pageOf(found, request).map(({ id, name }) => ({
        ProjectId: id,
        ProjectName: name,
        Description: "",
        CreateTime: CREATED,
        InnerNetDomain: `tls-${region}.ivolces.com`,
        TopicCount: logTopicsOf(fleet, account, region).length,
        IamProjectName: "default",
        Tags: [],
      })),
      Total: found.length,
    };
  };
}

export function describeTopics(fleet: Fleet): VolcengineHandler {
  return (request) => {
    const { account, region, input } = request;
    if (logProjectOf(fleet, account, region)?.id !== input.ProjectId)
      throw new VolcengineError("ProjectNotExists", `Project ${String(input.ProjectId)} does not exist.`, { status: 404 });
    // "TopicName and TopicId: only one of them" (SDK, IDescribeTopicsReq).
    if (optionalText(input, "TopicName") !== undefined && optionalText(input, "TopicId") !== undefined)
      throw invalidArgument("TopicName and TopicId cannot be given together.");
    const found = logTopicsOf(fleet, account, region).filter((topic) => named(request, "Topic", topic));
    return { Topics: pageOf(found, request).map(topicShape), Total: found.length };
  };
}

export function describeIndex(fleet: Fleet): VolcengineHandler {
  return (request) => ({
    TopicId: findTopic(fleet, request, String(request.input.TopicId)).id,
    FullText: { CaseSensitive: false, Delimiter: DELIMITERS, IncludeChinese: true },
    KeyValue: [...INDEXED_FIELDS].map(([key, index]) => ({
      Key: key,
      Value: {
        ValueType: index === "long" ? "long" : "text",
        Delimiter: index === "words" ? DELIMITERS : "",
        CaseSensitive: false,
        IncludeChinese: index === "words",
        SqlFlag: true,
        IndexAll: false,
        JsonKeys: [],
        AutoIndexFlag: false,
      },
    })),
    UserInnerKeyValue: [],
    EnableAutoIndex: false,
    MaxTextLen: 2_048,
    CreateTime: CREATED,
    ModifyTime: CREATED,
  });
}

/** @throws VolcengineError where the account has no such topic in the region. */
export function findTopic(fleet: Fleet, { account, region }: VolcengineRequest, id: string): LogTopic {
  const topic = logTopicsOf(fleet, account, region).find((candidate) => candidate.id === id);
  if (topic === undefined) throw new VolcengineError("TopicNotExist", `Topic ${id} does not exist.`, { status: 404 });
  return topic;
}

/** Whether a name and an id hold what the request asks for: both match by parts. */
export function named({ input }: VolcengineRequest, prefix: string, { id, name }: { readonly id: string; readonly name: string }): boolean {
  return name.includes(optionalText(input, `${prefix}Name`) ?? "") && id.includes(optionalText(input, `${prefix}Id`) ?? "");
}

export function pageOf<Row>(all: readonly Row[], { input }: VolcengineRequest): readonly Row[] {
  const number = boundedInteger(input, "PageNumber", 1, 1_000_000, 1);
  const size = boundedInteger(input, "PageSize", 1, MOST_A_PAGE, PAGE_BY_DEFAULT);
  return all.slice((number - 1) * size, number * size);
}

function topicShape({ id, name, project }: LogTopic): Readonly<Record<string, unknown>> {
  return {
    TopicId: id,
    TopicName: name,
    ProjectId: project.id,
    Description: "",
    ShardCount: 2,
    Ttl: TTL_DAYS,
    CreateTime: CREATED,
    ModifyTime: CREATED,
  };
}

/** `2025-03-03 12:05:06`, China's time: how the log service writes times. */
export function wireTime(timestampMs: number): string {
  return chinaTime(timestampMs).slice(0, 19).replace("T", " ");
}
