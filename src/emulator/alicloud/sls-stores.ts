import type { Fleet } from "../fleet.ts";
import { type LogSourceData, logSourcesOf } from "../log-data.ts";
import { SlsError } from "./sls-error.ts";
import { INDEXED_FIELDS, TTL_DAYS } from "./sls-record.ts";
import type { SlsOperation, SlsReply, SlsRequest } from "./sls-service.ts";
import { DEFAULT_DELIMITERS } from "./sls-words.ts";

const MOST_ROWS = 500;
const DEFAULT_PROJECTS = 100;

/** `nephos-main-cn-hangzhou`: the one project of an account in a region in which machines run. */
function projectName(fleet: Fleet, account: string, region: string): string {
  return `nephos-${fleet.accounts.find(({ id }) => id === account)?.name}-${region}`;
}

/** `PROJECT/LOGSTORE`: two projects of one region may have logstores of one name. */
export function logSourceName(fleet: Fleet, source: LogSourceData): string {
  return `${projectName(fleet, source.account, source.region)}/${logstoreName(source)}`;
}

function logstoreName({ name }: Pick<LogSourceData, "name">): string {
  return `app-${name}`;
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
    findLogstore(fleet, request);
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
        ttl: TTL_DAYS,
      },
    };
  };
}

function storesOf(fleet: Fleet, { account, region, project }: SlsRequest): readonly LogSourceData[] {
  const owner = fleet.accounts.find(({ id }) => projectName(fleet, id, region) === project)?.id;
  if (owner === undefined || fleet.of(owner, region, "virtual-machine").length === 0)
    throw new SlsError(404, "ProjectNotExist", `The Project does not exist : ${project ?? ""}`);
  if (owner !== account) throw new SlsError(401, "Unauthorized", `The project ${project} does not belong to you.`);
  return logSourcesOf(fleet, owner, region).filter(({ kind }) => kind === "application");
}

function page(name: string, rows: readonly unknown[], input: SlsRequest["input"], defaultSize: number): SlsReply {
  const offset = Number(input.offset ?? 0);
  const size = Number(input.size ?? defaultSize);
  if (!Number.isInteger(offset) || offset < 0) throw new SlsError(400, "ParameterInvalid", "offset must be a whole number from 0");
  if (!Number.isInteger(size) || size < 0 || size > MOST_ROWS)
    throw new SlsError(400, "ParameterInvalid", `size must be from 0 to ${MOST_ROWS}`);
  const part = rows.slice(offset, offset + size);
  return { body: { count: part.length, total: rows.length, [name]: part } };
}
