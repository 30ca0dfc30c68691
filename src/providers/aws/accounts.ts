import { z } from "zod";
import type { ProviderContext } from "../../contracts/index.ts";
import { type AccountBook, accountBook } from "../shared/account-book.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { type Account, createAccount } from "./account.ts";
import type { Clients, Connection, ServiceName } from "./clients.ts";
import { failure, PROVIDER_ID, PROVIDER_NAME } from "./errors.ts";
import type { AwsAccountOptions, AwsOptions } from "./options.ts";

export interface Accounts extends Pick<AccountBook<Account>, "all" | "learn"> {
  /** A service of the account with this id; in its home region where none is given. Throws `PROVIDER_NOT_FOUND` where none is configured. */
  connect<Service extends ServiceName>(
    service: Service,
    scope: { readonly account: string; readonly region?: string },
    context: ProviderContext,
  ): Promise<Connection<Service>>;
}

const emulatorCredentialsSchema = z.looseObject({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  region: z.string(),
  accounts: z.array(z.looseObject({ id: z.string(), name: z.string(), roleArn: z.string().nullish() })).min(1),
});

interface AccountsParts {
  readonly options: AwsOptions;
  readonly clients: Clients;
  readonly emulator: EmulatorMode | undefined;
  /** Filled with names by id, as they become known. */
  readonly names: Record<string, string>;
}

/** The configured accounts, kept for the life of the provider. */
export function createAccounts({ options, clients, emulator, names }: AccountsParts): Accounts {
  // Names must be usable in the first question; whose id is not known yet is known by its name.
  for (const { name, roleArn } of options.accounts ?? []) if (name !== undefined) names[accountOfRole(roleArn) ?? name] = name;

  async function configure({ signal }: { readonly signal: AbortSignal }): Promise<readonly Account[]> {
    const document = await emulator?.credentials(PROVIDER_ID, emulatorCredentialsSchema, signal);
    const fixed = document && { region: document.region, credentials: { ...document } };
    const entries: readonly (AwsAccountOptions & { readonly id?: string })[] = document?.accounts.map(({ id, name, roleArn }) => ({
      id,
      name,
      ...(roleArn ? { roleArn } : {}),
    })) ??
      options.accounts ?? [{}];
    return entries.map(({ id: statedId, ...account }, index) => {
      const id = statedId ?? accountOfRole(account.roleArn);
      const onlyRegions = account.regions ?? options.regions;
      return createAccount({ key: String(index), id, options: account, onlyRegions, fixed, clients });
    });
  }

  const book = accountBook({ vendor: { name: PROVIDER_NAME, failure }, names, configure });

  return {
    all: book.all,
    learn: book.learn,
    async connect(service, scope, context) {
      const account = await book.find(scope.account, context);
      return account.connect(service, scope, context);
    },
  };
}

/** `arn:aws:iam::111122223333:role/reader` → `111122223333`. */
function accountOfRole(roleArn: string | undefined): string | undefined {
  return roleArn?.split(":")[4];
}
