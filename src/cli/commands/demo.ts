import { startEmulator } from "nephoscope/emulator";
import { prepareOutputs, type RunFlags, toRunOptions } from "../ask-options.ts";
import type { ExitStatus } from "../exit-status.ts";
import type { Host } from "../host.ts";
import { presentRun } from "../present-run.ts";
import { openSession } from "../session.ts";
import { showPlan } from "./plan.ts";

/** In each cloud: a table that fits on a screen. */
const SERVERS = 40;
const SEED_QUESTION = "列出 CPU > 80% 的服务器";

/** Asks an emulator of its own: no account, no key, no network. Without a question it is a short tour. */
export async function demo(host: Host, words: string, flags: RunFlags): Promise<ExitStatus> {
  const options = { ...toRunOptions(flags, host), model: false };
  await prepareOutputs(flags, host.folder);
  const question = words === "" ? SEED_QUESTION : words;
  const tour = words === "" && !flags.json && !flags.jsonl;
  const emulator = await startEmulator({ instances: SERVERS });
  try {
    const session = await openSession(
      { ...host, env: { ...host.env, ...emulator.env } },
      { ...flags, model: false },
      flags.thread === undefined ? { store: "memory" } : {},
    );
    try {
      if (tour) host.stdout.write(introduction(host, question));
      if (flags.planOnly) return showPlan(host, await session.orchestrator.plan(question, options), flags);
      const status = await presentRun(host, session.orchestrator.stream(question, options), {
        flags,
        session,
        showPlan: tour,
      });
      if (tour && !host.signal.aborted) host.stdout.write(nextSteps(host));
      return status;
    } finally {
      await session.close();
    }
  } finally {
    await emulator.close();
  }
}

function introduction({ stdout: { style } }: Host, question: string): string {
  return [
    `${style.bold("nephoscope")}  ${style.yellow("演示：云是模拟的，没有账号、没有密钥、不访问网络。")}`,
    `            ${style.yellow("Demo: the clouds are emulated. No account, no key, no network.")}`,
    "",
    `${style.bold("问题")}  ${question}`,
    "",
    "",
  ].join("\n");
}

function nextSteps({ stdout: { style } }: Host): string {
  return [
    "",
    style.bold("接下来 · Next"),
    '  npx nephoscope demo "which databases have less than 20 GB of free disk?"',
    '  npx nephoscope demo "compare average CPU of prod by cloud and region"',
    '  npx nephoscope demo "过去 1 小时 checkout 的错误日志，按云统计"',
    "",
    style.bold("真实的云 · Real clouds"),
    "  凭证与各云自己的工具相同 · credentials as each cloud's own tools find them:",
    "    AWS_PROFILE=…    az login    gcloud auth application-default login",
    "    ALIBABA_CLOUD_ACCESS_KEY_ID=… ALIBABA_CLOUD_ACCESS_KEY_SECRET=…    VOLCENGINE_ACCESS_KEY=… VOLCENGINE_SECRET_KEY=…",
    "  npx nephoscope doctor     查看哪些云可用 · which clouds answer",
    `  npx nephoscope ask "${SEED_QUESTION}"`,
    "",
  ].join("\n");
}
