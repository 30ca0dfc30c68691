import type { PlanningFacts, Statistic } from "../../contracts/index.ts";
import type { Aggregate } from "./resource-intent.ts";

type Measure = Aggregate["measure"];

/** How the points of one resource become a number, and how the numbers of several resources become one. */
export interface Figures {
  readonly statistic: Statistic;
  readonly measure: Measure;
}

/**
 * The statistic named in a question serves both: the maximum of maxima, the average of averages. Totals (requests, errors) are always
 * summed over the window first; levels are averaged over the window before they are summed over resources.
 */
export function figuresOf(metric: string, asked: Statistic | undefined, aggregated: boolean, facts: PlanningFacts): Figures {
  const total = facts.metrics[metric]?.kind === "total";
  if (!aggregated) return { statistic: asked ?? (total ? "sum" : "average"), measure: "average" };
  const measure: Measure = asked === undefined ? (total ? "sum" : "average") : asked === "last" ? "average" : asked;
  if (total) return { statistic: "sum", measure };
  return { statistic: asked === undefined || asked === "sum" ? "average" : asked, measure };
}
