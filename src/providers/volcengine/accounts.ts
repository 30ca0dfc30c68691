import { z } from "zod";
import type { ProviderContext, Runtime } from "../../contracts/index.ts";
import { type AccountBook, accountBook } from "../shared/account-book.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { type Account, createAccount } from "./account.ts";
import type { Clients, Connection } from "./clients.ts";
import { type Credentials, findCredentials } from "./credentials.ts";
import { failure, PROVIDER_ID, PROVIDER_NAME } from "./errors.ts";
import type { VolcengineAccountOptions, VolcengineOptions } from "./options.ts";

export interface Accounts extends Pick<AccountBook<Account>, "all" | "learn"> {
  /** A region of the account with this id. Throws `PROVIDER_NOT_FOUND` where none is configured. */
  connect(scope: { readonly account: string; readonly region: string }, context: ProviderContext): Promise<Connection>;
}

const emulatorCredentialsSchema = z.looseObject({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  accounts: z.array(z.looseObject({ id: z.string(), name: z.string(), roleTrn: z.string().nullish() })).min(1),
});

interface AccountsParts {
  readonly options: VolcengineOptions;
  readonly clients: Clients;
  readonly emulator: EmulatorMode | undefined;
  readonly env: Runtime["env"];
  /** Filled with names by id, as they become known. */
  readonly names: Record<string, string>;
}

/** The configured accounts, kept for the life of the provider. */
export function createAccounts({ options, clients, emulator, env, names }: AccountsParts): Accounts {
  // Names must be usable in the first question; whose id is not known yet is known by its name.
  for (const { name, roleTrn } of options.accounts ?? []) if (name !== undefined) names[accountOfRole(roleTrn) ?? name] = name;

  async function configure({ signal }: { readonly signal: AbortSignal }): Promise<readonly Account[]> {
    const document = await emulator?.credentials(PROVIDER_ID, emulatorCredentialsSchema, signal);
    const fixed: Credentials | undefined = document && {
      accessKeyId: document.accessKeyId,
      secretAccessKey: document.secretAccessKey,
      source: `emulator ${emulator?.url ?? ""}`,
    };
    const entries: readonly (VolcengineAccountOptions & { readonly id?: string })[] = document?.accounts.map(({ id, name, roleTrn }) => ({
      id,
      name,
      ...(roleTrn ? { roleTrn } : {}),
    })) ??
      options.accounts ?? [{}];
    return entries.map(({ id: statedId, ...account }) => {
      const id = statedId ?? accountOfRole(account.roleTrn);
      return createAccount({
        id,
        options: account,
        onlyRegions: account.regions ?? options.regions,
        findCredentials: async () => fixed ?? findCredentials(env),
        clients,
      });
    });
  }

  const book = accountBook({ vendor: { name: PROVIDER_NAME, failure }, names, configure });

  return {
    all: book.all,
    learn: book.learn,
    async connect(scope, context) {
      const account = await book.find(scope.account, context);
      return account.connect({ account: scope.account, region: scope.region }, context);
    },
  };
}

/** `trn:iam::2100067890:role/reader` → `2100067890`. */
function accountOfRole(roleTrn: string | undefined): string | undefined {
  return roleTrn?.split(":")[3];
}
