import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hash, pick } from "../hash.ts";
import { vpcIdOf } from "./ecs-security-group-data.ts";
import { nativeId, zoneOf } from "./native-names.ts";
import { pagePosition, pageToken } from "./page-token.ts";
import { RpcError } from "./rpc-error.ts";
import { forbiddenByRam } from "./rpc-refusals.ts";
import type { RpcRequest, RpcServiceFactory } from "./rpc-service.ts";

const DEFAULT_ROWS = 30;
const MOST_ROWS = 100;
const CLASSES = ["mysql.n2.medium.2c", "rds.mysql.s3.large", "pg.n4.large.2c"] as const;
const STATUSES: Readonly<Record<string, string>> = { available: "Running", stopped: "Stopped" };
const UNBOUND = ["NextToken", "MaxResults"];

/** Parameters that name one value of the list. */
const VALUES: Readonly<Record<string, (database: FleetResource) => string>> = {
  DBInstanceId: ({ id }) => id,
  DBInstanceStatus: ({ state }) => STATUSES[state] ?? "",
  Engine: (database) => engineOf(database).engine,
  ZoneId: zoneOf,
};

/** ApsaraDB RDS: database instances and their tags, which the list itself does not have. */
export const rdsService: RpcServiceFactory = (fleet) => ({
  id: "rds",
  version: "2014-08-15",
  endpoint: "rds",
  operations: {
    DescribeDBInstances: (request) => describeDatabases(fleet, request),
    DescribeTags: (request) => describeTags(fleet, request),
  },
  pageLost: invalidNextToken,
  denied: forbiddenByRam,
});

function describeDatabases(fleet: Fleet, request: RpcRequest): Record<string, unknown> {
  const { account, region, input } = request;
  requireRegion(request);
  const byToken = input.MaxResults !== undefined || input.NextToken !== undefined;
  const size = wholeNumber(byToken ? input.MaxResults : input.PageSize, DEFAULT_ROWS, MOST_ROWS);
  const number = byToken ? 1 : wholeNumber(input.PageNumber, 1, Number.MAX_SAFE_INTEGER);
  const binding = [
    account,
    region,
    Object.entries(input)
      .filter(([name]) => !UNBOUND.includes(name))
      .sort(),
  ];
  const from = byToken ? pagePosition(input.NextToken, binding) : (number - 1) * size;
  if (from === undefined) throw invalidNextToken();
  const tags = input.Tags ? tagsOf(input.Tags) : [];
  const matching = fleet
    .of(account, region, "database")
    .filter((database) => Object.entries(VALUES).every(([name, read]) => !input[name] || read(database) === input[name]))
    .filter(({ id, name }) => !input.SearchKey || id.includes(input.SearchKey) || name.includes(input.SearchKey))
    .filter((database) => tags.every(([key, value]) => database.tags[key] === value));
  const page = matching.slice(from, from + size);
  return {
    Items: { DBInstance: page.map(databaseShape) },
    PageNumber: number,
    PageRecordCount: page.length,
    // By token it only counts the page (DescribeDBInstances reference, `TotalRecordCount`).
    TotalRecordCount: byToken ? page.length : matching.length,
    ...(byToken && from + size < matching.length ? { NextToken: pageToken(from + size, binding) } : {}),
  };
}

/** DescribeTags: each tag of the region once, with the instances that have it. */
function describeTags(fleet: Fleet, request: RpcRequest): Record<string, unknown> {
  const { account, region, input } = request;
  requireRegion(request);
  const infos = new Map<
    string,
    { readonly TagKey: string; readonly TagValue: string; readonly DBInstanceIds: { readonly DBInstanceIds: string[] } }
  >();
  for (const { id, tags } of fleet.of(account, region, "database")) {
    if (input.DBInstanceId && input.DBInstanceId !== id) continue;
    for (const [TagKey, TagValue] of Object.entries(tags)) {
      const key = JSON.stringify([TagKey, TagValue]);
      const info = infos.get(key) ?? { TagKey, TagValue, DBInstanceIds: { DBInstanceIds: [] } };
      info.DBInstanceIds.DBInstanceIds.push(id);
      infos.set(key, info);
    }
  }
  const wanted = input.Tags ? tagsOf(input.Tags) : [];
  const matching = [...infos.values()].filter(
    ({ TagKey, TagValue }) => wanted.length === 0 || wanted.some(([key, value]) => key === TagKey && value === TagValue),
  );
  return { Items: { TagInfos: matching } };
}

/** The `DBInstance` shape of the DescribeDBInstances reference. */
function databaseShape(database: FleetResource): Readonly<Record<string, unknown>> {
  const { key, id, name, account, region, state, tags } = database;
  const { engine, version } = engineOf(database);
  const created = Date.UTC(2024, 0, 1) + Math.floor(chance(key, "created") * 365) * 86_400_000;
  return {
    DBInstanceId: id,
    DBInstanceDescription: name,
    DBInstanceStatus: STATUSES[state] ?? "Stopped",
    DBInstanceClass: pick(CLASSES, key, "class"),
    DBInstanceType: "Primary",
    DBInstanceNetType: "Intranet",
    DBInstanceStorageType: "cloud_essd",
    Engine: engine,
    EngineVersion: version,
    PayType: "Postpaid",
    CreateTime: `${new Date(created).toISOString().slice(0, 19)}Z`,
    ExpireTime: "",
    LockMode: "Unlock",
    LockReason: "",
    RegionId: region,
    ZoneId: zoneOf(database),
    InstanceNetworkType: "VPC",
    ConnectionMode: "Standard",
    ConnectionString: `${id}.mysql.rds.aliyuncs.com`,
    VpcId: vpcIdOf(account, region),
    VSwitchId: `vsw-${nativeId(region, hash(account, zoneOf(database), "vswitch"), account)}`,
    ResourceGroupId: "rg-acfmxazb4ph6aiy",
    MutriORsignle: false,
    DeletionProtection: tags.env === "prod",
    ReadOnlyDBInstanceIds: { ReadOnlyDBInstanceId: [] },
  };
}

function engineOf({ name }: FleetResource) {
  return name.includes("mysql") ? { engine: "MySQL", version: "8.0" } : { engine: "PostgreSQL", version: "16.0" };
}

function requireRegion({ input }: RpcRequest): void {
  if (!input.RegionId) throw new RpcError(400, "MissingRegionId", "RegionId is mandatory for this action.");
}

function wholeNumber(text: string | undefined, byDefault: number, most: number): number {
  const number = Number(text ?? byDefault);
  if (!Number.isInteger(number) || number < 1 || number > most)
    throw new RpcError(400, "InvalidPageSize.Malformed", "The Specified page size or number is not valid.");
  return number;
}

/** `{"key":"value"}`. */
function tagsOf(text: string): readonly (readonly [key: string, value: string])[] {
  try {
    const tags: unknown = JSON.parse(text);
    if (typeof tags === "object" && tags !== null) return Object.entries(tags).map(([key, value]) => [key, String(value)]);
  } catch {
    // Refused below.
  }
  throw new RpcError(400, "InvalidTags.Malformed", "The specified parameter Tags is not valid.");
}

function invalidNextToken(): RpcError {
  return new RpcError(400, "InvalidNextToken", "The specified NextToken is not valid.");
}
