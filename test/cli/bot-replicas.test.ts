import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { postgresPrograms, type StartedPostgres, startPostgres } from "../stores/started-postgres.ts";
import type { BotInProcess } from "./bot-processes.ts";
import { type BotWorld, CODE_QUESTION, SIMPLE_QUESTION, startBotWorld } from "./bot-world.ts";
import { type Desk, sitDown } from "./run-nephoscope.ts";

describe.skipIf(postgresPrograms === undefined)("two replicas of a bot on PostgreSQL", { timeout: 180_000 }, () => {
  let postgres: StartedPostgres;
  let world: BotWorld;
  let desks: readonly Desk[];
  let replicas: readonly [BotInProcess, BotInProcess];

  beforeAll(async () => {
    [postgres, world] = await Promise.all([startPostgres(), startBotWorld()]);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([postgres.stop(), world[Symbol.asyncDispose]()]);
  });
  beforeEach(async () => {
    await world.rules({});
    const env = { NEPHOSCOPE_STORE: await postgres.emptyDatabase() };
    const [one, other] = [sitDown(), sitDown()];
    desks = [one, other];
    // One after the other: whoever comes first makes the tables.
    const first = await world.start(one, env, ["--log-level", "debug"]);
    replicas = [first, await world.start(other, env, ["--log-level", "debug"])];
  }, 60_000);
  afterEach(async () => {
    for (const replica of replicas) {
      replica.kill("SIGKILL");
      await replica.status;
    }
    for (const desk of desks) desk.leave();
  });

  /** From now on events go there. */
  const sendTo = async (replica: BotInProcess) => {
    await world.slack.settled();
    world.slack.deliverTo(`${replica.url}/slack/events`);
  };
  const logged = (replica: BotInProcess, message: string) => replica.log.filter((line) => line.message === message).length;
  const lastDelivery = () => world.slack.deliveries.at(-1)?.id ?? "";

  test("a delivery that reaches both is one question with one answer", async () => {
    const [one, other] = replicas;
    await sendTo(one);
    const ts = await world.ask(SIMPLE_QUESTION);
    await sendTo(other);
    const statuses = await Promise.all([world.slack.redeliver(lastDelivery()), world.slack.redeliver(lastDelivery())]);
    expect(statuses).toEqual([200, 200]);
    await world.answered(ts);
    const calls = await world.calls("ec2.DescribeInstances");
    await sendTo(one);
    expect(await world.slack.redeliver(lastDelivery())).toBe(200);
    await world.slack.settled();
    for (const replica of replicas) replica.kill("SIGTERM");
    expect(await Promise.all(replicas.map(({ status }) => status))).toEqual([0, 0]);
    expect(world.answers(ts).length).toBe(1);
    // Two accounts are looked at, each once.
    expect([calls, await world.calls("ec2.DescribeInstances")]).toEqual([2, 2]);
  });

  test("an approval that one asked for is given at the other, and runs once", async () => {
    const [one, other] = replicas;
    await sendTo(one);
    const ts = await world.ask(CODE_QUESTION);
    await world.decide(world.ana, ts, "approve");
    expect(world.answers(ts)).toEqual([]);
    await sendTo(other);
    await world.decide(world.bo, ts, "approve");
    const click = lastDelivery();
    await world.answered(ts);
    await sendTo(one);
    expect(await world.slack.redeliver(click)).toBe(200);
    for (const replica of replicas) replica.kill("SIGTERM");
    expect(await Promise.all(replicas.map(({ status }) => status))).toEqual([0, 0]);
    expect([logged(one, "question taken"), logged(other, "question taken")]).toEqual([1, 0]);
    expect([logged(one, "decision taken"), logged(other, "decision taken")]).toEqual([0, 1]);
    expect(world.answers(ts).length).toBe(1);
  });

  test("what one was doing when it was killed, the other goes on with", async () => {
    const [one, other] = replicas;
    await world.rules({ faults: ["aws:DescribeInstances:slow:1"] });
    await sendTo(one);
    const ts = await world.ask(SIMPLE_QUESTION);
    await world.saying(ts, "List servers");
    one.kill("SIGKILL");
    await one.status;
    await sendTo(other);
    await world.answered(ts);
    expect(world.answers(ts).length).toBe(1);
    expect((await fetch(`${other.url}/readyz`)).status).toBe(200);
  });

  test("a store that goes away makes both not ready, and ready again when it is back", async () => {
    const [one] = replicas;
    const status = async () => (await fetch(`${one.url}/readyz`)).status;
    expect(await status()).toBe(200);
    await postgres.administrate("ALTER DATABASE test ALLOW_CONNECTIONS false");
    await postgres.disconnect();
    await expect.poll(status, { timeout: 30_000, interval: 500 }).toBe(503);
    await postgres.administrate("ALTER DATABASE test ALLOW_CONNECTIONS true");
    await expect.poll(status, { timeout: 30_000, interval: 500 }).toBe(200);
  });
});
