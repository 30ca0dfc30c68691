// The bot in a process of its own, so that it can be killed. What it needs comes as one JSON argument.
import { sqlite } from "nephoscope/stores/sqlite";
import { demoModel } from "../../../scripts/demo-slack/demo-model.ts";
import { type DemoBotOptions, startDemoBot } from "../../../scripts/demo-slack/start-demo-bot.ts";

export type BotProcessInput = Pick<DemoBotOptions, "slack" | "emulatorEnv" | "access"> & { readonly storePath: string };

const { storePath, ...options } = JSON.parse(process.argv[2] ?? "{}") as BotProcessInput;
const bot = await startDemoBot({
  ...options,
  store: sqlite({ path: storePath }),
  model: demoModel(),
  logger: { debug() {}, warn: (message) => process.stderr.write(`${message}\n`) },
});
process.stdout.write(`${bot.eventsUrl}\n`);
