import type { ProviderCheck, ProviderContext } from "../../contracts/index.ts";
import { checkEachAccount } from "../shared/account-check.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { maskKey } from "../shared/mask.ts";
import type { Account } from "./account.ts";
import type { Accounts } from "./accounts.ts";
import { toProviderError, toVolcengineError } from "./errors.ts";

/** Asks every configured account who it is. */
export function checkAccounts(accounts: Accounts, emulator: EmulatorMode | undefined, context: ProviderContext): Promise<ProviderCheck> {
  return checkEachAccount(
    {
      accounts,
      emulator,
      placeOf: () => "environment, ~/.volc/config",
      sourceOf,
      roleOf: ({ options }) => options.roleTrn,
      toError: toVolcengineError,
      toProviderError,
    },
    context,
  );
}

async function sourceOf(account: Account): Promise<string> {
  const { source, accessKeyId } = await account.sourceCredentials();
  return `${source} (${maskKey(accessKeyId)})`;
}
