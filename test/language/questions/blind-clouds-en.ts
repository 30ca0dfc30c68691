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
  oneOf,
  SHANGHAI,
  SINGAPORE,
  UNITED_STATES,
  VIRGINIA,
} from "./cloud-questions.ts";
import { above, all, type Condition, inAccount, inRegion, inState, measured, not, tagged } from "./conditions.ts";
import {
  alarming,
  alarms,
  byMetric,
  folded,
  howMany,
  lastMinutes,
  logCount,
  logCountsBy,
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
const traceOnGcp: Condition<TruthTrace> = on("gcp");
const topOf = (limit: number) => ({ shows: [CPU], order: byMetric(CPU, "descending", { limit }) });

/** Asked at 2026-11-20T08:37:20Z, a Friday, in Asia/Shanghai. Written by somebody who has not seen the grammar. */
const QUESTIONS: readonly Omit<CloudQuestion, "language">[] = [
  // One cloud, by whatever people call it.
  { id: "en-azure-vms", text: "list all azure vms", window: null, expect: rows(VM, on("azure")) },
  {
    id: "en-google-cloud-prod",
    text: "what prod instances do we have on google cloud?",
    window: null,
    expect: rows(VM, all(prod, on("gcp"))),
  },
  {
    id: "en-aliyun-stopped",
    text: "aliyun machines that are stopped",
    window: null,
    expect: rows(VM, all(inState("stopped"), on("alicloud"))),
  },
  { id: "en-alibaba-databases", text: "show me the databases in Alibaba Cloud", window: null, expect: rows("database", on("alicloud")) },
  {
    id: "en-volcengine-shanghai",
    text: "volcengine servers in cn-shanghai",
    window: null,
    expect: rows(VM, all(on("volcengine"), inRegion("cn-shanghai"))),
  },
  { id: "en-amazon-hot", text: "anything on Amazon over 80% CPU?", window: FIVE_MINUTES, expect: rows(VM, all(hot, on("aws"))) },
  {
    id: "en-gcp-busiest",
    text: "5 busiest gcp vms by cpu in the last 30 minutes",
    window: lastMinutes(30),
    statistic: "average",
    expect: rows(VM, on("gcp"), topOf(5)),
  },

  // The vendors' own words for machines.
  {
    id: "en-ec2-frankfurt",
    text: "EC2 instances in Frankfurt",
    window: null,
    expect: rows(VM, all(on("aws"), inRegion("eu-central-1"))),
  },
  {
    id: "en-gce-tagged",
    text: "which GCE instances are labelled team=search?",
    window: null,
    expect: rows(VM, all(tagged("team", "search"), on("gcp"))),
  },
  {
    id: "en-alibaba-ecs-hangzhou",
    text: "alibaba cloud ECS in Hangzhou with cpu above 50%",
    window: FIVE_MINUTES,
    expect: rows(VM, all(above(CPU, 50), on("alicloud"), inRegion("cn-hangzhou"))),
  },
  // RDS is a product of three clouds.
  {
    id: "en-rds-count",
    text: "how many RDS instances do we have?",
    window: null,
    expect: howMany("database", on("aws", "alicloud", "volcengine")),
  },
  {
    id: "en-cloud-sql-stopped",
    text: "stopped Cloud SQL instances",
    window: null,
    expect: rows("database", all(inState("stopped"), on("gcp"))),
  },
  { id: "en-azure-functions", text: "list our azure functions", window: null, expect: rows("function", on("azure")) },

  // Several clouds, and all but one.
  { id: "en-two-clouds-databases", text: "aws and gcp databases", window: null, expect: rows("database", on("aws", "gcp")) },
  {
    id: "en-three-clouds-stopped",
    text: "stopped vms on aws, azure and gcp",
    window: null,
    expect: rows(VM, all(inState("stopped"), on("aws", "azure", "gcp"))),
  },
  {
    id: "en-except-azure",
    text: "all prod databases except azure",
    window: null,
    expect: rows("database", all(prod, not(on("azure")))),
  },
  {
    id: "en-non-aws-stopped",
    text: "which non-AWS servers are stopped?",
    window: null,
    expect: rows(VM, all(inState("stopped"), not(on("aws")))),
  },
  {
    id: "en-excluding-two",
    text: "servers without an owner tag, excluding gcp and volcengine",
    window: null,
    expect: rows(VM, all(not(tagged("owner")), on("aws", "azure", "alicloud"))),
  },
  { id: "en-everywhere-but-aws", text: "load balancers everywhere but aws", window: null, expect: rows("load-balancer", not(on("aws"))) },
  {
    id: "en-hot-either-cloud",
    text: "azure or aliyun boxes above 80% cpu right now",
    window: FIVE_MINUTES,
    expect: rows(VM, all(hot, on("azure", "alicloud")), { shows: [CPU] }),
  },

  // Places that several clouds have. Johor is called ap-southeast-1 too.
  { id: "en-singapore", text: "all our servers in Singapore", window: null, expect: rows(VM, at(SINGAPORE)) },
  { id: "en-johor", text: "servers in Johor", window: null, expect: rows(VM, at(JOHOR)) },
  { id: "en-tokyo", text: "vms in tokyo, any cloud", window: null, expect: rows(VM, at(JAPAN)) },
  {
    id: "en-frankfurt-prod",
    text: "prod servers in Frankfurt across all clouds",
    window: null,
    expect: rows(VM, all(prod, at(FRANKFURT))),
  },
  {
    id: "en-virginia-hot",
    text: "virginia servers above 70% cpu",
    window: FIVE_MINUTES,
    expect: rows(VM, all(above(CPU, 70), at(VIRGINIA))),
  },
  {
    id: "en-beijing-cpu",
    text: "cpu of our servers in Beijing",
    window: FIVE_MINUTES,
    expect: rows(VM, all(at(BEIJING), measured(CPU)), { shows: [CPU] }),
  },
  // Alibaba Cloud calls London eu-west-1, where AWS is in Ireland; nothing runs in London.
  { id: "en-london", text: "list the servers in London", window: null, expect: rows(VM, () => "no") },
  { id: "en-europe-databases", text: "databases in europe", window: null, expect: rows("database", at(EUROPE)) },
  { id: "en-mainland-count", text: "how many servers do we run in mainland China?", window: null, expect: howMany(VM, at(MAINLAND)) },
  {
    id: "en-us-hot",
    text: "servers in the US over 80% CPU",
    window: FIVE_MINUTES,
    expect: rows(VM, all(hot, at(UNITED_STATES))),
  },
  {
    id: "en-asia-pacific-stopped",
    text: "stopped machines in asia pacific",
    window: null,
    expect: rows(VM, all(inState("stopped"), at(ASIA_PACIFIC, MAINLAND))),
  },
  {
    id: "en-singapore-except",
    text: "prod machines in singapore except on aws",
    window: null,
    expect: rows(VM, all(prod, at(SINGAPORE), not(on("aws")))),
  },

  // Region ids, some of which several clouds have.
  { id: "en-cn-beijing", text: "machines in cn-beijing", window: null, expect: rows(VM, inRegion("cn-beijing")) },
  {
    id: "en-ap-southeast-1",
    text: "how many servers are in ap-southeast-1?",
    window: null,
    expect: howMany(VM, inRegion("ap-southeast-1")),
  },
  {
    id: "en-aliyun-ap-southeast-1",
    text: "aliyun servers in ap-southeast-1",
    window: null,
    expect: rows(VM, all(on("alicloud"), inRegion("ap-southeast-1"))),
  },
  {
    id: "en-two-regions",
    text: "running vms in westeurope and us-central1",
    window: null,
    expect: rows(VM, all(running, inRegion("westeurope", "us-central1"))),
  },

  // Accounts: `main` and `payments` in every cloud.
  {
    id: "en-payments-two-clouds",
    text: "servers in the payments account on aws and aliyun",
    window: null,
    expect: rows(VM, all(accountNamed("payments"), on("aws", "alicloud"))),
  },
  {
    id: "en-azure-subscription",
    text: "vms in the azure subscription payments",
    window: null,
    expect: rows(VM, all(accountNamed("payments"), on("azure"))),
  },
  {
    id: "en-gcp-project-id",
    text: "instances of project nimbus-main-417203 in europe-west1",
    window: null,
    expect: rows(VM, all(inAccount("nimbus-main-417203"), inRegion("europe-west1"))),
  },
  { id: "en-payments-everywhere", text: "databases in account payments", window: null, expect: rows("database", accountNamed("payments")) },
  {
    id: "en-main-hot-count",
    text: "how many servers of the main accounts are above 80% cpu",
    window: FIVE_MINUTES,
    expect: howMany(VM, all(hot, accountNamed("main"))),
  },
  { id: "en-count-by-account", text: "number of servers per account", window: null, expect: countsPer(["account"], VM, everything) },

  // Counts, averages and maxima by cloud.
  { id: "en-count-by-cloud", text: "how many running vms do we have in each cloud?", window: null, expect: countsPer(CLOUD, VM, running) },
  {
    id: "en-databases-by-cloud-region",
    text: "count databases by cloud and region",
    window: null,
    expect: countsPer(CLOUD_AND_REGION, "database", everything),
  },
  {
    id: "en-servers-by-cloud-env",
    text: "number of servers per cloud and env",
    window: null,
    expect: countsPer(["provider", "env"], VM, everything),
  },
  { id: "en-most-prod", text: "which cloud has the most prod servers?", window: null, expect: countsPer(CLOUD, VM, prod, 1) },
  {
    id: "en-hot-by-cloud",
    text: "how many servers are over 80% cpu in each cloud",
    window: FIVE_MINUTES,
    expect: countsPer(CLOUD, VM, hot),
  },
  {
    id: "en-average-by-cloud",
    text: "average cpu per cloud over the last hour",
    window: lastMinutes(60),
    statistic: "average",
    expect: foldedPer(CLOUD, "average", CPU, everything),
  },
  {
    id: "en-prod-by-cloud-region",
    text: "compare average CPU of prod by cloud and region",
    window: FIVE_MINUTES,
    expect: foldedPer(CLOUD_AND_REGION, "average", CPU, prod),
  },
  {
    id: "en-aws-vs-azure",
    text: "azure vs aws: average cpu of prod servers in the past hour",
    window: lastMinutes(60),
    expect: foldedPer(CLOUD, "average", CPU, all(prod, on("aws", "azure"))),
  },
  {
    id: "en-max-memory-by-cloud",
    text: "max memory utilization per cloud",
    window: FIVE_MINUTES,
    expect: foldedPer(CLOUD, "maximum", MEMORY, everything, { statistics: ["average", "maximum"] }),
  },
  {
    id: "en-hottest-cloud",
    text: "which cloud has the highest average CPU right now?",
    window: FIVE_MINUTES,
    expect: foldedPer(CLOUD, "average", CPU, everything, { top: 1 }),
  },
  {
    id: "en-peak-yesterday",
    text: "cpu peak of our servers by cloud yesterday between 9 and 11",
    window: { from: "2026-11-19T01:00:00Z", to: "2026-11-19T03:00:00Z" },
    statistic: "maximum",
    // Volcengine gives averages only, and over more than an hour those of longer periods.
    expect: foldedPer(CLOUD, "maximum", CPU, everything, { statistics: ["average", "maximum"] }),
  },
  {
    id: "en-average-everywhere",
    text: "what's the average CPU of prod across aws, gcp and volcengine for the last 15 minutes",
    window: lastMinutes(15),
    expect: oneOf(
      folded("average", CPU, "average", VM, all(prod, on("aws", "gcp", "volcengine"))),
      foldedPer(CLOUD, "average", CPU, all(prod, on("aws", "gcp", "volcengine"))),
    ),
  },
  {
    id: "en-shanghai-by-cloud",
    text: "servers in Shanghai per cloud",
    window: null,
    expect: countsPer(CLOUD, VM, at(SHANGHAI)),
  },

  // The hottest.
  { id: "en-top-ten", text: "top 10 CPU across all clouds", window: FIVE_MINUTES, expect: rows(VM, everything, topOf(10)) },
  {
    id: "en-network-out",
    text: "top 5 servers by network out on aws, azure and aliyun",
    window: FIVE_MINUTES,
    expect: rows(VM, on("aws", "azure", "alicloud"), {
      shows: ["network.out.bytes"],
      order: byMetric("network.out.bytes", "descending", { limit: 5 }),
    }),
  },

  // Metrics by the names that one cloud has for them.
  {
    id: "en-native-aws",
    text: "EC2 instances with CPUUtilization above 60%",
    window: FIVE_MINUTES,
    expect: rows(VM, all(above(CPU, 60), on("aws"))),
  },
  {
    id: "en-native-azure",
    text: "Percentage CPU of the azure VMs in japaneast",
    window: FIVE_MINUTES,
    expect: rows(VM, all(on("azure"), inRegion("japaneast"), measured(CPU))),
  },
  {
    id: "en-native-gcp",
    text: "5 servers with the highest compute.googleapis.com/instance/cpu/utilization",
    window: FIVE_MINUTES,
    expect: rows(VM, on("gcp"), { order: byMetric(CPU, "descending", { limit: 5 }) }),
  },
  {
    id: "en-native-alicloud",
    text: "top 3 servers by acs_ecs_dashboard:CPUUtilization in the last hour",
    window: lastMinutes(60),
    expect: rows(VM, on("alicloud"), { order: byMetric(CPU, "descending", { limit: 3 }) }),
  },
  {
    id: "en-native-volcengine",
    text: "top 5 volcengine servers by VCM_ECS/Instance:Instance_CpuBusy",
    window: FIVE_MINUTES,
    expect: rows(VM, on("volcengine"), { order: byMetric(CPU, "descending", { limit: 5 }) }),
  },

  // Logs, traces, alarms.
  {
    id: "en-clouds-with-errors",
    text: "which clouds had error logs for checkout in the last hour?",
    window: lastMinutes(60),
    expect: linesPer(CLOUD, all(linesOf("checkout"), errors)),
  },
  {
    id: "en-errors-by-cloud",
    text: "error logs per cloud over the last 15 minutes",
    window: lastMinutes(15),
    expect: linesPer(CLOUD, errors),
  },
  {
    id: "en-errors-gcp",
    text: "how many errors did checkout log on gcp in the last hour",
    window: lastMinutes(60),
    expect: logCount((log) => log.service === "checkout" && all(errors, on("gcp"))(log) === "yes"),
  },
  {
    id: "en-latest-errors",
    text: "last 20 errors of billing on aliyun and volcengine in the past hour",
    window: lastMinutes(60),
    expect: logs(all(linesOf("billing"), errors, on("alicloud", "volcengine")), newest(20)),
  },
  {
    id: "en-azure-errors-by-service",
    text: "azure error logs by service in the last 30 minutes",
    window: lastMinutes(30),
    expect: logCountsBy("service", (log) => all(errors, on("azure"))(log) === "yes"),
  },
  {
    id: "en-slowest-anywhere",
    text: "10 slowest requests across all clouds in the last 15 minutes",
    window: lastMinutes(15),
    expect: traces(everything, slowest(10)),
  },
  {
    id: "en-slowest-gcp",
    text: "slowest 5 traces on google cloud in the last hour",
    window: lastMinutes(60),
    expect: traces(traceOnGcp, slowest(5)),
  },
  {
    id: "en-failed-by-cloud",
    text: "failed requests per cloud in the last 10 minutes",
    window: lastMinutes(10),
    expect: failuresPer(CLOUD),
  },
  { id: "en-alarming-anywhere", text: "what is alarming anywhere", window: null, expect: alarms(alarming("alarm")) },
  { id: "en-alarms-by-cloud", text: "firing alarms per cloud", window: null, expect: firingPer(CLOUD) },
  { id: "en-gcp-alarming", text: "is anything alarming on google cloud right now?", expect: alarms(all(alarming("alarm"), on("gcp"))) },
  { id: "en-alarms-outside-aws", text: "alarms firing outside aws", window: null, expect: alarms(all(alarming("alarm"), not(on("aws")))) },
  {
    id: "en-insufficient-data",
    text: "alarms with insufficient data, any cloud",
    window: null,
    expect: alarms(alarming("insufficient-data")),
  },
];

const REFUSED: readonly Omit<CloudQuestion, "language">[] = [
  // Clouds that are not there.
  { id: "en-tencent", text: "list the servers on Tencent Cloud", expect: refused("PROVIDER_UNKNOWN") },
  { id: "en-huawei", text: "top 10 cpu on huawei cloud", expect: refused("PROVIDER_UNKNOWN") },
  { id: "en-oracle", text: "compare average cpu of aws and oracle cloud", expect: refused("PROVIDER_UNKNOWN") },
  // Places that the cloud does not have.
  { id: "en-aws-hangzhou", text: "aws servers in cn-hangzhou", expect: refused("REGION_UNKNOWN", "QUESTION_CONTRADICTORY") },
  { id: "en-gcp-westeurope", text: "gcp vms in westeurope", expect: refused("REGION_UNKNOWN", "QUESTION_CONTRADICTORY") },
  { id: "en-volcengine-frankfurt", text: "volcengine servers in Frankfurt", expect: refused("REGION_UNKNOWN", "QUESTION_CONTRADICTORY") },
  { id: "en-unknown-region-anywhere", text: "servers in cn-moon-1 on any cloud", expect: refused("REGION_UNKNOWN") },
  // Nothing can be both.
  { id: "en-aws-except-aws", text: "aws machines except aws", expect: refused("QUESTION_CONTRADICTORY") },
  {
    id: "en-none-left",
    text: "servers on every cloud except aws, azure, gcp, alibaba cloud and volcengine",
    expect: refused("QUESTION_CONTRADICTORY"),
  },
  { id: "en-subscription-unknown", text: "vms in the azure subscription marketing", expect: refused("ACCOUNT_UNKNOWN") },
  {
    id: "en-account-of-another",
    text: "aws servers in account 1403275690172345",
    expect: refused("ACCOUNT_UNKNOWN", "QUESTION_CONTRADICTORY"),
  },
  // No tool ranks within groups.
  { id: "en-top-of-each", text: "top 10 servers by cpu for each cloud", expect: refused("QUESTION_NOT_UNDERSTOOD") },
  { id: "en-restart", text: "restart the hottest azure vm", expect: refused("QUESTION_WRITE_REQUEST") },
  { id: "en-delete-both", text: "delete the stopped gcp instances and the aliyun ones too", expect: refused("QUESTION_WRITE_REQUEST") },
  {
    id: "en-cost",
    text: "what did aws cost us compared to azure last month?",
    expect: refused("QUESTION_NOT_UNDERSTOOD", "QUESTION_OFF_TOPIC", "METRIC_UNKNOWN"),
  },
];

export const BLIND_CLOUDS_EN: readonly CloudQuestion[] = [...QUESTIONS, ...REFUSED].map((question) => ({ ...question, language: "en" }));
