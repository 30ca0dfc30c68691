import type { AccessRules } from "nephoscope/bots";
import type { FakeSlack } from "../../bots/fake-slack/start-fake-slack.ts";

export interface DemoWorkspace {
  readonly asker: string;
  readonly approver: string;
  readonly secondApprover: string;
  readonly colleague: string;
  readonly guest: string;
  /** Everybody is in it, the guest included. */
  readonly cloud: string;
  /** Private. */
  readonly operations: string;
  /** Shared with another organisation. */
  readonly partners: string;
  readonly access: AccessRules;
}

/** People, channels and rules with which everything about asking and approving can be tried. */
export function furnish({ workspace }: FakeSlack): DemoWorkspace {
  const [asker = "", approver = "", secondApprover = "", colleague = ""] = ["asker", "approver", "second-approver", "colleague"].map(
    (name) => workspace.addPerson({ name }),
  );
  const guest = workspace.addPerson({ name: "guest", kind: "guest" });
  const stranger = workspace.addPerson({ name: "stranger", kind: "stranger" });
  const members = [asker, approver, secondApprover, colleague];
  const oncall = workspace.addGroup({ handle: "oncall", users: [approver] });
  return {
    asker,
    approver,
    secondApprover,
    colleague,
    guest,
    cloud: workspace.addChannel({ name: "cloud", members: [...members, guest] }),
    operations: workspace.addChannel({ name: "operations", kind: "private", members }),
    partners: workspace.addChannel({ name: "with-partners", shared: true, members: [...members, stranger] }),
    access: { rules: [{ everybody: true }], approvers: { groups: [oncall], users: [secondApprover] } },
  };
}
