import type { ProviderCheck, ProviderContext, Runtime } from "../../contracts/index.ts";
import { checkEachAccount } from "../shared/account-check.ts";
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

/** Asks every configured account who it is. */
export function checkAccounts(
  accounts: Accounts,
  emulator: EmulatorMode | undefined,
  env: Runtime["env"],
  context: ProviderContext,
): Promise<ProviderCheck> {
  return checkEachAccount(
    {
      accounts,
      emulator,
      placeOf: (account) => placeOf(account, env),
      sourceOf: (account) => sourceOf(account, env),
      roleOf: ({ options }) => options.roleArn,
      toError: toAwsError,
      toProviderError,
    },
    context,
  );
}

async function sourceOf(account: Account, env: Runtime["env"]): Promise<string> {
  const provider = await account.sourceCredentials();
  const credentials = typeof provider === "function" ? await provider() : provider;
  const features = (credentials as { readonly $source?: Readonly<Record<string, unknown>> }).$source ?? {};
  const found = SOURCES.find(([feature]) => feature in features)?.[1];
  return `${[placeOf(account, env), found].filter(Boolean).join(", ")} (${maskKey(credentials.accessKeyId)})`;
}

function placeOf(account: Account, env: Runtime["env"]): string {
  const profile = account.options.profile ?? env.AWS_PROFILE;
  return profile ? `profile "${profile}"` : "default chain";
}
