import { all, inRegion } from "./conditions.ts";
import {
  alarmCount,
  alarming,
  alarms,
  byMetric,
  failedRequest,
  howMany,
  lastMinutes,
  logCount,
  logCountsBy,
  logs,
  logsOf,
  newest,
  refused,
  rows,
  slowest,
  traces,
  withSeverity,
} from "./expectations.ts";
import { CPU, everything, hot, prod, VM } from "./fleet.ts";
import type { Question } from "./question.ts";

const FIRST_OF_THREAD = "哪些服务器 CPU 超过 80%?";

const QUESTIONS: readonly Omit<Question, "language">[] = [
  {
    id: "zh-error-logs",
    kind: "logs",
    text: "checkout 最近 10 分钟的错误日志",
    window: lastMinutes(10),
    expect: logs(all(logsOf("checkout"), withSeverity("error", "critical"))),
  },
  {
    id: "zh-warning-count",
    kind: "logs",
    text: "auth 服务过去一小时打了多少条警告日志?",
    window: lastMinutes(60),
    expect: logCount(
      (log) => log.severity === "warning" && log.source === "/app/auth",
      (log) => log.severity === "warning" && log.service === "auth",
    ),
  },
  {
    id: "zh-errors-by-service",
    kind: "logs",
    text: "过去一小时各服务的错误日志条数",
    window: lastMinutes(60),
    expect: logCountsBy("service", (log) => log.severity === "error"),
  },
  {
    id: "zh-errors-by-region",
    kind: "logs",
    text: "按区域统计最近 30 分钟的错误日志数量",
    window: lastMinutes(30),
    expect: logCountsBy("region", (log) => log.severity === "error"),
  },
  {
    id: "zh-logs-containing",
    kind: "logs",
    text: "今天下午三点以来东京的 billing 日志里包含“支付网关”的",
    window: { from: "2026-11-20T07:00:00Z", to: "now" },
    expect: logs(all(logsOf("billing"), inRegion("ap-northeast-1"), (log) => (log.message.includes("支付网关") ? "yes" : "no"))),
  },
  {
    id: "zh-latest-errors",
    kind: "logs",
    text: "爱尔兰 search 服务最新的 20 条错误日志,最近两小时内",
    window: lastMinutes(120),
    expect: logs(all(logsOf("search"), withSeverity("error", "critical"), inRegion("eu-west-1")), newest(20)),
  },
  {
    id: "zh-slowest",
    kind: "traces",
    text: "最近一小时最慢的 10 个请求",
    window: lastMinutes(60),
    expect: traces(everything, slowest(10)),
  },
  {
    id: "zh-slow-checkout",
    kind: "traces",
    text: "过去半小时 checkout 耗时超过 7 秒的请求",
    window: lastMinutes(30),
    expect: traces((trace) => (trace.service === "checkout" && trace.durationMs > 7_000 ? "yes" : "no")),
  },
  {
    id: "zh-failed-auth",
    kind: "traces",
    text: "近 10 分钟 auth 失败的请求有哪些",
    window: lastMinutes(10),
    expect: traces(all((trace) => (trace.service === "auth" ? "yes" : "no"), failedRequest)),
  },
  { id: "zh-alarming", kind: "alarms", text: "现在有哪些告警在响?", window: null, expect: alarms(alarming("alarm")) },
  {
    id: "zh-insufficient",
    kind: "alarms",
    text: "数据不足的告警有多少个",
    window: null,
    expect: alarmCount(alarming("insufficient-data")),
  },
  {
    id: "zh-alarms-of-region",
    kind: "alarms",
    text: "弗吉尼亚状态正常的告警列出来",
    window: null,
    expect: alarms(all(alarming("ok"), inRegion("us-east-1"))),
  },
  {
    id: "zh-of-those",
    kind: "follow-up",
    after: FIRST_OF_THREAD,
    text: "这些里面哪些是生产环境的?",
    expect: rows(VM, all(hot, prod)),
  },
  {
    id: "zh-how-many-of-them",
    kind: "follow-up",
    after: FIRST_OF_THREAD,
    text: "其中在爱尔兰的有几台?",
    expect: howMany(VM, all(hot, inRegion("eu-west-1"))),
  },
  {
    id: "zh-three-of-those",
    kind: "follow-up",
    after: FIRST_OF_THREAD,
    text: "其中 CPU 最高的三台",
    expect: rows(VM, hot, { shows: [CPU], order: byMetric(CPU, "descending", { limit: 3 }) }),
  },
];

const REFUSED: readonly Omit<Question, "language" | "kind">[] = [
  { id: "zh-reboot", text: "把 CPU 超过 90% 的服务器全部重启", expect: refused("QUESTION_WRITE_REQUEST") },
  { id: "zh-delete", text: "删掉已经停止的测试机器", expect: refused("QUESTION_WRITE_REQUEST") },
  { id: "zh-off-topic", text: "今天上海天气怎么样", expect: refused("QUESTION_OFF_TOPIC", "QUESTION_NOT_UNDERSTOOD") },
  { id: "zh-unknown-region", text: "列出 cn-mars-1 区域的服务器", expect: refused("REGION_UNKNOWN") },
  { id: "zh-unknown-metric", text: "幸福指数大于 80% 的服务器", expect: refused("METRIC_UNKNOWN", "QUESTION_NOT_UNDERSTOOD") },
  { id: "zh-no-unit", text: "入流量超过 5000 的服务器", expect: refused("UNIT_MISSING") },
  { id: "zh-wrong-unit", text: "内存使用率超过 300 毫秒的机器", expect: refused("UNIT_MISMATCH") },
  { id: "zh-future", text: "明天 9 点到 11 点服务器的平均 CPU", expect: refused("WINDOW_INVALID") },
  { id: "zh-reversed", text: "2026-11-19 12:00 到 2026-11-18 12:00 的服务器 CPU", expect: refused("WINDOW_INVALID") },
  { id: "zh-contradictory", text: "CPU 高于 90% 而且低于 10% 的服务器", expect: refused("QUESTION_CONTRADICTORY") },
  { id: "zh-without-context", text: "其中哪些在东京?", expect: refused("QUESTION_WITHOUT_CONTEXT") },
  { id: "zh-unknown-account", text: "账号 999988887777 里的服务器", expect: refused("ACCOUNT_UNKNOWN") },
  { id: "zh-unencrypted", text: "没加密的数据库有哪些", expect: refused("QUESTION_NOT_UNDERSTOOD", "METRIC_UNKNOWN") },
];

/** Logs, traces, alarms, follow-ups, and what must be refused. */
export const BLIND_ZH_SIGNALS: readonly Question[] = [
  ...QUESTIONS.map((question) => ({ ...question, language: "zh" as const })),
  ...REFUSED.map((question) => ({ ...question, kind: "refused" as const, language: "zh" as const })),
];
