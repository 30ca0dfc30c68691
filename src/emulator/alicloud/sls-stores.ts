import type { Fleet } from "../fleet.ts";
import type { LogSourceData } from "../log-data.ts";
import { SlsError } from "./sls-error.ts";
import { dashboardsOf, logstoreName, logstoresOf, projectName, retentionDays, savedSearchesOf, shardsOf } from "./sls-project-data.ts";
import { INDEXED_FIELDS } from "./sls-record.ts";
import type { SlsOperation, SlsReply, SlsRequest } from "./sls-service.ts";
import { DEFAULT_DELIMITERS } from "./sls-words.ts";

const MOST_ROWS = 500;
const DEFAULT_PROJECTS = 100;

/** `PROJECT/LOGSTORE`: two projects of one region may have logstores of one name. */
export function logSourceName(fleet: Fleet, source: LogSourceData): string {
  return `${projectName(fleet, source.account, source.region)}/${logstoreName(source)}`;
}

/** The logstore a request names. Throws {@link SlsError} where project or logstore do not exist, or belong to somebody else. */
export function findLogstore(fleet: Fleet, request: SlsRequest): LogSourceData {
  const { logstore } = request;
  const found = storesOf(fleet, request).find((source) => logstoreName(source) === logstore);
  if (found === undefined) throw new SlsError(404, "LogStoreNotExist", `logstore ${logstore} does not exist`);
  return found;
}

/** ListProject: the projects of an account in the region of the endpoint. */
export function listProjects(fleet: Fleet): SlsOperation {
  return ({ account, region, input }) => {
    const name = projectName(fleet, account, region);
    const wanted = typeof input.projectName === "string" ? input.projectName : "";
    const exists = fleet.of(account, region, "virtual-machine").length > 0 && name.includes(wanted);
    const project = {
      projectName: name,
      description: "Application logs",
      owner: account,
      region,
      location: region,
      status: "Normal",
      createTime: "2025-01-15 08:00:00",
      lastModifyTime: "2025-01-15 08:00:00",
      resourceGroupId: "",
      dataRedundancyType: "LRS",
      recycleBinEnabled: false,
    };
    return page("projects", exists ? [project] : [], input, DEFAULT_PROJECTS);
  };
}

/** ListLogStores: the names of a project's logstores, in alphabetical order. */
export function listLogstores(fleet: Fleet): SlsOperation {
  return (request) => {
    const wanted = typeof request.input.logstoreName === "string" ? request.input.logstoreName : "";
    const names = storesOf(fleet, request).map(logstoreName);
    return page("logstores", names.filter((name) => name.includes(wanted)).sort(), request.input, MOST_ROWS);
  };
}

/** GetIndex: what of a logstore's logs can be searched, and how. */
export function getIndex(fleet: Fleet): SlsOperation {
  return (request) => {
    const store = findLogstore(fleet, request);
    const words = { caseSensitive: false, chn: true, token: DEFAULT_DELIMITERS };
    const keys = Object.entries(INDEXED_FIELDS).map(([name, type]) => [
      name,
      { type, doc_value: true, alias: "", ...(type === "text" ? words : {}) },
    ]);
    return {
      body: {
        index_mode: "v2",
        keys: Object.fromEntries(keys),
        line: words,
        lastModifyTime: Date.UTC(2025, 0, 15) / 1_000,
        log_reduce: false,
        max_text_len: 2_048,
        storage: "pg",
        ttl: retentionDays(store),
      },
    };
  };
}

/** GetLogStore: how long a logstore keeps its logs, and how it is cut. */
export function getLogstore(fleet: Fleet): SlsOperation {
  return (request) => {
    const store = findLogstore(fleet, request);
    const createTime = Date.UTC(2025, 0, 15) / 1_000;
    return {
      body: {
        logstoreName: logstoreName(store),
        ttl: retentionDays(store),
        hot_ttl: Math.min(retentionDays(store), 30),
        infrequentAccessTTL: 0,
        shardCount: shardsOf(store),
        autoSplit: true,
        maxSplitShard: 64,
        appendMeta: true,
        enable_tracking: false,
        telemetryType: "None",
        mode: "standard",
        productType: "",
        createTime,
        lastModifyTime: createTime,
      },
    };
  };
}

/** ListDashboard: the dashboards of a project. It tells neither count nor total. */
export function listDashboards(fleet: Fleet): SlsOperation {
  return (request) => {
    requireProject(fleet, request);
    const dashboards = partOf(dashboardsOf(fleet, request.account, request.region), request.input, MOST_ROWS);
    return {
      body: {
        dashboards: dashboards.map(({ id }) => id),
        dashboardItems: dashboards.map(({ id, displayName, description }) => ({ dashboardName: id, displayName, description })),
      },
    };
  };
}

/** ListSavedSearch: the queries of a project that were given a name. */
export function listSavedSearches(fleet: Fleet): SlsOperation {
  return (request) => {
    requireProject(fleet, request);
    const searches = savedSearchesOf(fleet, request.account, request.region).map(({ id, displayName, logstore, query }) => ({
      savedsearchName: id,
      displayName,
      logstore,
      searchQuery: query,
      topic: "",
    }));
    return page("savedsearchItems", searches, request.input, MOST_ROWS);
  };
}

function storesOf(fleet: Fleet, request: SlsRequest): readonly LogSourceData[] {
  requireProject(fleet, request);
  return logstoresOf(fleet, request.account, request.region);
}

function requireProject(fleet: Fleet, { account, region, project }: SlsRequest): void {
  const owner = fleet.accounts.find(({ id }) => projectName(fleet, id, region) === project)?.id;
  if (owner === undefined || fleet.of(owner, region, "virtual-machine").length === 0)
    throw new SlsError(404, "ProjectNotExist", `The Project does not exist : ${project ?? ""}`);
  if (owner !== account) throw new SlsError(401, "Unauthorized", `The project ${project} does not belong to you.`);
}

function page(name: string, rows: readonly unknown[], input: SlsRequest["input"], defaultSize: number): SlsReply {
  const part = partOf(rows, input, defaultSize);
  return { body: { count: part.length, total: rows.length, [name]: part } };
}

function partOf<Row>(rows: readonly Row[], input: SlsRequest["input"], defaultSize: number): readonly Row[] {
  const offset = Number(input.offset ?? 0);
  const size = Number(input.size ?? defaultSize);
  if (!Number.isInteger(offset) || offset < 0) throw new SlsError(400, "ParameterInvalid", "offset must be a whole number from 0");
  if (!Number.isInteger(size) || size < 0 || size > MOST_ROWS)
    throw new SlsError(400, "ParameterInvalid", `size must be from 0 to ${MOST_ROWS}`);
  return rows.slice(offset, offset + size);
}
