import { toOrchestratorError } from "nephoscope";
import { languageOf } from "nephoscope/presentation";
import { accessOf, accessWarnings } from "./bot-access.ts";
import { BOT_PLATFORMS, type BotPlatform, checkVariables } from "./bot-platforms.ts";
import type { Config } from "./config-file.ts";
import type { Finding } from "./finding.ts";
import type { Host } from "./host.ts";
import type { Session } from "./session.ts";

/** What `doctor` tells of bots: their variables, and who may ask and decide. */
export function botFindings({ providers, config }: Session, env: Host["env"]): Finding[] {
  const emulated = providers.some((provider) => provider.emulated);
  return [...BOT_PLATFORMS.map((platform) => botFinding(platform, emulated, env)), ...accessFindings(config, env)];
}

/** Bots of which at least one variable is set. */
export function configuredBots(env: Host["env"]): BotPlatform[] {
  return BOT_PLATFORMS.filter(({ variables }) => variables.some(({ name }) => env[name]));
}

/** Which variables of a bot are set, and which it cannot start without. */
function botFinding(platform: BotPlatform, emulated: boolean, env: Host["env"]): Finding {
  const zh = languageOf("", env) === "zh";
  const base = { kind: "bot", name: platform.id } as const;
  const set = platform.variables.filter(({ name }) => env[name]);
  if (set.length === 0) {
    const source = platform.variables.map(({ name }) => name).join(", ");
    return { ...base, status: "not-configured", source, detail: zh ? "未配置" : "nothing configured", hint: null };
  }
  const source = set.map(({ name, secret }) => `${name} ${secret ? masked(env[name] ?? "") : env[name]}`).join(", ");
  try {
    checkVariables(platform, env, emulated);
    return { ...base, status: "ok", source, detail: platform.transport(env), hint: null };
  } catch (error) {
    const { message, hint } = toOrchestratorError(error).summary(zh ? "zh" : "en");
    return { ...base, status: "failed", source, detail: message, hint };
  }
}

/** `xoxb-…`: what tells one kind of token from another, and nothing of the secret itself. */
function masked(value: string): string {
  return `${/^(?:xox[a-z]|xapp)-/.exec(value)?.[0] ?? ""}…`;
}

/** Who may ask bots and decide, and what the operator has loosened; nothing where no bot is set up. */
function accessFindings(config: Config, env: Host["env"]): Finding[] {
  if (configuredBots(env).length === 0 && config.bots === undefined) return [];
  const language = languageOf("", env);
  const { rules, approvers = {} } = accessOf(config);
  const deciding = [...(approvers.users ?? []), ...(approvers.groups ?? [])].length;
  const counts = { en: `${rules.length} rules, ${deciding} approvers`, zh: `${rules.length} 条规则，${deciding} 个批准者` };
  const base = { kind: "access", name: counts[language], source: config.bots === undefined ? "default" : (config.file ?? "") } as const;
  // Fail closed is no failure; that somebody set up a bot nobody may ask is worth a mark.
  const warnings = accessWarnings(config).map((warning) => warning[language]);
  return [{ ...base, status: rules.length === 0 ? "missing" : "ok", detail: null, hint: warnings.join("\n") || null }];
}
