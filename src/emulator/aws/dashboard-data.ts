import type { Fleet } from "../fleet.ts";
import { chance, hash } from "../hash.ts";
import type { AwsChanges } from "./aws-changes.ts";
import { loadBalancerDimension } from "./native-names.ts";

export interface AwsDashboard {
  readonly name: string;
  readonly arn: string;
  /** JSON: widgets with metrics and text. */
  readonly body: string;
  readonly modifiedMs: number;
}

const DAY_MS = 86_400_000;
const TITLES = { checkout: "结账 checkout 总览", billing: "支付 billing 总览" } as const;

/** The dashboards of an account as writes have left them, in the order of their names. */
export function currentDashboards(
  all: readonly AwsDashboard[],
  account: string,
  { deletedDashboards }: AwsChanges,
): readonly AwsDashboard[] {
  return all.filter(({ name }) => !deletedDashboards.has(dashboardKey(account, name)));
}

/**
 * The dashboards of an account, whatever the region, in the order of their names: one for each application that has machines, one for
 * each load balancer and each database, and one over all machines.
 */
export function dashboardsOf(fleet: Fleet, account: string): readonly AwsDashboard[] {
  const own = fleet.resources.filter((resource) => resource.account === account);
  const machines = own.filter(({ kind }) => kind === "virtual-machine");
  const cpuOf = (resources: typeof machines) =>
    resources.slice(0, 3).map(({ id, region }) => metricWidget("CPU", region, ["AWS/EC2", "CPUUtilization", "InstanceId", id]));
  const applications = [...new Set(machines.map(({ application }) => application))].map((application) => ({
    name: `${application}-overview`,
    widgets: [
      textWidget(`# ${application in TITLES ? TITLES[application as keyof typeof TITLES] : application}`),
      ...cpuOf(machines.filter((machine) => machine.application === application)),
    ],
  }));
  const single = own.flatMap((resource) => {
    const { kind, name, region, application } = resource;
    if (kind === "load-balancer") {
      const metric = ["AWS/ApplicationELB", "RequestCount", "LoadBalancer", loadBalancerDimension(resource)];
      return [{ name, widgets: [metricWidget(`${application} requests`, region, metric)] }];
    }
    // Not every database has somebody who looks at it.
    if (kind !== "database" || chance(resource.key, "dashboard") >= 0.7) return [];
    const metric = ["AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier", name];
    return [{ name: `db-${name}`, widgets: [textWidget(`Database of ${application}`), metricWidget("connections", region, metric)] }];
  });
  return [...applications, ...single, { name: "fleet-cpu", widgets: [textWidget("# 全部主机 CPU"), ...cpuOf(machines)] }]
    .map(({ name, widgets }) => ({
      name,
      arn: `arn:aws:cloudwatch::${account}:dashboard/${name}`,
      body: JSON.stringify({ widgets: widgets.map((widget, index) => ({ ...widget, x: 0, y: 6 * index, width: 12, height: 6 })) }),
      modifiedMs: Date.UTC(2025, 0, 1) + Math.floor(chance(hash(fleet.seed, account, name), "modified") * 500) * DAY_MS,
    }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** What remembers a deletion. */
export function dashboardKey(account: string, name: string): string {
  return `${account}/${name}`;
}

function metricWidget(title: string, region: string, metric: readonly string[]) {
  return { type: "metric", properties: { title, region, stat: "Average", period: 300, metrics: [metric] } };
}

function textWidget(markdown: string) {
  return { type: "text", properties: { markdown } };
}
