import type { ProviderContext } from "../../contracts/index.ts";
import { sharedWork } from "../shared/shared-work.ts";
import { assumedRole } from "./assumed-role.ts";
import type { Clients, Connection } from "./clients.ts";
import { required } from "./errors.ts";
import { type KeySource, keySource } from "./key-source.ts";
import type { AlicloudAccountOptions } from "./options.ts";

/** An account as it is configured. It asks nothing before it is asked. */
export interface Account {
  readonly options: AlicloudAccountOptions;
  /** For messages while the id is not known. */
  readonly label: string;
  /** Known in advance for roles, whose ARN has it, and in emulator mode. */
  readonly id: string | undefined;
  /** Finds out whose it is: the account id; once, and kept. */
  identity(context: ProviderContext): Promise<string>;
  /** Regions of the account, from the configuration or by asking; once, and kept. */
  regions(context: ProviderContext): Promise<AccountRegions>;
  /** A region of the account. Renews temporary keys first. */
  connect(scope: { readonly account?: string; readonly region: string }, context: ProviderContext): Promise<Connection>;
  /** The identity that its requests begin with, before any role. */
  readonly sourceKeys: KeySource;
}

export interface AccountRegions {
  readonly ids: readonly string[];
  /** Whether the configuration says so, which then holds for regions that a question names, too. */
  readonly configured: boolean;
}

export interface AccountParts {
  readonly id: string | undefined;
  readonly options: AlicloudAccountOptions;
  /** Only these regions, if given. */
  readonly onlyRegions: readonly string[] | undefined;
  /** In emulator mode: nothing else may be looked at. */
  readonly fixedKeys: KeySource | undefined;
  readonly clients: Clients;
}

/** Where regions are asked for; every account has it. */
const HOME_REGION = "cn-hangzhou";

interface IdentityReply {
  readonly AccountId: string;
}

interface RegionsReply {
  readonly Regions: { readonly Region?: readonly { readonly RegionId?: string }[] };
}

export function createAccount({ id, options, onlyRegions, fixedKeys, clients }: AccountParts): Account {
  const { profile, roleArn, externalId } = options;
  const sourceKeys = fixedKeys ?? keySource(clients.sdk, profile);
  const role =
    roleArn === undefined
      ? undefined
      : assumedRole(roleArn, externalId, (context) => clients.connect({ keys: sourceKeys, region: HOME_REGION }, context));

  const connect: Account["connect"] = async (scope, context) => {
    await role?.refresh(context);
    return clients.connect({ ...scope, keys: role?.keys ?? sourceKeys }, context);
  };

  return {
    options,
    id,
    label: id ?? options.name ?? profile ?? "default",
    connect,
    sourceKeys,
    identity: sharedWork(
      async (context: ProviderContext) => {
        const home = await connect({ region: HOME_REGION }, context);
        if (roleArn !== undefined) return required(id, "AssumeRole", "the account id of the role");
        return home.rpc("sts", "GetCallerIdentity", {}, (reply: Partial<IdentityReply>) =>
          required(reply.AccountId, "GetCallerIdentity", "AccountId"),
        );
      },
      { keep: true },
    ),
    regions: sharedWork(
      async (context: ProviderContext) => {
        if (onlyRegions !== undefined) return { ids: onlyRegions, configured: true };
        const home = await connect({ region: HOME_REGION }, context);
        const ids = await home.rpc("ecs", "DescribeRegions", {}, ({ Regions }: Partial<RegionsReply>) =>
          required(Regions?.Region, "DescribeRegions", "Regions").map(({ RegionId }) => required(RegionId, "DescribeRegions", "RegionId")),
        );
        return { ids, configured: false };
      },
      { keep: true },
    ),
  };
}
