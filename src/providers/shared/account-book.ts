import type { ProviderContext } from "../../contracts/index.ts";
import { sharedWork } from "./shared-work.ts";
import { spacedName } from "./spaced-name.ts";
import type { Vendor, VendorErrors } from "./vendor-errors.ts";

interface Caller {
  readonly signal: AbortSignal;
}

/** An account as it is configured. It asks nothing before it is asked. */
export interface ConfiguredAccount {
  /** `name` is what people call it. */
  readonly options: { readonly name?: string | undefined };
  /** For messages while the id is not known. */
  readonly label: string;
  /** Known in advance for roles, whose name has it, and in emulator mode. */
  readonly id: string | undefined;
  /** Finds out whose it is: the account id; once, and kept. */
  identity(context: ProviderContext): Promise<string>;
}

/** The configured accounts, kept for the life of the provider. */
export interface AccountBook<Account extends ConfiguredAccount> {
  all(caller: Caller): Promise<readonly Account[]>;
  /** Remembers whose id this is, with the name that people may use for it. */
  learn(id: string, account: Account): void;
  /** The account with this id. Throws `PROVIDER_NOT_FOUND` where none is configured. */
  find(id: string, context: ProviderContext): Promise<Account>;
}

export interface AccountBookParts<Account extends ConfiguredAccount> {
  readonly vendor: Pick<Vendor, "name"> & Pick<VendorErrors, "failure">;
  /** Filled with names by id, as they become known. */
  readonly names: Record<string, string>;
  /** What is configured; in emulator mode the emulator says it. */
  configure(caller: Caller): Promise<readonly Account[]>;
}

export function accountBook<Account extends ConfiguredAccount>(parts: AccountBookParts<Account>): AccountBook<Account> {
  const { vendor, names, configure } = parts;
  const byId = new Map<string, Account>();

  const all = sharedWork(
    async (caller: Caller) => {
      const accounts = await configure(caller);
      for (const { id, options } of accounts) if (id !== undefined && options.name !== undefined) names[id] = options.name;
      return accounts;
    },
    { keep: true },
  );

  function learn(id: string, account: Account): void {
    byId.set(id, account);
    const { name } = account.options;
    // A second entry of one account stays known by its own name, so that people may go on using both.
    if (name === undefined || names[id] !== undefined) return;
    names[id] = name;
    if (name !== id) delete names[name];
  }

  /** For a scope that was found in another process: a resumed run. */
  async function search(id: string, context: ProviderContext): Promise<Account> {
    for (const account of await all(context)) {
      if (account.id !== undefined && account.id !== id) continue;
      const identity = await account.identity(context);
      learn(identity, account);
      if (identity === id) return account;
    }
    const { en, zh } = vendor.name;
    const within = spacedName(zh) === zh ? zh : ` ${zh} `;
    const message = { en: `No configured ${en} account is called ${id}.`, zh: `没有配置名为 ${id} 的${within}账号。` };
    const hint = {
      en: "Name it in the configuration, or see `nephoscope doctor` for those that are.",
      zh: "请在配置中添加该账号，或运行 `nephoscope doctor` 查看已配置的账号。",
    };
    throw vendor.failure("PROVIDER_NOT_FOUND", message, { hint });
  }

  return { all, learn, find: async (id, context) => byId.get(id) ?? search(id, context) };
}
