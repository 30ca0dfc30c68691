import { all, inAccount, inRegion, tagged } from "./conditions.ts";
import {
  alarmCountsByRegion,
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
  requestCountsByService,
  rows,
  slowest,
  traces,
  withSeverity,
} from "./expectations.ts";
import { CPU, everything, hot, MAIN_ACCOUNT, prod, VM } from "./fleet.ts";
import type { Question } from "./question.ts";

const FIRST_OF_THREAD = "which servers are over 80% CPU?";

const QUESTIONS: readonly Omit<Question, "language">[] = [
  {
    id: "en-error-logs",
    kind: "logs",
    text: "error logs of checkout in the last 10 minutes",
    window: lastMinutes(10),
    expect: logs(all(logsOf("checkout"), withSeverity("error", "critical"))),
  },
  {
    id: "en-error-count",
    kind: "logs",
    text: "How many errors did the auth service log in the past hour?",
    window: lastMinutes(60),
    expect: logCount(
      (log) => log.severity === "error" && log.source === "/app/auth",
      (log) => log.severity === "error" && log.service === "auth",
    ),
  },
  {
    id: "en-errors-by-service",
    kind: "logs",
    text: "error logs by service over the last hour",
    window: lastMinutes(60),
    expect: logCountsBy("service", (log) => log.severity === "error"),
  },
  {
    id: "en-latest-warnings",
    kind: "logs",
    text: "latest 20 warnings from search in eu-west-1 during the last 2 hours",
    window: lastMinutes(120),
    expect: logs(all(logsOf("search"), withSeverity("warning"), inRegion("eu-west-1")), newest(20)),
  },
  {
    id: "en-logs-containing",
    kind: "logs",
    text: 'billing logs containing "connection refused" in Tokyo since 3pm',
    window: { from: "2026-11-20T07:00:00Z", to: "now" },
    expect: logs(all(logsOf("billing"), inRegion("ap-northeast-1"), (log) => (log.message.includes("connection refused") ? "yes" : "no"))),
  },
  {
    id: "en-slowest",
    kind: "traces",
    text: "10 slowest requests in the last hour",
    window: lastMinutes(60),
    expect: traces(everything, slowest(10)),
  },
  {
    id: "en-slow-checkout",
    kind: "traces",
    text: "requests to checkout that took longer than 7 seconds in the last half hour",
    window: lastMinutes(30),
    expect: traces((trace) => (trace.service === "checkout" && trace.durationMs > 7_000 ? "yes" : "no")),
  },
  {
    id: "en-failed-by-service",
    kind: "traces",
    text: "number of failed requests per service, last 30 minutes",
    window: lastMinutes(30),
    expect: requestCountsByService(failedRequest),
  },
  { id: "en-alarming", kind: "alarms", text: "what is alarming right now?", window: null, expect: alarms(alarming("alarm")) },
  {
    id: "en-insufficient",
    kind: "alarms",
    text: "alarms with insufficient data in the main account",
    window: null,
    expect: alarms(all(alarming("insufficient-data"), inAccount(MAIN_ACCOUNT))),
  },
  {
    id: "en-alarms-by-region",
    kind: "alarms",
    text: "how many alarms are firing in each region?",
    window: null,
    expect: alarmCountsByRegion(alarming("alarm")),
  },
  {
    id: "en-nothing-matches",
    kind: "nothing-matches",
    text: "servers tagged team=marketing",
    window: null,
    expect: rows(VM, tagged("team", "marketing")),
  },
  {
    id: "en-of-those",
    kind: "follow-up",
    after: FIRST_OF_THREAD,
    text: "of those, which are in prod?",
    expect: rows(VM, all(hot, prod)),
  },
  {
    id: "en-how-many-of-them",
    kind: "follow-up",
    after: FIRST_OF_THREAD,
    text: "how many of them are in Ireland?",
    expect: howMany(VM, all(hot, inRegion("eu-west-1"))),
  },
  {
    id: "en-three-of-those",
    kind: "follow-up",
    after: FIRST_OF_THREAD,
    text: "of those, the three with the highest CPU",
    expect: rows(VM, hot, { shows: [CPU], order: byMetric(CPU, "descending", { limit: 3 }) }),
  },
];

const REFUSED: readonly Omit<Question, "language" | "kind">[] = [
  { id: "en-reboot", text: "reboot every server above 90% CPU", expect: refused("QUESTION_WRITE_REQUEST") },
  {
    id: "en-add-tag",
    text: "Please tag all instances that have no owner with owner=nobody",
    expect: refused("QUESTION_WRITE_REQUEST"),
  },
  {
    id: "en-off-topic",
    text: "what's a good recipe for mapo tofu?",
    expect: refused("QUESTION_OFF_TOPIC", "QUESTION_NOT_UNDERSTOOD"),
  },
  { id: "en-unknown-region", text: "list servers in eu-moon-1", expect: refused("REGION_UNKNOWN") },
  {
    id: "en-unknown-metric",
    text: "servers with happiness above 80%",
    expect: refused("METRIC_UNKNOWN", "QUESTION_NOT_UNDERSTOOD"),
  },
  { id: "en-no-unit", text: "instances with network in over 5000", expect: refused("UNIT_MISSING") },
  { id: "en-wrong-unit", text: "servers with CPU above 3 GB", expect: refused("UNIT_MISMATCH") },
  { id: "en-future", text: "average CPU of our servers tomorrow from 9 to 11", expect: refused("WINDOW_INVALID") },
  { id: "en-reversed", text: "server CPU from 2026-11-19 12:00 to 2026-11-18 12:00", expect: refused("WINDOW_INVALID") },
  { id: "en-contradictory", text: "servers with CPU above 90% and below 10%", expect: refused("QUESTION_CONTRADICTORY") },
  {
    id: "en-without-context",
    text: "of those, which ones are in Tokyo?",
    expect: refused("QUESTION_WITHOUT_CONTEXT"),
  },
  { id: "en-unknown-account", text: "servers in account 999988887777", expect: refused("ACCOUNT_UNKNOWN") },
  {
    id: "en-unencrypted",
    text: "which databases are unencrypted?",
    expect: refused("QUESTION_NOT_UNDERSTOOD", "METRIC_UNKNOWN"),
  },
  { id: "en-only-marks", text: " ?! ", expect: refused("QUESTION_EMPTY", "QUESTION_NOT_UNDERSTOOD") },
];

/** Logs, traces, alarms, follow-ups, and what must be refused. */
export const BLIND_EN_SIGNALS: readonly Question[] = [
  ...QUESTIONS.map((question) => ({ ...question, language: "en" as const })),
  ...REFUSED.map((question) => ({ ...question, kind: "refused" as const, language: "en" as const })),
];
