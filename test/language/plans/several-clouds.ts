import type { PlanningFacts } from "../../../src/contracts/index.ts";
import { FACTS } from "../facts.ts";
import type { PlanTable } from "./plan-table.ts";

type Cloud = PlanningFacts["providers"][number];
type Native = Cloud["nativeMetrics"][number];

const cpu = (native: string, kind: Native["kind"] = "virtual-machine"): Native => ({ metric: "cpu.utilization", kind, native, scale: 1 });

function cloud(id: string, en: string, zh: string, aliases: readonly string[], nativeMetrics: readonly Native[]): Cloud {
  return {
    ...{ id, name: { en, zh }, aliases, regions: [], accountNames: { [`${id}-1`]: "main" }, nativeMetrics },
    kinds: ["virtual-machine", "database", "function", "load-balancer"],
    capabilities: ["metrics", "logs", "traces", "alarms"],
  };
}

/** Four clouds; only AWS has regions here. */
export const FACTS_OF_CLOUDS: PlanningFacts = {
  ...FACTS,
  providers: [
    ...FACTS.providers,
    cloud("azure", "Azure", "微软云", [], [cpu("Microsoft.Compute/virtualMachines:Percentage CPU")]),
    cloud("gcp", "Google Cloud", "谷歌云", ["gcp"], [cpu("compute.googleapis.com/instance/cpu/utilization")]),
    cloud(
      "alicloud",
      "Alibaba Cloud",
      "阿里云",
      ["aliyun"],
      [cpu("acs_ecs_dashboard:CPUUtilization"), cpu("acs_rds_dashboard:CpuUsage", "database")],
    ),
  ],
};

/** Asked where several clouds are configured. */
export const CLOUDS: PlanTable = {
  en: [
    ["load balancers everywhere but aws", "list load-balancer provider!=aws"],
    ["servers in all clouds but aws and azure", "list vm provider!=aws,azure"],
    ["all but the stopped servers", "list vm state!=stopped"],
    ["all servers but aws", "?QUESTION_NOT_UNDERSTOOD"],
    ["prod servers but aws", "?QUESTION_NOT_UNDERSTOOD"],
    ["all prod servers but the stopped ones", "?QUESTION_NOT_UNDERSTOOD"],
    ["prod servers but stopped", "list vm state=stopped tag:env in PROD"],
    [
      "azure vs aws: average cpu of prod servers in the past hour",
      "list vm provider=azure,aws tag:env in PROD | metrics cpu.utilization average 1h | aggregate average(cpu.utilization) by provider",
    ],
    [
      "compare average CPU of aws and azure",
      "list vm provider=aws,azure | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by provider",
    ],
    [
      "compare average cpu of aws with gcp in the last hour",
      "list vm provider=aws,gcp | metrics cpu.utilization average 1h | aggregate average(cpu.utilization) by provider",
    ],
    ["compare the number of servers in aws and azure", "list vm provider=aws,azure | aggregate count() by provider"],
    [
      "what is the average CPU of aws and azure",
      "list vm provider=aws,azure | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by all",
    ],
    ["compare cpu of aws and azure", "?QUESTION_NOT_UNDERSTOOD"],
    ["average cpu of aws vs azure by region", "?QUESTION_NOT_UNDERSTOOD"],
    ["aws vs azure servers", "?QUESTION_NOT_UNDERSTOOD"],
    ["aws vs azure error logs", "?QUESTION_NOT_UNDERSTOOD"],
    ["top 5 servers of aws vs azure by cpu", "?QUESTION_NOT_UNDERSTOOD"],
    ["compare average cpu of aws and oracle cloud", "!PROVIDER_UNKNOWN"],
    [
      "5 servers with the highest compute.googleapis.com/instance/cpu/utilization",
      "list vm provider=gcp | metrics cpu.utilization average 5m | sort cpu.utilization desc limit 5",
    ],
    [
      "servers with CPUUtilization above 60%",
      "list vm provider=aws,alicloud | metrics cpu.utilization average 5m | filter cpu.utilization gt 60 percent | sort cpu.utilization desc",
    ],
    [
      "servers by acs_ecs_dashboard:CPUUtilization",
      "list vm provider=alicloud | metrics acs_ecs_dashboard:CPUUtilization average 5m | sort acs_ecs_dashboard:CPUUtilization desc",
    ],
    [
      "databases with CpuUsage over 50%",
      "list database provider=alicloud | metrics cpu.utilization average 5m | filter cpu.utilization gt 50 percent | sort cpu.utilization desc",
    ],
    [
      "servers by AWS/EC2:CPUSurplusCreditBalance",
      "list vm provider=aws | metrics AWS/EC2:CPUSurplusCreditBalance average 5m | sort AWS/EC2:CPUSurplusCreditBalance desc",
    ],
    ["Percentage CPU of the servers", "list vm provider=azure | metrics cpu.utilization average 5m"],
    ["percentage cpu of the servers", "list vm | metrics cpu.utilization average 5m"],
    ["aws servers by Percentage CPU", "!QUESTION_CONTRADICTORY"],
    ["failed requests per cloud in the last 10 minutes", "traces errors limit=100000 10m | aggregate count() by provider"],
    ["failed requests by cloud and service", "traces errors limit=100000 5m | aggregate count() by provider,service"],
    ["number of failed requests per region", "traces errors limit=100000 5m | aggregate count() by region"],
    ["failed requests by env", "?QUESTION_NOT_UNDERSTOOD"],
    ["alarms on all clouds", "alarms"],
    ["all alarms on all clouds", "alarms states=alarm,ok,insufficient-data"],
    ["top 10 cpu in each cloud", "?QUESTION_NOT_UNDERSTOOD"],
    ["highest cpu in each cloud", "?QUESTION_NOT_UNDERSTOOD"],
    [
      "top 3 clouds by average cpu",
      "list vm | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by provider | sort average(cpu.utilization) desc limit 3",
    ],
  ],
  zh: [
    ["除了阿里云,其他云上停掉的机器", "list vm provider!=alicloud state=stopped"],
    ["其他云上的机器", "?QUESTION_NOT_UNDERSTOOD"],
    ["除了生产环境,其他云上的机器", "?QUESTION_NOT_UNDERSTOOD"],
    ["除了 AWS,还有哪些生产机器", "list vm provider!=aws tag:env in PROD"],
    ["还有哪些生产机器", "?QUESTION_NOT_UNDERSTOOD"],
    ["除了阿里云,还有谷歌云的机器", "?QUESTION_NOT_UNDERSTOOD"],
    ["阿里云还有谷歌云的机器", "list vm provider=alicloud,gcp"],
    ["阿里云加上谷歌云一共有多少条正在触发的告警", "alarms provider=alicloud,gcp states=alarm | aggregate count() by all"],
    ["aws 以及阿里云的数据库", "list database provider=aws,alicloud"],
    ["CPU 加上内存超过 80% 的机器", "?QUESTION_NOT_UNDERSTOOD"],
    ["停掉的机器有几台", "list vm state=stopped | aggregate count() by all"],
    ["把 web 机器停掉", "!QUESTION_WRITE_REQUEST"],
    ["把停掉的机器删掉", "!QUESTION_WRITE_REQUEST"],
    ["阿里云和谷歌云的机器哪家多", "list vm provider=alicloud,gcp | aggregate count() by provider | sort count desc limit 1"],
    ["哪朵云的生产机器最少", "list vm tag:env in PROD | aggregate count() by provider | sort count asc limit 1"],
    [
      "aws、azure、谷歌云三家哪家平均 CPU 最高",
      "list vm provider=aws,azure,gcp | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by provider | sort average(cpu.utilization) desc limit 1",
    ],
    ["aws、azure 三家的数据库", "?QUESTION_NOT_UNDERSTOOD"],
    [
      "阿里云和 aws 最近一小时的平均 CPU 对比",
      "list vm provider=alicloud,aws | metrics cpu.utilization average 1h | aggregate average(cpu.utilization) by provider",
    ],
    [
      "阿里云对比 aws 的平均 CPU",
      "list vm provider=alicloud,aws | metrics cpu.utilization average 5m | aggregate average(cpu.utilization) by provider",
    ],
    ["阿里云和 aws 的 CPU 对比", "?QUESTION_NOT_UNDERSTOOD"],
    ["对比 aws 和 azure 的错误日志", "?QUESTION_NOT_UNDERSTOOD"],
    ["过去一小时各云服务器的平均 CPU", "list vm | metrics cpu.utilization average 1h | aggregate average(cpu.utilization) by provider"],
    ["各云的机器数量和平均 CPU", "?QUESTION_NOT_UNDERSTOOD"],
    ["各朵云有多少台机器", "list vm | aggregate count() by provider"],
    ["哪些云上有 checkout 的错误日志", "logs service=checkout severities=error,critical countBy=provider 5m"],
    ["云上有哪些告警", "alarms"],
    ["现在所有云上有哪些告警", "alarms"],
    ["所有云的所有告警", "alarms states=alarm,ok,insufficient-data"],
    [
      "阿里云过去一小时 search 报了多少条错误日志",
      "logs provider=alicloud service=search severities=error,critical countBy=severity 1h | aggregate sum(count) by all",
    ],
    ["最近十分钟每个云失败的请求数", "traces errors limit=100000 10m | aggregate count() by provider"],
    ["最近十分钟失败的请求数", "traces errors limit=100000 10m | aggregate count() by all"],
    ["哪个云失败的请求数最多", "traces errors limit=100000 5m | aggregate count() by provider | sort count desc limit 1"],
    ["每个云 CPU 最高的 10 台", "?QUESTION_NOT_UNDERSTOOD"],
    ["各云 CPU 前 10 台", "?QUESTION_NOT_UNDERSTOOD"],
    ["每个云 CPU 最高的是哪台", "?QUESTION_NOT_UNDERSTOOD"],
  ],
};
