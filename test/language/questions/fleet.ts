import { above, type Condition, inState, loosely, named, tagged } from "./conditions.ts";
import { between, lastMinutes } from "./expectations.ts";

/** What the questions are about, by short names. */
export const VM = "virtual-machine";
export const CPU = "cpu.utilization";
export const MEMORY = "memory.utilization";
export const DISK = "disk.utilization";

export const MAIN_ACCOUNT = "111122223333";
export const PAYMENTS_ACCOUNT = "444455556666";

export const everything: Condition<unknown> = () => "yes";
export const prod = tagged("env", "prod");
export const running = inState("running");

/** The name or the tag says so; where they differ, either reading is right. */
export const checkout = loosely(
  tagged("service", "checkout"),
  named((name) => name.includes("checkout")),
);

/** What most first questions of a thread ask for. */
export const hot: Condition = above(CPU, 80);

export const FIVE_MINUTES = lastMinutes(5);
/** In Asia/Shanghai, as are the windows of all questions that name no zone. */
export const YESTERDAY_9_TO_11 = between("2026-11-19T01:00:00Z", "2026-11-19T03:00:00Z");
export const DAY_BEFORE_9_TO_11 = between("2026-11-18T01:00:00Z", "2026-11-18T03:00:00Z");
/** Where it begins and ends is left to the answer, within reason. */
export const LAST_NIGHT = {
  fromBetween: ["2026-11-19T10:00:00Z", "2026-11-19T16:00:00Z"],
  toBetween: ["2026-11-19T16:00:00Z", "2026-11-20T01:00:00Z"],
} as const;
