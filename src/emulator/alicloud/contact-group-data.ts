import type { Fleet } from "../fleet.ts";
import { hash, pick } from "../hash.ts";
import { ALERT_CONTACT_GROUP } from "./alarm-data.ts";

/** People whom CloudMonitor tells of alerts, whatever the region. */
export interface ContactGroup {
  readonly name: string;
  readonly description: string;
  readonly contacts: readonly string[];
  readonly weeklyReport: boolean;
  readonly createdMs: number;
}

const PEOPLE = ["alice", "bob", "chen.wei", "李雷", "韩梅梅"] as const;
const DAY_MS = 86_400_000;
// Nobody is left in the last one.
const GROUPS = [
  { name: ALERT_CONTACT_GROUP, description: "默认报警联系人组", size: 2 },
  { name: "运维值班", description: "PE报警组", size: 3 },
  { name: "payments-oncall", description: "", size: 2 },
  { name: "platform-oncall", description: "Platform team", size: 1 },
  { name: "旧值班组", description: "2023 年停用", size: 0 },
] as const;

/** The contact groups of an account that has machines. */
export function contactGroupsOf(fleet: Fleet, account: string): readonly ContactGroup[] {
  if (!fleet.resources.some((resource) => resource.account === account)) return [];
  return GROUPS.map(({ name, description, size }) => {
    const key = hash(fleet.seed, account, "contact group", name);
    const contacts = Array.from({ length: size }, (_, index) => pick(PEOPLE, (key % 5) + index));
    return {
      name,
      description,
      contacts: [...new Set(contacts)],
      weeklyReport: key % 2 === 0,
      createdMs: Date.UTC(2023, 0, 1) + (key % 700) * DAY_MS,
    };
  });
}
