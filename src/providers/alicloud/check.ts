import type { ProviderCheck, ProviderContext, Runtime } from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { maskKey } from "../shared/mask.ts";
import type { Account } from "./account.ts";
import type { Accounts } from "./accounts.ts";
import { toAlicloudError, toProviderError } from "./errors.ts";

/** How the vendor's package names the places in which it found credentials (its `getProviderName`s), most telling first. */
const SOURCES: readonly (readonly [provider: string, source: string])[] = [
  ["cloud_sso", "CloudSSO"],
  ["oauth", "OAuth sign-in of the CLI"],
  ["external", "external process"],
  ["oidc_role_arn", "OIDC token"],
  ["cli_profile", "~/.aliyun/config.json"],
  ["profile", "~/.alibabacloud/credentials"],
  ["ecs_ram_role", "instance role"],
  ["credential_uri", "ALIBABA_CLOUD_CREDENTIALS_URI"],
  ["env", "environment (ALIBABA_CLOUD_ACCESS_KEY_ID)"],
];

/** Asks every configured account who it is. The first failure is told, with whatever else was found. */
export async function checkAccounts(
  accounts: Accounts,
  emulator: EmulatorMode | undefined,
  env: Runtime["env"],
  context: ProviderContext,
): Promise<ProviderCheck> {
  let configured: readonly Account[];
  try {
    configured = await accounts.all(context);
  } catch (error) {
    context.signal.throwIfAborted();
    return { status: "failed", source: `emulator ${emulator?.url ?? ""}`, identity: null, failure: toProviderError(error) };
  }
  const checks = await Promise.all(configured.map((account) => checkAccount(account, emulator, env, context)));
  const identities = checks.flatMap((check) => check.identity ?? []);
  const failure = checks.find((check) => check.failure !== undefined)?.failure;
  const none = checks.every((check) => check.status === "not-configured");
  return {
    status: none ? "not-configured" : failure === undefined ? "ok" : "failed",
    source: checks.map((check) => check.source).join("; "),
    identity: identities.length === 0 ? null : identities.join(", "),
    ...(failure === undefined ? {} : { failure }),
  };
}

async function checkAccount(
  account: Account,
  emulator: EmulatorMode | undefined,
  env: Runtime["env"],
  context: ProviderContext,
): Promise<ProviderCheck> {
  const role = account.options.roleArn === undefined ? "" : ` → ${account.options.roleArn}`;
  let source = label(account, env);
  try {
    source = `${emulator === undefined ? await sourceOf(account, env) : `emulator ${emulator.url}`}${role}`;
    return { status: "ok", source, identity: await account.identity(context) };
  } catch (error) {
    context.signal.throwIfAborted();
    const mapped = toAlicloudError(error);
    if (mapped instanceof ConfigurationError && mapped.code === "DEPENDENCY_MISSING") throw mapped;
    const status = mapped.code === "CREDENTIAL_MISSING" ? "not-configured" : "failed";
    return { status, source, identity: null, failure: toProviderError(error) };
  }
}

async function sourceOf(account: Account, env: Runtime["env"]): Promise<string> {
  const { providerName = "", accessKeyId } = await account.sourceKeys();
  const parts = providerName.split("/");
  const found = SOURCES.find(([provider]) => parts.includes(provider))?.[1];
  return `${[label(account, env), found].filter(Boolean).join(", ")} (${maskKey(accessKeyId)})`;
}

function label(account: Account, env: Runtime["env"]): string {
  const profile = account.options.profile ?? env.ALIBABA_CLOUD_PROFILE;
  return profile ? `profile "${profile}"` : "default chain";
}
