import type { WindowSpec } from "../../contracts/index.ts";
import { ambiguous, contradictory } from "../failures.ts";
import { giveUp, refuse } from "../stop.ts";
import type { ElementReader } from "./element-reader.ts";

/** The window of a question that names none. */
export const DEFAULT_WINDOW: WindowSpec = { lastMs: 300_000 };

/** The window a question names; two of them, or a past one and "now", contradict each other. */
export function readWindow(reader: ElementReader): WindowSpec | undefined {
  const windows = reader.all("window");
  const [first, second] = windows;
  if (second !== undefined) {
    const words = windows.map((each) => reader.wordsOf(each));
    refuse(contradictory(`${words.join(" and ")} are two windows`, `${words.join("和")}是两个不同的时间范围`));
  }
  const absolute = first !== undefined && "from" in first.window;
  if (absolute && reader.has("now")) refuse(contradictory(`"now" and "${reader.wordsOf(first)}"`, `“现在”与“${reader.wordsOf(first)}”`));
  const [zone] = reader.all("zone");
  if (zone !== undefined && !absolute) {
    giveUp(ambiguous("A time zone is named, but no time.", "指明了时区,但没有指明时间。"), [reader.wordsOf(zone)]);
  }
  return first?.window;
}
