import { notUnderstood } from "../failures.ts";
import { giveUp } from "../stop.ts";
import type { ElementReader } from "./element-reader.ts";

/** The words that compare the clouds of a question with one another. */
export function comparedClouds(reader: ElementReader): string | undefined {
  const versus = reader.all("scope").find((scope) => scope.compared);
  const verb = reader.all("apart").find((word) => word.compares);
  if (verb === undefined) return versus === undefined ? undefined : reader.wordsOf(versus);
  const several = reader
    .all("scope")
    .some(({ condition }) => condition.on === "provider" && !condition.negated && condition.values.length > 1);
  if (!several && !reader.has("group")) giveUp(notUnderstood([reader.wordsOf(verb)]), [reader.wordsOf(verb)]);
  return reader.wordsOf(verb);
}
