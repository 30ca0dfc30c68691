import {
  ASIA_PACIFIC,
  accountNamed,
  at,
  BEIJING,
  type CloudQuestion,
  countsPer,
  EUROPE,
  FRANKFURT,
  failuresPer,
  firingPer,
  foldedPer,
  JAPAN,
  JOHOR,
  linesOf,
  linesPer,
  MAINLAND,
  on,
  SHANGHAI,
  SINGAPORE,
  UNITED_STATES,
  VIRGINIA,
} from "./cloud-questions.ts";
import { above, all, type Condition, inAccount, inRegion, inState, measured, not, tagged } from "./conditions.ts";
import {
  alarmCount,
  alarming,
  alarms,
  byMetric,
  countsBy,
  howMany,
  lastMinutes,
  logCount,
  logs,
  newest,
  refused,
  rows,
  slowest,
  traces,
  withSeverity,
} from "./expectations.ts";
import { CPU, everything, FIVE_MINUTES, hot, MEMORY, prod, running, VM } from "./fleet.ts";
import type { TruthLog, TruthTrace } from "./question.ts";

const CLOUD = ["provider"] as const;
const CLOUD_AND_REGION = ["provider", "region"] as const;
const errors: Condition<TruthLog> = withSeverity("error", "critical");
const traceOnVolcengine: Condition<TruthTrace> = on("volcengine");
const topOf = (limit: number) => ({ shows: [CPU], order: byMetric(CPU, "descending", { limit }) });

/** Asked at 2026-11-20T08:37:20Z, a Friday, in Asia/Shanghai. Written by somebody who has not seen the grammar. */
const QUESTIONS: readonly Omit<CloudQuestion, "language">[] = [
  // One cloud, by whatever people call it.
  { id: "zh-aliyun-production", text: "阿里云上的生产机器有哪些", window: null, expect: rows(VM, all(prod, on("alicloud"))) },
  {
    id: "zh-google-no-owner",
    text: "谷歌云上没打 owner 标签的虚拟机",
    window: null,
    expect: rows(VM, all(not(tagged("owner")), on("gcp"))),
  },
  {
    id: "zh-volcengine-beijing",
    text: "火山引擎北京的云服务器",
    window: null,
    expect: rows(VM, all(on("volcengine"), inRegion("cn-beijing"))),
  },
  { id: "zh-volcano-databases", text: "火山云有几个数据库?", window: null, expect: howMany("database", on("volcengine")) },
  {
    id: "zh-microsoft-west-europe",
    text: "微软云西欧的虚拟机",
    window: null,
    expect: rows(VM, all(on("azure"), inRegion("westeurope"))),
  },
  {
    id: "zh-amazon-memory",
    text: "亚马逊云上内存使用率超过 70% 的机器",
    window: FIVE_MINUTES,
    expect: rows(VM, all(above(MEMORY, 70), on("aws")), { shows: [MEMORY] }),
  },
  { id: "zh-aliyun-latin", text: "aliyun 的数据库列一下", window: null, expect: rows("database", on("alicloud")) },

  // The vendors' own words for machines.
  { id: "zh-aliyun-ecs-top", text: "阿里云 ECS 里 CPU 最高的 5 台", window: FIVE_MINUTES, expect: rows(VM, on("alicloud"), topOf(5)) },
  { id: "zh-ec2-not-running", text: "EC2 里哪些没在运行", window: null, expect: rows(VM, all(not(running), on("aws"))) },
  { id: "zh-gce-by-region", text: "GCE 实例按区域统计数量", window: null, expect: countsBy("region", VM, on("gcp")) },
  // Two clouds call their machines so; AWS calls something else so.
  { id: "zh-ecs-count", text: "ECS 一共有多少台", window: null, expect: howMany(VM, on("alicloud", "volcengine")) },
  { id: "zh-rds", text: "生产环境的 RDS 有哪些", window: null, expect: rows("database", all(prod, on("aws", "alicloud", "volcengine"))) },
  {
    id: "zh-lambda-payments",
    text: "payments 账号里的 Lambda 函数",
    window: null,
    expect: rows("function", all(accountNamed("payments"), on("aws"))),
  },

  // Several clouds, and all but one.
  { id: "zh-two-clouds", text: "阿里云和火山引擎的数据库列一下", window: null, expect: rows("database", on("alicloud", "volcengine")) },
  {
    id: "zh-three-clouds-count",
    text: "aws、azure、gcp 一共有多少台停机的机器",
    window: null,
    expect: howMany(VM, all(inState("stopped"), on("aws", "azure", "gcp"))),
  },
  {
    id: "zh-except-aliyun",
    text: "除了阿里云,其他云上停掉的机器",
    window: null,
    expect: rows(VM, all(inState("stopped"), not(on("alicloud")))),
  },
  {
    id: "zh-except-two-hot",
    text: "除 aws 和 azure 以外,哪些机器 CPU 超过 80%",
    window: FIVE_MINUTES,
    expect: rows(VM, all(hot, on("gcp", "alicloud", "volcengine")), { shows: [CPU] }),
  },
  {
    id: "zh-not-counting-volcengine",
    text: "不算火山引擎,生产机器一共多少台",
    window: null,
    expect: howMany(VM, all(prod, not(on("volcengine")))),
  },
  { id: "zh-balancers-not-azure", text: "非 Azure 的负载均衡", window: null, expect: rows("load-balancer", not(on("azure"))) },
  {
    id: "zh-singapore-except-aws",
    text: "除了 AWS,新加坡还有哪些生产机器",
    window: null,
    expect: rows(VM, all(prod, at(SINGAPORE), not(on("aws")))),
  },

  // Places that several clouds have. Johor is called ap-southeast-1 too.
  { id: "zh-singapore-count", text: "新加坡一共有多少台服务器", window: null, expect: howMany(VM, at(SINGAPORE)) },
  { id: "zh-johor", text: "柔佛有哪些机器", window: null, expect: rows(VM, at(JOHOR)) },
  { id: "zh-frankfurt", text: "法兰克福生产环境的虚拟机", window: null, expect: rows(VM, all(prod, at(FRANKFURT))) },
  { id: "zh-tokyo-top", text: "东京的机器 CPU 前 5", window: FIVE_MINUTES, expect: rows(VM, at(JAPAN), topOf(5)) },
  { id: "zh-japan", text: "日本的虚拟机有哪些", window: null, expect: rows(VM, at(JAPAN)) },
  { id: "zh-beijing", text: "北京的机器都有哪些", window: null, expect: rows(VM, at(BEIJING)) },
  { id: "zh-north-china-2", text: "华北2 的云服务器里正在运行的", window: null, expect: rows(VM, all(running, at(BEIJING))) },
  { id: "zh-mainland-count", text: "国内一共多少台云服务器", window: null, expect: howMany(VM, at(MAINLAND)) },
  {
    id: "zh-europe-hot",
    text: "欧洲的服务器里 CPU 高于 80% 的",
    window: FIVE_MINUTES,
    expect: rows(VM, all(hot, at(EUROPE)), { shows: [CPU] }),
  },
  { id: "zh-asia-pacific-databases", text: "亚太的数据库", window: null, expect: rows("database", at(ASIA_PACIFIC, MAINLAND)) },
  { id: "zh-us-by-cloud", text: "美国的服务器各云分别有多少", window: null, expect: countsPer(CLOUD, VM, at(UNITED_STATES)) },
  {
    id: "zh-virginia-cpu",
    text: "弗吉尼亚的生产服务器 CPU 是多少",
    window: FIVE_MINUTES,
    expect: rows(VM, all(prod, at(VIRGINIA), measured(CPU)), { shows: [CPU] }),
  },
  // Alibaba Cloud calls London eu-west-1, where AWS is in Ireland; nothing runs in London.
  { id: "zh-london", text: "列出伦敦的服务器", window: null, expect: rows(VM, () => "no") },

  // Region ids, some of which several clouds have.
  {
    id: "zh-cn-beijing-hot",
    text: "cn-beijing 现在 CPU 超过 70% 的机器",
    window: FIVE_MINUTES,
    expect: rows(VM, all(above(CPU, 70), inRegion("cn-beijing"))),
  },
  {
    id: "zh-cn-hangzhou",
    text: "cn-hangzhou 有哪些生产机器",
    window: null,
    expect: rows(VM, all(prod, inRegion("cn-hangzhou"))),
  },
  {
    id: "zh-ap-southeast-1-volcengine",
    text: "火山引擎 ap-southeast-1 的机器",
    window: null,
    expect: rows(VM, all(on("volcengine"), inRegion("ap-southeast-1"))),
  },
  {
    id: "zh-eu-central-1-by-cloud",
    text: "eu-central-1 的服务器按云统计",
    window: null,
    expect: countsPer(CLOUD, VM, inRegion("eu-central-1")),
  },

  // Accounts: `main` and `payments` in every cloud.
  {
    id: "zh-payments-by-cloud",
    text: "各云 payments 账号下的机器数量",
    window: null,
    expect: countsPer(CLOUD, VM, accountNamed("payments")),
  },
  {
    id: "zh-aliyun-main",
    text: "阿里云 main 账号里的生产机器",
    window: null,
    expect: rows(VM, all(prod, accountNamed("main"), on("alicloud"))),
  },
  {
    id: "zh-azure-subscription",
    text: "azure 订阅 payments 下面的虚拟机",
    window: null,
    expect: rows(VM, all(accountNamed("payments"), on("azure"))),
  },
  {
    id: "zh-gcp-project",
    text: "谷歌云项目 nimbus-payments-418851 有哪些机器",
    window: null,
    expect: rows(VM, inAccount("nimbus-payments-418851")),
  },
  { id: "zh-main-everywhere", text: "所有云 main 账号的数据库", window: null, expect: rows("database", accountNamed("main")) },

  // Counts, averages and maxima by cloud.
  { id: "zh-count-by-cloud", text: "各个云分别有多少台服务器", window: null, expect: countsPer(CLOUD, VM, everything) },
  {
    id: "zh-databases-by-cloud-region",
    text: "按云和地域统计数据库数量",
    window: null,
    expect: countsPer(CLOUD_AND_REGION, "database", everything),
  },
  { id: "zh-most-production", text: "哪个云的生产机器最多", window: null, expect: countsPer(CLOUD, VM, prod, 1) },
  {
    id: "zh-shanghai-which-more",
    text: "上海的机器阿里云和火山引擎哪家多",
    window: null,
    expect: countsPer(CLOUD, VM, at(SHANGHAI), 1),
  },
  {
    id: "zh-average-by-cloud",
    text: "每个云的平均 CPU 使用率",
    window: FIVE_MINUTES,
    statistic: "average",
    expect: foldedPer(CLOUD, "average", CPU, everything),
  },
  {
    id: "zh-prod-by-cloud-region",
    text: "按云和地域对比一下生产环境服务器最近半小时的平均 CPU",
    window: lastMinutes(30),
    expect: foldedPer(CLOUD_AND_REGION, "average", CPU, prod),
  },
  {
    id: "zh-aliyun-vs-aws",
    text: "阿里云和 aws 最近一小时的平均 CPU 对比",
    window: lastMinutes(60),
    expect: foldedPer(CLOUD, "average", CPU, on("aws", "alicloud")),
  },
  {
    id: "zh-maximum-by-cloud",
    text: "各云 CPU 最大值分别是多少",
    window: FIVE_MINUTES,
    expect: foldedPer(CLOUD, "maximum", CPU, everything, { statistics: ["average", "maximum"] }),
  },
  {
    id: "zh-highest-of-three",
    text: "aws、azure、谷歌云三家哪家平均 CPU 最高",
    window: FIVE_MINUTES,
    expect: foldedPer(CLOUD, "average", CPU, on("aws", "azure", "gcp"), { top: 1 }),
  },
  {
    id: "zh-yesterday-by-cloud",
    text: "昨天上午 9 点到 11 点各云服务器的平均 CPU",
    window: { from: "2026-11-19T01:00:00Z", to: "2026-11-19T03:00:00Z" },
    expect: foldedPer(CLOUD, "average", CPU, everything),
  },
  { id: "zh-hot-by-cloud", text: "各云 CPU 超过 80% 的机器有几台", window: FIVE_MINUTES, expect: countsPer(CLOUD, VM, hot) },

  // The hottest.
  { id: "zh-top-ten", text: "所有云上 CPU 最高的 10 台", window: FIVE_MINUTES, expect: rows(VM, everything, topOf(10)) },
  {
    id: "zh-network-in",
    text: "阿里云、火山引擎入流量最大的 5 台机器",
    window: FIVE_MINUTES,
    expect: rows(VM, on("alicloud", "volcengine"), {
      shows: ["network.in.bytes"],
      order: byMetric("network.in.bytes", "descending", { limit: 5 }),
    }),
  },

  // Metrics by the names that one cloud has for them.
  {
    id: "zh-native-aws",
    text: "CPUUtilization 最高的 3 台 EC2",
    window: FIVE_MINUTES,
    expect: rows(VM, on("aws"), { order: byMetric(CPU, "descending", { limit: 3 }) }),
  },
  {
    id: "zh-native-alicloud",
    text: "acs_ecs_dashboard:CPUUtilization 最高的 5 台机器",
    window: FIVE_MINUTES,
    expect: rows(VM, on("alicloud"), { order: byMetric(CPU, "descending", { limit: 5 }) }),
  },
  {
    id: "zh-native-volcengine",
    text: "火山引擎最近一小时 Instance_CpuBusy 最高的 5 台云服务器",
    window: lastMinutes(60),
    expect: rows(VM, on("volcengine"), { order: byMetric(CPU, "descending", { limit: 5 }) }),
  },

  // Logs, traces, alarms.
  {
    id: "zh-clouds-with-errors",
    text: "最近一小时哪些云上有 checkout 的错误日志",
    window: lastMinutes(60),
    expect: linesPer(CLOUD, all(linesOf("checkout"), errors)),
  },
  { id: "zh-errors-by-cloud", text: "过去 15 分钟各云的错误日志数量", window: lastMinutes(15), expect: linesPer(CLOUD, errors) },
  {
    id: "zh-latest-errors",
    text: "阿里云最近 10 分钟 billing 最新的 20 条错误日志",
    window: lastMinutes(10),
    expect: logs(all(linesOf("billing"), errors, on("alicloud")), newest(20)),
  },
  {
    id: "zh-errors-volcengine",
    text: "火山引擎过去一小时 search 报了多少条错误日志",
    window: lastMinutes(60),
    expect: logCount((log) => log.service === "search" && all(errors, on("volcengine"))(log) === "yes"),
  },
  {
    id: "zh-slowest-anywhere",
    text: "最近 15 分钟所有云里最慢的 10 个请求",
    window: lastMinutes(15),
    expect: traces(everything, slowest(10)),
  },
  {
    id: "zh-slowest-volcengine",
    text: "火山引擎最近一小时最慢的 5 条调用链",
    window: lastMinutes(60),
    expect: traces(traceOnVolcengine, slowest(5)),
  },
  { id: "zh-failed-by-cloud", text: "最近十分钟每个云失败的请求数", window: lastMinutes(10), expect: failuresPer(CLOUD) },
  { id: "zh-alarming-anywhere", text: "现在所有云上有哪些告警", expect: alarms(alarming("alarm")) },
  { id: "zh-alarms-by-cloud", text: "各云正在告警的有多少条", window: null, expect: firingPer(CLOUD) },
  {
    id: "zh-alarms-except-google",
    text: "除了谷歌云,还有哪些正在触发的告警",
    window: null,
    expect: alarms(all(alarming("alarm"), not(on("gcp")))),
  },
  {
    id: "zh-alarm-count-two",
    text: "阿里云加上火山引擎一共有多少条正在触发的告警",
    window: null,
    expect: alarmCount(all(alarming("alarm"), on("alicloud", "volcengine"))),
  },
];

const REFUSED: readonly Omit<CloudQuestion, "language">[] = [
  // Clouds that are not there.
  { id: "zh-tencent", text: "腾讯云上有多少台机器", expect: refused("PROVIDER_UNKNOWN") },
  { id: "zh-huawei", text: "华为云 CPU 最高的 10 台", expect: refused("PROVIDER_UNKNOWN") },
  { id: "zh-compared-with-tencent", text: "对比阿里云和腾讯云的平均 CPU", expect: refused("PROVIDER_UNKNOWN") },
  // Places that the cloud does not have.
  { id: "zh-aws-hangzhou", text: "aws 在杭州的服务器", expect: refused("REGION_UNKNOWN", "QUESTION_CONTRADICTORY") },
  { id: "zh-google-cn-hangzhou", text: "谷歌云 cn-hangzhou 的机器", expect: refused("REGION_UNKNOWN", "QUESTION_CONTRADICTORY") },
  { id: "zh-volcengine-frankfurt", text: "火山引擎法兰克福的云服务器", expect: refused("REGION_UNKNOWN", "QUESTION_CONTRADICTORY") },
  // Nothing can be both.
  { id: "zh-aliyun-except-aliyun", text: "阿里云的机器,除了阿里云的", expect: refused("QUESTION_CONTRADICTORY") },
  { id: "zh-none-left", text: "除了 aws、azure、谷歌云、阿里云和火山引擎以外的机器", expect: refused("QUESTION_CONTRADICTORY") },
  { id: "zh-subscription-unknown", text: "azure 订阅 marketing 的虚拟机", expect: refused("ACCOUNT_UNKNOWN") },
  { id: "zh-account-of-another", text: "aws 账号 2100012345 里的机器", expect: refused("ACCOUNT_UNKNOWN", "QUESTION_CONTRADICTORY") },
  // No tool ranks within groups.
  { id: "zh-top-of-each", text: "每个云 CPU 最高的 10 台", expect: refused("QUESTION_NOT_UNDERSTOOD") },
  { id: "zh-switch-off", text: "把谷歌云上闲着的机器关掉", expect: refused("QUESTION_WRITE_REQUEST") },
  { id: "zh-restart", text: "重启火山引擎 CPU 最高的那台云服务器", expect: refused("QUESTION_WRITE_REQUEST") },
  {
    id: "zh-cost",
    text: "上个月阿里云和 aws 各花了多少钱",
    expect: refused("QUESTION_NOT_UNDERSTOOD", "QUESTION_OFF_TOPIC", "METRIC_UNKNOWN"),
  },
];

export const BLIND_CLOUDS_ZH: readonly CloudQuestion[] = [...QUESTIONS, ...REFUSED].map((question) => ({ ...question, language: "zh" }));
