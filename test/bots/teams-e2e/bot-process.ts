// The bot in a process of its own, so that it can be killed. What it needs comes as one JSON argument.
import { sqlite } from "nephoscope/stores/sqlite";
import { demoModel } from "../../../scripts/demo-slack/demo-model.ts";
import { startTeamsBot, type TeamsBotProcessOptions } from "../../../scripts/demo-teams/start-teams-bot.ts";

export type BotProcessInput = Pick<TeamsBotProcessOptions, "emulatorEnv" | "access"> & { readonly storePath: string };

const { storePath, ...options } = JSON.parse(process.argv[2] ?? "{}") as BotProcessInput;
const bot = await startTeamsBot({
  ...options,
  store: sqlite({ path: storePath }),
  model: demoModel(),
  logger: { debug() {}, warn: (message) => process.stderr.write(`${message}\n`) },
});
process.stdout.write(`${bot.messagesUrl}\n`);
