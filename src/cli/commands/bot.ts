import { ConfigurationError, createTelemetry, type LeveledLogger, LOG_LEVELS, type LogLevel, nodeRuntime } from "nephoscope";
import type { ChatBotOptions } from "nephoscope/bots";
import { languageOf } from "nephoscope/presentation";
import { accessOf, accessWarnings } from "../bot-access.ts";
import { openLog, takeConsole } from "../bot-log.ts";
import { checkUrl, writeManifest } from "../bot-manifest.ts";
import { BOT_PLATFORMS, type BotPlatform, checkVariables } from "../bot-platforms.ts";
import { runBots } from "../bot-process.ts";
import { parseDuration } from "../durations.ts";
import type { ExitStatus } from "../exit-status.ts";
import type { Host } from "../host.ts";
import { openSession, type Session } from "../session.ts";
import { usageError } from "../usage-error.ts";

export interface BotFlags {
  readonly port?: string;
  readonly host?: string;
  readonly grace?: string;
  readonly emulator?: boolean;
  readonly logLevel?: string;
  readonly manifest?: string | true;
  readonly url?: string;
  readonly config?: string;
  readonly timezone?: string;
  readonly model?: boolean;
}

const DEFAULT_PORT = 3000;
/** A proxy or a tunnel stands before a bot: it ends TLS. In a container: `--host 0.0.0.0`. */
const DEFAULT_ADDRESS = "127.0.0.1";
const DEFAULT_GRACE = "25s";

/** Runs one bot or several in this process, until it is told to stop. */
export async function bot(host: Host, names: readonly string[], flags: BotFlags): Promise<ExitStatus> {
  const platforms = platformsOf(names);
  if (flags.manifest !== undefined) return await writeManifest(host, platforms, { file: flags.manifest, url: flags.url });
  const { port, graceMs, level } = {
    port: portOf(flags, host.env),
    graceMs: parseDuration(flags.grace ?? DEFAULT_GRACE, "--grace", "s"),
    level: levelOf(flags.logLevel),
  };
  const logger = openLog(host, level);
  const giveBack = [takeConsole(logger), watchFailures(logger)];
  try {
    const observer = await createTelemetry();
    const runtime = nodeRuntime({ env: host.env, logger, ...(observer === undefined ? {} : { observer }) });
    const session = await openSession(host, flags, { runtime });
    try {
      const emulated = session.providers.some((provider) => provider.emulated);
      checkEmulator(emulated, flags.emulator === true);
      for (const platform of platforms) checkVariables(platform, host.env, emulated);
      announce({ host, logger, platforms, session, emulated });
      const options: ChatBotOptions = {
        orchestrator: session.orchestrator,
        store: session.store,
        access: accessOf(session.config),
        timezone: session.timezone,
        runtime,
      };
      const bots = await Promise.all(
        platforms.map((platform) => platform.create(options, host.env, { emulated, url: checkUrl(flags.url) })),
      );
      const address = flags.host ?? DEFAULT_ADDRESS;
      return await runBots(host, { bots, store: session.store, logger, address, port, graceMs });
    } finally {
      await session.close();
    }
  } finally {
    for (const undo of giveBack) undo();
  }
}

function platformsOf(names: readonly string[]): BotPlatform[] {
  const known = BOT_PLATFORMS.map(({ id }) => id).join(", ");
  return [...new Set(names)].map((name) => {
    const platform = BOT_PLATFORMS.find(({ id }) => id === name);
    if (platform !== undefined) return platform;
    throw usageError(
      { en: `There is no bot ${name}.`, zh: `没有机器人 ${name}。` },
      {
        en: `Known: ${known}. Several run in one process: nephoscope bot slack teams`,
        zh: `可用：${known}。可在一个进程中运行多个：nephoscope bot slack teams`,
      },
    );
  });
}

function portOf(flags: BotFlags, env: Host["env"]): number {
  const [source, text] = flags.port === undefined ? ["PORT", env.PORT || String(DEFAULT_PORT)] : ["--port", flags.port];
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw usageError(
    { en: `${source} is no port: ${text}`, zh: `${source} 不是端口号：${text}` },
    { en: "Write a number from 0 to 65535; 0 takes a free one.", zh: "请写 0 到 65535 之间的数字；0 为自动选择。" },
  );
}

function levelOf(text: string | undefined): LogLevel {
  const level = LOG_LEVELS.find((candidate) => candidate === (text ?? "info"));
  if (level !== undefined) return level;
  throw usageError(
    { en: `--log-level is not known: ${text}`, zh: `未知的 --log-level：${text}` },
    { en: `Known: ${LOG_LEVELS.join(", ")}.`, zh: `可用：${LOG_LEVELS.join("、")}。` },
  );
}

/** Invented servers in a real workspace, or real ones where somebody meant to try: both must be meant. */
function checkEmulator(emulated: boolean, wanted: boolean): void {
  if (emulated === wanted) return;
  throw new ConfigurationError(
    emulated
      ? {
          code: "CONFIGURATION_INVALID",
          message: {
            en: "NEPHOSCOPE_EMULATOR is set: the bot would answer with the servers of an emulator.",
            zh: "设置了 NEPHOSCOPE_EMULATOR：机器人将以模拟云的数据回答。",
          },
          hint: { en: "Give --emulator if that is meant, else unset the variable.", zh: "如确需如此，请加 --emulator；否则请取消该变量。" },
        }
      : {
          code: "CONFIGURATION_INVALID",
          message: {
            en: "--emulator is given, but no cloud is emulated: the bot would ask real clouds.",
            zh: "指定了 --emulator，但没有模拟云：机器人将查询真实的云。",
          },
          hint: {
            en: "Set NEPHOSCOPE_EMULATOR to the address that nephoscope emulator prints, or leave --emulator out.",
            zh: "请将 NEPHOSCOPE_EMULATOR 设为 nephoscope emulator 输出的地址，或去掉 --emulator。",
          },
        },
  );
}

function announce({
  host,
  logger,
  platforms,
  session,
  emulated,
}: {
  readonly host: Host;
  readonly logger: LeveledLogger;
  readonly platforms: readonly BotPlatform[];
  readonly session: Session;
  readonly emulated: boolean;
}): void {
  const language = languageOf("", host.env);
  logger.info("starting", {
    bots: platforms.map(({ id, transport }) => `${id} (${transport(host.env)})`),
    store: session.store.id,
    configuration: session.config.file,
    model: session.model?.id ?? null,
    timezone: session.timezone,
    node: process.version,
  });
  if (emulated) logger.warn(EMULATED[language]);
  for (const warning of accessWarnings(session.config)) logger.warn(warning[language]);
}

const EMULATED = {
  en: "Emulated: all answers come from an emulator, not from real clouds.",
  zh: "模拟模式：所有回答均来自模拟云，而非真实的云。",
} as const;

/**
 * Node would print what nobody caught as it is, with all that vendors' errors carry. A promise that nobody waits for is told and the
 * process goes on; after any other failure its state is not known: it ends, and the next process goes on with what it had taken.
 */
function watchFailures(logger: LeveledLogger): () => void {
  const rejected = (error: unknown) => logger.error("a failure that nobody waited for", { error });
  const thrown = (error: unknown) => {
    logger.error("ends after a failure that nobody caught", { error });
    process.exit(1);
  };
  process.on("unhandledRejection", rejected);
  process.on("uncaughtException", thrown);
  return () => {
    process.off("unhandledRejection", rejected);
    process.off("uncaughtException", thrown);
  };
}
