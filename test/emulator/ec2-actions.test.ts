import {
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  type DescribeSecurityGroupsCommandInput,
  GetPasswordDataCommand,
  paginateDescribeSecurityGroups,
  StopInstancesCommand,
} from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { MAIN, refusal, startedEmulator, WINDOW } from "./started-emulator.ts";

type Started = Awaited<ReturnType<typeof startedEmulator>>;

async function machinesOf(emulator: Started, state: string) {
  const { resources } = await emulator.truth(WINDOW.from, WINDOW.to);
  return resources.filter(
    (row) => row.kind === "virtual-machine" && row.account === MAIN && row.region === "us-east-1" && row.state === state,
  );
}

async function stateOf(emulator: Started, id: string) {
  const { Reservations } = await emulator.ec2().send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return Reservations?.[0]?.Instances?.[0]?.State;
}

describe("StopInstances", () => {
  it("stops machines: in its reply, in the next list, in the truth, until a reset", async () => {
    const emulator = await startedEmulator({ instances: 100 });
    const [first, second] = await machinesOf(emulator, "running");
    const reply = await emulator.ec2().send(new StopInstancesCommand({ InstanceIds: [first!.id, second!.id] }));
    const change = { CurrentState: { Code: 64, Name: "stopping" }, PreviousState: { Code: 16, Name: "running" } };
    expect(reply.StoppingInstances).toEqual([first, second].map((machine) => ({ InstanceId: machine!.id, ...change })));
    expect(await stateOf(emulator, first!.id)).toEqual({ Code: 80, Name: "stopped" });
    const stopped = new Set((await machinesOf(emulator, "stopped")).map(({ id }) => id));
    expect([first!.id, second!.id].map((id) => stopped.has(id))).toEqual([true, true]);
    const filtered = new DescribeInstancesCommand({ Filters: [{ Name: "instance-state-name", Values: ["stopped"] }] });
    const listed = (await emulator.ec2().send(filtered)).Reservations?.flatMap(({ Instances }) => Instances ?? []) ?? [];
    expect(new Set(listed.map(({ InstanceId }) => InstanceId))).toEqual(stopped);
    await emulator.post("reset", {});
    expect(await stateOf(emulator, first!.id)).toEqual({ Code: 16, Name: "running" });
    expect((await machinesOf(emulator, "running")).some(({ id }) => id === first!.id)).toBe(true);
  });

  it("leaves alone what is stopped, and refuses what is gone, unknown or only tried", async () => {
    const emulator = await startedEmulator({ instances: 2_000 });
    const [running] = await machinesOf(emulator, "running");
    const [stopped] = await machinesOf(emulator, "stopped");
    const [terminated] = await machinesOf(emulator, "terminated");
    const stop = (InstanceIds: string[], DryRun = false) => emulator.ec2().send(new StopInstancesCommand({ InstanceIds, DryRun }));
    expect((await stop([stopped!.id])).StoppingInstances?.[0]?.CurrentState?.Name).toBe("stopped");
    expect((await refusal(stop([running!.id, terminated!.id]))).name).toBe("IncorrectInstanceState");
    expect((await refusal(stop([running!.id, "i-0123456789abcdef0"]))).name).toBe("InvalidInstanceID.NotFound");
    expect((await refusal(stop([running!.id], true))).name).toBe("DryRunOperation");
    expect(await stateOf(emulator, running!.id)).toEqual({ Code: 16, Name: "running" });
  });
});

describe("GetPasswordData", () => {
  it("has a password for machines that run Windows, and an empty one for the others", async () => {
    const emulator = await startedEmulator({ instances: 200 });
    const { Reservations } = await emulator.ec2().send(new DescribeInstancesCommand({}));
    const instances = Reservations?.flatMap((reservation) => reservation.Instances ?? []) ?? [];
    const windows = instances.find(({ Platform }) => String(Platform) === "windows");
    const linux = instances.find(({ Platform }) => Platform === undefined);
    const passwordOf = async (InstanceId: string | undefined) =>
      (await emulator.ec2().send(new GetPasswordDataCommand({ InstanceId }))).PasswordData;
    expect(await passwordOf(windows?.InstanceId)).toMatch(/^[A-Za-z0-9+/=]{80,}$/);
    expect(await passwordOf(linux?.InstanceId)).toBe("");
  });
});

describe("DescribeSecurityGroups", () => {
  it("tells the groups of the truth, page by page, and which of them let the world in", async () => {
    const emulator = await startedEmulator({ instances: 400 });
    const client = emulator.ec2();
    const told: Record<string, readonly (number | undefined)[]> = {};
    for await (const page of paginateDescribeSecurityGroups({ client }, { MaxResults: 5 })) {
      for (const group of page.SecurityGroups ?? []) {
        const open = group.IpPermissions?.filter(({ IpRanges }) => IpRanges?.some(({ CidrIp }) => CidrIp === "0.0.0.0/0"));
        told[group.GroupId ?? ""] = open?.map(({ FromPort }) => FromPort) ?? [];
      }
    }
    const { records } = await emulator.truth(WINDOW.from, WINDOW.to);
    const groups = records.filter(({ type }) => type === "security-group");
    const here = groups.filter(({ account, region }) => account === MAIN && region === "us-east-1");
    expect(told).toEqual(Object.fromEntries(here.map(({ id, attributes }) => [id, attributes.openPortsToWorld])));
    expect(new Set(groups.map(({ attributes }) => attributes.open22ToWorld))).toEqual(new Set([true, false]));
  });

  it("finds them by id, name and rule", async () => {
    const emulator = await startedEmulator({ instances: 400 });
    const find = async (input: DescribeSecurityGroupsCommandInput) =>
      (await emulator.ec2().send(new DescribeSecurityGroupsCommand(input))).SecurityGroups?.map(({ GroupName }) => GroupName);
    expect(await find({ GroupNames: ["checkout-web"] })).toEqual(["checkout-web"]);
    expect(await find({ Filters: [{ Name: "tag:service", Values: ["auth"] }] })).toEqual(["auth-web", "auth-db"]);
    const databases = await find({ Filters: [{ Name: "ip-permission.from-port", Values: ["3306"] }] });
    expect(databases?.every((name) => name?.endsWith("-db"))).toBe(true);
    const unknown = new DescribeSecurityGroupsCommand({ GroupIds: ["sg-0123456789abcdef0"] });
    expect((await refusal(emulator.ec2().send(unknown))).name).toBe("InvalidGroup.NotFound");
  });
});
