import { expect, it } from "vitest";
import { MAIN, NOW_MS, startedVolcengine, WINDOW, type WireInstance } from "./started-volcengine.ts";

type World = Awaited<ReturnType<typeof startedVolcengine>>;
type Row = Readonly<Record<string, unknown>>;
const DAY_MS = 86_400_000;

async function truthOf(world: World) {
  const { records, resources } = await world.truth(WINDOW.from.toISOString(), WINDOW.to.toISOString());
  const isHere = ({ account, region }: { account: string; region: string }) => account === MAIN && region === "cn-beijing";
  return { records: records.filter(isHere), machines: resources.filter((row) => isHere(row) && row.kind === "virtual-machine") };
}

async function everyRow(world: World, operation: string, member: string, input: object): Promise<Row[]> {
  const found: Row[] = [];
  let NextToken = "";
  do {
    const { Result } = await world.call("ecs", operation, { ...input, ...(NextToken === "" ? {} : { NextToken }) });
    found.push(...((Result?.[member] as Row[]) ?? []));
    NextToken = String(Result?.NextToken ?? "");
  } while (NextToken !== "");
  return found;
}

it.each([undefined, 2, 500])("key pairs come %s a page as the truth has them", async (MaxResults) => {
  const world = await startedVolcengine({ instances: 600 });
  const told = await everyRow(world, "DescribeKeyPairs", "KeyPairs", MaxResults === undefined ? {} : { MaxResults });
  const { records } = await truthOf(world);
  expect(told.map(({ KeyPairId, KeyPairName, FingerPrint }) => [KeyPairId, KeyPairName, FingerPrint])).toEqual(
    records.filter(({ type }) => type === "key-pair").map(({ id, name, attributes }) => [id, name, attributes.fingerprint]),
  );
  expect(told.length).toBeGreaterThan(10);
});

it("system events are those of the truth, of the last day unless asked otherwise", async () => {
  const world = await startedVolcengine({ instances: 800 });
  const { records } = await truthOf(world);
  const events = records.filter(({ type }) => type === "system-event");
  const rows = (list: readonly Row[]) => list.map(({ Id, ResourceId, Type, Status }) => [Id, ResourceId, Type, Status]);
  const expected = (since: number) =>
    events
      .filter(({ attributes }) => Number(attributes.createdMs) >= since)
      .map(({ id, attributes }) => [id, attributes.resource, attributes.eventType, attributes.status]);
  const month = { CreatedAtStart: new Date(NOW_MS - 30 * DAY_MS).toISOString(), MaxResults: 7 };
  expect(rows(await everyRow(world, "DescribeSystemEvents", "SystemEvents", month))).toEqual(expected(NOW_MS - 30 * DAY_MS));
  const day = rows(await everyRow(world, "DescribeSystemEvents", "SystemEvents", {}));
  expect(day).toEqual(expected(NOW_MS - DAY_MS));
  expect(day.length).toBeGreaterThan(0);
  expect(day.length).toBeLessThan(events.length);
  const failed = await everyRow(world, "DescribeSystemEvents", "SystemEvents", { ...month, "Status.1": "Failed" });
  expect(rows(failed)).toEqual(expected(0).filter(([, , , status]) => status === "Failed"));
});

it("StopInstances stops what runs and says of the rest why not, in lists and truth, until a reset", async () => {
  const world = await startedVolcengine({ instances: 300 });
  const { machines } = await truthOf(world);
  const running = machines.find(({ state }) => state === "running")?.id ?? "";
  const stopped = machines.find(({ state }) => state === "stopped")?.id ?? "";
  const input = { "InstanceIds.1": running, "InstanceIds.2": stopped, "InstanceIds.3": "i-none" };
  const { Result } = await world.call<{ OperationDetails: { InstanceId: string; Error: { Code: string } | null }[] }>(
    "ecs",
    "StopInstances",
    input,
  );
  expect(Result?.OperationDetails.map(({ InstanceId, Error: refusal }) => [InstanceId, refusal?.Code])).toEqual([
    [running, undefined],
    [stopped, "InvalidInstanceStatus"],
    ["i-none", "InvalidInstance.NotFound"],
  ]);
  const statusOf = async () =>
    ((await everyRow(world, "DescribeInstances", "Instances", { "InstanceIds.1": running })) as unknown as WireInstance[])[0]?.Status;
  const stateOf = async () => (await truthOf(world)).machines.find(({ id }) => id === running)?.state;
  expect([await statusOf(), await stateOf()]).toEqual(["STOPPED", "stopped"]);
  const listed = await everyRow(world, "DescribeInstances", "Instances", { Status: "STOPPED", MaxResults: 100 });
  expect(listed.map(({ InstanceId }) => InstanceId)).toContain(running);
  await world.post("reset", {});
  expect([await statusOf(), await stateOf()]).toEqual(["RUNNING", "running"]);
});

it("DescribeInstanceVncUrl gives a console, to each instance its own", async () => {
  const world = await startedVolcengine({ instances: 100 });
  const { machines } = await truthOf(world);
  const urls = await Promise.all(
    machines.slice(0, 3).map(async ({ id }) => (await world.call("ecs", "DescribeInstanceVncUrl", { InstanceId: id })).Result?.VncUrl),
  );
  for (const url of urls) expect(url).toMatch(/^wss:\/\/cn-beijing-a01-vncproxy-ecs\.volcengine\.com:443\/websockify\/destInfoToken\//);
  expect(new Set(urls).size).toBe(3);
});
