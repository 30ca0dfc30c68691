import type { DenyRule, FaultKind, FaultRule } from "./fault-rules.ts";

export interface FaultHit {
  readonly kind: FaultKind;
  /** How often this rule had fired before. */
  readonly before: number;
}

/** Which calls go wrong. Rules are looked at in order; each call meets one at most. */
export class FaultBook {
  #faults: { readonly rule: FaultRule; fired: number }[] = [];
  #denied: ReadonlySet<string> = new Set();

  constructor(faults: readonly FaultRule[], deny: readonly DenyRule[]) {
    this.setFaults(faults);
    this.setDenied(deny);
  }

  setFaults(rules: readonly FaultRule[]): void {
    this.#faults = rules.map((rule) => ({ rule, fired: 0 }));
  }

  setDenied(rules: readonly DenyRule[]): void {
    this.#denied = new Set(rules.map((rule) => `${rule.provider}:${rule.region}`));
  }

  /** The fault that befalls a call, counted. A lost page needs a call that asks for a later one. */
  take(provider: string, operation: string, continues: boolean): FaultHit | undefined {
    for (const entry of this.#faults) {
      const { rule } = entry;
      if (rule.provider !== provider || (rule.operation !== "*" && rule.operation !== operation)) continue;
      if (entry.fired >= rule.times || (rule.kind === "lost-page" && !continues)) continue;
      return { kind: rule.kind, before: entry.fired++ };
    }
    return undefined;
  }

  denies(provider: string, region: string | null): boolean {
    return region !== null && this.#denied.has(`${provider}:${region}`);
  }
}
