import type { Text } from "nephoscope";

/** Why a question is not taken. */
export const REFUSALS = {
  noRule: {
    en: "You are not allowed to ask here. Whoever runs this bot decides who may.",
    zh: "你没有在此提问的权限，请联系本机器人的管理员。",
  },
  outsider: {
    en: "Guests and people of other organisations are not allowed to ask here.",
    zh: "访客和其他组织的成员不能在此提问。",
  },
  sharedChannel: {
    en: "Questions are not answered in channels that are shared with other organisations. Ask in a channel of your own.",
    zh: "与其他组织共享的频道中不回答问题，请在自己组织的频道中提问。",
  },
  unknown: {
    en: "It could not be checked whether you are allowed to ask here, so the question was not run. Try again in a minute.",
    zh: "无法确认你是否有权在此提问，因此未执行该问题，请稍后再试。",
  },
  tooLong: {
    en: "The question is too long: at most 4,000 characters.",
    zh: "问题过长：最多 4,000 个字符。",
  },
} satisfies Record<string, Text>;

export const HELP: Text = {
  en: "Ask what runs in your clouds, for example: “which servers have CPU over 80%”, “list databases in eu-west-1”, “error logs of checkout in the last hour”.",
  zh: "可以询问云上的资源，例如：“列出 CPU > 80% 的服务器”、“eu-west-1 有哪些数据库”、“过去一小时 checkout 的错误日志”。",
};

/** Too many questions within an hour. */
export function limitReached(of: "person" | "channel", limit: number, againInMs: number): Text {
  const minutes = Math.max(1, Math.ceil(againInMs / 60_000));
  return {
    en: `${of === "person" ? "You have" : "This channel has"} asked ${limit} questions within an hour, which is the limit. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
    zh: `${of === "person" ? "你" : "本频道"}一小时内已提问 ${limit} 次，达到上限。请在 ${minutes} 分钟后再试。`,
  };
}

export const PARKED: Text = {
  en: "The bot is restarting. This question goes on after the restart.",
  zh: "机器人正在重启，重启后会继续处理这个问题。",
};

export const NO_LONGER_KEPT = {
  message: { en: "The answer is no longer kept.", zh: "该回答已不再保存。" },
  hint: { en: "Ask the question again.", zh: "请重新提问。" },
} satisfies Record<string, Text>;

/** An approval that stands as it does, because somebody else decided. */
const DECIDED = {
  pending: { en: "This was not decided yet.", zh: "该请求尚未决定。" },
  approved: { en: "Somebody else was faster: this was approved.", zh: "已有其他人处理：该请求已被批准。" },
  rejected: { en: "Somebody else was faster: this was rejected.", zh: "已有其他人处理：该请求已被拒绝。" },
  revised: { en: "Somebody else was faster: this is being written again.", zh: "已有其他人处理：该代码正在按意见重新编写。" },
} satisfies Record<string, Text>;

/** The same for who decided it, and clicks again. */
const DECIDED_BY_YOU = {
  pending: DECIDED.pending,
  approved: { en: "You have approved this already.", zh: "你已经批准过该请求。" },
  rejected: { en: "You have rejected this already.", zh: "你已经拒绝过该请求。" },
  revised: { en: "You have asked for changes already.", zh: "你已经提出过修改意见。" },
} satisfies Record<string, Text>;

/** What whoever clicked is told. */
export const CLICKS = {
  unknownApproval: { en: "This approval is not known any more.", zh: "该审批已不存在。" },
  overApproval: {
    en: "The question that this approval belongs to has ended.",
    zh: "该审批所属的问题已经结束。",
  },
  unknownPerson: {
    en: "It could not be checked who you are, so nothing was decided. Try again in a minute.",
    zh: "无法确认你的身份，因此没有做出任何决定，请稍后再试。",
  },
  outsiderDecides: {
    en: "Guests and people of other organisations don't decide.",
    zh: "访客和其他组织的成员不能审批。",
  },
  revisionEmpty: { en: "Say what to change.", zh: "请说明需要修改什么。" },
  approved: { en: "Approved: the run goes on.", zh: "已批准，继续执行。" },
  approvedInPart: { en: "Your approval counts; another person has to approve, too.", zh: "已记录你的批准，还需要另一人批准。" },
  rejected: { en: "Rejected: it is not run.", zh: "已拒绝，不会执行。" },
  revised: { en: "It is being written again, as you said.", zh: "将按你的意见重新编写。" },
  expired: { en: "This approval has expired. Ask the question again.", zh: "该审批已过期，请重新提问。" },
  ownQuestion: { en: "You can't approve what you asked for yourself.", zh: "不能批准自己提出的请求。" },
  approvedTwice: { en: "You have approved this already; another person has to approve it, too.", zh: "你已批准，还需要另一人批准。" },
  noMoreChanges: {
    en: "This was changed as often as is allowed. Approve or reject it.",
    zh: "修改次数已达上限，请批准或拒绝。",
  },
  noApprover: { en: "You are not among the people who decide this.", zh: "你不在审批人之列。" },
  failed: { en: "That did not work. Try again in a minute.", zh: "操作未成功，请稍后再试。" },
  unknownQuestion: { en: "This question is not known any more.", zh: "该问题已不存在。" },
  endedQuestion: { en: "This question has ended already.", zh: "该问题已经结束。" },
  stopForbidden: { en: "Only who asked or an approver stops a question.", zh: "只有提问者或审批人可以停止。" },
  stopping: { en: "Stopping.", zh: "正在停止。" },
  thanks: { en: "Thank you, noted.", zh: "谢谢，已记录。" },
  decided: DECIDED,
  decidedByYou: DECIDED_BY_YOU,
} satisfies Record<string, Text | Record<string, Text>>;
