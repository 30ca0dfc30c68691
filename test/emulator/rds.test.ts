import { type DBInstance, DescribeDBInstancesCommand, type DescribeDBInstancesCommandInput, RDSClient } from "@aws-sdk/client-rds";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACCOUNT, type AwsWorld, NOON_MS, startAwsWorld } from "./aws-world.ts";

const REGION = "us-east-1";
let world: AwsWorld;
let rds: RDSClient;

beforeAll(async () => {
  // 2,000 machines come with 100 databases, some 25 of them here: more than the smallest page.
  world = await startAwsWorld({ instances: 2_000 });
  rds = new RDSClient(world.clientOptions(REGION));
});
afterAll(async () => {
  rds.destroy();
  await world.emulator.close();
});

async function truthOf() {
  const { resources } = await world.truth(NOON_MS - 60_000, NOON_MS);
  return resources.filter((row) => row.kind === "database" && row.account === ACCOUNT && row.region === REGION);
}

describe("DescribeDBInstances", () => {
  it("pages through the databases of the truth with state and tags", async () => {
    const found: DBInstance[] = [];
    let pages = 0;
    let Marker: string | undefined;
    do {
      const page = await rds.send(new DescribeDBInstancesCommand({ MaxRecords: 20, Marker }));
      found.push(...(page.DBInstances ?? []));
      Marker = page.Marker;
      pages++;
    } while (Marker !== undefined);
    const rows = await truthOf();
    expect(pages).toBe(Math.ceil(rows.length / 20));
    expect(pages).toBeGreaterThan(1);
    const shape = (id?: string, state?: string, tags?: object) => [id, { state, tags }] as const;
    expect(
      new Map(
        found.map(({ DBInstanceIdentifier, DBInstanceStatus, TagList }) =>
          shape(DBInstanceIdentifier, DBInstanceStatus, Object.fromEntries((TagList ?? []).map(({ Key, Value }) => [Key, Value]))),
        ),
      ),
    ).toEqual(new Map(rows.map(({ id, state, tags }) => shape(id, state, tags))));
    expect(
      found.every((database) => database.DBInstanceArn === `arn:aws:rds:${REGION}:${ACCOUNT}:db:${database.DBInstanceIdentifier}`),
    ).toBe(true);
    expect(found.every((database) => database.InstanceCreateTime instanceof Date && (database.Endpoint?.Port ?? 0) > 0)).toBe(true);
  });

  it("finds one by its identifier or by filters", async () => {
    const [row] = await truthOf();
    const byId = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: row!.id }));
    expect(byId.DBInstances?.map((database) => database.DBInstanceIdentifier)).toEqual([row!.id]);
    const Filters = [{ Name: "engine", Values: ["mysql"] }];
    const byEngine = await rds.send(new DescribeDBInstancesCommand({ Filters }));
    expect(byEngine.DBInstances?.length).toBeGreaterThan(0);
    expect(byEngine.DBInstances?.every((database) => database.Engine === "mysql")).toBe(true);
  });

  it("refuses what the vendor refuses", async () => {
    const refusals: [DescribeDBInstancesCommandInput, string][] = [
      [{ MaxRecords: 19 }, "InvalidParameterValue"],
      [{ MaxRecords: 101 }, "InvalidParameterValue"],
      [{ Marker: "made-up" }, "InvalidParameterValue"],
      [{ Filters: [{ Name: "colour", Values: ["red"] }] }, "InvalidParameterValue"],
      [{ DBInstanceIdentifier: "no-such-database" }, "DBInstanceNotFoundFault"],
    ];
    for (const [input, name] of refusals) await expect(rds.send(new DescribeDBInstancesCommand(input))).rejects.toMatchObject({ name });
  });
});
