import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hash, hexDigits, pick } from "../hash.ts";
import { serial, vpcIdOf, zoneOf } from "./native-names.ts";
import { boundedInteger, optionalText } from "./parameters.ts";
import type { VolcengineReply, VolcengineRequest, VolcengineService, VolcengineServiceFactory } from "./service.ts";

const PAGE_BY_DEFAULT = 10;

interface Engine {
  /** The service, and how the ids of its instances begin. */
  readonly service: string;
  readonly idPrefix: string;
  readonly versions: readonly [string, ...string[]];
  readonly port: string;
  readonly specs: readonly [string, ...string[]];
  /** Instances a page (API reference, DescribeDBInstances, "PageSize"). */
  readonly mostAPage: number;
}

const ENGINES: readonly Engine[] = [
  {
    service: "rds_mysql",
    idPrefix: "mysql-",
    versions: ["MySQL_8_0", "MySQL_5_7"],
    port: "3306",
    specs: ["rds.mysql.d1.n.2c4g", "rds.mysql.d1.n.4c8g"],
    mostAPage: 500,
  },
  {
    service: "rds_postgresql",
    idPrefix: "postgres-",
    versions: ["PostgreSQL_15", "PostgreSQL_13"],
    port: "5432",
    specs: ["rds.postgres.2c4g", "rds.postgres.4c8g"],
    mostAPage: 1_000,
  },
];

/** Volcengine RDS for MySQL and for PostgreSQL (volcengine.com/docs/6313 and 6438): database instances. */
export const rdsServices: readonly VolcengineServiceFactory[] = ENGINES.map(
  (engine) =>
    (fleet): VolcengineService => ({
      id: engine.service,
      protocol: "open-api",
      versions: ["2022-01-01"],
      operations: {
        DescribeDBInstances: {
          parameters: {
            InstanceId: { TypeName: "string" },
            InstanceName: { TypeName: "string" },
            InstanceStatus: { TypeName: "string" },
            DBEngineVersion: { TypeName: "string" },
            ZoneId: { TypeName: "string" },
            PageNumber: { TypeName: "integer" },
            PageSize: { TypeName: "integer" },
          },
          handle: (request) => describeInstances(fleet, engine, request),
        },
      },
    }),
);

function describeInstances(fleet: Fleet, engine: Engine, { account, region, input }: VolcengineRequest): VolcengineReply {
  const number = boundedInteger(input, "PageNumber", 1, 1_000_000, 1);
  const size = boundedInteger(input, "PageSize", 1, engine.mostAPage, PAGE_BY_DEFAULT);
  const is = (name: string, value: string) => (optionalText(input, name) ?? value) === value;
  const found = fleet
    .of(account, region, "database")
    .filter((database) => database.id.startsWith(engine.idPrefix) && database.name.includes(optionalText(input, "InstanceName") ?? ""))
    .filter((database) => is("InstanceId", database.id) && is("InstanceStatus", statusOf(database)))
    .filter((database) => is("DBEngineVersion", versionOf(database, engine)) && is("ZoneId", zoneOf(database)));
  const page = found.slice((number - 1) * size, number * size);
  return { Instances: page.map((database) => instanceShape(database, engine)), Total: found.length };
}

/** MySQL instances can be paused (StopDBInstance); what the state is called then is not in the reference. */
function statusOf({ state }: FleetResource): string {
  return state === "stopped" ? "Stopped" : "Running";
}

function versionOf({ key }: FleetResource, { versions }: Engine): string {
  return pick(versions, key, "version");
}

/** An instance as the vendor's Go SDK has it (InstanceForDescribeDBInstancesOutput). */
function instanceShape(database: FleetResource, engine: Engine): Readonly<Record<string, unknown>> {
  const { key, id, name, tags, region } = database;
  const subnet = `subnet-${serial(20, hash(region), "subnet")}`;
  const createdMs = Date.UTC(2025, 0, 1) + Math.floor(chance(key, "created") * 365) * 86_400_000;
  return {
    InstanceId: id,
    InstanceName: name,
    InstanceStatus: statusOf(database),
    InstanceType: "DoubleNode",
    DBEngineVersion: versionOf(database, engine),
    NodeSpec: pick(engine.specs, key, "spec"),
    NodeNumber: 2,
    StorageType: "LocalSSD",
    StorageSpace: 20 * (1 + Math.floor(chance(key, "storage") * 25)),
    RegionId: region,
    ZoneId: zoneOf(database),
    VpcId: vpcIdOf(database),
    SubnetId: subnet,
    ProjectName: "default",
    CreateTime: new Date(createdMs).toISOString(),
    ChargeDetail: { ChargeType: chance(key, "charge") < 0.6 ? "PostPaid" : "PrePaid", ChargeStatus: "Normal", AutoRenew: false },
    AddressObject: [
      {
        NetworkType: "Private",
        Domain: `${id}.rds.ivolces.com`,
        IPAddress: `172.16.${hash(key, "net") % 32}.${1 + (hash(key, "host") % 250)}`,
        Port: engine.port,
        SubnetId: subnet,
        EipId: "",
        DNSVisibility: false,
      },
    ],
    AllowListVersion: `initial-${hexDigits(4, key, "allow")}`,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}
