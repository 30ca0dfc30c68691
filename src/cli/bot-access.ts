import type { Text } from "nephoscope";
import type { AccessRules } from "nephoscope/bots";
import type { Config } from "./config-file.ts";

/** Who may ask and decide; nobody, where the configuration says nothing. */
export function accessOf({ bots }: Pick<Config, "bots">): AccessRules {
  return bots ?? { rules: [] };
}

/** What an operator must know of the rules before somebody asks: that nobody may, that nobody decides, and what was loosened. */
export function accessWarnings({ bots, code, file }: Pick<Config, "bots" | "code" | "file">): Text[] {
  const rules = accessOf({ bots });
  const place = file ?? "nephoscope.config.json";
  const warnings: Text[] = [];
  if (rules.rules.length === 0) {
    warnings.push({
      en: `Nobody may ask: bots.rules is empty. Allow your workspace in ${place}: { "bots": { "rules": [{ "everybody": true }] } }`,
      zh: `没有人可以提问：bots.rules 为空。请在 ${place} 中放行，例如：{ "bots": { "rules": [{ "everybody": true }] } }`,
    });
  }
  const idle = rules.rules.findIndex(({ everybody, users = [], groups = [] }) => !everybody && users.length + groups.length === 0);
  if (idle >= 0) {
    warnings.push({
      en: `bots.rules.${idle} fits nobody: it names neither everybody, users nor groups.`,
      zh: `bots.rules.${idle} 不适用于任何人：没有指定 everybody、users 或 groups。`,
    });
  }
  const { users = [], groups = [] } = rules.approvers ?? {};
  if (users.length + groups.length === 0 && rules.rules.length > 0) {
    warnings.push({
      en: `Nobody may approve generated code: bots.approvers names nobody. Name people or groups in ${place}: { "bots": { "approvers": { "users": ["U123"] } } }`,
      zh: `没有人可以批准生成的代码：bots.approvers 为空。请在 ${place} 中指定人员或用户组，例如：{ "bots": { "approvers": { "users": ["U123"] } } }`,
    });
  }
  if (rules.selfApproval === true) {
    warnings.push({
      en: "Who asks may approve their own code: bots.selfApproval is true.",
      zh: "提问者可以批准自己的代码：bots.selfApproval 为 true。",
    });
  }
  if (rules.writeApprovals === 1 && code?.allow?.includes("write")) {
    warnings.push({
      en: "One person alone may approve code that changes something: bots.writeApprovals is 1.",
      zh: "一个人即可批准会产生变更的代码：bots.writeApprovals 为 1。",
    });
  }
  if (code?.approve === "reads") {
    warnings.push({
      en: "Code that only reads runs without asking anybody: code.approve is reads.",
      zh: "只读代码无需批准即可执行：code.approve 为 reads。",
    });
  }
  if (rules.logsInPublicChannels === true) {
    warnings.push({
      en: "Log lines and traces are shown where everybody can read them: bots.logsInPublicChannels is true.",
      zh: "日志与链路会显示在公开频道：bots.logsInPublicChannels 为 true。",
    });
  }
  return warnings;
}
