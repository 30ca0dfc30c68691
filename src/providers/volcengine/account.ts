import type { ProviderContext } from "../../contracts/index.ts";
import type { RegionalAccount } from "../shared/account-scopes.ts";
import { sharedWork } from "../shared/shared-work.ts";
import { assumedRole } from "./assumed-role.ts";
import type { Clients, Connection } from "./clients.ts";
import { type Credentials, credentialMissing } from "./credentials.ts";
import { required, requiredList } from "./errors.ts";
import { describeRegions, getCallerIdentity } from "./operations.ts";
import type { VolcengineAccountOptions } from "./options.ts";
import { pagesOf } from "./paging.ts";
import { HOME_REGION } from "./regions.ts";

export interface Account extends RegionalAccount<readonly string[]> {
  readonly options: VolcengineAccountOptions;
  /** Regions of the account, from the configuration or by asking; once, and kept. */
  regions(context: ProviderContext): Promise<readonly string[]>;
  /** A region of the account. Renews temporary keys first. Throws `CREDENTIAL_MISSING`. */
  connect(scope: { readonly account?: string; readonly region: string }, context: ProviderContext): Promise<Connection>;
  /** The keys that its requests begin with, before any role. Throws `CREDENTIAL_MISSING`. */
  sourceCredentials(): Promise<Credentials>;
}

export interface AccountParts {
  readonly id: string | undefined;
  readonly options: VolcengineAccountOptions;
  /** Only these regions, if given. */
  readonly onlyRegions: readonly string[] | undefined;
  /** Keys of the environment or of files, or those of the emulator. */
  readonly findCredentials: () => Promise<Credentials | undefined>;
  readonly clients: Clients;
}

/** The most that DescribeRegions gives at a time (volcengine.com/docs/6396/1053194). */
const REGIONS_A_PAGE = 20;

export function createAccount({ id, options, onlyRegions, findCredentials, clients }: AccountParts): Account {
  const { accessKeyId, secretAccessKey, sessionToken, roleTrn } = options;

  async function sourceCredentials(): Promise<Credentials> {
    if (accessKeyId !== undefined && secretAccessKey !== undefined)
      return { accessKeyId, secretAccessKey, sessionToken, source: "options" };
    const found = await findCredentials();
    if (found === undefined) throw credentialMissing();
    return found;
  }

  const role =
    roleTrn === undefined
      ? undefined
      : assumedRole(roleTrn, async (context) => clients.connect(await sourceCredentials(), { region: HOME_REGION }, context));

  const connect: Account["connect"] = async (scope, context) =>
    clients.connect(role === undefined ? await sourceCredentials() : await role(context), scope, context);

  return {
    options,
    id,
    label: id ?? options.name ?? "default",
    connect,
    sourceCredentials,
    identity: sharedWork(
      async (context: ProviderContext) => {
        if (roleTrn !== undefined) {
          await role?.(context);
          return required(id, "AssumeRole", "the account id of the role");
        }
        const connection = await connect({ region: HOME_REGION }, context);
        return connection.call(getCallerIdentity, {}, ({ AccountId }) => String(required(AccountId, "GetCallerIdentity", "AccountId")));
      },
      { keep: true },
    ),
    regions: sharedWork(async (context: ProviderContext) => onlyRegions ?? listRegions(await connect({ region: HOME_REGION }, context)), {
      keep: true,
    }),
  };
}

async function listRegions(connection: Connection): Promise<readonly string[]> {
  const regions: string[] = [];
  const operation = describeRegions.name;
  const list = pagesOf(operation, (token) =>
    connection.call(describeRegions, { MaxResults: REGIONS_A_PAGE, ...(token === undefined ? {} : { NextToken: token }) }, (result) => ({
      page: requiredList(result.Regions, operation, "Regions").map(({ RegionId }) => required(RegionId, operation, "RegionId")),
      next: result.NextToken,
    })),
  );
  for await (const page of list) regions.push(...page);
  return regions;
}
