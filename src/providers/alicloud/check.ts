import type { ProviderCheck, ProviderContext, Runtime } from "../../contracts/index.ts";
import { checkEachAccount } from "../shared/account-check.ts";
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
      toError: toAlicloudError,
      toProviderError,
    },
    context,
  );
}

async function sourceOf(account: Account, env: Runtime["env"]): Promise<string> {
  const { providerName = "", accessKeyId } = await account.sourceKeys();
  const parts = providerName.split("/");
  const found = SOURCES.find(([provider]) => parts.includes(provider))?.[1];
  return `${[placeOf(account, env), found].filter(Boolean).join(", ")} (${maskKey(accessKeyId)})`;
}

function placeOf(account: Account, env: Runtime["env"]): string {
  const profile = account.options.profile ?? env.ALIBABA_CLOUD_PROFILE;
  return profile ? `profile "${profile}"` : "default chain";
}
