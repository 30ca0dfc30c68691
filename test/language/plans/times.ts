import type { PlanTable } from "./plan-table.ts";

export const TIMES: PlanTable = {
  en: [
    ["cpu of checkout-web-003 over the last 24 hours", "list vm name is checkout-web-003 | metrics cpu.utilization average 1d"],
    [
      "CPU last night by region",
      "list vm | metrics cpu.utilization average 03-11T12:00..03-11T22:00 | aggregate average(cpu.utilization) by region",
    ],
    [
      "average CPU of databases yesterday versus the day before",
      "list database | metrics cpu.utilization average 03-10T16:00..03-11T16:00 | metrics cpu.utilization average 03-09T16:00..03-10T16:00 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    [
      "cpu versus yesterday",
      "list vm | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-11T02:10..03-11T02:15 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    ["AWS/EC2:CPUUtilization of servers in the last hour", "list vm | metrics AWS/EC2:CPUUtilization average 1h"],
    ["total requests per function in the last hour", "list function | metrics requests.count sum 1h"],
    [
      "what is the total number of requests of all functions in the last hour",
      "list function | metrics requests.count sum 1h | aggregate sum(requests.count) by all",
    ],
    [
      "how many requests did the functions handle in the last hour",
      "list function | metrics requests.count sum 1h | aggregate sum(requests.count) by all",
    ],
    [
      "how many errors did our lambdas have today",
      "list function | metrics errors.count sum 03-11T16:00..03-12T02:17 | aggregate sum(errors.count) by all",
    ],
    [
      "functions with more than 10 errors in the last hour",
      "list function | metrics errors.count sum 1h | filter errors.count gt 10 count | sort errors.count desc",
    ],
    [
      "load balancers with p95 latency above 1.5 seconds in the last 30 minutes",
      "list load-balancer | metrics latency.duration p95 30m | filter latency.duration gt 1500 milliseconds | sort latency.duration desc",
    ],
    [
      "Can you show me the memory usage of checkout-web-003 over the past 6 hours?",
      "list vm name is checkout-web-003 | metrics memory.utilization average 6h",
    ],
    ["p95 CPU of prod servers yesterday", "list vm tag:env in PROD | metrics cpu.utilization p95 03-10T16:00..03-11T16:00"],
    [
      "peak CPU above 90% today",
      "list vm | metrics cpu.utilization maximum 03-11T16:00..03-12T02:17 | filter cpu.utilization gt 90 percent | sort cpu.utilization desc",
    ],
    [
      "average CPU over 80% since 9am",
      "list vm | metrics cpu.utilization average 03-12T01:00..03-12T02:17 | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    ["cpu on monday", "list vm | metrics cpu.utilization average 03-09T16:00..03-10T16:00"],
    ["cpu between 9 and 11 yesterday", "list vm | metrics cpu.utilization average 03-11T01:00..03-11T03:00"],
    ["cpu yesterday 9:00-11:00", "list vm | metrics cpu.utilization average 03-11T01:00..03-11T03:00"],
    ["cpu yesterday from 9am to 11am UTC", "list vm | metrics cpu.utilization average 03-11T09:00..03-11T11:00"],
    ["cpu from 2025-03-10 09:00 to 2025-03-10 11:00", "list vm | metrics cpu.utilization average 03-10T01:00..03-10T03:00"],
    ["cpu from 2025-03-10T09:00Z to 2025-03-10T11:00Z", "list vm | metrics cpu.utilization average 03-10T09:00..03-10T11:00"],
    ["cpu on March 10", "list vm | metrics cpu.utilization average 03-09T16:00..03-10T16:00"],
    ["cpu this morning", "list vm | metrics cpu.utilization average 03-11T22:00..03-12T02:17"],
    ["cpu 3-5pm yesterday", "list vm | metrics cpu.utilization average 03-11T07:00..03-11T09:00"],
    ["last week CPU of databases", "list database | metrics cpu.utilization average 03-02T16:00..03-09T16:00"],
    ["cpu over the last week", "list vm | metrics cpu.utilization average 7d"],
    ["cpu since yesterday", "list vm | metrics cpu.utilization average 03-10T16:00..03-12T02:17"],
    [
      "functions with errors in the last hour",
      "list function | metrics errors.count sum 1h | filter errors.count gt 0 count | sort errors.count desc",
    ],
    [
      "CPU average utilization of an RDS DB instance over 80% for the last 30 days",
      "list database | metrics cpu.utilization average 30d | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "cpu compared to last week for prod servers",
      "list vm tag:env in PROD | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-05T02:10..03-05T02:15 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    [
      "servers whose cpu is higher than yesterday",
      "list vm | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-11T02:10..03-11T02:15 .before | join left metrics metrics-before | derive cpu.utilization.change=difference | filter cpu.utilization.change gt 0 | sort cpu.utilization.change desc",
    ],
    [
      "servers with CPU over 80% versus yesterday",
      "list vm | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-11T02:10..03-11T02:15 .before | join left metrics metrics-before | derive cpu.utilization.change=difference | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "memory usage compared with the same time yesterday",
      "list vm | metrics memory.utilization average 5m | metrics memory.utilization average 03-11T02:10..03-11T02:15 .before | join left metrics metrics-before | derive memory.utilization.change=difference",
    ],
    [
      "Which production machines averaged more than 80% CPU in the past hour?",
      "list vm tag:env in PROD | metrics cpu.utilization average 1h | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "servers with average cpu greater than 50% over the last 2 hours",
      "list vm | metrics cpu.utilization average 2h | filter cpu.utilization gt 50 percent | sort cpu.utilization desc",
    ],
    [
      "mean CPU per environment over the last hour",
      "list vm | metrics cpu.utilization average 1h | aggregate average(cpu.utilization) by tag:env",
    ],
    ["what's the p95 CPU of production servers over the last hour", "list vm tag:env in PROD | metrics cpu.utilization p95 1h"],
    ["99th percentile latency of load balancers in the last hour", "list load-balancer | metrics latency.duration p99 1h"],
    [
      "cpu of prod servers today compared to yesterday",
      "list vm tag:env in PROD | metrics cpu.utilization average 03-11T16:00..03-12T02:17 | metrics cpu.utilization average 03-10T16:00..03-11T02:17 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    [
      "is CPU higher than yesterday on prod servers?",
      "list vm tag:env in PROD | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-11T02:10..03-11T02:15 .before | join left metrics metrics-before | derive cpu.utilization.change=difference | filter cpu.utilization.change gt 0 | sort cpu.utilization.change desc",
    ],
    [
      "cpu and memory of checkout-web-003 in the last hour",
      "list vm name is checkout-web-003 | metrics cpu.utilization,memory.utilization average 1h",
    ],
    [
      "cpu over 80% between 9:00 and 11:00 yesterday",
      "list vm | metrics cpu.utilization average 03-11T01:00..03-11T03:00 | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "cpu over 80% last night",
      "list vm | metrics cpu.utilization average 03-11T12:00..03-11T22:00 | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "servers above 90% cpu on 2025-03-10",
      "list vm | metrics cpu.utilization average 03-09T16:00..03-10T16:00 | filter cpu.utilization gt 90 percent | sort cpu.utilization desc",
    ],
    [
      "servers above 90% cpu since midnight",
      "list vm | metrics cpu.utilization average 03-11T16:00..03-12T02:17 | filter cpu.utilization gt 90 percent | sort cpu.utilization desc",
    ],
    [
      "CPU > 80% yesterday between 9am and 11am Pacific time",
      "list vm | metrics cpu.utilization average 03-10T16:00..03-10T18:00 | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "lambda functions with more than 5 errors today",
      "list function | metrics errors.count sum 03-11T16:00..03-12T02:17 | filter errors.count gt 5 count | sort errors.count desc",
    ],
    [
      "load balancers with over 1000 requests in the last hour",
      "list load-balancer | metrics requests.count sum 1h | filter requests.count gt 1000 count | sort requests.count desc",
    ],
    ["yesterday 22:00 to today 02:00 cpu", "list vm | metrics cpu.utilization average 03-11T14:00..03-11T18:00"],
    ["cpu from yesterday 22:00 to today 2:00", "list vm | metrics cpu.utilization average 03-11T14:00..03-11T18:00"],
    ["cpu at 9am", "list vm | metrics cpu.utilization average 03-12T01:00..03-12T01:05"],
    ["cpu on friday between 9am and 5pm", "list vm | metrics cpu.utilization average 03-07T01:00..03-07T09:00"],
    ["cpu last friday", "list vm | metrics cpu.utilization average 03-06T16:00..03-07T16:00"],
    ["cpu 2 days ago", "list vm | metrics cpu.utilization average 03-09T16:00..03-10T16:00"],
    ["cpu in the past 90 minutes", "list vm | metrics cpu.utilization average 90m"],
    ["cpu over the past day", "list vm | metrics cpu.utilization average 1d"],
  ],
  zh: [
    [
      "昨天 9 点到 11 点 CPU 超过 80% 的服务器",
      "list vm | metrics cpu.utilization average 03-11T01:00..03-11T03:00 | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "CPU 比昨天高的服务器",
      "list vm | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-11T02:10..03-11T02:15 .before | join left metrics metrics-before | derive cpu.utilization.change=difference | filter cpu.utilization.change gt 0 | sort cpu.utilization.change desc",
    ],
    ["最近一小时所有函数的总请求数是多少", "list function | metrics requests.count sum 1h | aggregate sum(requests.count) by all"],
    [
      "最近一小时错误数超过 10 的函数",
      "list function | metrics errors.count sum 1h | filter errors.count gt 10 count | sort errors.count desc",
    ],
    ["查一下 checkout-web-003 最近 24 小时的 CPU 使用率", "list vm name is checkout-web-003 | metrics cpu.utilization average 1d"],
    [
      "今天 CPU 的峰值超过 90% 的服务器",
      "list vm | metrics cpu.utilization maximum 03-11T16:00..03-12T02:17 | filter cpu.utilization gt 90 percent | sort cpu.utilization desc",
    ],
    [
      "昨晚 CPU 最大值超过 95% 的机器",
      "list vm | metrics cpu.utilization maximum 03-11T12:00..03-11T22:00 | filter cpu.utilization gt 95 percent | sort cpu.utilization desc",
    ],
    ["上周一的 CPU", "list vm | metrics cpu.utilization average 03-02T16:00..03-03T16:00"],
    ["周一到周三的平均 CPU", "list vm | metrics cpu.utilization average 03-09T16:00..03-12T02:17"],
    ["北京时间昨天 9 点到 11 点的 CPU", "list vm | metrics cpu.utilization average 03-11T01:00..03-11T03:00"],
    ["3月10日上午的CPU", "list vm | metrics cpu.utilization average 03-09T22:00..03-10T04:00"],
    [
      "今天上午 CPU 超过 50% 的机器",
      "list vm | metrics cpu.utilization average 03-11T22:00..03-12T02:17 | filter cpu.utilization gt 50 percent | sort cpu.utilization desc",
    ],
    ["昨天下午 3 点到 5 点的内存", "list vm | metrics memory.utilization average 03-11T07:00..03-11T09:00"],
    ["上周的平均 CPU", "list vm | metrics cpu.utilization average 03-02T16:00..03-09T16:00"],
    [
      "近 3 天 CPU 均值低于 5% 的服务器",
      "list vm | metrics cpu.utilization average 3d | filter cpu.utilization lt 5 percent | sort cpu.utilization asc",
    ],
    [
      "半小时内 CPU 超过 80% 的服务器",
      "list vm | metrics cpu.utilization average 30m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    ["从昨天开始的 CPU", "list vm | metrics cpu.utilization average 03-10T16:00..03-12T02:17"],
    ["订单-服务-012 最近一小时的内存使用率", "list vm name is 订单-服务-012 | metrics memory.utilization average 1h"],
    [
      "有哪些服务器的 CPU 使用率在过去 10 分钟内超过了 90%?",
      "list vm | metrics cpu.utilization average 10m | filter cpu.utilization gt 90 percent | sort cpu.utilization desc",
    ],
    [
      "prod 服务器 CPU 与上周同期相比",
      "list vm tag:env in PROD | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-05T02:10..03-05T02:15 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    [
      "环比 CPU 上升的服务器",
      "list vm | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-12T02:05..03-12T02:10 .before | join left metrics metrics-before | derive cpu.utilization.change=difference | filter cpu.utilization.change gt 0 | sort cpu.utilization.change desc",
    ],
    [
      "CPU 较昨天同一时间上升的机器",
      "list vm | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-11T02:10..03-11T02:15 .before | join left metrics metrics-before | derive cpu.utilization.change=difference | filter cpu.utilization.change gt 0 | sort cpu.utilization.change desc",
    ],
    [
      "过去一小时平均 CPU 超过 80% 的生产机器有哪些?",
      "list vm tag:env in PROD | metrics cpu.utilization average 1h | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    ["过去一小时各环境的平均 CPU", "list vm | metrics cpu.utilization average 1h | aggregate average(cpu.utilization) by tag:env"],
    ["生产服务器最近一小时的 P95 CPU", "list vm tag:env in PROD | metrics cpu.utilization p95 1h"],
    [
      "生产服务器今天的 CPU 和昨天相比",
      "list vm tag:env in PROD | metrics cpu.utilization average 03-11T16:00..03-12T02:17 | metrics cpu.utilization average 03-10T16:00..03-11T02:17 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    [
      "生产服务器的 CPU 比昨天同一时间高多少",
      "list vm tag:env in PROD | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-11T02:10..03-11T02:15 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    [
      "checkout-web-003 最近一小时的 CPU 和内存",
      "list vm name is checkout-web-003 | metrics cpu.utilization,memory.utilization average 1h",
    ],
    [
      "昨天 9:00 到 11:00 CPU 超过 80% 的服务器",
      "list vm | metrics cpu.utilization average 03-11T01:00..03-11T03:00 | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "昨晚 CPU 超过八成的服务器",
      "list vm | metrics cpu.utilization average 03-11T12:00..03-11T22:00 | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "3 月 10 日 CPU 超过 90% 的服务器",
      "list vm | metrics cpu.utilization average 03-09T16:00..03-10T16:00 | filter cpu.utilization gt 90 percent | sort cpu.utilization desc",
    ],
    [
      "从零点开始 CPU 超过 90% 的机器",
      "list vm | metrics cpu.utilization average 03-11T16:00..03-12T02:17 | filter cpu.utilization gt 90 percent | sort cpu.utilization desc",
    ],
    [
      "今天错误数超过 5 的函数",
      "list function | metrics errors.count sum 03-11T16:00..03-12T02:17 | filter errors.count gt 5 count | sort errors.count desc",
    ],
    [
      "过去一小时请求数超过 1000 的负载均衡",
      "list load-balancer | metrics requests.count sum 1h | filter requests.count gt 1000 count | sort requests.count desc",
    ],
    [
      "最近 10 分钟 CPU 利用率大于 80 的主机",
      "list vm | metrics cpu.utilization average 10m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "过去 24 小时 CPU 峰值超过 95% 的机器",
      "list vm | metrics cpu.utilization maximum 1d | filter cpu.utilization gt 95 percent | sort cpu.utilization desc",
    ],
    [
      "昨天晚上 8 点到 10 点 CPU 超过 80% 的机器",
      "list vm | metrics cpu.utilization average 03-11T12:00..03-11T14:00 | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    ["昨天凌晨 2 点到 4 点的 CPU", "list vm | metrics cpu.utilization average 03-10T18:00..03-10T20:00"],
    ["过去 3 天每个区域的平均 CPU", "list vm | metrics cpu.utilization average 3d | aggregate average(cpu.utilization) by region"],
    ["上周五的平均 CPU", "list vm | metrics cpu.utilization average 03-06T16:00..03-07T16:00"],
    [
      "本周 CPU 平均值超过 60% 的数据库",
      "list database | metrics cpu.utilization average 03-09T16:00..03-12T02:17 | filter cpu.utilization gt 60 percent | sort cpu.utilization desc",
    ],
    ["昨天 22 点到今天 2 点的 CPU", "list vm | metrics cpu.utilization average 03-11T14:00..03-11T18:00"],
    ["昨天 9 点的 CPU", "list vm | metrics cpu.utilization average 03-11T01:00..03-11T01:05"],
    ["三天前的 CPU", "list vm | metrics cpu.utilization average 03-08T16:00..03-09T16:00"],
  ],
};
