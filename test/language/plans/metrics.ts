import type { PlanTable } from "./plan-table.ts";

export const METRIC_QUESTIONS: PlanTable = {
  en: [
    [
      "which servers have CPU over 80% in the last 5 minutes",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    ["average CPU by region", "list vm | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by region"],
    ["max memory per team", "list vm | metrics memory.utilization maximum 5m | aggregate maximum(memory.utilization) by tag:team"],
    ["top 10 servers by CPU", "list vm | metrics cpu.utilization average 5m | sort cpu.utilization desc limit 10"],
    [
      "the 5 busiest servers in Frankfurt",
      "list vm region=eu-central-1 | metrics cpu.utilization average 5m | sort cpu.utilization desc limit 5",
    ],
    ["servers sorted by cpu descending", "list vm | metrics cpu.utilization average 5m | sort cpu.utilization desc"],
    [
      "servers with CPU > 80% and memory > 70%",
      "list vm | metrics cpu.utilization,memory.utilization average 5m | filter cpu.utilization gt 80 percent memory.utilization gt 70 percent | sort cpu.utilization desc",
    ],
    [
      "CPU between 20 and 40 percent",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization between 20..40 percent | sort cpu.utilization desc",
    ],
    [
      "network in over 100 MB/s",
      "list vm | metrics network.in.bytes average 5m | filter network.in.bytes gt 100000000 bytes/second | sort network.in.bytes desc",
    ],
    [
      "CPUUtilization over 90%",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization gt 90 percent | sort cpu.utilization desc",
    ],
    [
      "which team has the highest average CPU",
      "list vm | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by tag:team | sort average(cpu.utilization) desc limit 1",
    ],
    [
      "what is the average CPU of prod servers",
      "list vm tag:env in PROD | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by all",
    ],
    [
      "free memory below 2 GB for databases",
      "list database | metrics memory.free.bytes average 5m | filter memory.free.bytes lt 2000000000 bytes | sort memory.free.bytes asc",
    ],
    [
      "which load balancers have unhealthy targets",
      "list load-balancer | metrics targets.unhealthy average 5m | filter targets.unhealthy gt 0 count | sort targets.unhealthy desc",
    ],
    [
      "load balancers with more than 0 unhealthy targets",
      "list load-balancer | metrics targets.unhealthy average 5m | filter targets.unhealthy gt 0 count | sort targets.unhealthy desc",
    ],
    [
      "databases with more than 100 connections",
      "list database | metrics connections.count average 5m | filter connections.count gt 100 count | sort connections.count desc",
    ],
    [
      "databases with less than 10 GB free storage space",
      "list database | metrics disk.free.bytes average 5m | filter disk.free.bytes lt 10000000000 bytes | sort disk.free.bytes asc",
    ],
    ["show cpu and memory of prod servers", "list vm tag:env in PROD | metrics cpu.utilization,memory.utilization average 5m"],
    [
      "cpu over 80% or memory over 90% in prod",
      "list vm tag:env in PROD | metrics cpu.utilization,memory.utilization average 5m | filter any(cpu.utilization gt 80 percent; memory.utilization gt 90 percent) | sort cpu.utilization desc",
    ],
    [
      "prod servers in Frankfurt or Ireland with cpu above 70 percent",
      "list vm region=eu-central-1,eu-west-1 tag:env in PROD | metrics cpu.utilization average 5m | filter cpu.utilization gt 70 percent | sort cpu.utilization desc",
    ],
    ["bottom 5 servers by memory", "list vm | metrics memory.utilization average 5m | sort memory.utilization asc limit 5"],
    ["which server has the highest CPU", "list vm | metrics cpu.utilization average 5m | sort cpu.utilization desc limit 1"],
    ["servers with the highest memory usage", "list vm | metrics memory.utilization average 5m | sort memory.utilization desc limit 10"],
    [
      "which regions have average CPU above 60%",
      "list vm | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by region | filter average(cpu.utilization) gt 60 percent",
    ],
    [
      "how many servers in each region have CPU over 80%",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | aggregate count() by region",
    ],
    [
      "average cpu by region and team",
      "list vm | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by region,tag:team",
    ],
    [
      "top 3 regions by average CPU",
      "list vm | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by region | sort average(cpu.utilization) desc limit 3",
    ],
    [
      "which region has the highest average CPU",
      "list vm | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by region | sort average(cpu.utilization) desc limit 1",
    ],
    ["What's the CPU utilization of checkout-web-003?", "list vm name is checkout-web-003 | metrics cpu.utilization average 5m"],
    ["How much memory is search-db-017 using?", "list vm name is search-db-017 | metrics memory.utilization average 5m"],
    [
      "show network traffic of checkout-web-003",
      "list vm name is checkout-web-003 | metrics network.in.bytes,network.out.bytes average 5m",
    ],
    [
      "inbound traffic over 10 mbps",
      "list vm | metrics network.in.bytes average 5m | filter network.in.bytes gt 1250000 bytes/second | sort network.in.bytes desc",
    ],
    [
      "network out above 5 MiB/s in prod",
      "list vm tag:env in PROD | metrics network.out.bytes average 5m | filter network.out.bytes gt 5242880 bytes/second | sort network.out.bytes desc",
    ],
    [
      "disk usage >= 90%",
      "list vm | metrics disk.utilization average 5m | filter disk.utilization gte 90 percent | sort disk.utilization desc",
    ],
    [
      "status check failed servers",
      "list vm | metrics status.check.failed average 5m | filter status.check.failed gt 0 count | sort status.check.failed desc",
    ],
    [
      "servers with failed status checks",
      "list vm | metrics status.check.failed average 5m | filter status.check.failed gt 0 count | sort status.check.failed desc",
    ],
    [
      "Show me every server in Ireland whose CPU is above 75 percent",
      "list vm region=eu-west-1 | metrics cpu.utilization average 5m | filter cpu.utilization gt 75 percent | sort cpu.utilization desc",
    ],
    [
      "List VMs with memory usage between 60% and 80%",
      "list vm | metrics memory.utilization average 5m | filter memory.utilization between 60..80 percent | sort memory.utilization desc",
    ],
    [
      "machines with cpu below ten percent",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization lt 10 percent | sort cpu.utilization asc",
    ],
    [
      "hosts using less than 5% CPU",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization lt 5 percent | sort cpu.utilization asc",
    ],
    [
      "average cpu per region for prod servers",
      "list vm tag:env in PROD | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by region",
    ],
    ["average memory by team", "list vm | metrics memory.utilization average 5m | aggregate average(memory.utilization) by tag:team"],
    ["maximum cpu by service", "list vm | metrics cpu.utilization maximum 5m | aggregate maximum(cpu.utilization) by tag:service"],
    ["top five servers by memory usage", "list vm | metrics memory.utilization average 5m | sort memory.utilization desc limit 5"],
    [
      "top 3 machines by cpu in eu-west-1",
      "list vm region=eu-west-1 | metrics cpu.utilization average 5m | sort cpu.utilization desc limit 3",
    ],
    ["10 servers with the highest network out", "list vm | metrics network.out.bytes average 5m | sort network.out.bytes desc limit 10"],
    ["5 servers with the lowest cpu", "list vm | metrics cpu.utilization average 5m | sort cpu.utilization asc limit 5"],
    [
      "the busiest server in Singapore",
      "list vm region=ap-southeast-1 | metrics cpu.utilization average 5m | sort cpu.utilization desc limit 1",
    ],
    ["servers by cpu, highest first", "list vm | metrics cpu.utilization average 5m | sort cpu.utilization desc"],
    ["databases sorted by connections descending", "list database | metrics connections.count average 5m | sort connections.count desc"],
    ["list functions in descending order of errors", "list function | metrics errors.count sum 5m | sort errors.count desc"],
    ["cpu of i-0123456789abcdef0", "list vm id=i-0123456789abcdef0 | metrics cpu.utilization average 5m"],
    ["what is the memory of search-db-017", "list vm name is search-db-017 | metrics memory.utilization average 5m"],
    [
      "cpu usage over 80% in the last 5 minutes in account 444455556666",
      "list vm account=444455556666 | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "free disk space below 20 GB on databases",
      "list database | metrics disk.free.bytes average 5m | filter disk.free.bytes lt 20000000000 bytes | sort disk.free.bytes asc",
    ],
    [
      "network in above 50 Mbps",
      "list vm | metrics network.in.bytes average 5m | filter network.in.bytes gt 6250000 bytes/second | sort network.in.bytes desc",
    ],
    [
      "disk reads over 100",
      "list vm | metrics disk.read.operations average 5m | filter disk.read.operations gt 100 count/second | sort disk.read.operations desc",
    ],
    [
      "functions with throttles",
      "list function | metrics throttles.count sum 5m | filter throttles.count gt 0 count | sort throttles.count desc",
    ],
    [
      "functions with p99 latency over 2 seconds",
      "list function | metrics latency.duration p99 5m | filter latency.duration gt 2000 milliseconds | sort latency.duration desc",
    ],
    [
      "load balancers with 5xx errors",
      "list load-balancer | metrics errors.count sum 5m | filter errors.count gt 0 count | sort errors.count desc",
    ],
    [
      "databases with CPU over 70 % and more than 50 connections",
      "list database | metrics cpu.utilization,connections.count average 5m | filter cpu.utilization gt 70 percent connections.count gt 50 count | sort cpu.utilization desc",
    ],
    [
      "non-prod servers with CPU over 80%",
      "list vm tag:env not-in PROD | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "which of my servers are above 80% cpu",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "show cpu, memory and disk usage of search-db-017",
      "list vm name is search-db-017 | metrics cpu.utilization,memory.utilization,disk.utilization average 5m",
    ],
    ["top10 servers by cpu", "list vm | metrics cpu.utilization average 5m | sort cpu.utilization desc limit 10"],
    ["CPU top 10", "list vm | metrics cpu.utilization average 5m | sort cpu.utilization desc limit 10"],
    ["how's the cpu of checkout-web-003", "list vm name is checkout-web-003 | metrics cpu.utilization average 5m"],
    [
      "servers in Frankfurt, running, with cpu over 50%",
      "list vm region=eu-central-1 state=running | metrics cpu.utilization average 5m | filter cpu.utilization gt 50 percent | sort cpu.utilization desc",
    ],
    ["cpu for the last five minutes", "list vm | metrics cpu.utilization average 5m"],
  ],
  zh: [
    [
      "列出 CPU > 80% 的服务器",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    ["按区域统计平均 CPU", "list vm | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by region"],
    ["CPU 最高的 10 台", "list vm | metrics cpu.utilization average 5m | sort cpu.utilization desc limit 10"],
    ["按内存从高到低列出服务器", "list vm | metrics memory.utilization average 5m | sort memory.utilization desc"],
    [
      "CPU 超过 80% 或内存超过 90% 的服务器",
      "list vm | metrics cpu.utilization,memory.utilization average 5m | filter any(cpu.utilization gt 80 percent; memory.utilization gt 90 percent) | sort cpu.utilization desc",
    ],
    ["i-0abc1234def567890 的内存", "list vm id=i-0abc1234def567890 | metrics memory.utilization average 5m"],
    [
      "CPU 在 20% 到 40% 之间的服务器",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization between 20..40 percent | sort cpu.utilization desc",
    ],
    [
      "CPU 不超过 20% 的服务器",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization lte 20 percent | sort cpu.utilization asc",
    ],
    ["CPU 过半的机器", "list vm | metrics cpu.utilization average 5m | filter cpu.utilization gt 50 percent | sort cpu.utilization desc"],
    [
      "可用内存低于 2GB 的数据库",
      "list database | metrics memory.free.bytes average 5m | filter memory.free.bytes lt 2000000000 bytes | sort memory.free.bytes asc",
    ],
    ["每个函数的总请求数", "list function | metrics requests.count sum 5m"],
    [
      "负载均衡的延迟超过 500 毫秒",
      "list load-balancer | metrics latency.duration average 5m | filter latency.duration gt 500 milliseconds | sort latency.duration desc",
    ],
    [
      "连接数大于 100 的数据库",
      "list database | metrics connections.count average 5m | filter connections.count gt 100 count | sort connections.count desc",
    ],
    [
      "剩余磁盘空间不足 10GB 的数据库",
      "list database | metrics disk.free.bytes average 5m | filter disk.free.bytes lt 10000000000 bytes | sort disk.free.bytes asc",
    ],
    ["列出生产环境服务器的 CPU 和内存", "list vm tag:env in PROD | metrics cpu.utilization,memory.utilization average 5m"],
    [
      "dev 环境 CPU 低于 5% 的机器",
      "list vm tag:env in dev,development,开发 | metrics cpu.utilization average 5m | filter cpu.utilization lt 5 percent | sort cpu.utilization asc",
    ],
    ["内存最低的 5 台服务器", "list vm | metrics memory.utilization average 5m | sort memory.utilization asc limit 5"],
    ["哪台服务器 CPU 最高", "list vm | metrics cpu.utilization average 5m | sort cpu.utilization desc limit 1"],
    ["CPU 最高的服务器是哪台", "list vm | metrics cpu.utilization average 5m | sort cpu.utilization desc limit 1"],
    [
      "平均 CPU 超过 60% 的区域有哪些",
      "list vm | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by region | filter average(cpu.utilization) gt 60 percent",
    ],
    [
      "哪些区域的平均 CPU 超过 60%",
      "list vm | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by region | filter average(cpu.utilization) gt 60 percent",
    ],
    [
      "各区域 CPU 超过 80% 的服务器有多少台",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | aggregate count() by region",
    ],
    [
      "有不健康目标的负载均衡",
      "list load-balancer | metrics targets.unhealthy average 5m | filter targets.unhealthy gt 0 count | sort targets.unhealthy desc",
    ],
    [
      "查询最近5分钟,us-east-1 区域下实例 i-0abcdef1234567890 的 CPU 使用率",
      "list vm region=us-east-1 id=i-0abcdef1234567890 | metrics cpu.utilization average 5m",
    ],
    [
      "生产环境里 CPU 平均使用率大于 60% 且内存大于 70% 的服务器",
      "list vm tag:env in PROD | metrics cpu.utilization,memory.utilization average 5m | filter cpu.utilization gt 60 percent memory.utilization gt 70 percent | sort cpu.utilization desc",
    ],
    [
      "CPU 或内存超过 90% 的机器",
      "list vm | metrics cpu.utilization,memory.utilization average 5m | filter any(cpu.utilization gt 90 percent; memory.utilization gt 90 percent) | sort cpu.utilization desc",
    ],
    [
      "CPU 和内存都超过 80% 的机器",
      "list vm | metrics cpu.utilization,memory.utilization average 5m | filter cpu.utilization gt 80 percent memory.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "CPU 使用率 80% 以上的服务器",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization gte 80 percent | sort cpu.utilization desc",
    ],
    [
      "CPU 低于 10% 的生产服务器有几台",
      "list vm tag:env in PROD | metrics cpu.utilization average 5m | filter cpu.utilization lt 10 percent | aggregate count() by all",
    ],
    [
      "payments 账号里 CPU 超过 80% 的机器",
      "list vm account=444455556666 | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    ["网络流量", "list vm | metrics network.in.bytes,network.out.bytes average 5m"],
    [
      "出流量超过 50 Mbps 的服务器",
      "list vm | metrics network.out.bytes average 5m | filter network.out.bytes gt 6250000 bytes/second | sort network.out.bytes desc",
    ],
    [
      "磁盘使用率大于等于 90% 的机器",
      "list vm | metrics disk.utilization average 5m | filter disk.utilization gte 90 percent | sort disk.utilization desc",
    ],
    [
      "列出爱尔兰 CPU 高于 75% 的所有服务器",
      "list vm region=eu-west-1 | metrics cpu.utilization average 5m | filter cpu.utilization gt 75 percent | sort cpu.utilization desc",
    ],
    [
      "内存使用率在 60% 到 80% 之间的主机",
      "list vm | metrics memory.utilization average 5m | filter memory.utilization between 60..80 percent | sort memory.utilization desc",
    ],
    [
      "CPU 低于百分之十的机器",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization lt 10 percent | sort cpu.utilization asc",
    ],
    ["CPU 不到 5% 的机器", "list vm | metrics cpu.utilization average 5m | filter cpu.utilization lt 5 percent | sort cpu.utilization asc"],
    [
      "按区域统计生产环境服务器的平均 CPU",
      "list vm tag:env in PROD | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by region",
    ],
    ["各团队的平均内存使用率", "list vm | metrics memory.utilization average 5m | aggregate average(memory.utilization) by tag:team"],
    ["每个服务的最大 CPU", "list vm | metrics cpu.utilization maximum 5m | aggregate maximum(cpu.utilization) by tag:service"],
    ["内存使用率最高的五台服务器", "list vm | metrics memory.utilization average 5m | sort memory.utilization desc limit 5"],
    ["eu-west-1 CPU 最高的 3 台机器", "list vm region=eu-west-1 | metrics cpu.utilization average 5m | sort cpu.utilization desc limit 3"],
    ["出流量最大的 10 台服务器", "list vm | metrics network.out.bytes average 5m | sort network.out.bytes desc limit 10"],
    ["CPU 最低的 5 台", "list vm | metrics cpu.utilization average 5m | sort cpu.utilization asc limit 5"],
    ["新加坡最忙的服务器", "list vm region=ap-southeast-1 | metrics cpu.utilization average 5m | sort cpu.utilization desc limit 10"],
    ["按 CPU 降序列出服务器", "list vm | metrics cpu.utilization average 5m | sort cpu.utilization desc"],
    ["数据库按连接数从高到低排序", "list database | metrics connections.count average 5m | sort connections.count desc"],
    ["i-0123456789abcdef0 的 CPU", "list vm id=i-0123456789abcdef0 | metrics cpu.utilization average 5m"],
    [
      "账号 444455556666 里过去 5 分钟 CPU 超过 80% 的机器",
      "list vm account=444455556666 | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "可用磁盘低于 20 GB 的数据库",
      "list database | metrics disk.free.bytes average 5m | filter disk.free.bytes lt 20000000000 bytes | sort disk.free.bytes asc",
    ],
    [
      "入流量超过 50 Mbps 的机器",
      "list vm | metrics network.in.bytes average 5m | filter network.in.bytes gt 6250000 bytes/second | sort network.in.bytes desc",
    ],
    [
      "P99 延迟超过 2 秒的函数",
      "list function | metrics latency.duration p99 5m | filter latency.duration gt 2000 milliseconds | sort latency.duration desc",
    ],
    [
      "CPU 超过 70% 且连接数大于 50 的数据库",
      "list database | metrics cpu.utilization,connections.count average 5m | filter cpu.utilization gt 70 percent connections.count gt 50 count | sort cpu.utilization desc",
    ],
    [
      "非生产环境 CPU 超过 80% 的服务器",
      "list vm tag:env not-in PROD | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "CPU使用率大于80%的服务器",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    ["cpu>80%的机器", "list vm | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc"],
    [
      "列出CPU大于80%的ec2",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    [
      "哪个团队的平均 CPU 最高",
      "list vm | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by tag:team | sort average(cpu.utilization) desc limit 1",
    ],
    [
      "平均 CPU 最高的区域",
      "list vm | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by region | sort average(cpu.utilization) desc limit 10",
    ],
    [
      "CPU 没有超过 80% 的服务器",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization lte 80 percent | sort cpu.utilization asc",
    ],
    ["CPU≥80%的服务器", "list vm | metrics cpu.utilization average 5m | filter cpu.utilization gte 80 percent | sort cpu.utilization desc"],
    ["CPU>80%的服务器", "list vm | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc"],
    [
      "内存>=80%,CPU>=70% 的服务器",
      "list vm | metrics memory.utilization,cpu.utilization average 5m | filter memory.utilization gte 80 percent cpu.utilization gte 70 percent | sort memory.utilization desc",
    ],
    [
      "列出CPU > 80% 的服务器,按内存排序",
      "list vm | metrics cpu.utilization,memory.utilization average 5m | filter cpu.utilization gt 80 percent | sort memory.utilization desc",
    ],
    ["前10台CPU最高的服务器", "list vm | metrics cpu.utilization average 5m | sort cpu.utilization desc limit 10"],
    ["CPU 前 10 的服务器", "list vm | metrics cpu.utilization average 5m | sort cpu.utilization desc limit 10"],
    ["CPU 排名前 5 的机器", "list vm | metrics cpu.utilization average 5m | sort cpu.utilization desc limit 5"],
    ["checkout-web-003 的 CPU 怎么样", "list vm name is checkout-web-003 | metrics cpu.utilization average 5m"],
    [
      "最近5分钟CPU超过80%的服务器有几台",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | aggregate count() by all",
    ],
    [
      "现在 CPU 超过 80% 的有哪些",
      "list vm | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent | sort cpu.utilization desc",
    ],
    ["当前内存使用率最高的 5 台服务器", "list vm | metrics memory.utilization average 5m | sort memory.utilization desc limit 5"],
  ],
};
