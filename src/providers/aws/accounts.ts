import { z } from "zod";
import type { ProviderContext } from "../../contracts/index.ts";
import { ProviderError } from "../../errors/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { sharedWork } from "../shared/shared-work.ts";
import { type Account, createAccount } from "./account.ts";
import type { Clients, Connection, ServiceName } from "./clients.ts";
import { PROVIDER_ID } from "./errors.ts";
import type { AwsAccountOptions, AwsOptions } from "./options.ts";

export interface Accounts {
  /** In emulator mode the emulator says which. */
  all(caller: { readonly signal: AbortSignal }): Promise<readonly Account[]>;
  /** Remembers whose id this is, with the name that people may use for it. */
  learn(id: string, account: Account): void;
  /** A service of the account with this id. Throws `PROVIDER_NOT_FOUND` where none is configured. */
  connect<Service extends ServiceName>(
    service: Service,
    scope: { readonly account: string; readonly region: string },
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
  const byId = new Map<string, Account>();
  // Names must be usable in the first question; whose id is not known yet is known by its name.
  for (const { name, roleArn } of options.accounts ?? []) if (name !== undefined) names[roleArn?.split(":")[4] ?? name] = name;

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
      const id = statedId ?? account.roleArn?.split(":")[4];
      if (id !== undefined && account.name !== undefined) names[id] = account.name;
      const onlyRegions = account.regions ?? options.regions;
      return createAccount({ key: String(index), id, options: account, onlyRegions, fixed, clients });
    });
  }

  const all = sharedWork(configure, { keep: true });

  function learn(id: string, account: Account): void {
    byId.set(id, account);
    const { name } = account.options;
    // A second entry of one account stays known by its own name, so that people may go on using both.
    if (name === undefined || names[id] !== undefined) return;
    names[id] = name;
    if (name !== id) delete names[name];
  }

  /** For a scope that was found in another process: a resumed run. */
  async function find(id: string, context: ProviderContext): Promise<Account> {
    for (const account of await all(context)) {
      if (account.id !== undefined && account.id !== id) continue;
      const identity = await account.identity(context);
      learn(identity.id, account);
      if (identity.id === id) return account;
    }
    throw unknownAccount(id);
  }

  return {
    all,
    learn,
    async connect(service, scope, context) {
      const account = byId.get(scope.account) ?? (await find(scope.account, context));
      return account.connect(service, scope, context);
    },
  };
}

/** Nobody configured an account of that id. */
function unknownAccount(account: string): ProviderError {
  return new ProviderError({
    code: "PROVIDER_NOT_FOUND",
    providerId: PROVIDER_ID,
    message: { en: `No configured AWS account is called ${account}.`, zh: `没有配置名为 ${account} 的 AWS 账号。` },
    hint: {
      en: "Name it in the configuration (a profile or a role), or see `nephoscope doctor` for those that are.",
      zh: "请在配置中添加该账号（profile 或角色），或运行 `nephoscope doctor` 查看已配置的账号。",
    },
  });
}
