import type { ProviderCheck, ProviderContext } from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { maskKey } from "../shared/mask.ts";
import type { Account } from "./account.ts";
import type { Accounts } from "./accounts.ts";
import { toProviderError, toVolcengineError } from "./errors.ts";

/** Asks every configured account who it is. The first failure is told, with whatever else was found. */
export async function checkAccounts(
  accounts: Accounts,
  emulator: EmulatorMode | undefined,
  context: ProviderContext,
): Promise<ProviderCheck> {
  let configured: readonly Account[];
  try {
    configured = await accounts.all(context);
  } catch (error) {
    context.signal.throwIfAborted();
    return { status: "failed", source: `emulator ${emulator?.url ?? ""}`, identity: null, failure: toProviderError(error) };
  }
  const checks = await Promise.all(configured.map((account) => checkAccount(account, emulator, context)));
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

async function checkAccount(account: Account, emulator: EmulatorMode | undefined, context: ProviderContext): Promise<ProviderCheck> {
  let source = "environment, ~/.volc/config";
  try {
    const found = await account.sourceCredentials();
    const role = account.options.roleTrn === undefined ? "" : ` → ${account.options.roleTrn}`;
    source = `${found.source}${emulator === undefined ? ` (${maskKey(found.accessKeyId)})` : ""}${role}`;
    return { status: "ok", source, identity: await account.identity(context) };
  } catch (error) {
    context.signal.throwIfAborted();
    const mapped = toVolcengineError(error);
    if (mapped instanceof ConfigurationError && mapped.code === "DEPENDENCY_MISSING") throw mapped;
    const status = mapped.code === "CREDENTIAL_MISSING" ? "not-configured" : "failed";
    return { status, source, identity: null, failure: toProviderError(error) };
  }
}
