import type { ProviderContext } from "../../contracts/index.ts";
import type { RegionalAccount } from "../shared/account-scopes.ts";
import { sharedWork } from "../shared/shared-work.ts";
import { assumedRole } from "./assumed-role.ts";
import type { Clients, Connection } from "./clients.ts";
import { required } from "./errors.ts";
import { type KeySource, keySource } from "./key-source.ts";
import type { AlicloudAccountOptions } from "./options.ts";

export interface Account extends RegionalAccount<readonly string[]> {
  readonly options: AlicloudAccountOptions;
  /** Regions of the account, from the configuration or by asking; once, and kept. */
  regions(context: ProviderContext): Promise<readonly string[]>;
  /** A region of the account. Renews temporary keys first. */
  connect(scope: { readonly account?: string; readonly region: string }, context: ProviderContext): Promise<Connection>;
  /** The identity that its requests begin with, before any role. */
  readonly sourceKeys: KeySource;
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
        if (onlyRegions !== undefined) return onlyRegions;
        const home = await connect({ region: HOME_REGION }, context);
        return home.rpc("ecs", "DescribeRegions", {}, ({ Regions }: Partial<RegionsReply>) =>
          required(Regions?.Region, "DescribeRegions", "Regions").map(({ RegionId }) => required(RegionId, "DescribeRegions", "RegionId")),
        );
      },
      { keep: true },
    ),
  };
}
