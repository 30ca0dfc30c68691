import type { Fleet } from "../fleet.ts";
import { hash, hexDigits, pick } from "../hash.ts";
import { projectNumber } from "./native-names.ts";

/** What a tile of a dashboard shows. */
export type GcpWidget =
  | { readonly kind: "chart"; readonly title: string; readonly filter: string }
  | { readonly kind: "text"; readonly title: string; readonly content: string }
  | { readonly kind: "logs"; readonly title: string; readonly filter: string };

export interface GcpDashboard {
  readonly key: number;
  /** `projects/NUMBER/dashboards/ID`. */
  readonly name: string;
  readonly displayName: string;
  readonly account: string;
  readonly widgets: readonly GcpWidget[];
  readonly labels: Readonly<Record<string, string>>;
}

const CPU = 'metric.type="compute.googleapis.com/instance/cpu/utilization" resource.type="gce_instance"';

/** Dashboards of applications, of regions, and one for every hundred machines. An application may be named in the title, in a filter or in a text alone. */
export function dashboardsOf(fleet: Fleet): readonly GcpDashboard[] {
  return fleet.accounts.flatMap(({ id: account }) => {
    const machines = fleet.resources.filter((one) => one.account === account && one.kind === "virtual-machine");
    const applications = [...new Set(machines.map(({ application }) => application))].sort();
    const make = (name: string, displayName: string, widgets: readonly GcpWidget[], labels = {}): GcpDashboard => {
      const key = hash(fleet.seed, account, "dashboard", name);
      const id = [8, 4, 4, 4, 12].map((length, index) => hexDigits(length, key, "id", index)).join("-");
      return { key, name: `projects/${projectNumber(account)}/dashboards/${id}`, displayName, account, widgets, labels };
    };
    const groups = Array.from({ length: Math.floor(machines.length / 100) }, (_, index) => index + 1);
    return [
      ...applications.flatMap((application) => [
        make(
          `${application} overview`,
          pick([`${application} overview`, `${application} 服务总览`], hash(account, application)),
          overview(application),
        ),
        make(`${application} on call`, "值班看板", onCall(application), { team: "sre" }),
      ]),
      ...fleet.regions.map(({ id }) =>
        make(`region ${id}`, `Region ${id}`, [{ kind: "chart", title: "CPU", filter: `${CPU} resource.label.zone=starts_with("${id}")` }]),
      ),
      ...groups.map((group) => make(`machines ${group}`, `Machines, group ${group}`, [{ kind: "chart", title: "CPU", filter: CPU }])),
    ].sort((left, right) => (left.name < right.name ? -1 : 1));
  });
}

/** Whether anything in a dashboard names an application. */
export function mentions({ displayName, widgets }: GcpDashboard, application: string): boolean {
  const texts = widgets.flatMap((widget) => [widget.title, widget.kind === "text" ? widget.content : widget.filter]);
  return [displayName, ...texts].some((text) => text.includes(application));
}

function overview(application: string): readonly GcpWidget[] {
  return [
    { kind: "chart", title: "CPU", filter: `${CPU} metadata.user_labels.service="${application}"` },
    { kind: "logs", title: "Errors", filter: `severity>=ERROR jsonPayload.service="${application}"` },
  ];
}

/** The title says nothing about the application. */
function onCall(application: string): readonly GcpWidget[] {
  return [
    { kind: "text", title: "说明", content: `${application} 的值班手册：先看错误日志，再看 CPU。` },
    { kind: "chart", title: "CPU", filter: CPU },
  ];
}
