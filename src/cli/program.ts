import { Command } from "commander";
import type { Language, Text } from "nephoscope";
import type { RunFlags } from "./ask-options.ts";
import type { DecisionFlags } from "./commands/approve.ts";
import type { BotFlags } from "./commands/bot.ts";
import type { EmulatorFlags } from "./commands/emulator.ts";
import { EXIT, type ExitStatus } from "./exit-status.ts";
import type { Host } from "./host.ts";

/** What is to be done, found in the words of the command line; the command's own code is loaded when it is done. */
export interface Invocation {
  readonly command: string;
  readonly question: string;
  perform(): Promise<ExitStatus>;
}

/** Reads the words of a command line. Throws commander's errors; undefined when no command was given. */
export function parseCommandLine(
  words: readonly string[],
  host: Host,
  language: Language,
): { readonly invocation: Invocation | undefined; readonly help: string } {
  let invocation: Invocation | undefined;
  const say = (text: Text) => text[language];
  const begin = (command: string, question: string, perform: () => Promise<ExitStatus>) => {
    invocation = { command, question, perform };
  };
  const program = new Command("nephoscope");
  const commandOf = (name: string, description: Text) =>
    program
      .command(name)
      .description(say(description))
      .helpOption("-h, --help", say(HELP_OPTION))
      .configureHelp({ styleTitle: titleIn(language) });

  program
    .description(say({ en: "Ask what runs in your clouds.", zh: "询问云上正在运行什么。" }))
    .option("-V, --version", say({ en: "show the version", zh: "显示版本" }))
    .helpOption("-h, --help", say(HELP_OPTION))
    .helpCommand(false)
    .configureHelp({ styleTitle: titleIn(language) })
    .exitOverride()
    .configureOutput({ writeOut: (text) => host.stdout.write(text), writeErr: () => {}, outputError: () => {} });

  runOptions(questionOptions(commandOf("ask <question...>", { en: "answer a question", zh: "回答问题" }), say), say).action(
    (question: string[], flags: RunFlags) =>
      begin("ask", question.join(" "), async () => (await import("./commands/ask.ts")).ask(host, question.join(" "), flags)),
  );
  runOptions(
    questionOptions(
      commandOf("demo [question...]", {
        en: "the same on emulated clouds: no account, no key, no network",
        zh: "在模拟云上提问：没有账号、没有密钥、不访问网络",
      }),
      say,
    ),
    say,
  ).action((question: string[], flags: RunFlags) =>
    begin("demo", question.join(" "), async () => (await import("./commands/demo.ts")).demo(host, question.join(" "), flags)),
  );
  scopeOptions(commandOf("plan <question...>", { en: "plan without running", zh: "只做计划，不执行" }), say)
    .option("-o, --output <file>", say({ en: "write the plan to a file", zh: "把计划写入文件" }))
    .option("--no-model", say(NO_MODEL))
    .option("--thread <name>", say(THREAD))
    .option("--json", say({ en: "print the plan as JSON", zh: "以 JSON 输出计划" }))
    .action((question: string[], flags: RunFlags & { readonly output?: string }) =>
      begin("plan", question.join(" "), async () => (await import("./commands/plan.ts")).plan(host, question.join(" "), flags)),
    );
  runOptions(commonOptions(commandOf("run <plan.json>", { en: "run a saved plan", zh: "执行保存的计划" }), say), say).action(
    (file: string, flags: RunFlags) => begin("run", "", async () => (await import("./commands/run.ts")).run(host, file, flags)),
  );
  runOptions(commonOptions(commandOf("resume <run>", { en: "go on with a run after a crash", zh: "中断后继续一次运行" }), say), say).action(
    (runId: string, flags: RunFlags) => begin("resume", "", async () => (await import("./commands/resume.ts")).resume(host, runId, flags)),
  );
  configured(commandOf("approvals [id]", { en: "what waits for a decision", zh: "查看待审批的请求" }), say).action(
    (id: string | undefined, flags: RunFlags) =>
      begin("approvals", "", async () => (await import("./commands/approvals.ts")).approvals(host, id, flags)),
  );
  runOptions(commonOptions(commandOf("approve <id>", { en: "allow what waits, and go on with the run", zh: "批准并继续运行" }), say), say)
    .option("--keep <name>", say({ en: "keep the program: it runs again without asking", zh: "保存该程序，以后无需再次批准" }))
    .action((id: string, flags: DecisionFlags) =>
      begin("approve", "", async () => (await import("./commands/approve.ts")).approve(host, id, flags)),
    );
  configured(commandOf("reject <id>", { en: "refuse what waits", zh: "拒绝" }), say)
    .option("--comment <text>", say({ en: "why", zh: "理由" }))
    .action((id: string, flags: DecisionFlags) =>
      begin("reject", "", async () => (await import("./commands/approve.ts")).reject(host, id, flags)),
    );
  /** By itself it does nothing: says what there is below it. */
  const groupOf = (name: string, description: Text) => {
    const group = commandOf(name, description);
    return group.action(() =>
      begin(name, "", async () => {
        host.stderr.write(group.helpInformation());
        return EXIT.usage;
      }),
    );
  };
  const knowledge = groupOf("knowledge", { en: "the index of API operations", zh: "接口索引" });
  configured(knowledge.command("sync").description(say({ en: "build or refresh it", zh: "建立或更新" })), say)
    .option("--provider <ids>", say(ONLY_CLOUDS), collectList)
    .action((flags: RunFlags) => begin("knowledge", "", async () => (await import("./commands/knowledge.ts")).syncKnowledge(host, flags)));
  configured(knowledge.command("search <words...>").description(say({ en: "look into it", zh: "检索" })), say)
    .option("--provider <ids>", say(ONLY_CLOUDS), collectList)
    .action((words: string[], flags: RunFlags) =>
      begin("knowledge", words.join(" "), async () =>
        (await import("./commands/knowledge.ts")).searchKnowledge(host, words.join(" "), flags),
      ),
    );
  const audit = groupOf("audit", { en: "the trail of approvals", zh: "审计记录" });
  configured(audit.command("verify").description(say({ en: "check that nothing was changed", zh: "检查是否被改动" })), say).action(
    (flags: RunFlags) => begin("audit", "", async () => (await import("./commands/audit.ts")).verifyAuditTrail(host, flags)),
  );
  commonOptions(
    commandOf("doctor", { en: "what is configured, from where, and whether it answers", zh: "检查配置了什么、来自哪里、是否可用" }),
    say,
  )
    .option("--json", say(JSON_OPTION))
    .action((flags: RunFlags) => begin("doctor", "", async () => (await import("./commands/doctor.ts")).doctor(host, flags)));
  commandOf("emulator", { en: "run the emulated clouds", zh: "运行模拟云" })
    .option("--port <port>", say({ en: "port on 127.0.0.1; 0 takes a free one", zh: "127.0.0.1 上的端口；0 为自动选择" }))
    .option("--seed <seed>", say({ en: "the same seed is the same world", zh: "种子相同，数据相同" }))
    .option("--instances <count>", say({ en: "servers per cloud", zh: "每个云的服务器数" }))
    .option("--latency-ms <ms>", say({ en: "time every call takes at least", zh: "每次调用的最短耗时（毫秒）" }))
    .option("--fault <rule>", say({ en: "PROVIDER:OPERATION:KIND[:TIMES]; may be repeated", zh: "云：操作：种类[:次数]；可重复" }), collect)
    .option(
      "--deny <rule>",
      say({ en: "PROVIDER:REGION that refuses every call; may be repeated", zh: "拒绝访问的 云：区域；可重复" }),
      collect,
    )
    .option("--provider <ids>", say({ en: "only these clouds, with commas", zh: "只模拟这些云，逗号分隔" }), collectList)
    .action((flags: EmulatorFlags) => begin("emulator", "", async () => (await import("./commands/emulator.ts")).emulator(host, flags)));
  commonOptions(commandOf("bot <platforms...>", { en: "run a bot: slack, teams, or both", zh: "运行机器人：slack、teams 或两者" }), say)
    .option(
      "--port <port>",
      say({ en: "port of events, /healthz and /readyz (PORT, else 3000)", zh: "事件、/healthz 与 /readyz 的端口（PORT，默认 3000）" }),
    )
    .option("--host <address>", say({ en: "address to listen on (127.0.0.1)", zh: "监听地址（127.0.0.1）" }))
    .option("--grace <duration>", say({ en: "time runs get to end when told to stop (25s)", zh: "停止时留给运行的时间（25s）" }))
    .option("--emulator", say({ en: "answer with emulated clouds: NEPHOSCOPE_EMULATOR", zh: "以模拟云回答：NEPHOSCOPE_EMULATOR" }))
    .option("--no-model", say(NO_MODEL))
    .option("--log-level <level>", say({ en: "debug, info, warn or error (info)", zh: "debug、info、warn 或 error（info）" }))
    .option("--manifest [file]", say({ en: "only write the app manifest, for the platform", zh: "只输出平台所需的应用清单" }))
    .option("--url <https>", say({ en: "public address of the bot", zh: "机器人的公网地址" }))
    .action((platforms: string[], flags: BotFlags) =>
      begin("bot", "", async () => (await import("./commands/bot.ts")).bot(host, platforms, flags)),
    );
  commandOf("prune", { en: "drop old runs from the store", zh: "删除存储中的旧运行" })
    .option("--older-than <age>", say({ en: "age of the runs to drop", zh: "早于多久的运行" }), "30d")
    .option("--config <file>", say(CONFIG))
    .option("--json", say(JSON_OPTION))
    .action((flags: RunFlags & { readonly olderThan: string }) =>
      begin("prune", "", async () => (await import("./commands/prune.ts")).prune(host, flags)),
    );

  if (words.length > 0) program.parse([...words], { from: "user" });
  return { invocation, help: program.helpInformation() };
}

type Say = (text: Text) => string;

const HELP_OPTION: Text = { en: "show this help", zh: "显示帮助" };
const NO_MODEL: Text = { en: "never ask a model", zh: "不使用模型" };
const THREAD: Text = { en: 'remember the answer, for "of those, …"', zh: "记住结果，供“其中…”追问" };
const CONFIG: Text = {
  en: "configuration file (nephoscope.config.json of this folder)",
  zh: "配置文件（默认为当前文件夹的 nephoscope.config.json）",
};
const ONLY_CLOUDS: Text = { en: "only these clouds, with commas", zh: "只查询这些云，逗号分隔" };
const JSON_OPTION: Text = { en: "print one JSON document", zh: "输出一个 JSON 文档" };

function configured(command: Command, say: Say): Command {
  return command.helpOption("-h, --help", say(HELP_OPTION)).option("--config <file>", say(CONFIG)).option("--json", say(JSON_OPTION));
}

function commonOptions(command: Command, say: Say): Command {
  return command
    .option("--config <file>", say(CONFIG))
    .option("--timezone <zone>", say({ en: "IANA zone of times, such as Asia/Shanghai", zh: "时间所用的 IANA 时区，如 Asia/Shanghai" }));
}

function scopeOptions(command: Command, say: Say): Command {
  return commonOptions(
    command
      .option("--provider <ids>", say({ en: "only these clouds, with commas", zh: "只查询这些云，逗号分隔" }), collectList)
      .option("--account <ids>", say({ en: "only these accounts, with commas", zh: "只查询这些账号，逗号分隔" }), collectList)
      .option("--region <ids>", say({ en: "only these regions, with commas", zh: "只查询这些区域，逗号分隔" }), collectList)
      .option(
        "--tag <key=value>",
        say({ en: "only resources with this tag; may be repeated", zh: "只查询带此标签的资源；可重复" }),
        collect,
      ),
    say,
  );
}

function questionOptions(command: Command, say: Say): Command {
  return scopeOptions(command, say)
    .option("--plan-only", say({ en: "show the plan and stop", zh: "只显示计划" }))
    .option("--thread <name>", say(THREAD));
}

function runOptions(command: Command, say: Say): Command {
  return command
    .option("--timeout <duration>", say({ en: "time limit, such as 30s or 2m", zh: "时间限制，如 30s、2m" }))
    .option("--no-model", say(NO_MODEL))
    .option("--no-samples", say({ en: "show a model no sample rows", zh: "不向模型提供样例行" }))
    .option("--csv <file>", say({ en: "write all rows as CSV", zh: "把所有行写为 CSV" }))
    .option("--chart <file.png>", say({ en: "draw the answer", zh: "把结果画成图" }))
    .option("--links", say({ en: "console address and native query of every row", zh: "每行的控制台地址与原生查询" }))
    .option("--json", say(JSON_OPTION))
    .option("--jsonl", say({ en: "print events, one JSON document a line", zh: "输出事件，每行一个 JSON 文档" }));
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function collectList(value: string, before: readonly string[] = []): readonly string[] {
  const items = value.split(",").map((item) => item.trim());
  return [...before, ...items.filter((item) => item !== "")];
}

function titleIn(language: Language): (title: string) => string {
  const titles: Readonly<Record<string, string>> = {
    "Usage:": "用法：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "Arguments:": "参数：",
  };
  return (title) => (language === "zh" ? (titles[title] ?? title) : title);
}
