import type { Fleet } from "../fleet.ts";
import { chance, hash } from "../hash.ts";
import { applicationSecurityGroupId, defaultSecurityGroupId, projectOf } from "./native-names.ts";

export interface SecurityGroupRule {
  readonly direction: "ingress" | "egress";
  readonly protocol: "tcp" | "all";
  /** 1 to 65535; -1 for all ports. */
  readonly portStart: number;
  readonly portEnd: number;
  readonly cidr: string;
  readonly description: string;
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly project: string;
  readonly createdMs: number;
  readonly rules: readonly SecurityGroupRule[];
  readonly tags: Readonly<Record<string, string>>;
}

const WORLD = "0.0.0.0/0";
const OUT: SecurityGroupRule = { direction: "egress", protocol: "all", portStart: -1, portEnd: -1, cidr: WORLD, description: "" };

/** The security groups of a place: the default one, and one for each application with machines there. */
export function securityGroupsOf(fleet: Fleet, account: string, region: string): readonly SecurityGroup[] {
  const applications = [...new Set(fleet.of(account, region, "virtual-machine").map((machine) => machine.application))].sort();
  const standard = {
    id: defaultSecurityGroupId(region),
    name: "Default",
    description: "默认安全组",
    project: "default",
    createdMs: Date.UTC(2025, 0, 1),
    rules: [OUT],
    tags: {},
  };
  return [
    standard,
    ...applications.map((application) => {
      const key = hash(fleet.seed, account, region, application, "security-group");
      const ssh = chance(key, "ssh") < 0.35 ? WORLD : "10.0.0.0/8";
      return {
        id: applicationSecurityGroupId(account, region, application),
        name: `${application}-安全组`,
        description: `${application} servers`,
        project: projectOf({ application }),
        createdMs: Date.UTC(2025, 0, 1) + Math.floor(chance(key, "created") * 300) * 86_400_000,
        rules: [ingress(443, 443, WORLD, "https"), ingress(22, 22, ssh, "ssh"), ...wideRule(key), OUT],
        tags: { service: application, owner: chance(key, "owner") < 0.5 ? "韩梅梅" : "bob" },
      };
    }),
  ];
}

/** A range that somebody opened and forgot: port 22 may lie in it. */
function wideRule(key: number): readonly SecurityGroupRule[] {
  return chance(key, "wide") < 0.1 ? [ingress(1, 1_024, WORLD, "临时")] : [];
}

function ingress(portStart: number, portEnd: number, cidr: string, description: string): SecurityGroupRule {
  return { direction: "ingress", protocol: "tcp", portStart, portEnd, cidr, description };
}
