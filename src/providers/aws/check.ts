import type { ProviderCheck, ProviderContext, Runtime } from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { maskKey } from "../shared/mask.ts";
import type { Account } from "./account.ts";
import type { Accounts } from "./accounts.ts";
import { toAwsError, toProviderError } from "./errors.ts";

/** What the SDK writes into credentials about where it found them, most telling first. */
const SOURCES: readonly (readonly [feature: string, source: string])[] = [
  ["CREDENTIALS_SSO", "IAM Identity Center (SSO)"],
  ["CREDENTIALS_PROFILE_SSO", "IAM Identity Center (SSO)"],
  ["CREDENTIALS_PROFILE_SSO_LEGACY", "IAM Identity Center (SSO)"],
  ["CREDENTIALS_PROFILE_PROCESS", "credential_process"],
  ["CREDENTIALS_PROCESS", "credential_process"],
  ["CREDENTIALS_STS_ASSUME_ROLE_WEB_ID", "web identity token"],
  ["CREDENTIALS_STS_ASSUME_ROLE", "assumed role"],
  ["CREDENTIALS_ENV_VARS", "environment (AWS_ACCESS_KEY_ID)"],
  ["CREDENTIALS_HTTP", "container role"],
  ["CREDENTIALS_IMDS", "instance role"],
  ["CREDENTIALS_PROFILE", "shared configuration files"],
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
    const { id } = await account.identity(context);
    return { status: "ok", source, identity: id };
  } catch (error) {
    context.signal.throwIfAborted();
    const mapped = toAwsError(error);
    if (mapped instanceof ConfigurationError && mapped.code === "DEPENDENCY_MISSING") throw mapped;
    const status = mapped.code === "CREDENTIAL_MISSING" ? "not-configured" : "failed";
    return { status, source, identity: null, failure: toProviderError(error) };
  }
}

async function sourceOf(account: Account, env: Runtime["env"]): Promise<string> {
  const provider = await account.sourceCredentials();
  const credentials = typeof provider === "function" ? await provider() : provider;
  const features = (credentials as { readonly $source?: Readonly<Record<string, unknown>> }).$source ?? {};
  const found = SOURCES.find(([feature]) => feature in features)?.[1];
  return `${[label(account, env), found].filter(Boolean).join(", ")} (${maskKey(credentials.accessKeyId)})`;
}

function label(account: Account, env: Runtime["env"]): string {
  const profile = account.options.profile ?? env.AWS_PROFILE;
  return profile ? `profile "${profile}"` : "default chain";
}
