import type { Fleet } from "../fleet.ts";
import { chance, hash, pick } from "../hash.ts";

/** A rule of a network security group, as customers write it. */
export interface AzureSecurityRule {
  readonly name: string;
  readonly description: string;
  readonly priority: number;
  readonly access: "Allow" | "Deny";
  readonly source: string;
  /** Ports and ranges: `22`, `8000-8100`. */
  readonly ports: readonly string[];
}

export interface AzureSecurityGroup {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly application: string;
  /** Inbound ones for TCP, by priority. */
  readonly rules: readonly AzureSecurityRule[];
  readonly tags: Readonly<Record<string, string>>;
}

const OFFICE = "203.0.113.0/24";
const PRIVATE = "10.0.0.0/8";
/** Sources that are everybody ("Network security groups": service tags). */
const WORLD: ReadonlySet<string> = new Set(["*", "0.0.0.0/0", "Internet"]);
const OPEN_SSH = ["*", "0.0.0.0/0", "Internet"] as const;

/** A group for each application in each region in which it has machines. */
export function securityGroupsOf(fleet: Fleet): readonly AzureSecurityGroup[] {
  return fleet.accounts.flatMap(({ id: account }) =>
    fleet.regions.flatMap(({ id: region }) => {
      const applications = new Set(fleet.of(account, region, "virtual-machine").map(({ application }) => application));
      return [...applications].sort().map((application) => group(fleet, account, region, application));
    }),
  );
}

/** Whether anybody may reach a port: the first rule that fits decides, and without any nobody may. */
export function isOpenToWorld({ rules }: AzureSecurityGroup, port: number): boolean {
  const first = rules.find(({ source, ports }) => WORLD.has(source) && ports.some((range) => covers(range, port)));
  return first?.access === "Allow";
}

/** Ports and ranges that everybody is allowed, as rules write them. */
export function openPorts({ rules }: AzureSecurityGroup): readonly string[] {
  return rules.filter(({ access, source }) => access === "Allow" && WORLD.has(source)).flatMap(({ ports }) => ports);
}

function group(fleet: Fleet, account: string, region: string, application: string): AzureSecurityGroup {
  const key = hash(fleet.seed, account, region, application, "security group");
  const name = `nsg-${application}-${region}`;
  return {
    key,
    id: `/subscriptions/${account}/resourceGroups/rg-${application}/providers/Microsoft.Network/networkSecurityGroups/${name}`,
    name,
    account,
    region,
    application,
    rules: [...sshRules(key), ...serviceRules(key)].sort((left, right) => left.priority - right.priority),
    tags: { service: application, owner: pick(["netops", "李雷", "alice"], key, "owner") },
  };
}

/** Some let everybody in at port 22, in one of several spellings; some of those are overruled by a rule before them. */
function sshRules(key: number): readonly AzureSecurityRule[] {
  const way = chance(key, "ssh");
  const allow = { name: "AllowSSH", priority: 300, access: "Allow" } as const;
  if (way < 0.15)
    return [{ ...allow, description: "temporary, remove after migration", source: pick(OPEN_SSH, key, "source"), ports: ["22"] }];
  if (way < 0.25) return [{ ...allow, name: "AllowAdmin", description: "运维临时放开", source: "0.0.0.0/0", ports: ["20-25", "3389"] }];
  const office = { ...allow, description: "仅限办公网", source: chance(key, "office") < 0.5 ? OFFICE : PRIVATE, ports: ["22"] };
  if (way >= 0.35) return [office];
  const deny = { name: "DenySSHFromInternet", description: "", priority: 110, access: "Deny", source: "Internet", ports: ["22"] } as const;
  return [deny, { ...allow, description: "overruled", source: "Internet", ports: ["22"] }];
}

function serviceRules(key: number): readonly AzureSecurityRule[] {
  const https: AzureSecurityRule = {
    name: "AllowHTTPS",
    description: "public service",
    priority: 200,
    access: "Allow",
    source: "Internet",
    ports: ["443"],
  };
  const database: AzureSecurityRule = {
    name: "AllowDatabase",
    description: "",
    priority: 400,
    access: "Allow",
    source: "VirtualNetwork",
    ports: ["3306", "5432"],
  };
  return [...(chance(key, "public") < 0.6 ? [https] : []), database];
}

function covers(range: string, port: number): boolean {
  const [low = "", high = low] = range.split("-");
  return Number(low) <= port && port <= Number(high);
}
