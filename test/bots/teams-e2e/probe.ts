import { CODE_QUESTIONS } from "/work/main/scripts/demo-slack/demo-model.ts";
import { startTeamsWorld } from "/work/main/test/bots/teams-e2e/teams-world.ts";
const world = await startTeamsWorld({ rateLimits: false, instances: 10 });
const thread = await world.say(world.people.asker, world.tenant.channel(), CODE_QUESTIONS.en);
await Promise.race([world.connector.until(() => JSON.stringify(world.thread(thread)).includes("approve")), new Promise((r) => setTimeout(r, 25000))]);
for (const m of world.thread(thread)) console.log(m.id, JSON.stringify(m.activity.attachments ?? m.activity.text).replaceAll(/"(type|spacing|weight|size|wrap|\$schema|version)":"[^"]*",?/g, "").slice(0, 4500));
console.log(world.warnings, world.connector.calls.map((c) => `${c.operation} ${c.status}`));
process.exit(0);
