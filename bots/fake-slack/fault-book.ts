/** What goes wrong with calls of the Web API. */
export interface Fault {
  /** Of any method when absent; `upload` for the bytes of a file. */
  readonly method?: string;
  /** `reset-after`: Slack did what it was asked, and the answer got lost. */
  readonly kind: "429" | "500" | "reset-before" | "reset-after";
  /** So many matching calls go well first. @defaultValue 0 */
  readonly skip?: number;
  /** So many then go wrong. @defaultValue all */
  readonly times?: number;
  /** @defaultValue 1 */
  readonly retryAfterSeconds?: number;
}

/** Rules are looked at in order; a call meets one at most. */
export class FaultBook {
  #rules: { readonly fault: Fault; met: number }[] = [];

  add(fault: Fault): void {
    this.#rules.push({ fault, met: 0 });
  }

  clear(): void {
    this.#rules = [];
  }

  take(method: string): Fault | undefined {
    for (const rule of this.#rules) {
      const { fault } = rule;
      if (fault.method !== undefined && fault.method !== method) continue;
      const skip = fault.skip ?? 0;
      if (rule.met >= skip + (fault.times ?? Number.POSITIVE_INFINITY)) continue;
      rule.met += 1;
      if (rule.met > skip) return fault;
    }
    return undefined;
  }
}
