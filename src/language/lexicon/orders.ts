import type { Lexicon } from "../text/sense.ts";

/** Statistics, counting, order and groups. "Busiest" means CPU. */
export const ORDERS: Lexicon = [
  [{ is: "statistic", statistic: "average" }, "average|avg|mean|on average|averaged|平均|均值|平均值|平均数"],
  [{ is: "statistic", statistic: "maximum" }, "max|maximum|peak|maximal|最大|最大值|峰值|最高值|最高峰"],
  [{ is: "statistic", statistic: "minimum" }, "min|minimum|minimal|最小|最小值|最低值|谷值"],
  [
    { is: "statistic", statistic: "sum" },
    "sum|total|sum of|total of|in total|summed up|added up|总|总和|合计|总计|累计|总共|总的|加起来|加在一起|全部加起来|都加起来|相加|之和",
  ],
  [{ is: "statistic", statistic: "last" }, "latest value|most recent value|last value|最新值|最新"],
  [{ is: "statistic", statistic: "p50" }, "p50|median|50th percentile|中位数|50分位|p50分位|50分位数|中位值"],
  [{ is: "statistic", statistic: "p90" }, "p90|90th percentile|90分位|p90分位|90分位数"],
  [{ is: "statistic", statistic: "p95" }, "p95|95th percentile|95分位|p95分位|95分位数|p95值"],
  [{ is: "statistic", statistic: "p99" }, "p99|99th percentile|99分位|p99分位|99分位数|p99值"],
  [
    { is: "count" },
    "how many|number of|the number of|count|count of|count the|count up|多少台|多少个|多少条|多少次|几台|几个|几条|数量|个数|台数|条数|总数|数|条目数|有多少|多少|有几台|有几个|计数|数一下",
  ],
  [
    { is: "howMuch" },
    "how much|what is|what's|whats|what are|what was|what were|how's|how is|how are|how was|how high is|how high was|how high are|是多少|为多少|多少|有多高|多高|是什么|怎么样|如何|怎样",
  ],
  [
    { is: "superlative", direction: "descending" },
    "highest|most|largest|biggest|greatest|hottest|heaviest|最高|最多|最大|最高的|最多的|最大的|排名最高",
  ],
  [{ is: "superlative", direction: "ascending" }, "lowest|least|smallest|fewest|coolest|最低|最少|最小|最低的|最少的|最小的"],
  [
    { is: "superlative", direction: "descending", metric: "cpu.utilization" },
    "busiest|most loaded|最忙|最繁忙|最忙的|最繁忙的|负载最高|负载最高的",
  ],
  [
    { is: "superlative", direction: "ascending", metric: "cpu.utilization" },
    "idlest|least busy|most idle|least loaded|最闲|最空闲|最闲的|最空闲的",
  ],
  [
    { is: "superlative", direction: "descending", metric: "latency.duration", slow: true },
    "slowest|longest|slow|最慢|最慢的|耗时最长|耗时最长的|最耗时|最耗时的|慢|最长|最长的|延迟最高|延迟最高的",
  ],
  [{ is: "superlative", direction: "ascending", metric: "latency.duration" }, "fastest|最快|最快的"],
  [{ is: "top", direction: "descending" }, "top|top-|the top|前|排名前|排前|top前"],
  [{ is: "top", direction: "ascending" }, "bottom|bottom-|the bottom|倒数|倒数前|排名倒数"],
  [{ is: "sort" }, "sort|sorted|order|ordered|ranked|rank|sorting|sort them|order them|排序|排列|排|排名|排个序|排一下"],
  [
    { is: "direction", direction: "descending" },
    "descending|desc|in descending order|high to low|from high to low|from highest to lowest|highest to lowest|highest first|largest first|biggest first|worst first|slowest first|newest first|从高到低|由高到低|从大到小|由大到小|降序|倒序|逆序|从多到少|从慢到快",
  ],
  [
    { is: "direction", direction: "ascending" },
    "ascending|asc|in ascending order|low to high|from low to high|from lowest to highest|lowest to highest|lowest first|smallest first|alphabetically|in alphabetical order|从低到高|由低到高|从小到大|由小到大|升序|正序|从少到多",
  ],
  [{ is: "by" }, "by|grouped by|group by|broken down by|split by|按|按照|依|根据|以|分组按"],
  [{ is: "per" }, "per|each|for each|in each|of each|every|for every|in every|across each|各|每个|每|每一个|各个|各自的|不同"],
  [{ is: "groupEnd" }, "统计|分组|汇总|分类|来|统计一下|聚合|分布|分组统计|来看|划分|计算|求|分"],
  [{ is: "apart" }, "各有|各自有|各|各自|各是|分别|分别有|分别是|分别各有|respectively|each|apiece"],
  [{ is: "column", column: "region", logField: "region" }, "region|regions|location|locations|区域|地域|地区|区"],
  [{ is: "column", column: "account", logField: "account" }, "account|accounts|账号|帐号|账户|帐户"],
  [
    { is: "column", column: "provider", logField: "provider" },
    "provider|providers|cloud|clouds|cloud provider|cloud providers|vendor|云|云厂商|厂商|云平台|朵云|家云|家云厂商|家厂商",
  ],
  [{ is: "column", column: "provider", logField: "provider", within: true }, "云上|云里|云中|朵云上|家云上"],
  [{ is: "column", column: "state" }, "state|states|status|运行状态|状态"],
  [{ is: "column", column: "type" }, "type|types|instance type|instance types|machine type|size|实例类型|机型|规格|类型|实例规格"],
  [{ is: "column", column: "name" }, "name|names|名字|名称|名"],
  [{ is: "column", column: "id" }, "id|ids|编号"],
  [{ is: "column", column: "severity", logField: "severity" }, "severity|level|log level|severities|levels|级别|日志级别|严重程度|等级"],
  [{ is: "column", column: "source", logField: "source" }, "source|log group|log groups|sources|日志组|来源"],
  [{ is: "column", column: "path", logField: "path" }, "path|paths|路径|接口"],
  [{ is: "column", column: "status", logField: "status" }, "status code|status codes|http status|http status code|状态码"],
  [{ is: "column", column: "message", logField: "message" }, "message|messages|消息|消息内容"],
  [{ is: "column", column: "time" }, "time|date|时间"],
  [{ is: "column", column: "operation" }, "operation|operations|操作"],
];
