import type { TraceService } from "../../contracts/index.ts";
import { durationMs, type Span, serviceOf, statusOf } from "./trace-spans.ts";

interface ServiceTotals {
  requests: number;
  errors: number;
  latencyMs: number;
  readonly calls: Set<string>;
}

/** Sums up who took requests and whom they called. Cloud Trace has no service graph: it is made of the spans. */
export class ServiceTally {
  readonly #totals = new Map<string, ServiceTotals>();

  /** Spans of one trace. A request is a span whose parent is of another service, or that has none. */
  add(spans: readonly Span[]): void {
    const services = new Map(spans.map((span) => [span.id, serviceOf(span)]));
    for (const span of spans) {
      const service = services.get(span.id) ?? null;
      const caller = span.parent === undefined ? null : (services.get(span.parent) ?? null);
      if (service === null || service === caller) continue;
      const totals = this.#totalsOf(service);
      totals.requests++;
      totals.latencyMs += durationMs(span);
      if (statusOf(span) !== "ok") totals.errors++;
      if (caller !== null) this.#totalsOf(caller).calls.add(service);
    }
  }

  services(): TraceService[] {
    return [...this.#totals].map(([service, { requests, errors, latencyMs, calls }]) => ({
      service,
      requests,
      errors,
      averageLatencyMs: requests === 0 ? null : latencyMs / requests,
      calls: [...calls].sort(),
    }));
  }

  #totalsOf(service: string): ServiceTotals {
    let totals = this.#totals.get(service);
    if (totals === undefined) {
      totals = { requests: 0, errors: 0, latencyMs: 0, calls: new Set() };
      this.#totals.set(service, totals);
    }
    return totals;
  }
}
