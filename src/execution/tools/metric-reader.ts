import {
  type Batch,
  type Cell,
  type MetricReading,
  type MetricTarget,
  type Outcome,
  type Provider,
  type ProviderContext,
  RESOURCE_KINDS,
  type Reason,
  type ReceiptEntry,
  type ResolvedWindow,
  type Resource,
  type Row,
  resourceKey,
  type Scope,
  type Series,
  type Statistic,
  type ToolContext,
} from "../../contracts/index.ts";
import { failureOf, isCancelled, knownError } from "../outcome-of.ts";
import { scopeKey } from "../receipts.ts";
import { type AskedMetric, nativeMetric } from "./metric-names.ts";
import { isStopped, LEFT_OUT, noPoint, STOPPED, unconfigured, unsupported } from "./metric-reasons.ts";

export interface MetricReaderOptions {
  readonly context: ToolContext;
  /** With the index of each one's column in the rows that come out. */
  readonly metrics: readonly (AskedMetric & { readonly index: number })[];
  readonly statistic: Statistic;
  readonly window: ResolvedWindow;
  /** Stopped resources count as without data, unasked. */
  readonly skipsStopped: boolean;
  emit(batch: Batch): void;
}

/** A row that waits for its values. */
interface OpenRow {
  readonly row: Row;
  readonly resource: Resource;
  readonly site: Site;
  readonly cells: Cell[];
  readonly series: Series[];
  readonly troubles: { readonly outcome: Exclude<Outcome, "answered">; readonly reason: Reason }[];
  waitingFor: number;
}

interface OpenTarget {
  readonly target: MetricTarget;
  readonly metric: AskedMetric & { readonly index: number };
  readonly row: OpenRow;
}

/** What is gathered of one scope until a batch is full, or the scope has ended. */
interface Site {
  readonly scope: Scope;
  readonly provider: Provider | undefined;
  readonly context: ProviderContext | undefined;
  /** By native metric where the cloud takes one a request; all under one key where it mixes them. */
  readonly targets: Map<string, OpenTarget[]>;
  openRows: number;
  ended: boolean;
}

/**
 * Reads metrics of rows as they come, in as few requests as the cloud allows: a batch leaves when it is full, or when no more rows of its
 * scope will come. A row goes on once all its values are there.
 */
export class MetricReader {
  readonly #options: MetricReaderOptions;
  readonly #sites = new Map<string, Site>();
  readonly #reads: Promise<void>[] = [];
  #seen = 0;
  #done = 0;
  #allSeen = false;
  #misaligned = false;

  constructor(options: MetricReaderOptions) {
    this.#options = options;
  }

  /** Whether points came that reach over the edges of the window. */
  get misaligned(): boolean {
    return this.#misaligned;
  }

  add(rows: readonly Row[]): void {
    const finished: OpenRow[] = [];
    for (const row of rows) {
      const open = this.#open(row);
      if (open.waitingFor === 0) finished.push(open);
    }
    this.#seen += rows.length;
    this.#close(finished);
  }

  /** No more rows of the scope will come. */
  endScope(scope: Scope): void {
    const site = this.#sites.get(scopeKey(scope));
    if (site === undefined) {
      this.#options.emit({ rows: [], receipt: [], ended: [scope] });
      return;
    }
    site.ended = true;
    this.#send(site, 1);
    if (site.openRows === 0) this.#options.emit({ rows: [], receipt: [], ended: [scope] });
  }

  /** No more rows will come. Resolves when every value is there or known to be missing. */
  async finish(): Promise<void> {
    this.#allSeen = true;
    for (const site of this.#sites.values()) this.#send(site, 1);
    this.#tellProgress();
    await Promise.all(this.#reads);
  }

  #open(row: Row): OpenRow {
    const resource = row.resource as Resource;
    const site = this.#siteOf(resource);
    const cells = [...row.cells];
    for (const { index } of this.#options.metrics) cells[index] = null;
    const open: OpenRow = { row, resource, site, cells, series: [], troubles: [], waitingFor: 0 };
    site.openRows++;
    for (const metric of this.#options.metrics) this.#want(open, metric);
    if (site.provider?.metrics !== undefined) this.#send(site, site.provider.metrics.batchSize);
    return open;
  }

  #want(open: OpenRow, metric: OpenTarget["metric"]): void {
    const { resource, site, troubles } = open;
    if (site.provider === undefined) {
      troubles.push({ outcome: "failed", reason: unconfigured(resource.provider) });
      return;
    }
    const native = nativeMetric(metric, site.provider, resource.kind);
    if (native === undefined) troubles.push({ outcome: "noData", reason: unsupported(metric.name, site.provider) });
    else if (isStopped(resource) && this.#options.skipsStopped) troubles.push({ outcome: "noData", reason: STOPPED });
    else {
      open.waitingFor++;
      const key = site.provider.metrics?.oneMetricARequest === true ? native.native : "";
      const gathered = site.targets.get(key) ?? [];
      if (gathered.length === 0) site.targets.set(key, gathered);
      gathered.push({ target: { resource, metric: native }, metric, row: open });
    }
  }

  /** Sends what is gathered in full batches, as long as at least `atLeast` targets wait. */
  #send(site: Site, atLeast: number): void {
    for (const targets of site.targets.values()) {
      while (targets.length > 0 && targets.length >= atLeast) {
        const batch = targets.splice(0, site.provider?.metrics?.batchSize ?? targets.length);
        this.#reads.push(this.#read(site, batch));
      }
    }
  }

  async #read({ provider, context, scope }: Site, batch: readonly OpenTarget[]): Promise<void> {
    const { statistic, window, context: toolContext } = this.#options;
    const waiting = new Map(batch.map((open) => [open.target, open]));
    let byValue: ReadonlyMap<string, OpenTarget> | undefined;
    /** A provider may hand back a copy of a target; most hand back the target itself. */
    const find = (target: MetricTarget): OpenTarget | undefined => {
      const open = waiting.get(target);
      if (open !== undefined) return open;
      byValue ??= new Map(batch.map((each) => [targetKey(each.target), each]));
      const same = byValue.get(targetKey(target));
      return same !== undefined && waiting.has(same.target) ? same : undefined;
    };
    const settle = (open: OpenTarget | undefined, use: (open: OpenTarget) => void, finished: OpenRow[]) => {
      if (open === undefined) return;
      waiting.delete(open.target);
      use(open);
      if (--open.row.waitingFor === 0) finished.push(open.row);
    };
    let missing: { outcome: "throttled" | "denied" | "failed"; reason: Reason } = { outcome: "failed", reason: LEFT_OUT };
    try {
      const request = { targets: batch.map(({ target }) => target), statistic, window };
      for await (const page of provider?.metrics?.read(scope, request, context as ProviderContext) ?? []) {
        const finished: OpenRow[] = [];
        for (const reading of page) settle(find(reading.target), (open) => this.#take(open, reading), finished);
        this.#close(finished);
      }
    } catch (error) {
      // A person's abort is thrown by whoever waits for the whole step.
      if (isCancelled(toolContext.signal)) return;
      missing = failureOf(toolContext.signal.aborted ? toolContext.signal.reason : knownError(provider, error));
    }
    const finished: OpenRow[] = [];
    for (const open of [...waiting.values()]) settle(open, ({ row }) => row.troubles.push(missing), finished);
    this.#close(finished);
  }

  #take({ row, target, metric }: OpenTarget, { value, points, periodMs, failure }: MetricReading): void {
    const { window } = this.#options;
    if (value === null || !Number.isFinite(value)) {
      row.troubles.push(
        failure === undefined ? { outcome: "noData", reason: noPoint(target.resource, target.metric) } : failureOf(failure),
      );
      return;
    }
    row.cells[metric.index] = value;
    if (points.length > 0) row.series.push({ column: metric.column.name, points });
    window.periodMs = Math.max(window.periodMs ?? 0, periodMs);
    const [first, last] = [points[0], points.at(-1)];
    if (first !== undefined && last !== undefined && (first[0] < window.fromMs || last[0] + periodMs > window.toMs))
      this.#misaligned = true;
  }

  /** Hands on rows that have all they will get. */
  #close(rows: readonly OpenRow[]): void {
    if (rows.length === 0) return;
    for (const { site } of rows) site.openRows--;
    const ended = [...new Set(rows.map(({ site }) => site))].filter((site) => site.ended && site.openRows === 0);
    this.#done += rows.length;
    this.#options.emit({
      rows: rows.map((open) => this.#rowOf(open)),
      receipt: outcomesOf(rows),
      ...(ended.length === 0 ? {} : { ended: ended.map(({ scope }) => scope) }),
    });
    this.#tellProgress();
  }

  #rowOf({ row, cells, series }: OpenRow): Row {
    // A column that is asked for again loses its old points.
    const kept = (row.series ?? []).filter((one) => !this.#options.metrics.some(({ column }) => column.name === one.column));
    return { ...row, cells, series: [...kept, ...series] };
  }

  #siteOf(resource: Resource): Site {
    const { provider: providerId, account, region, kind } = resource;
    const scope: Scope = { provider: providerId, account, region, service: RESOURCE_KINDS[kind].service };
    const key = scopeKey(scope);
    let site = this.#sites.get(key);
    if (site === undefined) {
      const { context, emit } = this.#options;
      const provider = context.providers.find(({ id }) => id === providerId);
      const providerContext =
        provider === undefined ? undefined : context.providerContext(provider, (entry) => emit({ rows: [], receipt: [entry] }));
      site = { scope, provider, context: providerContext, targets: new Map(), openRows: 0, ended: false };
      this.#sites.set(key, site);
    }
    return site;
  }

  #tellProgress(): void {
    this.#options.context.progress({ done: this.#done, rows: this.#done, ...(this.#allSeen ? { total: this.#seen } : {}) });
  }
}

function targetKey({ resource, metric }: MetricTarget): string {
  return `${resourceKey(resource)}|${metric.native}|${metric.metric ?? ""}`;
}

const ANSWERED = [{ outcome: "answered" }] as const;

/** One entry for all resources of a scope that ended alike. */
function outcomesOf(rows: readonly OpenRow[]): ReceiptEntry[] {
  const sites = new Map<Site, Map<string, { entry: Extract<ReceiptEntry, { type: "outcome" }>; keys: string[] }>>();
  for (const { resource, site, troubles } of rows) {
    let groups = sites.get(site);
    if (groups === undefined) {
      groups = new Map();
      sites.set(site, groups);
    }
    for (const ending of troubles.length > 0 ? troubles : ANSWERED) {
      const id = "reason" in ending ? `${ending.outcome}|${ending.reason.code}|${ending.reason.text.en}` : ending.outcome;
      let group = groups.get(id);
      if (group === undefined) {
        const keys: string[] = [];
        group = { entry: { type: "outcome", scope: site.scope, keys, ...ending }, keys };
        groups.set(id, group);
      }
      group.keys.push(resourceKey(resource));
    }
  }
  return [...sites.values()].flatMap((groups) => [...groups.values()].map(({ entry }) => entry));
}
