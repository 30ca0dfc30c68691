import type { OperationReach, ReferenceDocument } from "../../contracts/index.ts";

/** What we ourselves know of a service: enough to place what a publisher says of it. Hosts and permissions never come from a description. */
export interface KnownService {
  readonly provider: string;
  readonly service: string;
  readonly title: string;
  /** What it is about, in both languages: found by questions that name the service. */
  readonly text: string;
  /** First label of its host. */
  readonly endpoint?: string;
  /** What signatures call it, where that differs. */
  readonly signingName?: string;
  /** `logs` of `logs:DescribeMetricFilters`. */
  readonly permissions?: string;
  /** Where its operations take effect, unless {@link accountWide} names them. */
  readonly reach: OperationReach;
}

type Row = readonly [service: string, title: string, text: string, endpoint?: string, permissions?: string, more?: Partial<KnownService>];

function rowsOf(provider: string, reach: OperationReach, rows: readonly Row[]): KnownService[] {
  return rows.map(([service, title, text, endpoint, permissions, more]) => ({
    provider,
    service,
    title,
    text,
    reach,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(permissions === undefined ? {} : { permissions }),
    ...more,
  }));
}

const SERVICES: readonly KnownService[] = [
  ...rowsOf("aws", "region", [
    [
      "ec2",
      "Amazon EC2",
      "Servers, disks, snapshots, images, networks, security groups, addresses. 云服务器、云盘、快照、镜像、网络、安全组。",
      "ec2",
      "ec2",
    ],
    [
      "cloudwatch",
      "Amazon CloudWatch",
      "Metrics, alarms, alarm history, dashboards. 监控指标、告警、告警历史、仪表盘。",
      "monitoring",
      "cloudwatch",
    ],
    [
      "logs",
      "Amazon CloudWatch Logs",
      "Log groups, streams, queries, retention, metric and subscription filters. 日志组、日志查询、保留期。",
      "logs",
      "logs",
    ],
    ["xray", "AWS X-Ray", "Traces, service graph, sampling rules. 链路追踪、服务拓扑、采样规则。", "xray", "xray"],
    [
      "rds",
      "Amazon RDS",
      "Databases, clusters, their snapshots, events, parameter groups. 数据库、集群、快照、事件、参数组。",
      "rds",
      "rds",
    ],
    ["lambda", "AWS Lambda", "Functions, versions, event sources, concurrency. 函数、版本、事件源、并发。", "lambda", "lambda"],
    [
      "elb",
      "Elastic Load Balancing v2",
      "Load balancers, listeners, target groups, target health. 负载均衡、监听器、目标组、健康状态。",
      "elasticloadbalancing",
      "elasticloadbalancing",
    ],
    ["sts", "AWS STS", "Who the caller is; temporary credentials. 当前身份、临时凭证。", "sts", "sts", { reach: "account" }],
    [
      "servicequotas",
      "Service Quotas",
      "Limits of services and how they were raised. 配额、配额申请记录。",
      "servicequotas",
      "servicequotas",
    ],
    ["secretsmanager", "AWS Secrets Manager", "Secrets: names, rotation, values. 密钥、凭据、轮转。", "secretsmanager", "secretsmanager"],
  ]),
  ...rowsOf("azure", "account", [
    ["compute", "Azure Compute", "Virtual machines, disks, snapshots, images, usage. 虚拟机、磁盘、快照、镜像、用量。"],
    ["network", "Azure Network", "Networks, security groups, addresses, load balancers. 虚拟网络、安全组、公网 IP、负载均衡。"],
    ["monitor", "Azure Monitor", "Metrics, alerts, activity log, diagnostic settings, action groups. 指标、告警、活动日志、诊断设置。"],
    ["storage", "Azure Storage", "Storage accounts, their keys and usage. 存储账户、密钥、用量。"],
    ["resourcegraph", "Azure Resource Graph", "Queries over all resources, and their changes. 资源查询、资源变更。"],
    ["loganalytics", "Azure Log Analytics", "KQL queries over workspaces. 日志查询、工作区。", "api"],
  ]),
  ...rowsOf("gcp", "account", [
    [
      "compute",
      "Compute Engine",
      "Instances, disks, snapshots, firewalls, regions, quotas. 虚拟机、磁盘、快照、防火墙、区域配额。",
      "compute",
    ],
    [
      "monitoring",
      "Cloud Monitoring",
      "Time series, metric descriptors, alert policies, dashboards, uptime checks. 指标、告警策略、仪表盘、拨测。",
      "monitoring",
    ],
    ["logging", "Cloud Logging", "Log entries, sinks, buckets, exclusions, log metrics. 日志、导出、日志桶、日志指标。", "logging"],
    ["cloudtrace", "Cloud Trace", "Traces and spans. 链路追踪。", "cloudtrace"],
    ["cloudasset", "Cloud Asset Inventory", "Search over all resources and IAM policies. 资源清单、权限策略。", "cloudasset"],
    ["secretmanager", "Secret Manager", "Secrets, versions, values. 密钥、版本。", "secretmanager"],
    ["cloudresourcemanager", "Resource Manager", "Projects, folders, organizations. 项目、文件夹、组织。", "cloudresourcemanager"],
  ]),
  ...rowsOf("alicloud", "region", [
    [
      "ecs",
      "Elastic Compute Service",
      "云服务器、云盘、快照、镜像、安全组、自动快照策略。 Servers, disks, snapshots, security groups.",
      "ecs",
      "ecs",
    ],
    ["cms", "CloudMonitor", "监控指标、报警规则、报警历史、站点监控。 Metrics, alarm rules and history, site monitors.", "metrics", "cms"],
    ["sls", "Simple Log Service", "日志项目、日志库、索引、查询。 Log projects, logstores, indexes, queries.", "log", "log"],
    ["vpc", "Virtual Private Cloud", "专有网络、交换机、弹性公网 IP、NAT 网关。 Networks, switches, elastic addresses.", "vpc", "vpc"],
    ["slb", "Server Load Balancer", "传统型负载均衡、监听、后端服务器健康状态。 Load balancers, listeners, health.", "slb", "slb"],
    ["rds", "ApsaraDB RDS", "数据库实例、备份、慢日志、参数。 Database instances, backups, slow logs.", "rds", "rds"],
    ["kms", "Key Management Service", "密钥、凭据。 Keys and secrets.", "kms", "kms"],
    ["actiontrail", "ActionTrail", "操作审计：谁在何时做了什么。 Who did what, and when.", "actiontrail", "actiontrail"],
    [
      "resourcecenter",
      "Resource Center",
      "跨地域的资源搜索。 Search over resources of all regions.",
      "resourcecenter",
      "resourcecenter",
      { reach: "account" },
    ],
  ]),
  ...rowsOf("volcengine", "region", [
    ["ecs", "云服务器 ECS", "云服务器、镜像、规格、密钥对。 Servers, images, instance types, key pairs.", "ecs", "ecs"],
    ["storage_ebs", "弹性块存储 EBS", "云盘、快照、自动快照策略。 Disks, snapshots, snapshot policies.", "storage_ebs", "storage_ebs"],
    ["vpc", "私有网络 VPC", "私有网络、子网、安全组、公网 IP。 Networks, subnets, security groups, addresses.", "vpc", "vpc"],
    ["volc_observe", "云监控", "监控指标、告警策略、告警历史。 Metrics, alarm rules and history.", "Volc_Observe", "Volc_Observe"],
    [
      "cloudmonitor",
      "云监控（新版接口）",
      "告警策略、告警历史、事件、仪表盘。 Alarm rules and history, events.",
      "cloudmonitor",
      "cloudmonitor",
    ],
    ["cloud_trail", "操作审计", "跟踪、操作记录。 Trails, who did what.", "cloud_trail", "cloud_trail"],
    ["rds_mysql", "云数据库 MySQL 版", "数据库实例、备份、参数。 MySQL instances, backups, parameters.", "rds_mysql", "rds_mysql"],
    ["tls", "日志服务", "日志项目、日志主题、索引。 Log projects, topics, indexes.", "tls", "tls"],
    ["kms", "密钥管理服务", "密钥、密钥环。 Keys and key rings.", "kms", "kms"],
  ]),
].map(withHostLabel);

/** Volcengine signs `Volc_Observe` and `storage_ebs`, which are no host labels: all its Open API answers at one host. */
function withHostLabel(known: KnownService): KnownService {
  if (known.provider !== "volcengine" || known.endpoint === undefined) return known;
  const { endpoint, ...rest } = known;
  return { ...rest, signingName: endpoint };
}

export function knownService(provider: string, service: string): KnownService | undefined {
  return SERVICES.find((known) => known.provider === provider && known.service === service);
}

/** What is found when a question asks about the service as such. */
export function serviceDocument({ provider, service, title, text }: KnownService): ReferenceDocument {
  return { id: `${provider}.service.${service}`, kind: "service", provider, service, title, text };
}
