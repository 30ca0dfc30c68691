import type { Fleet } from "../fleet.ts";
import { chance, hash, pick } from "../hash.ts";

/** Where log entries are sent besides. */
export interface GcpSink {
  readonly name: string;
  readonly account: string;
  readonly destination: string;
  readonly filter: string;
  readonly description: string;
  readonly disabled: boolean;
  /** What of it is left out. */
  readonly exclusion: { readonly name: string; readonly filter: string } | null;
  /** Null for the sinks that every project begins with. */
  readonly createdMs: number | null;
}

/** A metric that counts log entries. */
export interface GcpLogMetric {
  readonly name: string;
  readonly account: string;
  readonly description: string;
  readonly filter: string;
  readonly disabled: boolean;
  readonly createdMs: number;
}

const CREATED_MS = Date.UTC(2025, 1, 3, 7, 30);
const DAY_MS = 86_400_000;
const AUDIT = ["cloudaudit.googleapis.com/activity", "externalaudit.googleapis.com/activity", "cloudaudit.googleapis.com/system_event"];

/** The two sinks of every project, and some of its applications. */
export function sinksOf(fleet: Fleet): readonly GcpSink[] {
  return fleet.accounts.flatMap(({ id: account }) => {
    const bucket = (name: string) => `logging.googleapis.com/projects/${account}/locations/global/buckets/${name}`;
    const audit = AUDIT.map((log) => `LOG_ID("${log}")`).join(" OR ");
    const own = applicationsOf(fleet, account).flatMap((application) => applicationSinks(fleet.seed, account, application));
    return [
      {
        name: "_Default",
        account,
        destination: bucket("_Default"),
        filter: `NOT ${audit.replaceAll(" OR ", " AND NOT ")}`,
        description: "",
        disabled: false,
        exclusion: null,
        createdMs: null,
      },
      {
        name: "_Required",
        account,
        destination: bucket("_Required"),
        filter: audit,
        description: "",
        disabled: false,
        exclusion: null,
        createdMs: null,
      },
      ...own,
    ];
  });
}

/** One or two for each application. */
export function logMetricsOf(fleet: Fleet): readonly GcpLogMetric[] {
  return fleet.accounts.flatMap(({ id: account }) =>
    applicationsOf(fleet, account).flatMap((application) => {
      const key = hash(fleet.seed, account, application, "log metric");
      const errors = {
        name: `${application}/errors`,
        account,
        description: `${application} 错误日志条数`,
        filter: `severity>=ERROR AND jsonPayload.service="${application}"`,
        disabled: chance(key, "disabled") < 0.15,
        createdMs: CREATED_MS + (key % 300) * DAY_MS,
      };
      const slow = {
        ...errors,
        name: `${application}/slow_requests`,
        description: "requests over a second",
        filter: `jsonPayload.service="${application}" AND jsonPayload.durationMs>1000`,
      };
      return chance(key, "slow") < 0.5 ? [errors, slow] : [errors];
    }),
  );
}

function applicationsOf(fleet: Fleet, account: string): readonly string[] {
  return [...new Set(fleet.resources.filter((one) => one.account === account).map(({ application }) => application))].sort();
}

function applicationSinks(seed: number, account: string, application: string): readonly GcpSink[] {
  const key = hash(seed, account, application, "sink");
  if (chance(key, "there") < 0.3) return [];
  const destinations = [
    `storage.googleapis.com/${account}-${application}-logs`,
    `bigquery.googleapis.com/projects/${account}/datasets/${application}_logs`,
    `pubsub.googleapis.com/projects/${account}/topics/${application}-logs`,
  ] as const;
  return [
    {
      name: `${application}-archive`,
      account,
      destination: pick(destinations, key, "destination"),
      filter: `jsonPayload.service="${application}"`,
      description: pick(["留存一年", "kept for a year"], key, "description"),
      disabled: chance(key, "disabled") < 0.25,
      exclusion: chance(key, "exclusion") < 0.4 ? { name: "no-debug", filter: "severity<=DEBUG" } : null,
      createdMs: CREATED_MS + (key % 300) * DAY_MS,
    },
  ];
}
