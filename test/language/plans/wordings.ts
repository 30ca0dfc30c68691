import type { PlanTable } from "./plan-table.ts";

export const WORDINGS: PlanTable = {
  en: [
    ["list every server we run in Frankfurt", "list vm region=eu-central-1"],
    ["list all databases we own in Frankfurt", "list database region=eu-central-1"],
    [
      "any boxes running hotter than 85% cpu at the moment?",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization gt 85 percent | sort cpu.utilization desc",
    ],
    [
      "servers running below 5% cpu in the last hour",
      "list vm | metrics cpu.utilization average 1h | filter cpu.utilization lt 5 percent | sort cpu.utilization asc",
    ],
    [
      "databases hotter than 70%",
      "list database | metrics cpu.utilization average 5m | filter cpu.utilization gt 70 percent | sort cpu.utilization desc",
    ],
    [
      "which servers have disks more than 70% full?",
      "list vm | metrics disk.utilization average 5m | filter disk.utilization gt 70 percent | sort disk.utilization desc",
    ],
    [
      "which instances are sending more than 500 KB/s over the network? last quarter of an hour",
      "list vm | metrics network.out.bytes average 15m | filter network.out.bytes gt 500000 bytes/second | sort network.out.bytes desc",
    ],
    [
      "instances receiving more than 10 MB/s",
      "list vm | metrics network.in.bytes average 5m | filter network.in.bytes gt 10000000 bytes/second | sort network.in.bytes desc",
    ],
    ["cpu over the last three quarters of an hour", "list vm | metrics cpu.utilization average 45m"],
    [
      "p95 CPU over 70% in the last hour, prod servers only",
      "list vm tag:env in PROD | metrics cpu.utilization p95 1h | filter cpu.utilization gt 70 percent | sort cpu.utilization desc",
    ],
    [
      "staging servers only, CPU over 80%",
      "list vm tag:env in STAGING | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "servers whose CPU is above 90% or below 10%",
      "list vm | metrics cpu.utilization average 5m | filter any(cpu.utilization gt 90 percent; cpu.utilization lt 10 percent) | sort cpu.utilization desc",
    ],
    [
      "prod servers with CPU over 50% but below 80%",
      "list vm tag:env in PROD | metrics cpu.utilization average 5m | filter cpu.utilization gt 50 percent cpu.utilization lt 80 percent | sort cpu.utilization desc",
    ],
    [
      "three busiest load balancers by number of requests over the past hour",
      "list load-balancer | metrics requests.count sum 1h | sort requests.count desc limit 3",
    ],
    ["busiest functions", "list function | metrics requests.count sum 5m | sort requests.count desc limit 10"],
    ["busiest servers by network out", "list vm | metrics network.out.bytes average 5m | sort network.out.bytes desc limit 10"],
    [
      "load balancers slower than 100 ms on average in the last 30 minutes",
      "list load-balancer | metrics latency.duration average 30m | filter latency.duration gt 100 milliseconds | sort latency.duration desc",
    ],
    [
      "total number of connections across all databases right now",
      "list database | metrics connections.count average 5m | aggregate sum(connections.count) by all",
    ],
    [
      "throttled functions in the last hour",
      "list function | metrics throttles.count sum 1h | filter throttles.count gt 0 count | sort throttles.count desc",
    ],
    [
      "which functions were throttled in the last hour",
      "list function | metrics throttles.count sum 1h | filter throttles.count gt 0 count | sort throttles.count desc",
    ],
    [
      "functions throttled more than 5 times in the last hour",
      "list function | metrics throttles.count sum 1h | filter throttles.count gt 5 count | sort throttles.count desc",
    ],
    ["cpu all day yesterday", "list vm | metrics cpu.utilization average 03-10T16:00..03-11T16:00"],
    ["cpu 9 to 11 yesterday", "list vm | metrics cpu.utilization average 03-11T01:00..03-11T03:00"],
    [
      "how many servers do we have in Tokyo and Singapore respectively",
      "list vm region=ap-northeast-1,ap-southeast-1 | aggregate count() by region",
    ],
    ["checkout servers", "list vm tag:service in checkout"],
    [
      "show CPU and memory of the checkout servers in Virginia",
      "list vm region=us-east-1 tag:service in checkout | metrics cpu.utilization,memory.utilization average 5m",
    ],
    ["billing databases in Tokyo", "list database region=ap-northeast-1 tag:service in billing"],
    ["how many auth servers are there in prod", "list vm tag:service in auth tag:env in PROD | aggregate count() by all"],
    ["servers except checkout servers", "list vm tag:service not-in checkout"],
    ["number of failed requests per service, last 30 minutes", "traces errors limit=100000 30m | aggregate count() by service"],
    [
      "which service has the most failed requests in the last hour",
      "traces errors limit=100000 1h | aggregate count() by service | sort count desc limit 1",
    ],
    ["requests per service in the last hour", "services 1h | aggregate sum(requests) by service"],
    ["average latency by service in the last hour", "services 1h"],
    ["servers named eu-wset-1", "list vm name is eu-wset-1"],
  ],
  zh: [
    ["账号 444455556666 下面有哪些负载均衡", "list load-balancer account=444455556666"],
    ["账号 main 名下的服务器", "list vm account=111122223333"],
    ["每个团队各有多少台生产服务器?", "list vm tag:env in PROD | aggregate count() by tag:team"],
    ["东京和新加坡分别有多少台服务器", "list vm region=ap-northeast-1,ap-southeast-1 | aggregate count() by region"],
    ["各区域的错误日志分别有多少条", "logs severities=error,critical countBy=region 5m"],
    [
      "所有数据库当前的连接数加起来是多少?",
      "list database | metrics connections.count average 5m | aggregate sum(connections.count) by all",
    ],
    [
      "最近一刻钟 CPU 占用低于百分之十五的服务器",
      "list vm | metrics cpu.utilization average 15m | filter cpu.utilization lt 15 percent | sort cpu.utilization asc",
    ],
    [
      "过去三刻钟 CPU 超过 80% 的服务器",
      "list vm | metrics cpu.utilization average 45m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "CPU 大于 80%、但不是 dev 环境的服务器",
      "list vm tag:env not-in dev,development,开发 | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "CPU 低于 10% 或高于 90% 的服务器",
      "list vm | metrics cpu.utilization average 5m | filter any(cpu.utilization lt 10 percent; cpu.utilization gt 90 percent) | sort cpu.utilization asc",
    ],
    [
      "CPU 和内存都超过 80% 但磁盘低于 50% 的服务器",
      "list vm | metrics cpu.utilization,memory.utilization,disk.utilization average 5m | filter cpu.utilization gt 80 percent memory.utilization gt 80 percent disk.utilization lt 50 percent | sort cpu.utilization desc",
    ],
    [
      "最近一小时被限流过的函数",
      "list function | metrics throttles.count sum 1h | filter throttles.count gt 0 count | sort throttles.count desc",
    ],
    ["最近一小时出过错的函数", "list function | metrics errors.count sum 1h | filter errors.count gt 0 count | sort errors.count desc"],
    [
      "前天全天平均 CPU 高于 80% 的法兰克福服务器",
      "list vm region=eu-central-1 | metrics cpu.utilization average 03-09T16:00..03-10T16:00 | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    ["checkout 的服务器", "list vm tag:service in checkout"],
    ["checkout 服务器最近一小时的 CPU", "list vm tag:service in checkout | metrics cpu.utilization average 1h"],
    ["各服务的失败请求数", "traces errors limit=100000 5m | aggregate count() by service"],
    ["按服务统计最近一小时的请求数", "services 1h | aggregate sum(requests) by service"],
    ["各服务的平均延迟", "services 5m"],
    ["现在有哪些告警在响?", "alarms states=alarm"],
    ["告警响了吗", "alarms states=alarm"],
  ],
};
