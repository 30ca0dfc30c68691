import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CODE_QUESTIONS } from "../../../scripts/demo-slack/demo-model.ts";
import { volumesWithoutSnapshot } from "../slack-e2e/approval-cards.ts";
import type { BotProcessInput } from "./bot-process.ts";
import { answersIn, approvalIn, startTeamsWorld, type TeamsWorld, tableRows } from "./teams-world.ts";

async function startBot(world: TeamsWorld, storePath: string): Promise<ChildProcess> {
  const input: BotProcessInput = { emulatorEnv: world.emulator.env, access: world.access, storePath };
  const file = join(import.meta.dirname, "bot-process.ts");
  const child = spawn(process.execPath, ["--conditions=@nephoscope/source", file, JSON.stringify(input)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout!, "data");
  world.deliverTo(String(line).trim());
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

test("an approval outlives the process that asked for it: killed, started again, approved, answered in the same thread", {
  timeout: 180_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "teams-e2e-"));
  await using world = await startTeamsWorld({ withBot: false, rateLimits: false });
  const storePath = join(folder, "bot.db");
  let bot = await startBot(world, storePath);
  try {
    const { people, connector } = world;
    const thread = await world.say(people.asker, world.tenant.channel(), CODE_QUESTIONS.en);
    await connector.until(() => approvalIn(world.thread(thread))?.canDecide === true);
    await kill(bot);
    const { message } = approvalIn(world.thread(thread))!;
    expect((await world.click(people.approver, message, "approve")).status).toBe(null);

    bot = await startBot(world, storePath);
    const { status, body } = await world.click(people.approver, message, "approve");
    expect([status, body]).toEqual([200, expect.objectContaining({ statusCode: 200 })]);
    await connector.until(() => answersIn(world.thread(thread)).length > 0 && approvalIn(world.thread(thread))?.canDecide === false);
    const expected = await volumesWithoutSnapshot(world.emulator);
    expect(tableRows(answersIn(world.thread(thread))[0]!)).toHaveLength(expected.length);

    // A follow-up in the same thread, asked of a process that never saw the first question.
    await world.say(people.asker, world.tenant.chats.get(thread.split(";")[0]!)!, "top 3 servers by cpu", thread);
    await connector.until(() => answersIn(world.thread(thread)).length === 2);
  } finally {
    bot.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
});
