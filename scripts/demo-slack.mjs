// Tries the Slack bot without a workspace: an emulator of the clouds, the bot, and a fake Slack with a page that shows it.
import { spawn } from "node:child_process";
import { startEmulator } from "nephoscope/emulator";
import { openai } from "nephoscope/models/openai";
import { memory } from "nephoscope/stores/memory";
import { startFakeSlack } from "../bots/fake-slack/start-fake-slack.ts";
import { CODE_QUESTIONS, demoModel } from "./demo-slack/demo-model.ts";
import { furnish } from "./demo-slack/demo-workspace.ts";
import { startDemoBot } from "./demo-slack/start-demo-bot.ts";

const model = configuredModel();
const emulator = await startEmulator({ instances: 40 });
const slack = await startFakeSlack({ port: Number(process.env.PORT ?? 0), notice: notice(model === undefined) });
const place = furnish(slack);
const bot = await startDemoBot({
  slack,
  emulatorEnv: emulator.env,
  store: memory(),
  model: model ?? demoModel(),
  access: place.access,
  logger: { debug() {}, warn: (message) => console.error(message) },
});
slack.deliverTo(bot.eventsUrl);

const address = `${slack.url}/?u=${place.asker}&c=${place.cloud}`;
console.log(`${notice(model === undefined)}\n\n${address}\n\nCtrl+C stops it.`);
open(address);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);

async function stop() {
  await bot.stop(2000);
  await slack.close();
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

function notice(isScripted) {
  const lines = [
    "Slack, the people and the clouds are made up; nothing leaves this machine. · Slack、人员和云都是模拟的，不访问网络。",
    "Try · 试试:  列出 CPU > 80% 的服务器  ·  top 5 servers by cpu",
  ];
  const code = `${CODE_QUESTIONS.en}  ·  ${CODE_QUESTIONS.zh}`;
  lines.push(
    isScripted
      ? `No model key is set: a scripted model writes code for this question only, so that approvals can be tried · 未配置模型密钥，只有下面的问题会生成代码:  ${code}`
      : `Code, which somebody else must approve · 需要代码并由他人批准:  ${code}`,
  );
  return lines.join("\n");
}

/** In a browser, if there is a desktop. */
function open(url) {
  const command = process.platform === "darwin" ? "open" : process.platform === "win32" ? "explorer" : "xdg-open";
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  spawn(command, [url], { stdio: "ignore", detached: true })
    .on("error", () => {})
    .unref();
}
