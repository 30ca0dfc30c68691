import type { Fleet } from "../fleet.ts";
import type { GcpChanges } from "./changes.ts";

/** One call that is authenticated and allowed. */
export interface GoogleRequest {
  readonly method: GoogleMethod;
  /** Id of the project the call is about. */
  readonly project: string;
  /** Groups of the method's path. */
  readonly path: Readonly<Record<string, string>>;
  /** The query string; fields of messages with dots: `interval.endTime`. */
  readonly query: URLSearchParams;
  /** The JSON body; empty without one. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Whether replies give enumerations as numbers: `$alt=json;enum-encoding=int` (google.golang.org/genproto, system parameters). */
  readonly numericEnums: boolean;
  /** The world's time, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** Whether the operator refuses a region. */
  denies(region: string): boolean;
}

/** JSON that is ready, or what to make it of. */
export type GoogleReply = string | Readonly<Record<string, unknown>>;

export interface GoogleMethod {
  /** As fault rules use it: the RPC, with the resource where the RPC alone has none (`AggregatedListInstances`), or the method's id without the API (`disks.aggregatedList`). */
  readonly name: string;
  /** As errors tell it: `google.monitoring.v3.MetricService.ListTimeSeries`. */
  readonly rpc: string;
  readonly verb: "GET" | "POST" | "DELETE";
  /** A group `project` holds the project, where it stands in the path. */
  readonly path: RegExp;
  /** The IAM permission it takes. */
  readonly permission: string;
  /** The region a call is about, where it is about one. */
  regionOf?(path: Readonly<Record<string, string>>): string;
  /** The projects a call without a project in its path is about. */
  projectsOf?(body: Readonly<Record<string, unknown>>): readonly string[];
  /** Throws a {@link GoogleError} for what the vendor refuses. */
  answer(request: GoogleRequest): GoogleReply;
}

/** One Google API: its methods and who may call them. */
export interface GoogleService {
  /** As call logs name it: `compute`, `monitoring`. */
  readonly id: string;
  /** `monitoring.googleapis.com`: the audience of self-signed tokens. */
  readonly host: string;
  /** OAuth scopes any of which will do. */
  readonly scopes: readonly string[];
  /** Names of the quota that a throttled call exceeds. */
  readonly quota: { readonly metric: string; readonly limit: string; readonly title: string };
  /** Whether errors have the older list beside the status, as Compute Engine's do. */
  readonly legacyErrors: boolean;
  readonly methods: readonly GoogleMethod[];
}

/** Makes a service over a world. */
export type GoogleServiceFactory = (fleet: Fleet, changes: GcpChanges) => GoogleService;

export const CLOUD_PLATFORM_SCOPE = "https://www.googleapis.com/auth/cloud-platform";
export const CLOUD_PLATFORM_READ_ONLY_SCOPE = "https://www.googleapis.com/auth/cloud-platform.read-only";
