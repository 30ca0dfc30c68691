import type { Lexicon } from "../text/sense.ts";

/** Logs, traces and alarms. "Errors" takes in what is worse than an error. */
export const SIGNALS: Lexicon = [
  [
    { is: "logs" },
    "log|logs|log entries|log entry|log lines|log line|log messages|log message|log records|log events|logged|日志|日志记录|日志条目|日志内容",
  ],
  [
    { is: "severity", severities: ["error", "critical"], noun: true },
    "error|errors|error-level|error level|报错|错误|错误级别|出错|error级别",
  ],
  [
    { is: "severity", severities: ["error", "critical"], noun: true, counted: true },
    "error count|number of errors|errors count|错误数|错误次数|错误量|报错次数|报错数|错误数量|错误条数",
  ],
  [{ is: "severity", severities: ["warning"], noun: true }, "warning|warnings|warn|warns|警告|告警级别|warn级别|warning级别"],
  [{ is: "severity", severities: ["critical"], noun: true }, "critical|fatal|criticals|严重|致命"],
  [{ is: "severity", severities: ["info"], noun: false }, "info|informational|info级别|info level|info-level"],
  [{ is: "severity", severities: ["debug"], noun: false }, "debug|debug级别|debug level|debug-level"],
  [
    { is: "traces" },
    "trace|traces|tracing|distributed traces|span|spans|x-ray traces|xray traces|链路|调用链|调用链路|追踪|链路追踪|请求链路|trace数据",
  ],
  [{ is: "requests" }, "request|requests|请求|接口调用|调用"],
  [{ is: "failed" }, "failed|failing|erroneous|faulty|that failed|which failed|失败|出错|报错|有错误|失败了"],
  [{ is: "services" }, "services|service|服务"],
  [
    { is: "serviceMap" },
    "service map|service graph|service dependencies|dependency map|dependency graph|service topology|call graph|service dependency graph|which services call which|服务拓扑|服务拓扑图|调用关系|服务地图|依赖关系|服务依赖|服务调用关系|拓扑图|服务依赖关系|服务调用图",
  ],
  [{ is: "alarms" }, "alarm|alarms|alert|alerts|cloudwatch alarms|告警|报警|警报|告警项|报警项"],
  [
    { is: "alarming" },
    "alarming|firing|triggered|in alarm|in alarm state|in the alarm state|active|ringing|going off|on fire|raised|currently firing|open|触发|正在告警|正在报警|告警中|报警中|处于告警状态|处于报警状态|触发的|告警状态|报警状态|触发中|在告警|在报警|活跃|已触发|未恢复|在响|正在响|响着|响起|响了|响",
  ],
  [
    { is: "alarmState", states: ["ok"] },
    "ok|in ok state|in the ok state|ok state|in ok|healthy|正常|正常状态|ok状态|处于正常状态|状态正常|恢复正常",
  ],
  [
    { is: "alarmState", states: ["insufficient-data"] },
    "insufficient data|insufficient-data|insufficient_data|in insufficient data state|with insufficient data|in insufficient data|insufficient data state|数据不足|数据不足状态|缺少数据",
  ],
  [
    { is: "alarmState", states: ["alarm", "ok", "insufficient-data"] },
    "in any state|of any state|in all states|所有状态|任何状态|全部状态|任意状态",
  ],
];
