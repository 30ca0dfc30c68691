import { z } from "zod";
import type { ProviderContext, Runtime } from "../../contracts/index.ts";
import { ProviderError } from "../../errors/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";
import { sharedWork } from "../shared/shared-work.ts";
import { type Account, createAccount } from "./account.ts";
import type { Clients, Connection } from "./clients.ts";
import { type Credentials, findCredentials } from "./credentials.ts";
import { PROVIDER_ID } from "./errors.ts";
import type { VolcengineAccountOptions, VolcengineOptions } from "./options.ts";

export interface Accounts {
  /** In emulator mode the emulator says which. */
  all(caller: { readonly signal: AbortSignal }): Promise<readonly Account[]>;
  /** Remembers whose id this is, with the name that people may use for it. */
  learn(id: string, account: Account): void;
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
  const byId = new Map<string, Account>();
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
      if (id !== undefined && account.name !== undefined) names[id] = account.name;
      return createAccount({
        id,
        options: account,
        onlyRegions: account.regions ?? options.regions,
        findCredentials: async () => fixed ?? findCredentials(env),
        clients,
      });
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
      const identity = account.id ?? (await account.identity(context));
      learn(identity, account);
      if (identity === id) return account;
    }
    throw unknownAccount(id);
  }

  return {
    all,
    learn,
    async connect(scope, context) {
      const account = byId.get(scope.account) ?? (await find(scope.account, context));
      return account.connect({ account: scope.account, region: scope.region }, context);
    },
  };
}

/** `trn:iam::2100067890:role/reader` → `2100067890`. */
function accountOfRole(roleTrn: string | undefined): string | undefined {
  return roleTrn?.split(":")[3];
}

/** Nobody configured an account of that id. */
function unknownAccount(account: string): ProviderError {
  return new ProviderError({
    code: "PROVIDER_NOT_FOUND",
    providerId: PROVIDER_ID,
    message: { en: `No configured Volcengine account is called ${account}.`, zh: `没有配置名为 ${account} 的火山引擎账号。` },
    hint: {
      en: "Name it in the configuration (keys or a role), or see `nephoscope doctor` for those that are.",
      zh: "请在配置中添加该账号（密钥或角色），或运行 `nephoscope doctor` 查看已配置的账号。",
    },
  });
}
