import { expect, it } from "vitest";
import { shipped } from "../../../src/descriptions/shipped/index.ts";
import type { Emulator } from "../../../src/emulator/index.ts";
import type { DescriptionSource } from "../../../src/index.ts";
import { scripted } from "../../../src/models/scripted/index.ts";
import { newCloud } from "../../guarantees/durability/volume-world.ts";
import { ApprovalWorld } from "./approval-world.ts";
import { asks, GRACE, LINUS } from "./fake-platform.ts";

const PLANNED = JSON.stringify({ kind: "intent", tool: null, goal: "stop instances with the tag service=checkout, and nothing else" });
const STOPPING = `interface Row { id: string; state: string | null }
/** Stops the machines of the checkout application. */
async function main(): Promise<Row[]> {
  const { Reservations = [] } = await cloud.call("aws", "ec2", "DescribeInstances", { Filters: [{ Name: "tag:service", Values: ["checkout"] }] });
  const ids = Reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId = "" }) => InstanceId));
  if (ids.length === 0) return [];
  const { StoppingInstances = [] } = await cloud.call("aws", "ec2", "StopInstances", { InstanceIds: ids });
  return StoppingInstances.map(({ InstanceId = "", CurrentState }) => ({ id: InstanceId, state: CurrentState?.Name ?? null }));
}`;

/** The shipped descriptions of what is needed here. */
function machines(): DescriptionSource {
  const source = shipped();
  return {
    ...source,
    services: async (provider) => (provider === "aws" ? ["ec2"] : []),
    async describe(provider, service, signal) {
      const described = provider === "aws" && service === "ec2" ? await source.describe(provider, service, signal) : undefined;
      const operations = described?.operations.filter(({ name }) => name === "DescribeInstances" || name === "StopInstances") ?? [];
      return described === undefined ? undefined : { ...described, operations };
    },
  };
}

async function stops({ url }: Emulator): Promise<number> {
  const { calls } = (await (await fetch(`${url}/_emulator/calls`)).json()) as { calls: { operation: string }[] };
  return calls.filter(({ operation }) => operation === "ec2.StopInstances").length;
}

it("what changes something is run when two different people have approved it, not before", async () => {
  const cloud = await newCloud();
  const world = new ApprovalWorld(cloud);
  const model = scripted([PLANNED, `\`\`\`ts\n${STOPPING}\n\`\`\``]);
  const { reception } = await world.start({ orchestrator: { model, allow: ["write"], descriptions: [machines()] } });
  await reception.ask(asks("stop the instances of the checkout application"));
  await world.until(() => world.chat.views()[0]?.state === "waiting");
  const card = () => world.chat.views()[0]?.approvals[0];
  const id = card()?.id ?? "";
  expect(await world.click(reception, { id }, GRACE)).toMatchObject({ accepted: true, text: expect.stringContaining("another person") });
  await world.until(() => (card()?.decisions.length ?? 0) === 1);
  expect(await world.click(reception, { id }, GRACE)).toMatchObject({
    accepted: false,
    text: expect.stringContaining("approved this already"),
  });
  await world.pass(60_000);
  expect(world.chat.views()).toMatchObject([{ state: "waiting", approvals: [{ canDecide: true }] }]);
  expect(await stops(cloud)).toBe(0);
  expect(await world.click(reception, { id }, LINUS)).toMatchObject({ accepted: true });
  await world.quiet();
  expect(world.chat.views()).toMatchObject([{ state: "answered" }]);
  expect(card()?.decisions).toHaveLength(2);
  expect(await stops(cloud)).toBeGreaterThan(0);
  await cloud.close();
}, 60_000);
