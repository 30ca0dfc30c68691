import type { Language } from "nephoscope";

/** What this bot itself writes. Everything else comes with the view, in the language of the question. */
export interface Labels {
  readonly approve: string;
  readonly reject: string;
  readonly revise: string;
  readonly stop: string;
  readonly good: string;
  readonly bad: string;
  readonly emulated: string;
  readonly receipt: string;
  readonly why: string;
  readonly operations: string;
  readonly places: string;
  readonly rehearsal: string;
  readonly estimate: string;
  readonly expires: string;
  readonly askedBy: string;
  readonly digest: string;
  readonly code: (lines: number) => string;
  readonly wholeCardInFile: (file: string) => string;
  readonly wholeTextInFile: (file: string) => string;
  readonly shownRows: (shown: string, all: string, file: string) => string;
  readonly moreSteps: (count: number) => string;
  readonly skipped: string;
  readonly noChart: string;
  readonly reviseTitle: string;
  readonly reviseLabel: string;
  readonly reviseSend: string;
  readonly cancel: string;
  readonly formFailed: string;
  readonly prompts: readonly { readonly title: string; readonly message: string }[];
  readonly promptsTitle: string;
}

export const LABELS: Readonly<Record<Language, Labels>> = {
  en: {
    approve: "Approve",
    reject: "Reject",
    revise: "Ask for changes",
    stop: "Stop",
    good: "Good answer",
    bad: "Bad answer",
    emulated: "EMULATED: no real cloud was asked",
    receipt: "Receipt",
    why: "Why",
    operations: "Operations",
    places: "Where",
    rehearsal: "Rehearsal",
    estimate: "Estimate",
    expires: "Expires",
    askedBy: "Asked by",
    digest: "Digest",
    code: (lines) => `Program, ${lines} lines`,
    wholeCardInFile: (file) => `Not all of it fits here. Read all of it in ${file}, above, before you decide.`,
    wholeTextInFile: (file) => `Not all of it fits here: all of it is in ${file}.`,
    shownRows: (shown, all, file) => `Showing ${shown} of ${all} rows, long cells shortened; everything is in ${file}.`,
    moreSteps: (count) => `… and ${count} more steps`,
    skipped: "skipped",
    noChart: "The chart could not be drawn: its renderer is not installed. The numbers are in the table.",
    reviseTitle: "Ask for changes",
    reviseLabel: "What should be changed?",
    reviseSend: "Send",
    cancel: "Cancel",
    formFailed: "The form could not be opened. Click again.",
    prompts: [
      { title: "Busy servers", message: "list servers with CPU > 80%" },
      { title: "Alarms now", message: "which alarms are firing?" },
      { title: "Full disks", message: "which databases have disk usage above 85%?" },
    ],
    promptsTitle: "Ask what runs in your clouds",
  },
  zh: {
    approve: "批准",
    reject: "拒绝",
    revise: "要求修改",
    stop: "停止",
    good: "回答得好",
    bad: "回答不好",
    emulated: "模拟环境：没有访问任何真实的云",
    receipt: "收据",
    why: "原因",
    operations: "操作",
    places: "范围",
    rehearsal: "演练",
    estimate: "估计",
    expires: "过期时间",
    askedBy: "提问者",
    digest: "摘要",
    code: (lines) => `程序，共 ${lines} 行`,
    wholeCardInFile: (file) => `这里放不下全部内容。请先阅读上方的 ${file}，再做决定。`,
    wholeTextInFile: (file) => `这里放不下全部内容：完整内容见 ${file}。`,
    shownRows: (shown, all, file) => `显示 ${all} 行中的 ${shown} 行，过长的单元格已缩短；完整内容见 ${file}。`,
    moreSteps: (count) => `……还有 ${count} 个步骤`,
    skipped: "已跳过",
    noChart: "无法绘制图表：未安装绘图组件。数据见表格。",
    reviseTitle: "要求修改",
    reviseLabel: "需要修改什么？",
    reviseSend: "发送",
    cancel: "取消",
    formFailed: "无法打开表单，请再点击一次。",
    prompts: [
      { title: "繁忙的服务器", message: "列出 CPU > 80% 的服务器" },
      { title: "当前告警", message: "现在有哪些告警？" },
      { title: "磁盘快满的数据库", message: "哪些数据库的磁盘使用率超过 85%？" },
    ],
    promptsTitle: "问问云上运行着什么",
  },
};
