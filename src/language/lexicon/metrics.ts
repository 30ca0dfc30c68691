import type { Lexicon } from "../text/sense.ts";

/** Metrics in people's words. Without a direction, traffic and disk throughput mean both. */
export const METRIC_WORDS: Lexicon = [
  [
    { is: "metric", metrics: ["cpu.utilization"] },
    "cpu|cpus|cpu utilization|cpu utilisation|cpu usage|cpu load|processor|cpu使用率|cpu利用率|cpu占用|cpu占用率|cpu负载|处理器|cpu consumption",
  ],
  [
    { is: "metric", metrics: ["memory.utilization"] },
    "memory|mem|ram|memory usage|memory utilization|memory utilisation|memory consumption|ram usage|mem usage|used memory|内存|内存使用率|内存利用率|内存占用|内存占用率|内存使用|内存用量",
  ],
  [
    { is: "metric", metrics: ["memory.free.bytes"] },
    "free memory|memory free|available memory|memory available|freeable memory|free ram|可用内存|剩余内存|空闲内存|内存剩余",
  ],
  [
    { is: "metric", metrics: ["disk.utilization"] },
    "disk|disk usage|disk utilization|disk utilisation|disk space usage|disk space used|used disk space|disk used|disk full|磁盘|硬盘|磁盘使用率|磁盘利用率|磁盘占用|磁盘占用率|磁盘空间使用率|硬盘使用率|磁盘使用|磁盘用量",
  ],
  [
    { is: "metric", metrics: ["disk.free.bytes"] },
    "free disk|free disk space|disk free|disk space left|free storage|free storage space|free space|available disk space|available storage|storage left|remaining disk space|剩余磁盘|磁盘剩余|磁盘剩余空间|剩余磁盘空间|可用磁盘空间|可用磁盘|可用存储|剩余存储空间|磁盘可用空间|剩余空间|可用存储空间",
  ],
  [
    { is: "metric", metrics: ["disk.read.bytes"] },
    "disk read|disk reads throughput|disk read throughput|disk read rate|disk read bytes|disk read speed|磁盘读|磁盘读取|磁盘读吞吐|磁盘读速率|磁盘读取速率|磁盘读取速度",
  ],
  [
    { is: "metric", metrics: ["disk.write.bytes"] },
    "disk write|disk write throughput|disk write rate|disk write bytes|disk write speed|磁盘写|磁盘写入|磁盘写吞吐|磁盘写速率|磁盘写入速率|磁盘写入速度",
  ],
  [
    { is: "metric", metrics: ["disk.read.bytes", "disk.write.bytes"] },
    "disk throughput|disk i/o|disk io|磁盘吞吐|磁盘吞吐量|磁盘io|磁盘读写",
  ],
  [
    { is: "metric", metrics: ["disk.read.operations"] },
    "disk reads|read iops|disk read operations|disk read ops|disk read iops|读iops|磁盘读次数|磁盘读iops",
  ],
  [
    { is: "metric", metrics: ["disk.write.operations"] },
    "disk writes|write iops|disk write operations|disk write ops|disk write iops|写iops|磁盘写次数|磁盘写iops",
  ],
  [{ is: "metric", metrics: ["disk.read.operations", "disk.write.operations"] }, "iops|disk iops|disk operations|磁盘iops"],
  [
    { is: "metric", metrics: ["network.in.bytes"] },
    "network in|net in|network input|network in traffic|inbound traffic|incoming traffic|inbound network traffic|incoming network traffic|inbound bandwidth|incoming bandwidth|inbound network|network inbound|network received|network receive|network ingress|ingress|ingress traffic|download traffic|入流量|入站流量|入网流量|流入流量|入带宽|入站带宽|入方向带宽|入方向流量|网络入流量|网络入|网络流入|网络流入流量|公网入带宽|下行流量|下行带宽|网络入带宽",
  ],
  [
    { is: "metric", metrics: ["network.out.bytes"] },
    "network out|net out|network output|network out traffic|outbound traffic|outgoing traffic|outbound network traffic|outgoing network traffic|outbound bandwidth|outgoing bandwidth|outbound network|network outbound|network sent|network transmit|network egress|egress|egress traffic|upload traffic|出流量|出站流量|出网流量|流出流量|出带宽|出站带宽|出方向带宽|出方向流量|网络出流量|网络出|网络流出|网络流出流量|公网出带宽|上行流量|上行带宽|网络出带宽",
  ],
  [
    { is: "metric", metrics: ["network.in.bytes", "network.out.bytes"] },
    "network|network traffic|network i/o|network io|network usage|network throughput|traffic|bandwidth|network bandwidth|bandwidth usage|网络流量|流量|带宽|网络带宽|网络|网络吞吐|网络io",
  ],
  [
    { is: "metric", metrics: ["status.check.failed"] },
    "failed status check|failed status checks|status check failed|status check failures|status checks failed|status check failure|failing status checks|状态检查失败|状态检查失败数|失败的状态检查",
  ],
  [
    { is: "metric", metrics: ["connections.count"] },
    "connections|connection count|database connections|db connections|open connections|active connections|number of connections|connections count|连接数|连接数量|数据库连接数|活跃连接数|连接",
  ],
  [
    { is: "metric", metrics: ["requests.count"] },
    "requests|request|request count|request volume|number of requests|requests count|invocations|invocation count|number of invocations|calls|请求数|请求量|请求次数|请求|调用次数|调用量|调用数|总请求数量",
  ],
  [
    { is: "metric", metrics: ["errors.count"] },
    "errors|error|error count|number of errors|errors count|failures|5xx|5xx errors|错误数|错误次数|错误数量|错误量|报错次数|报错数|失败次数|错误",
  ],
  [
    { is: "metric", metrics: ["throttles.count"] },
    "throttles|throttle|throttling|throttled requests|throttled invocations|throttle count|number of throttles|限流次数|限流数|限流|被限流次数",
  ],
  [
    { is: "metric", metrics: ["latency.duration"] },
    "latency|latencies|response time|response times|duration|durations|execution time|run time|延迟|时延|响应时间|响应时长|耗时|执行时间|执行时长|运行时长|平均耗时",
  ],
  [
    { is: "metric", metrics: ["targets.unhealthy"] },
    "unhealthy targets|unhealthy hosts|unhealthy target count|unhealthy host count|unhealthy target|不健康目标|不健康目标数|不健康的目标|不健康主机数|不健康目标数量",
  ],
  [
    { is: "compared", metrics: ["network.out.bytes"], dimension: "bytes/second" },
    "sending|sending out|transmitting|uploading|pushing out|发送|往外发|上传|对外发送",
  ],
  [{ is: "compared", metrics: ["network.in.bytes"], dimension: "bytes/second" }, "receiving|downloading|pulling in|接收|下载"],
  [{ is: "compared", metrics: ["disk.utilization"], dimension: "percent" }, "disks|filesystems|drives"],
  [{ is: "overNetwork" }, "over the network|across the network|on the network|over the wire|通过网络"],
  [
    { is: "suffered", metrics: ["throttles.count"] },
    "throttled|were throttled|was throttled|are throttled|got throttled|being throttled|were being throttled|been throttled|that were throttled|被限流|被限流过|被限流了|被限流的|限流过|限流了|有限流|有过限流|发生限流|发生过限流|出现限流|出现过限流",
  ],
  [{ is: "suffered", metrics: ["errors.count"] }, "errored|that errored|报错过|报过错|出错过|出过错|失败过"],
  [{ is: "fullness" }, "full|utilized|utilised|occupied"],
  [
    { is: "metricSuffix" },
    "usage|utilization|utilisation|load|level|levels|metric|metrics|value|values|figure|figures|numbers|使用率|利用率|占用率|使用情况|情况|指标|数据|值|数值|水平|监控数据|监控",
  ],
  [
    { is: "metricUnknown" },
    "gpu|gpu usage|gpu utilization|gpu memory|temperature|cpu temperature|swap|swap usage|load average|system load|iowait|io wait|steal time|cpu steal|cpu credits|packet loss|packets|error rate|success rate|hit rate|cache hit rate|queue depth|uptime|fan speed|power usage|power consumption|gpu使用率|显存|显存使用率|温度|cpu温度|系统负载|平均负载|交换分区|丢包率|错误率|成功率|命中率|队列长度|功耗|风扇转速|运行时间",
  ],
];
