import type { ProviderCheck, ProviderContext } from "../../contracts/index.ts";
import { ConfigurationError, type OrchestratorError, type ProviderError } from "../../errors/index.ts";
import type { AccountBook, ConfiguredAccount } from "./account-book.ts";
import type { EmulatorMode } from "./emulator-mode.ts";

export interface AccountCheckParts<Account extends ConfiguredAccount> {
  readonly accounts: Pick<AccountBook<Account>, "all">;
  readonly emulator: EmulatorMode | undefined;
  /** Where an account's credentials are looked for, before they are found. */
  placeOf(account: Account): string;
  /** Where they were found, masked; not asked in emulator mode. */
  sourceOf(account: Account): Promise<string>;
  /** The role that is assumed with them. */
  roleOf(account: Account): string | undefined;
  toError(error: unknown): OrchestratorError;
  toProviderError(error: unknown): ProviderError;
}

/** Asks every configured account who it is. The first failure is told, with whatever else was found. */
export async function checkEachAccount<Account extends ConfiguredAccount>(
  parts: AccountCheckParts<Account>,
  context: ProviderContext,
): Promise<ProviderCheck> {
  const { accounts, emulator, toProviderError } = parts;
  let configured: readonly Account[];
  try {
    configured = await accounts.all(context);
  } catch (error) {
    context.signal.throwIfAborted();
    return { status: "failed", source: `emulator ${emulator?.url ?? ""}`, identity: null, failure: toProviderError(error) };
  }
  const checks = await Promise.all(configured.map((account) => checkAccount(parts, account, context)));
  const identities = checks.flatMap(({ identity }) => identity ?? []);
  const failure = checks.find((check) => check.failure !== undefined)?.failure;
  const none = checks.every(({ status }) => status === "not-configured");
  return {
    status: none ? "not-configured" : failure === undefined ? "ok" : "failed",
    source: checks.map(({ source }) => source).join("; "),
    identity: identities.length === 0 ? null : identities.join(", "),
    ...(failure === undefined ? {} : { failure }),
  };
}

async function checkAccount<Account extends ConfiguredAccount>(
  { emulator, placeOf, sourceOf, roleOf, ...errors }: AccountCheckParts<Account>,
  account: Account,
  context: ProviderContext,
): Promise<ProviderCheck> {
  const role = roleOf(account);
  let source = placeOf(account);
  try {
    const found = emulator === undefined ? await sourceOf(account) : `emulator ${emulator.url}`;
    source = role === undefined ? found : `${found} → ${role}`;
    return { status: "ok", source, identity: await account.identity(context) };
  } catch (error) {
    context.signal.throwIfAborted();
    return failedCheck(error, source, errors);
  }
}

/** What a check tells of an error. A missing package is thrown: it is no answer of a cloud. */
export function failedCheck(
  error: unknown,
  source: string,
  { toError, toProviderError }: Pick<AccountCheckParts<never>, "toError" | "toProviderError">,
): ProviderCheck {
  const mapped = toError(error);
  if (mapped instanceof ConfigurationError && mapped.code === "DEPENDENCY_MISSING") throw mapped;
  const status = mapped.code === "CREDENTIAL_MISSING" ? "not-configured" : "failed";
  return { status, source, identity: null, failure: toProviderError(mapped) };
}
