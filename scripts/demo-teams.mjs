// Tries the Teams bot without a tenant: an emulator of the clouds, the bot, and Microsoft's agents playground as its client.
import { startEmulator } from "nephoscope/emulator";
import { openai } from "nephoscope/models/openai";
import { memory } from "nephoscope/stores/memory";
import { CODE_QUESTIONS, demoModel } from "./demo-slack/demo-model.ts";
import { PEOPLE, startPlayground } from "./demo-teams/start-playground.ts";
import { startTeamsBot } from "./demo-teams/start-teams-bot.ts";

const model = configuredModel();
const emulator = await startEmulator({ instances: 40 });
const bot = await startTeamsBot({
  emulatorEnv: emulator.env,
  store: memory(),
  model: model ?? demoModel(),
  // One person sits at the page, so whoever asks approves: not so in a bot that is set up for people.
  access: { rules: [{ everybody: true }], approvers: { users: Object.values(PEOPLE) }, selfApproval: true },
  logger: { debug() {}, warn: (message) => console.error(message) },
});
const playground = await startPlayground(bot.messagesUrl, process.env.PORT === undefined ? undefined : Number(process.env.PORT));

const code = `${CODE_QUESTIONS.en}  ·  ${CODE_QUESTIONS.zh}`;
console.log(
  [
    "The tenant, the people and the clouds are made up; nothing leaves this machine. · 租户、人员和云都是模拟的，不访问网络。",
    "Try · 试试:  top 5 servers by cpu  ·  列出 CPU > 80% 的服务器   (in groups and channels: @nephoscope … · 群聊和频道中请先 @nephoscope)",
    model === undefined
      ? `No model key is set: a scripted model writes code for this question only, so that approvals can be tried · 未配置模型密钥，只有下面的问题会生成代码:  ${code}`
      : `Code, which has to be approved first · 需要代码并经批准:  ${code}`,
    "Whoever asks may approve here, because one person sits at the page. · 此处只有一个人，因此提问者可以自己批准。",
    "",
    playground.url,
    "",
    "Ctrl+C stops it.",
  ].join("\n"),
);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);

async function stop() {
  await playground.stop();
  await bot.stop(2000);
  await emulator.close();
  process.exit(0);
}

/** The one of the environment; undefined where none is configured. */
function configuredModel() {
  try {
    return openai();
  } catch (error) {
    if (error?.code === "CREDENTIAL_MISSING") return undefined;
    throw error;
  }
}
