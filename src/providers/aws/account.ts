import type { ProviderContext } from "../../contracts/index.ts";
import type { RegionalAccount } from "../shared/account-scopes.ts";
import { sharedWork } from "../shared/shared-work.ts";
import { assumedRole } from "./assumed-role.ts";
import type { Clients, ClientTarget, Connection, Credentials, ServiceName } from "./clients.ts";
import { required } from "./errors.ts";
import type { AwsAccountOptions } from "./options.ts";
import { HOME_REGIONS, type Partition, partitionOf } from "./regions.ts";

export interface Account extends RegionalAccount<AccountRegions> {
  readonly options: AwsAccountOptions;
  /** Regions of the account, from the configuration or by asking; once, and kept. */
  regions(context: ProviderContext): Promise<AccountRegions>;
  /** A service in a region; in the home region where none is given. Renews temporary credentials first. */
  connect<Service extends ServiceName>(
    service: Service,
    scope: { readonly account?: string; readonly region?: string },
    context: ProviderContext,
  ): Promise<Connection<Service>>;
  /** The identity that its requests begin with, before any role. */
  sourceCredentials(): Promise<Credentials>;
}

export interface AccountRegions {
  readonly enabled: readonly string[];
  /** Known, but never opted in to. */
  readonly disabled: readonly string[];
}

export interface AccountParts {
  readonly key: string;
  readonly id: string | undefined;
  readonly options: AwsAccountOptions;
  /** Only these regions, if given. */
  readonly onlyRegions: readonly string[] | undefined;
  /** In emulator mode: nothing else may be looked at. */
  readonly fixed: { readonly region: string; readonly credentials: Credentials } | undefined;
  readonly clients: Clients;
}

export function createAccount({ key, id, options, onlyRegions, fixed, clients }: AccountParts): Account {
  const { profile, roleArn, externalId } = options;
  const statedPartition = options.partition ?? (roleArn?.split(":")[1] as Partition | undefined);
  let home: Promise<ClientTarget> | undefined;

  /** The account's own STS: one chain of credential sources, from which all its clients take theirs. */
  function homeTarget(): Promise<ClientTarget> {
    home ??= findHome();
    home.catch(() => {
      home = undefined;
    });
    return home;
  }

  async function findHome(): Promise<ClientTarget> {
    if (fixed !== undefined) return { key, ...fixed };
    const configured = await regionOfSdk(clients, profile);
    const fits = configured !== undefined && (statedPartition === undefined || partitionOf(configured) === statedPartition);
    const region = fits ? configured : HOME_REGIONS[statedPartition ?? "aws"];
    const sts = await clients.client("sts", { key, region, profile });
    return { key, region, credentials: sts.config.credentials };
  }

  const role =
    roleArn === undefined
      ? undefined
      : assumedRole(roleArn, externalId, async (context) => clients.connect("sts", await homeTarget(), context));

  const connect: Account["connect"] = async (service, scope, context) => {
    const target = await homeTarget();
    const region = scope.region ?? target.region;
    const place = scope.account === undefined ? {} : { account: scope.account };
    if (role === undefined) return clients.connect(service, { ...target, region, ...place }, context);
    await role.refresh(context);
    return clients.connect(service, { key: `${key}/role`, region, credentials: role.credentials, ...place }, context);
  };

  return {
    options,
    id,
    label: id ?? options.name ?? profile ?? "default",
    connect,
    sourceCredentials: async () => required((await homeTarget()).credentials, "credentials", "credentials"),
    identity: sharedWork(
      async (context: ProviderContext) => {
        if (roleArn !== undefined) {
          await role?.refresh(context);
          return required(id, "AssumeRole", "the account id of the role");
        }
        const { sdk, call } = await connect("sts", {}, context);
        return call(
          "GetCallerIdentity",
          (client, send) => client.send(new sdk.GetCallerIdentityCommand({}), send),
          (reply) => required(reply.Account, "GetCallerIdentity", "Account"),
        );
      },
      { keep: true },
    ),
    regions: sharedWork(
      async (context: ProviderContext) => {
        if (onlyRegions !== undefined) return { enabled: onlyRegions, disabled: [] };
        return describeRegions(await connect("ec2", {}, context));
      },
      { keep: true },
    ),
  };
}

function describeRegions({ sdk, call }: Connection<"ec2">): Promise<AccountRegions> {
  return call(
    "DescribeRegions",
    (client, send) => client.send(new sdk.DescribeRegionsCommand({ AllRegions: true }), send),
    (reply) => {
      const enabled: string[] = [];
      const disabled: string[] = [];
      for (const region of required(reply.Regions, "DescribeRegions", "Regions")) {
        const name = required(region.RegionName, "DescribeRegions", "RegionName");
        const closed = required(region.OptInStatus, "DescribeRegions", "OptInStatus") === "not-opted-in";
        (closed ? disabled : enabled).push(name);
      }
      return { enabled, disabled };
    },
  );
}

/** What `AWS_REGION` or the profile says, read by the SDK's own rules; undefined where nothing does. */
async function regionOfSdk(clients: Clients, profile: string | undefined): Promise<string | undefined> {
  const { STSClient } = await clients.sdk("sts");
  const probe = new STSClient(profile === undefined ? {} : { profile });
  try {
    return await probe.config.region();
  } catch {
    return undefined;
  } finally {
    probe.destroy();
  }
}
