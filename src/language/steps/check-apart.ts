import { notUnderstood } from "../failures.ts";
import type { ElementReader } from "../intent/element-reader.ts";
import { giveUp } from "../stop.ts";

/** "各有多少" and "respectively" want a number for each of something, so there must be groups; "vs" and "compare" want one for each cloud. */
export function checkApart(reader: ElementReader): void {
  const groups = reader.all("group").flatMap((group) => group.keys.map((key) => key.column));
  const compared = groups.includes("provider") ? [] : reader.all("scope").filter((scope) => scope.compared);
  const comparing = groups.includes("provider") ? [] : reader.all("apart").filter((word) => word.compares);
  const counted = groups.length > 0 ? [] : reader.all("apart");
  const words = [...new Set([...compared, ...comparing, ...counted])].map((each) => reader.wordsOf(each));
  if (words.length > 0) giveUp(notUnderstood(words), words);
}
