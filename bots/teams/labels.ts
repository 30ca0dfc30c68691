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
  readonly part: (part: number, parts: number) => string;
  readonly continued: string;
  readonly tooLongToDecide: string;
  readonly shownRows: (from: number, to: number, all: number) => string;
  readonly csvBelow: string;
  readonly nextRows: string;
  readonly previousRows: string;
  readonly rowsGone: string;
  readonly moreLines: (count: number) => string;
  readonly noChart: string;
  readonly chartTooLarge: string;
  readonly chart: string;
  readonly csvDescription: (rows: number) => string;
  readonly csvDeclined: string;
  readonly reviseLabel: string;
  readonly revisePlaceholder: string;
  readonly notOurs: string;
}

export const LABELS: Readonly<Record<Language, Labels>> = {
  en: {
    approve: "Approve",
    reject: "Reject",
    revise: "Ask for changes",
    stop: "Stop",
    good: "👍 Good answer",
    bad: "👎 Bad answer",
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
    part: (part, parts) => `Part ${part} of ${parts}`,
    continued: "The buttons are on the last part: read all of them before you decide.",
    tooLongToDecide: "This program is too long to be shown here in full, so it cannot be approved here. Decide with: nephoscope approvals",
    shownRows: (from, to, all) =>
      `Rows ${from.toLocaleString("en")}–${to.toLocaleString("en")} of ${all.toLocaleString("en")}, long cells shortened.`,
    csvBelow: "All rows are in the CSV below.",
    nextRows: "Next rows",
    previousRows: "Previous rows",
    rowsGone: "These rows are no longer kept. Ask the question again.",
    moreLines: (count) => `… and ${count} more`,
    noChart: "The chart could not be drawn: its renderer is not installed. The numbers are in the table.",
    chartTooLarge:
      "The chart is too large for a message. With a public address (publicUrl) the bot shows it. The numbers are in the table.",
    chart: "Chart",
    csvDescription: (rows) => `All ${rows.toLocaleString("en")} rows. It is put into your OneDrive when you accept.`,
    csvDeclined: "The file was not sent.",
    reviseLabel: "What should be changed?",
    revisePlaceholder: "Only with “Ask for changes”",
    notOurs: "This button is not known any more.",
  },
  zh: {
    approve: "批准",
    reject: "拒绝",
    revise: "要求修改",
    stop: "停止",
    good: "👍 回答得好",
    bad: "👎 回答不好",
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
    part: (part, parts) => `第 ${part} 部分，共 ${parts} 部分`,
    continued: "按钮在最后一部分：请先阅读全部内容，再做决定。",
    tooLongToDecide: "程序过长，这里无法完整显示，因此不能在这里批准。请使用：nephoscope approvals",
    shownRows: (from, to, all) => `第 ${from}–${to} 行，共 ${all} 行，过长的单元格已缩短。`,
    csvBelow: "全部行见下方的 CSV。",
    nextRows: "后面的行",
    previousRows: "前面的行",
    rowsGone: "这些行已不再保存，请重新提问。",
    moreLines: (count) => `……还有 ${count} 项`,
    noChart: "无法绘制图表：未安装绘图组件。数据见表格。",
    chartTooLarge: "图表太大，一条消息放不下。为机器人设置公网地址（publicUrl）后即可显示。数据见表格。",
    chart: "图表",
    csvDescription: (rows) => `全部 ${rows} 行。接受后会放入你的 OneDrive。`,
    csvDeclined: "没有发送文件。",
    reviseLabel: "需要修改什么？",
    revisePlaceholder: "仅用于“要求修改”",
    notOurs: "该按钮已失效。",
  },
};
