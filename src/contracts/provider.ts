import type { ProviderError, Text } from "../errors/index.ts";
import type { MetricName, Statistic } from "./metric.ts";
import type { OperationDescription } from "./operation.ts";
import type { PartialScope, RegionName, Resource, ResourceKind, Scope } from "./resource.ts";
import type { Runtime } from "./runtime.ts";
import type { ResourceWhere, Where } from "./selection.ts";
import type { Column, Point } from "./table.ts";
import type { TimeWindow } from "./window.ts";

/**
 * A cloud: data plus functions. A function that is absent is a capability that is absent, and receipts say so.
 *
 * Functions throw `ProviderError` (or anything `toError` maps to one) when the cloud says no; the core counts, retries and reports.
 * They send every request through `context.call`, one call per request, with the vendor SDK's own retries switched off.
 * A page token that repeats or is refused is `PROVIDER_PAGE_LOST`; pages already yielded stay in the answer.
 */
export interface Provider {
  readonly contractVersion: "provider-v1";
  /** Lower case, as in plans and tables: `aws`. */
  readonly id: string;
  readonly name: Text;
  /** Other words people use for it, lower case: `["amazon", "亚马逊"]`. */
  readonly aliases: readonly string[];
  readonly regions: readonly RegionName[];
  /** Friendly account names of the configuration, by account id. */
  readonly accountNames: Readonly<Record<string, string>>;
  /** True when every request goes to an emulator. */
  readonly emulated: boolean;

  /**
   * Whether anything here points at credentials for this cloud: options, environment, files, the machine itself. Cheap and local, asks no
   * cloud. Where it says no, the cloud is left out of questions that do not name it. Absent: yes.
   */
  configured?(signal: AbortSignal): Promise<boolean>;
  /** Starts loading the vendor's packages, while the question is still being planned. Rejects with `DEPENDENCY_MISSING`. */
  load(): Promise<void>;
  /** The scopes that `where` selects, without their service, as they are found. A scope that cannot be opened is a failure, not an exception. */
  scopes(where: Where, context: ProviderContext): AsyncIterable<ScopeFinding>;
  /** Lists a scope, page by page. Conditions the cloud cannot check itself are checked by the core: returning too much is allowed, too little is not. */
  readonly resources: Partial<Readonly<Record<ResourceKind, ResourceLister>>>;
  readonly metrics?: MetricsCapability;
  readonly logs?: LogsCapability;
  readonly traces?: TracesCapability;
  readonly alarms?: AlarmsCapability;
  /** Operations no function above covers. */
  readonly operations?: OperationsCapability;
  /** The page of the cloud's web console that shows the resource. */
  consoleUrl?(resource: Resource): string | undefined;
  /** Where credentials come from and whether they work, with the cheapest call there is. */
  check(context: ProviderContext): Promise<ProviderCheck>;
  /** Maps what a vendor SDK throws. Absent: errors are taken as they are. */
  toError?(error: unknown): ProviderError;
  close?(): Promise<void>;
}

export interface ProviderContext {
  readonly signal: AbortSignal;
  readonly runtime: Runtime;
  /**
   * Sends one request: counted, limited per operation and scope, retried with jitter where that helps. `operation` is
   * `provider.service.Operation` (`aws.cloudwatch.GetMetricData`). `send` may run several times. `costUsd` tells what the cloud
   * charges for the reply, in US dollars at list price; without it nothing is known.
   */
  call<Reply>(
    operation: string,
    scope: Partial<Scope>,
    send: (signal: AbortSignal) => Promise<Reply>,
    costUsd?: (reply: Reply) => number,
  ): Promise<Reply>;
  /**
   * One request answers for several scopes: whoever asks first starts it, the others read along, from its first item to its last. Kept for
   * the run, failures included; `key` is unique within the provider and says all that the answer depends on.
   */
  shared<Item>(key: string, start: () => AsyncIterable<Item>): AsyncIterable<Item>;
  /** Something a reader of the receipt must know. */
  note(text: Text): void;
}

export type ScopeFinding =
  /** `services`: the only ones that can be there, by the names of receipts: `["logs", "alarms"]`. */
  | { readonly scope: PartialScope; readonly services?: readonly string[] }
  /** For an account whose regions could not be found, `region` is `"*"`. */
  | { readonly scope: PartialScope; readonly failure: ProviderError };

export interface ResourceQuery extends ResourceWhere {
  /** Tags are needed although nothing filters on them. Absent: a cloud that charges a request for each may leave them out. */
  readonly readTags?: boolean;
}

export type ResourceLister = (scope: Scope, query: ResourceQuery, context: ProviderContext) => AsyncIterable<readonly Resource[]>;

/** A metric as a cloud has it. */
export interface NativeMetric {
  /** Absent for a metric that was asked for by its native name and is not in the vocabulary. */
  readonly metric?: MetricName;
  readonly kind: ResourceKind;
  /** `AWS/EC2:CPUUtilization`, namespace and name joined by the vendor's usual separator. */
  readonly native: string;
  /** Canonical value = native value × scale. */
  readonly scale: number;
  /** Why a resource may have no such metric: "needs the CloudWatch agent". */
  readonly needs?: Text;
}

export interface MetricTarget {
  readonly resource: Resource;
  readonly metric: NativeMetric;
}

export interface MetricRequest {
  /** All of one scope, at most `batchSize`. */
  readonly targets: readonly MetricTarget[];
  readonly statistic: Statistic;
  readonly window: TimeWindow;
}

/** One for each target, in any order. */
export interface MetricReading {
  readonly target: MetricTarget;
  /** The statistic over the window in the canonical unit; null when there is no point. */
  readonly value: number | null;
  /** Points behind it, canonical, for charts and sparklines; at most 60 or so. */
  readonly points: readonly Point[];
  /** Length of one point in milliseconds. */
  readonly periodMs: number;
  /** Set when value is null: why. Absent then means no point in the window. */
  readonly failure?: ProviderError;
}

export interface MetricsCapability {
  /** How long after its end a point may still be missing, in milliseconds. Windows end before that. */
  readonly lagMs: number;
  /** Targets in one `read`: the cloud's documented limit. */
  readonly batchSize: number;
  /** A request takes one metric, so `read` gets targets of one. Absent: it takes several, and `read` may get them mixed. */
  readonly oneMetricARequest?: boolean;
  readonly catalogue: readonly NativeMetric[];
  /** Reads a native name that is not in the catalogue, or undefined if it is no name of this cloud. */
  parseNative(native: string, kind: ResourceKind): NativeMetric | undefined;
  /** Readings as pages arrive. */
  read(scope: Scope, request: MetricRequest, context: ProviderContext): AsyncIterable<readonly MetricReading[]>;
  /** The query behind one value, ready to paste into the vendor's CLI or console. */
  nativeQuery(target: MetricTarget, request: Pick<MetricRequest, "statistic" | "window">): string;
}

/** A log group, workspace or topic. */
export interface LogSource {
  readonly name: string;
  /** Stored size; what a scan may cost at most. */
  readonly storedBytes?: number;
}

export type LogSeverity = "debug" | "info" | "warning" | "error" | "critical";

export interface LogRequest {
  readonly sources: readonly LogSource[];
  /** Whose lines are wanted, for sources that hold those of several services. */
  readonly service?: string;
  readonly severities?: readonly LogSeverity[];
  readonly contains?: readonly string[];
  readonly excludes?: readonly string[];
  readonly native?: string;
  readonly window: TimeWindow;
  /** Field to count by instead of returning entries. */
  readonly countBy?: string;
  /** Newest entries wanted in all. */
  readonly limit: number;
}

export interface LogEntry {
  readonly timestampMs: number;
  readonly source: string;
  readonly service: string | null;
  readonly severity: LogSeverity | null;
  readonly message: string;
}

export interface LogPage {
  readonly entries?: readonly LogEntry[];
  readonly counts?: readonly { readonly value: string; readonly count: number }[];
  /** Rows of a native query whose shape only the cloud knows. */
  readonly table?: { readonly columns: readonly Column[]; readonly rows: readonly (readonly (string | number | null)[])[] };
  /** The cloud itself stopped early: a limit, a time-out, a partial result. */
  readonly truncated?: Text;
  readonly scannedBytes?: number;
}

export interface LogsCapability {
  /** Sources in one `read`: the cloud's documented limit. */
  readonly batchSize: number;
  /** Sources of a scope that may hold logs of `service` (all without it), page by page. */
  sources(scope: Scope, service: string | undefined, context: ProviderContext): AsyncIterable<readonly LogSource[]>;
  read(scope: Scope, request: LogRequest, context: ProviderContext): AsyncIterable<LogPage>;
}

export interface TraceRequest {
  readonly service?: string;
  readonly errorsOnly: boolean;
  readonly minDurationMs?: number;
  readonly window: TimeWindow;
}

export interface TraceSummary {
  readonly id: string;
  readonly timestampMs: number;
  readonly durationMs: number;
  readonly service: string | null;
  /** Method and path, or whatever names the operation. */
  readonly operation: string | null;
  readonly status: "ok" | "error" | "fault" | "throttle";
  readonly url?: string;
}

export interface TraceService {
  readonly service: string;
  readonly requests: number;
  readonly errors: number;
  readonly averageLatencyMs: number | null;
  /** Services it calls. */
  readonly calls: readonly string[];
}

export interface TracesCapability {
  search(scope: Scope, request: TraceRequest, context: ProviderContext): AsyncIterable<readonly TraceSummary[]>;
  services(scope: Scope, request: Pick<TraceRequest, "window">, context: ProviderContext): AsyncIterable<readonly TraceService[]>;
}

export type AlarmState = "alarm" | "ok" | "insufficient-data";

export interface Alarm {
  readonly id: string;
  readonly name: string;
  readonly state: AlarmState;
  readonly sinceMs: number | null;
  /** Native metric name, or null for composite alarms. */
  readonly metric: string | null;
  /** Id of the resource it watches, where it watches one. */
  readonly resource: string | null;
  readonly reason: string | null;
}

export interface AlarmsCapability {
  list(scope: Scope, states: readonly AlarmState[], context: ProviderContext): AsyncIterable<readonly Alarm[]>;
}

/** One request of any operation, as its description says it is spoken. Authorising it is the caller's business. */
export interface OperationRequest {
  readonly operation: OperationDescription;
  /** `region` is `"*"` for operations that reach the whole account. */
  readonly scope: PartialScope;
  /** By the field names of `operation.input`. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Azure: the address of the next page, as the reply before named it. Of another host it is refused with `PROVIDER_PAGE_LOST`. */
  readonly link?: string;
}

export interface OperationsCapability {
  /** Where requests of a scope go: `aws`, `aws-cn`, `azure-china`; `emulator` in emulator mode. */
  partition(scope: PartialScope): string;
  /**
   * Signs and sends one request through `context.call`, and gives the reply by the field names of `operation.output`: JSON, times as ISO
   * 8601, bytes as base64. Hosts come from a pinned list of suffixes, never from the description; paths are encoded; no redirects are
   * followed. Throws `ProviderError` as all functions here.
   */
  invoke(request: OperationRequest, context: ProviderContext): Promise<unknown>;
}

export interface ProviderCheck {
  readonly status: "ok" | "failed" | "not-configured";
  /** Where credentials come from, masked: `profile "prod" (AKIA…7Q2X)`. */
  readonly source: string;
  /** Who they are: an account, a subscription, a project; null when that could not be found out. */
  readonly identity: string | null;
  readonly failure?: ProviderError;
}
