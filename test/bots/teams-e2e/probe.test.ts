import { test } from "vitest";
import { CODE_QUESTIONS } from "../../../scripts/demo-slack/demo-model.ts";
import { startTeamsWorld } from "./teams-world.ts";
test("probe", { timeout: 100_000 }, async () => {
  await using world = await startTeamsWorld({ rateLimits: false, instances: 10 });
  const thread = await world.say(world.people.asker, world.tenant.channel(), CODE_QUESTIONS.en);
  await Promise.race([world.connector.until(() => JSON.stringify(world.thread(thread)).includes("approve")), new Promise((r) => setTimeout(r, 70000))]);
  for (const m of world.thread(thread)) console.log(m.id, JSON.stringify(m.activity.attachments ?? m.activity.text).replaceAll(/"(type|spacing|weight|size|wrap|\$schema|version)":"[^"]*",?/g, "").slice(0, 4500));
  console.log(world.warnings, world.connector.calls.map((c) => `${c.operation} ${c.status}`));
});
