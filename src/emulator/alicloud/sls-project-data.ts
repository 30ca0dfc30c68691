import type { Fleet } from "../fleet.ts";
import { hash, pick } from "../hash.ts";
import { type LogSourceData, logSourcesOf } from "../log-data.ts";

/** A dashboard of a project. */
export interface SlsDashboard {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
}

/** A query that was given a name. */
export interface SlsSavedSearch {
  readonly id: string;
  readonly displayName: string;
  readonly logstore: string;
  readonly query: string;
}

const RETENTION_DAYS = [7, 30, 90, 180] as const;

/** `nephos-main-cn-hangzhou`: the one project of an account in a region in which machines run. */
export function projectName(fleet: Fleet, account: string, region: string): string {
  return `nephos-${fleet.accounts.find(({ id }) => id === account)?.name}-${region}`;
}

export function logstoreName({ name }: Pick<LogSourceData, "name">): string {
  return `app-${name}`;
}

/** Days a logstore keeps its logs. */
export function retentionDays({ key }: Pick<LogSourceData, "key">): number {
  return pick(RETENTION_DAYS, key, "retention");
}

export function shardsOf({ key }: Pick<LogSourceData, "key">): number {
  return pick([2, 2, 4], key, "shards");
}

/** The logstores of the project of a place. */
export function logstoresOf(fleet: Fleet, account: string, region: string): readonly LogSourceData[] {
  return logSourcesOf(fleet, account, region).filter(({ kind }) => kind === "application");
}

/** One dashboard over everything and one for most applications, by id. */
export function dashboardsOf(fleet: Fleet, account: string, region: string): readonly SlsDashboard[] {
  const stores = logstoresOf(fleet, account, region);
  if (stores.length === 0) return [];
  const ofStores = stores
    .filter(({ key }) => hash(key, "dashboard") % 3 > 0)
    .map((store) => ({ id: dashboardId(store.key), displayName: `${store.name}-概览`, description: "" }));
  const overview = { id: dashboardId(hash(account, region)), displayName: "errors-by-service", description: "各服务错误数" };
  return [overview, ...ofStores].sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** The saved searches of a place: errors of each logstore, slow requests of some. */
export function savedSearchesOf(fleet: Fleet, account: string, region: string): readonly SlsSavedSearch[] {
  return logstoresOf(fleet, account, region).flatMap((store) => {
    const logstore = logstoreName(store);
    const slow = { id: `slow-${store.name}`, displayName: `${store.name} slow requests`, logstore, query: "latencyMs > 1000" };
    const errors = { id: `errors-${store.name}`, displayName: `${store.name} 错误`, logstore, query: "level: ERROR" };
    return hash(store.key, "slow search") % 2 === 0 ? [errors, slow] : [errors];
  });
}

function dashboardId(key: number): string {
  return `dashboard-${1_700_000_000_000 + key}-${hash(key, "dashboard") % 1_000_000}`;
}
