import { nodeRuntime, type Provider, type Store, toOrchestratorError } from "nephoscope";
import { CATALOG } from "nephoscope/catalog";
import { CHART_PACKAGES, languageOf, padText, textWidth, visibleText } from "nephoscope/presentation";
import type { RunFlags } from "../ask-options.ts";
import { botFindings, configuredBots } from "../bot-findings.ts";
import { knowledgeId } from "../code-drivers.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { writeJson } from "../failure.ts";
import type { Finding } from "../finding.ts";
import type { Host } from "../host.ts";
import { openSession, type Session } from "../session.ts";

/** Looks at everything a question needs, and asks each configured part whether it answers. */
export async function doctor(host: Host, flags: Pick<RunFlags, "config" | "json" | "timezone">): Promise<ExitStatus> {
  const session = await openSession(host, flags);
  try {
    const clouds = await Promise.all(session.providers.map((provider) => cloudFinding(provider, host)));
    const configured = clouds.filter(({ status }) => status !== "not-configured").map(({ id }) => id);
    const findings: readonly Finding[] = [
      { kind: "node", name: "node", status: "ok", source: process.execPath, detail: process.version, hint: null } as const,
      configurationFinding(session, host),
      {
        kind: "timezone",
        name: session.timezone,
        status: "ok",
        source: timezoneSource(session, flags, host),
        detail: null,
        hint: null,
      } as const,
      ...clouds,
      await modelFinding(session, host),
      await storeFinding(session.store, session, host),
      ...(await codeFindings(session, host)),
      ...botFindings(session, host.env),
      ...packageFindings(configured, host),
    ];
    if (flags.json) writeJson(host, { healthy: healthy(findings), findings });
    else host.stdout.write(`${table(findings, host).join("\n")}\n`);
    return healthy(findings) ? EXIT.complete : EXIT.failed;
  } finally {
    await session.close();
  }
}

/** A cloud answers, and nothing that is configured fails. */
function healthy(findings: readonly Finding[]): boolean {
  return findings.some(({ kind, status }) => kind === "cloud" && status === "ok") && findings.every(({ status }) => status !== "failed");
}

async function cloudFinding(provider: Provider, host: Host): Promise<Finding & { readonly id: string }> {
  const base = { kind: "cloud", id: provider.id, name: provider.emulated ? `${provider.id} (emulated)` : provider.id } as const;
  const language = languageOf("", host.env);
  try {
    if ((await provider.configured?.(host.signal)) === false) {
      return { ...base, status: "not-configured", source: lookedFor(provider.id), detail: notAsked(language), hint: null };
    }
    await provider.load();
    const check = await provider.check({
      signal: host.signal,
      runtime: nodeRuntime({ env: host.env }),
      call: (_operation, _scope, send) => send(host.signal),
      shared: (_key, start) => start(),
      note: () => {},
    });
    const failure = check.failure?.summary(language);
    // Something points at this cloud, so questions will ask it: credentials that are not there are a failure.
    const status = check.status === "not-configured" ? "failed" : check.status;
    return { ...base, status, source: check.source, detail: failure?.message ?? check.identity, hint: failure?.hint ?? null };
  } catch (error) {
    return { ...base, ...failed(error, host) };
  }
}

/** The variables that would configure a cloud. */
function lookedFor(providerId: string): string {
  return CATALOG.find(({ kind, id }) => kind === "provider" && id === providerId)?.env.join(", ") ?? "";
}

function notAsked(language: "en" | "zh"): string {
  return language === "zh" ? "未配置，提问时不会查询" : "nothing configured: left out of questions";
}

async function modelFinding({ model, settings }: Session, host: Host): Promise<Finding> {
  const zh = languageOf("", host.env) === "zh";
  if (model === undefined || settings === null) {
    return {
      kind: "model",
      name: zh ? "无" : "none",
      status: "not-configured",
      source: "NEPHOSCOPE_LLM_BASE_URL, SILICONFLOW_API_KEY, OPENAI_API_KEY",
      detail: zh ? "只回答语法能理解的问题" : "questions in the grammar only",
      hint: null,
    };
  }
  const key = settings.apiKey === null ? [] : [`${settings.apiKey.source} ${settings.apiKey.value}`];
  const source = [`${settings.baseUrl.value} (${settings.baseUrl.source})`, ...key].join(", ");
  const base = { kind: "model", name: model.id } as const;
  try {
    await model.complete({ messages: [{ role: "user", content: "Reply with: ok" }], json: false, maxTokens: 8 }, host.signal);
    return { ...base, status: "ok", source, detail: null, hint: null };
  } catch (error) {
    return { ...base, ...failed(error, host), source };
  }
}

async function storeFinding(store: Store, { config }: Session, host: Host): Promise<Finding> {
  const source = host.env.NEPHOSCOPE_STORE ? "NEPHOSCOPE_STORE" : config.store === undefined ? "default" : (config.file ?? "");
  const base = { kind: "store", name: store.id, source } as const;
  try {
    const [newest] = await store.listRuns(1);
    return { ...base, status: "ok", detail: newest?.runId ?? null, hint: null };
  } catch (error) {
    return { ...base, ...failed(error, host), source };
  }
}

/** What generated code runs in, what finds operations for it, and what the operator has loosened. */
async function codeFindings({ config, orchestrator }: Session, host: Host): Promise<Finding[]> {
  const zh = languageOf("", host.env) === "zh";
  const { allow = [], approve = "ask" } = config.code ?? {};
  const loosened = [
    ...allow.map((name) => `allow ${name}`),
    ...(approve === "reads" ? [zh ? "只读程序无需批准" : "reads run without asking"] : []),
  ];
  const strict = zh ? "只读，每个程序都需要批准" : "reads only, and every program needs an approval";
  const base = {
    kind: "knowledge",
    name: knowledgeId(host.env, config),
    source: config.knowledge === undefined ? "default" : (config.file ?? ""),
  } as const;
  const knowledge: Finding = await orchestrator.searchKnowledge({ text: "list", limit: 1 }, host.signal).then(
    // It answers by less than what is configured: the note says why.
    ({ notes: [note] }) => ({
      ...base,
      status: note === undefined ? "ok" : "failed",
      detail: note?.[zh ? "zh" : "en"] ?? null,
      hint: null,
    }),
    (error: unknown) => ({ ...base, ...failed(error, host) }),
  );
  return [
    knowledge,
    {
      kind: "code",
      name: loosened.length === 0 ? strict : loosened.join(", "),
      status: "ok",
      source: config.code === undefined ? "default" : (config.file ?? ""),
      detail: null,
      hint: null,
    },
  ];
}

/** Packages of what is in use here, and of charts, that cannot be found. */
function packageFindings(clouds: readonly string[], { env }: Host): Finding[] {
  const used = CATALOG.filter(
    (entry) => entry.kind === "model" || entry.kind === "sandbox" || (entry.kind === "provider" && clouds.includes(entry.id)),
  );
  const packages = [
    ...configuredBots(env).map(({ id, packages: names }) => ({ for: `bot ${id}`, names })),
    ...used.map((entry) => ({ for: `${entry.kind} ${entry.id}`, names: entry.packages })),
    { for: "--chart", names: CHART_PACKAGES },
  ];
  return packages.flatMap(({ for: user, names }) =>
    names
      .filter((name) => !installed(name))
      .map((name): Finding => ({ kind: "package", name, status: "missing", source: user, detail: null, hint: `npm install ${name}` })),
  );
}

function installed(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}

function configurationFinding({ config }: Session, host: Host): Finding {
  const zh = languageOf("", host.env) === "zh";
  const file = config.file === null ? (zh ? "无" : "none") : config.file;
  return {
    kind: "configuration",
    name: file,
    status: config.file === null ? "not-configured" : "ok",
    source: "nephoscope.config.json",
    detail: null,
    hint: null,
  };
}

function timezoneSource({ config }: Session, flags: Pick<RunFlags, "timezone">, { env }: Host): string {
  if (flags.timezone !== undefined) return "--timezone";
  if (env.TZ) return "TZ";
  return config.timezone === undefined ? "system" : (config.file ?? "");
}

function failed(error: unknown, host: Host): Pick<Finding, "status" | "source" | "detail" | "hint"> {
  const summary = toOrchestratorError(error).summary(languageOf("", host.env));
  return { status: "failed", source: "", detail: summary.message, hint: summary.hint };
}

const KINDS = {
  en: {
    cloud: "cloud",
    model: "model",
    store: "store",
    knowledge: "index",
    code: "generated code",
    node: "Node.js",
    configuration: "configuration",
    timezone: "time zone",
    package: "package",
    bot: "bot",
    access: "access to bots",
  },
  zh: {
    cloud: "云",
    model: "模型",
    store: "存储",
    knowledge: "接口索引",
    code: "生成的代码",
    node: "Node.js",
    configuration: "配置文件",
    timezone: "时区",
    package: "依赖包",
    bot: "机器人",
    access: "机器人权限",
  },
} as const;

function table(findings: readonly Finding[], host: Host): string[] {
  const { style } = host.stdout;
  const language = languageOf("", host.env);
  const marks = { ok: style.green("✔"), failed: style.red("✖"), missing: style.yellow("▲"), "not-configured": style.dim("·") };
  // What was looked for and not found is long and no news: it stands below.
  const below = ({ status, source }: Finding) => (status === "not-configured" ? source : "");
  const rows = findings.map((finding) => {
    const source = below(finding) === "" ? finding.source : "";
    return [KINDS[language][finding.kind], visibleText(finding.name), visibleText(source)] as const;
  });
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => textWidth(row[column] ?? ""))));
  const lines = findings.flatMap((finding, index) => {
    const detail = visibleText(finding.detail ?? "");
    const [kind = "", name = "", source = ""] = rows[index]?.map((text, column) => padText(text, widths[column] ?? 0, "left")) ?? [];
    const cells = below(finding) === "" ? [kind, name, source, detail] : [kind, name, detail];
    const more = [below(finding), ...(finding.hint ?? "").split("\n")]
      .filter((text) => text !== "")
      .map((text) => `    ${visibleText(text)}`);
    return [`${marks[finding.status]} ${cells.join("  ")}`.trimEnd(), ...more];
  });
  return findings.some(({ kind, status }) => kind === "cloud" && status === "ok") ? lines : [...lines, NO_CLOUD[language]];
}

const NO_CLOUD = {
  en: "No cloud answers, so no question can be answered. Set up one cloud's credentials as its own tools do, or try: nephoscope demo",
  zh: "没有可用的云，因此无法回答问题。请按云厂商工具的方式配置至少一个云的凭证，或先试试：nephoscope demo",
} as const;
