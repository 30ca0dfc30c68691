import type { Fleet } from "../fleet.ts";
import { chance, hash, pick } from "../hash.ts";
import { numericId } from "./native-names.ts";

/** A rule of the network's firewall, as customers write it. */
export interface GcpFirewall {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly description: string;
  readonly priority: number;
  readonly disabled: boolean;
  readonly allows: boolean;
  readonly sources: readonly string[];
  /** Ports and ranges of TCP: `22`, `8000-8100`. */
  readonly ports: readonly string[];
  /** Network tag of the machines it is about; null for all of the network. */
  readonly target: string | null;
  readonly createdMs: number;
}

const CREATED_MS = Date.UTC(2024, 2, 11, 9);
const DAY_MS = 86_400_000;
const WORLD = "0.0.0.0/0";

/** The rules of the network `default`: those every network begins with, and some for each application. */
export function firewallsOf(fleet: Fleet): readonly GcpFirewall[] {
  return fleet.accounts.flatMap(({ id: account }) => {
    const machines = fleet.resources.filter((one) => one.account === account && one.kind === "virtual-machine");
    const applications = [...new Set(machines.map(({ application }) => application))].sort();
    return [
      firewall(fleet.seed, account, "default-allow-internal", {
        priority: 65_534,
        sources: ["10.128.0.0/9"],
        ports: ["0-65535"],
        description: "Allow internal traffic on the default network",
      }),
      firewall(fleet.seed, account, "default-allow-ssh", {
        priority: 65_534,
        sources: [WORLD],
        ports: ["22"],
        description: "Allow SSH from anywhere",
        disabled: chance(fleet.seed, account, "default ssh") < 0.5,
      }),
      ...applications.flatMap((application) => applicationRules(fleet.seed, account, application)),
    ].sort((left, right) => (left.name < right.name ? -1 : 1));
  });
}

/** Whether a rule that is in force lets anybody in at a port. */
export function isOpenToWorld({ allows, disabled, sources, ports }: GcpFirewall, port: number): boolean {
  return allows && !disabled && sources.includes(WORLD) && ports.some((range) => covers(range, port));
}

function applicationRules(seed: number, account: string, application: string): readonly GcpFirewall[] {
  const way = chance(seed, account, application, "ssh");
  const open = way < 0.45;
  return [
    firewall(seed, account, `${application}-allow-ssh`, {
      sources: open ? [WORLD] : ["203.0.113.0/24", "35.235.240.0/20"],
      // One in two opens a range that has the port in it.
      ports: open && way < 0.2 ? ["20-25", "3389"] : ["22"],
      description: open ? "运维临时放开" : "仅限办公网与 IAP",
      disabled: open && chance(seed, account, application, "disabled") < 0.3,
      target: application,
    }),
    firewall(seed, account, `${application}-allow-https`, {
      sources: [WORLD],
      ports: ["443"],
      description: "public service",
      target: application,
    }),
    ...(chance(seed, account, application, "deny") < 0.3
      ? [
          firewall(seed, account, `${application}-deny-telnet`, {
            sources: [WORLD],
            ports: ["23"],
            description: "",
            allows: false,
            priority: 900,
            target: application,
          }),
        ]
      : []),
  ];
}

type Details = Pick<GcpFirewall, "sources" | "ports" | "description"> &
  Partial<Pick<GcpFirewall, "priority" | "disabled" | "allows" | "target">>;

function firewall(seed: number, account: string, name: string, details: Details): GcpFirewall {
  const key = hash(seed, account, name, "firewall");
  return {
    key,
    id: numericId(key),
    name,
    account,
    priority: 1_000,
    disabled: false,
    allows: true,
    target: null,
    ...details,
    createdMs: CREATED_MS + pick([0, 40, 200, 410], key, "age") * DAY_MS,
  };
}

function covers(range: string, port: number): boolean {
  const [low = "", high = low] = range.split("-");
  return Number(low) <= port && port <= Number(high);
}
