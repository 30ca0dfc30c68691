import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hexDigits, pick } from "../hash.ts";
import { pagePosition, pageToken } from "../page-token.ts";
import { AwsError } from "./aws-error.ts";
import { zoneOf } from "./native-names.ts";
import type { AwsRequest, AwsServiceFactory } from "./service.ts";
import { element, listElement, outputXml, textElement } from "./xml.ts";

const DEFAULT_PAGE = 100;
const LEAST_PAGE = 20;
const CLASSES = ["db.t4g.medium", "db.m6g.large", "db.r6g.xlarge"] as const;
const ENGINES = {
  mysql: { engine: "mysql", version: "8.0.39", port: 3306, user: "admin" },
  postgres: { engine: "postgres", version: "16.4", port: 5432, user: "postgres" },
} as const;

/** Amazon RDS: database instances. */
export const rdsService: AwsServiceFactory = (fleet) => ({
  id: "rds",
  signingName: "rds",
  protocols: ["query"],
  iamPrefix: "rds",
  query: { version: "2014-10-31", namespace: "http://rds.amazonaws.com/doc/2014-10-31/" },
  pageToken: { input: "Marker", reply: "Marker", refused: invalidMarker },
  operations: { DescribeDBInstances: (request) => describeDatabases(fleet, request) },
});

function describeDatabases(fleet: Fleet, { account, region, input }: AwsRequest): string {
  const { DBInstanceIdentifier: wanted, MaxRecords: maxRecords = DEFAULT_PAGE, Marker: marker } = input;
  const limit = Number(maxRecords);
  if (!Number.isInteger(limit) || limit < LEAST_PAGE || limit > DEFAULT_PAGE)
    throw new AwsError(
      "InvalidParameterValue",
      `Invalid value ${String(maxRecords)} for MaxRecords. Must be between ${LEAST_PAGE} and ${DEFAULT_PAGE}`,
    );
  const tests = filtersOf(input);
  const found = fleet
    .of(account, region, "database")
    .filter((database) => wanted === undefined || database.id === String(wanted).toLowerCase())
    .filter((database) => tests.every((test) => test(database)))
    .toSorted((left, right) => (left.id < right.id ? -1 : 1));
  if (wanted !== undefined && found.length === 0)
    throw new AwsError("DBInstanceNotFound", `DBInstance ${String(wanted)} not found.`, { status: 404 });
  const binding = [account, region, wanted ?? null, input.Filters ?? null];
  const from = pagePosition(typeof marker === "string" ? marker : undefined, binding);
  if (from === undefined) throw invalidMarker();
  return (
    element(
      "DBInstances",
      found
        .slice(from, from + limit)
        .map((database) => element("DBInstance", databaseXml(database)))
        .join(""),
    ) + (from + limit < found.length ? textElement("Marker", pageToken(from + limit, binding)) : "")
  );
}

type Test = (database: FleetResource) => boolean;

const FILTERS: Readonly<Record<string, (database: FleetResource) => readonly string[]>> = {
  "db-instance-id": (database) => [database.id, databaseArn(database)],
  "dbi-resource-id": (database) => [resourceId(database)],
  engine: (database) => [engineOf(database).engine],
};

function filtersOf(input: AwsRequest["input"]): readonly Test[] {
  const list =
    (input.Filters as { Filter?: readonly { Name?: string; Values?: { Value?: readonly string[] } }[] } | undefined)?.Filter ?? [];
  return list.map(({ Name: name = "", Values: values }) => {
    const read = FILTERS[name];
    if (read === undefined) throw new AwsError("InvalidParameterValue", `Unrecognized filter name: ${name}`);
    return (database) => read(database).some((value) => values?.Value?.includes(value));
  });
}

/** The `DBInstance` shape of the vendor's model. */
function databaseXml(database: FleetResource): string {
  const { engine, version, port, user } = engineOf(database);
  const { key } = database;
  return (
    outputXml({
      DBInstanceIdentifier: database.id,
      DBInstanceClass: pick(CLASSES, key, "class"),
      Engine: engine,
      DBInstanceStatus: database.state,
      MasterUsername: user,
      DBName: database.application,
      Endpoint: {
        Address: `${database.id}.${hexDigits(12, database.account, database.region)}.${database.region}.rds.amazonaws.com`,
        Port: port,
        HostedZoneId: "Z2R2ITUGPM61AM",
      },
      AllocatedStorage: 20 * (1 + Math.floor(chance(key, "storage") * 25)),
      InstanceCreateTime: new Date(Date.UTC(2025, 0, 1) + Math.floor(chance(key, "created") * 365) * 86_400_000),
      PreferredBackupWindow: "03:00-04:00",
      BackupRetentionPeriod: chance(key, "backup") < 0.8 ? 7 : 0,
      AvailabilityZone: zoneOf(database),
      PreferredMaintenanceWindow: "sun:05:00-sun:06:00",
      MultiAZ: chance(key, "multi") < 0.4,
      EngineVersion: version,
      AutoMinorVersionUpgrade: true,
      LicenseModel: engine === "mysql" ? "general-public-license" : "postgresql-license",
      PubliclyAccessible: false,
      StorageType: "gp3",
      DbInstancePort: 0,
      StorageEncrypted: chance(key, "encrypted") < 0.8,
      DbiResourceId: resourceId(database),
      CACertificateIdentifier: "rds-ca-rsa2048-g1",
      CopyTagsToSnapshot: true,
      MonitoringInterval: 0,
      DBInstanceArn: databaseArn(database),
      IAMDatabaseAuthenticationEnabled: false,
      PerformanceInsightsEnabled: false,
      DeletionProtection: database.tags.env === "prod",
    }) +
    listElement(
      "TagList",
      Object.entries(database.tags).map(([Key, Value]) => outputXml({ Key, Value })),
      "Tag",
    )
  );
}

function engineOf(database: FleetResource) {
  return database.name.includes("mysql") ? ENGINES.mysql : ENGINES.postgres;
}

function databaseArn({ account, region, id }: FleetResource): string {
  return `arn:aws:rds:${region}:${account}:db:${id}`;
}

function resourceId({ key }: FleetResource): string {
  return `db-${hexDigits(26, key, "resource").toUpperCase()}`;
}

function invalidMarker(): AwsError {
  return new AwsError("InvalidParameterValue", "Invalid value for Marker");
}
