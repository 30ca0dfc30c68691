import type { LogPage, LogRequest, LogSource, Reason, Scope, ToolContext } from "../../contracts/index.ts";
import { failureOf, isCancelled, knownError } from "../outcome-of.ts";
import type { Site } from "./each-scope.ts";

/** How much one query may still scan. Sources are taken as they are found: small ones after a large one may still fit. */
export class ScanBudget {
  readonly maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Stored bytes of the sources taken: what the query scans at most. */
  get bytes(): number {
    return this.#bytes;
  }

  take({ storedBytes = 0 }: LogSource): boolean {
    if (this.#bytes + storedBytes > this.maxBytes) return false;
    this.#bytes += storedBytes;
    return true;
  }
}

export interface LogReadOptions {
  readonly context: ToolContext;
  readonly budget: ScanBudget;
  readonly service: string | undefined;
  readonly request: Omit<LogRequest, "sources">;
  take(scope: Scope, page: LogPage): void;
}

/** Reads all sources of a scope in batches, each as soon as it is full. Throws only what kept sources from being listed. */
export async function readScope(site: Site, options: LogReadOptions): Promise<void> {
  const { logs } = site.provider;
  if (logs === undefined) return;
  const reads: Promise<void>[] = [];
  const leftOut: LogSource[] = [];
  let gathered: LogSource[] = [];
  const send = () => {
    reads.push(readSources(site, gathered.splice(0, logs.batchSize), options));
  };
  try {
    for await (const page of logs.sources(site.scope, options.service, site.context)) {
      site.found([], page.length);
      const fitting = page.filter((source) => options.budget.take(source));
      leftOut.push(...page.filter((source) => !fitting.includes(source)));
      gathered = [...gathered, ...fitting];
      while (gathered.length >= logs.batchSize) send();
    }
  } finally {
    if (gathered.length > 0) send();
    if (leftOut.length > 0) {
      const reason = overLimit(leftOut, options.budget.maxBytes);
      site.tell({ type: "truncated", scope: site.scope, count: leftOut.length, reason });
    }
    await Promise.all(reads);
  }
}

async function readSources(
  { provider, scope, context, tell }: Site,
  sources: readonly LogSource[],
  options: LogReadOptions,
): Promise<void> {
  const keys = sources.map(({ name }) => `logs/${name}`);
  const { signal } = options.context;
  try {
    for await (const page of provider.logs?.read(scope, { ...options.request, sources }, context) ?? []) {
      options.take(scope, page);
      if (page.truncated !== undefined)
        tell({ type: "truncated", scope, count: 0, reason: { code: "log-read-cut", text: page.truncated } });
    }
    tell({ type: "outcome", scope, keys, outcome: "answered" });
  } catch (error) {
    // A person's abort is thrown by whoever waits for the whole step.
    if (isCancelled(signal)) return;
    tell({ type: "outcome", scope, keys, ...failureOf(signal.aborted ? signal.reason : knownError(provider, error)) });
  }
}

const MAX_NAMED_SOURCES = 5;

function overLimit(sources: readonly LogSource[], maxBytes: number): Reason {
  const named = sources.slice(0, MAX_NAMED_SOURCES).map(({ name, storedBytes = 0 }) => `${name} (${gigabytes(storedBytes)})`);
  const more = sources.length - named.length;
  return {
    code: "log-scan-limit",
    text: {
      en: `left out, because the scan limit is ${gigabytes(maxBytes)}: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
      zh: `超出扫描上限 ${gigabytes(maxBytes)}，未读取：${named.join("、")}${more > 0 ? ` 等 ${sources.length} 个` : ""}`,
    },
  };
}

/** Decimal, as clouds bill it. */
export function gigabytes(bytes: number): string {
  return `${Number((bytes / 1e9).toPrecision(3))} GB`;
}
