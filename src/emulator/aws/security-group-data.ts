import type { Fleet } from "../fleet.ts";
import { chance, hash, hexDigits } from "../hash.ts";

/** Something a security group lets in, over TCP. */
export interface AwsIngressRule {
  readonly port: number;
  /** An address range, or the id of a security group of the same network. */
  readonly from: { readonly cidr: string } | { readonly group: string };
  readonly description: string;
}

export interface AwsSecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly account: string;
  readonly region: string;
  readonly ingress: readonly AwsIngressRule[];
  readonly tags: Readonly<Record<string, string>>;
}

const WORLD = "0.0.0.0/0";
const OFFICE = "10.0.0.0/8";

/** The security groups of a place: the default one, and for each application with machines there one for web, one for databases. */
export function securityGroupsOf(fleet: Fleet, account: string, region: string): readonly AwsSecurityGroup[] {
  const applications = [...new Set(fleet.of(account, region, "virtual-machine").map((machine) => machine.application))].sort();
  const place = { account, region };
  const idOf = (name: string) => `sg-0${hexDigits(16, fleet.seed, account, region, "security-group", name)}`;
  const standard = {
    ...place,
    id: idOf("default"),
    name: "default",
    description: "default VPC security group",
    ingress: [],
    tags: {},
  };
  return [
    standard,
    ...applications.flatMap((application) => {
      const key = hash(fleet.seed, account, region, application, "security-groups");
      const tags = { service: application, env: chance(key, "env") < 0.6 ? "prod" : "dev" };
      const web = `${application}-web`;
      const ssh = { port: 22, from: { cidr: chance(key, "ssh") < 0.3 ? WORLD : OFFICE }, description: "ssh" };
      return [
        {
          ...place,
          id: idOf(web),
          name: web,
          // Descriptions may not hold anything but ASCII (API reference, CreateSecurityGroup).
          description: `${application} web servers`,
          ingress: [{ port: 443, from: { cidr: WORLD }, description: "https" }, ssh],
          tags: { ...tags, Name: web, owner: chance(key, "owner") < 0.5 ? "李雷" : "alice" },
        },
        {
          ...place,
          id: idOf(`${application}-db`),
          name: `${application}-db`,
          description: `${application} databases`,
          ingress: [
            { port: 3306, from: { group: idOf(web) }, description: "mysql from web" },
            ...(chance(key, "open database") < 0.1 ? [{ port: 3306, from: { cidr: WORLD }, description: "temporary" }] : []),
          ],
          tags: { ...tags, Name: `${application}-db` },
        },
      ];
    }),
  ];
}
