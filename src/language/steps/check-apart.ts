import { notUnderstood } from "../failures.ts";
import type { ElementReader } from "../intent/element-reader.ts";
import { giveUp } from "../stop.ts";

/** "各有多少" and "respectively" want a number for each of something, so there must be groups. */
export function checkApart(reader: ElementReader): void {
  if (reader.has("group")) return;
  const words = reader.all("apart").map((each) => reader.wordsOf(each));
  if (words.length > 0) giveUp(notUnderstood(words), words);
}
