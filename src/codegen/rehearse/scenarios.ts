import type { Program } from "../../contracts/index.ts";
import type { SampleStyle } from "./sample-reply.ts";

/** A way a cloud may answer. */
export interface Scenario {
  readonly name: "typed samples" | "several pages" | "fields left out" | "nothing found" | "throttled";
  readonly style: SampleStyle;
  /** Whether the call is refused for want of quota; calls count from 1. */
  throttles(call: number): boolean;
  /** Whether the program may end with an error. */
  readonly mayFail: boolean;
}

/** As many as several pages have; a call for each, and for each of what that gives, is still within what a program may make. */
const PAGED_ITEMS = 100;

const SAMPLES: Scenario = {
  name: "typed samples",
  style: { items: 3, pagedItems: 3, sparse: false },
  throttles: () => false,
  mayFail: false,
};

/** The ways that make a difference to this program, the plain one first. */
export function scenariosFor({ operations }: Pick<Program, "operations">): readonly Scenario[] {
  const isPaginated = operations.some(({ operation }) => operation.pagination !== undefined);
  return [
    SAMPLES,
    ...(isPaginated ? [{ ...SAMPLES, name: "several pages", style: { ...SAMPLES.style, pagedItems: PAGED_ITEMS } } as const] : []),
    { ...SAMPLES, name: "fields left out", style: { ...SAMPLES.style, sparse: true } },
    { ...SAMPLES, name: "nothing found", style: { items: 0, pagedItems: 0, sparse: true } },
  ];
}

/** The last call that an untroubled run makes is refused, and all after it: the program has work to lose. */
export function throttledAfter(calls: number): Scenario {
  return { ...SAMPLES, name: "throttled", throttles: (call) => call >= Math.max(1, calls), mayFail: true };
}
