import type { PlanTable } from "./plan-table.ts";

export const COMPARISONS: PlanTable = {
  en: [
    [
      "compare the average CPU of prod servers in Frankfurt yesterday from 9:00 to 11:00 with the day before from 9:00 to 11:00",
      "list vm region=eu-central-1 tag:env in PROD | metrics cpu.utilization average 03-11T01:00..03-11T03:00 | metrics cpu.utilization average 03-10T01:00..03-10T03:00 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    [
      "which databases had a higher average CPU yesterday 9-11 than the day before yesterday 9-11?",
      "list database | metrics cpu.utilization average 03-11T01:00..03-11T03:00 | metrics cpu.utilization average 03-10T01:00..03-10T03:00 .before | join left metrics metrics-before | derive cpu.utilization.change=difference | filter cpu.utilization.change gt 0 | sort cpu.utilization.change desc",
    ],
    [
      "which servers had a lower CPU today 8:00-10:00 than yesterday 8:00-10:00",
      "list vm | metrics cpu.utilization average 03-12T00:00..03-12T02:00 | metrics cpu.utilization average 03-11T00:00..03-11T02:00 .before | join left metrics metrics-before | derive cpu.utilization.change=difference | filter cpu.utilization.change lt 0 | sort cpu.utilization.change asc",
    ],
    [
      "servers whose CPU was higher last monday than yesterday",
      "list vm | metrics cpu.utilization average 03-10T16:00..03-11T16:00 | metrics cpu.utilization average 03-09T16:00..03-10T16:00 .before | join left metrics metrics-before | derive cpu.utilization.change=difference | filter cpu.utilization.change lt 0 | sort cpu.utilization.change asc",
    ],
    [
      "cpu yesterday versus the day before yesterday",
      "list vm | metrics cpu.utilization average 03-10T16:00..03-11T16:00 | metrics cpu.utilization average 03-09T16:00..03-10T16:00 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    [
      "compare CPU of prod servers today with yesterday",
      "list vm tag:env in PROD | metrics cpu.utilization average 03-11T16:00..03-12T02:17 | metrics cpu.utilization average 03-10T16:00..03-11T02:17 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    [
      "compare cpu of prod servers with yesterday",
      "list vm tag:env in PROD | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-11T02:10..03-11T02:15 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    [
      "compare the CPU of servers yesterday and today",
      "list vm | metrics cpu.utilization average 03-11T16:00..03-12T02:17 | metrics cpu.utilization average 03-10T16:00..03-11T16:00 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    [
      "compare CPU and memory of prod servers yesterday and the day before",
      "list vm tag:env in PROD | metrics cpu.utilization,memory.utilization average 03-10T16:00..03-11T16:00 | metrics cpu.utilization,memory.utilization average 03-09T16:00..03-10T16:00 .before | join left metrics metrics-before | derive cpu.utilization.change=difference memory.utilization.change=difference",
    ],
    [
      "compare CPU of prod servers in the last hour to the same hour yesterday",
      "list vm tag:env in PROD | metrics cpu.utilization average 1h | metrics cpu.utilization average 03-11T01:15..03-11T02:15 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    [
      "cpu usage of checkout servers versus yesterday",
      "list vm tag:service in checkout | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-11T02:10..03-11T02:15 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    [
      "total requests of load balancers compared with yesterday",
      "list load-balancer | metrics requests.count sum 5m | metrics requests.count sum 03-11T02:10..03-11T02:15 .before | join left metrics metrics-before | derive requests.count.change=percent-change",
    ],
    [
      "average CPU by region versus yesterday",
      "list vm | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-11T02:10..03-11T02:15 .before | aggregate average(cpu.utilization) by region | aggregate average(cpu.utilization.before) by region | join left aggregate aggregate-2 | derive cpu.utilization.change=difference",
    ],
    [
      "average CPU by team compared with the same time last week",
      "list vm | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-05T02:10..03-05T02:15 .before | aggregate average(cpu.utilization) by tag:team | aggregate average(cpu.utilization.before) by tag:team | join left aggregate aggregate-2 | derive cpu.utilization.change=difference",
    ],
    [
      "max memory per account, yesterday versus the day before yesterday",
      "list vm | metrics memory.utilization maximum 03-10T16:00..03-11T16:00 | metrics memory.utilization maximum 03-09T16:00..03-10T16:00 .before | aggregate maximum(memory.utilization) by account | aggregate maximum(memory.utilization.before) by account | join left aggregate aggregate-2 | derive memory.utilization.change=difference",
    ],
    [
      "which regions have a higher average CPU than yesterday",
      "list vm | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-11T02:10..03-11T02:15 .before | aggregate average(cpu.utilization) by region | aggregate average(cpu.utilization.before) by region | join left aggregate aggregate-2 | derive cpu.utilization.change=difference | filter cpu.utilization.change gt 0 | sort cpu.utilization.change desc",
    ],
    [
      "show cpu of prod servers and compare with yesterday",
      "list vm tag:env in PROD | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-11T02:10..03-11T02:15 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
  ],
  zh: [
    [
      "对比法兰克福生产服务器昨天 9 点到 11 点和前天 9 点到 11 点的平均 CPU",
      "list vm region=eu-central-1 tag:env in PROD | metrics cpu.utilization average 03-11T01:00..03-11T03:00 | metrics cpu.utilization average 03-10T01:00..03-10T03:00 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    [
      "昨天 9 点到 11 点的 CPU 比前天 9 点到 11 点高的服务器",
      "list vm | metrics cpu.utilization average 03-11T01:00..03-11T03:00 | metrics cpu.utilization average 03-10T01:00..03-10T03:00 .before | join left metrics metrics-before | derive cpu.utilization.change=difference | filter cpu.utilization.change gt 0 | sort cpu.utilization.change desc",
    ],
    [
      "昨天的 CPU 比前天高的服务器",
      "list vm | metrics cpu.utilization average 03-10T16:00..03-11T16:00 | metrics cpu.utilization average 03-09T16:00..03-10T16:00 .before | join left metrics metrics-before | derive cpu.utilization.change=difference | filter cpu.utilization.change gt 0 | sort cpu.utilization.change desc",
    ],
    [
      "比较昨天和前天的平均 CPU",
      "list vm | metrics cpu.utilization average 03-10T16:00..03-11T16:00 | metrics cpu.utilization average 03-09T16:00..03-10T16:00 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    [
      "对比今天和昨天的内存",
      "list vm | metrics memory.utilization average 03-11T16:00..03-12T02:17 | metrics memory.utilization average 03-10T16:00..03-11T02:17 .before | join left metrics metrics-before | derive memory.utilization.change=difference",
    ],
    [
      "服务器今天的 CPU 对比昨天",
      "list vm | metrics cpu.utilization average 03-11T16:00..03-12T02:17 | metrics cpu.utilization average 03-10T16:00..03-11T02:17 .before | join left metrics metrics-before | derive cpu.utilization.change=difference",
    ],
    [
      "各区域的平均 CPU 和昨天相比",
      "list vm | metrics cpu.utilization average 5m | metrics cpu.utilization average 03-11T02:10..03-11T02:15 .before | aggregate average(cpu.utilization) by region | aggregate average(cpu.utilization.before) by region | join left aggregate aggregate-2 | derive cpu.utilization.change=difference",
    ],
  ],
};
