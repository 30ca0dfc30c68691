import type { Lexicon } from "../text/sense.ts";

/** Where to look and which resources: states, environments, tags, names, places, clouds. */
export const SCOPES: Lexicon = [
  [
    { is: "state", states: ["running"] },
    "running|online|up and running|powered on|turned on|运行中|正在运行|在运行|运行|开机|已启动|开着|在线|运行着",
  ],
  [
    { is: "state", states: ["stopped"] },
    "stopped|powered off|shut down|turned off|switched off|已停止|停止|关机|已关机|停机|已停机|关着|停了|关闭|停止状态|停止运行|停掉的|被停掉的|已停掉的|已经停掉的|关掉的|被关掉的|已关掉的|已经关掉的",
  ],
  [{ is: "state", states: ["starting"] }, "starting|pending|booting|启动中|正在启动"],
  [{ is: "state", states: ["stopping"] }, "stopping|shutting down|正在停止|停止中|关机中"],
  [{ is: "state", states: ["terminated"] }, "terminated|已终止|已销毁|已释放|终止"],
  [{ is: "state", states: ["available"] }, "available|可用"],
  [{ is: "state", states: ["failed"] }, "failed|故障|异常"],
  [{ is: "stateWord" }, "state|states|status|in state|in the state|in status|运行状态|状态"],
  [
    { is: "environment", values: ["prod", "production", "prd", "生产"] },
    "prod|production|prd|prod environment|production environment|prod env|生产|生产环境|线上|线上环境|正式环境|生产环境里|prod环境|production环境",
  ],
  [
    { is: "environment", values: ["staging", "stage", "stg", "预发"] },
    "staging|stage|stg|pre-production|preproduction|pre-prod|preprod|staging environment|staging env|预发|预发布|预发环境|预发布环境|预生产|预生产环境|staging环境",
  ],
  [
    { is: "environment", values: ["dev", "development", "开发"] },
    "dev|development|dev environment|development environment|dev env|开发环境|开发|dev环境|development环境",
  ],
  [
    { is: "environment", values: ["test", "testing", "qa", "测试"] },
    "test|testing|qa|test environment|testing environment|test env|qa environment|测试环境|测试|test环境|qa环境",
  ],
  [{ is: "tagKey", key: "env" }, "env|environment|envs|environments|环境"],
  [{ is: "tagKey", key: "team" }, "team|teams|团队|小组|组"],
  [{ is: "tagKey", key: "service", logService: true }, "service|services|服务|业务"],
  [{ is: "tagKey", key: "app", logService: true }, "app|application|apps|applications|应用"],
  [{ is: "tagKey", key: "owner" }, "owner|owners|负责人|所有者|归属人"],
  [{ is: "tagKey", key: "owner", owned: true }, "owned by|belonging to|归属于"],
  [{ is: "tagKey", key: "cost-center" }, "cost-center|cost center|costcenter|cost centre|cost-centre|成本中心"],
  [{ is: "tagKey", key: "project" }, "project|projects|项目"],
  [{ is: "tagKey", key: "role" }, "role|roles|角色"],
  [
    { is: "tagWord" },
    "tag|tags|tagged|tagged with|tagged as|label|labels|labeled|labelled|labeled with|labelled with|tag key|with tag|with the tag|with tags|with label|with the label|标签|打了标签|标签是|标签为|标签键|标记",
  ],
  [
    { is: "nameWord" },
    "name|names|named|whose name|with name|with the name|名字|名称|名|主机名|实例名|机器名|名字里|名称里|名字中|名称中|服务器名|函数名|in the name|in their name|in its name|in their names",
  ],
  [
    { is: "called" },
    "named|called|with the name|name is|whose name is|with name|名为|叫|叫做|名叫|叫作|名字叫|名称为|名字是|名称是|名字为|名称叫|名字等于|名称等于",
  ],
  [
    { is: "affix", operator: "starts-with", after: false },
    "starts with|start with|starting with|begins with|beginning with|prefixed with|prefixed|with prefix|with the prefix|开头是|前缀为|前缀是",
  ],
  [
    { is: "affix", operator: "ends-with", after: false },
    "ends with|end with|ending with|ending in|ends in|with suffix|with the suffix|后缀为|后缀是|结尾是",
  ],
  [{ is: "affix", operator: "starts-with", after: true }, "开头|打头|为前缀|作前缀"],
  [{ is: "affix", operator: "ends-with", after: true }, "结尾|为后缀"],
  [
    { is: "contains", negated: false },
    "contains|contain|containing|includes|include|including|with the text|with text|mentioning|that mention|matching|that contain|包含|含有|含|包括|里有|中有|里带|带|里包含|中包含|里含|提到|出现",
  ],
  [
    { is: "contains", negated: true },
    "not containing|that do not contain|that don't contain|does not contain|doesn't contain|do not contain|don't contain|not including|without the text|not mentioning|excluding|不包含|不含|不含有|没有包含|里没有|中没有|不包括",
  ],
  [{ is: "regionWord" }, "region|regions|区域|地域|地区|区|location"],
  [{ is: "accountWord" }, "account|accounts|aws account|账号|帐号|账户|帐户"],
  [{ is: "accountWord", provider: "azure" }, "subscription|subscriptions|azure subscription|订阅"],
  [{ is: "accountWord", provider: "gcp" }, "project|projects|gcp project|google cloud project|项目"],
  [{ is: "providerWord" }, "cloud|provider|云|云上|云平台"],
  [{ is: "cloudsCounted", count: 2 }, "两家|两家云|两家云厂商|两朵云|2家|2家云|2朵云"],
  [{ is: "cloudsCounted", count: 3 }, "三家|三家云|三家云厂商|三朵云|3家|3家云|3朵云"],
  [{ is: "cloudsCounted", count: 4 }, "四家|四家云|四家云厂商|四朵云|4家|4家云|4朵云"],
  [{ is: "cloudsCounted", count: 5 }, "五家|五家云|五家云厂商|五朵云|5家|5家云|5朵云"],
  [
    { is: "providerUnknown" },
    "aws|amazon|amazon web services|亚马逊|亚马逊云|azure|microsoft azure|microsoft|微软云|微软 azure|gcp|google|谷歌|google cloud|google cloud platform|谷歌云|alibaba cloud|alibaba|aliyun|alicloud|阿里云|阿里|volcengine|volcano engine|volcano|volc|bytedance cloud|字节云|火山引擎|火山云|火山|tencent cloud|tencent|腾讯云|腾讯|huawei cloud|huawei|华为云|华为|oracle cloud|oci|ibm cloud|digitalocean|digital ocean|linode|hetzner|cloudflare|baidu cloud|百度云|百度智能云|京东云|天翼云|openstack|vmware",
  ],
];

/** Parts of the world, by the beginnings of the region ids that lie there. */
export const REGION_GROUPS: readonly (readonly [prefixes: readonly string[], phrases: string])[] = [
  [
    [
      ...["eu-", "europe-", "westeurope", "northeurope", "uk", "france", "germany", "norway", "sweden", "switzerland", "italy", "poland"],
      ...["spain", "austria", "belgium", "denmark"],
    ],
    "europe|eu|the eu|in the eu|european regions|european region|european|emea|欧洲|欧洲区域|欧盟",
  ],
  [
    ["us-", "eastus", "westus", "centralus", "northcentralus", "southcentralus", "westcentralus", "usgov", "usdod"],
    "the us|in us|in the us|in the usa|in the united states|in the states|the usa|usa|america|the states|united states|the united states|us regions|us region|美国|美国区域|美东美西",
  ],
  [
    [
      "ap-",
      "asia-",
      "eastasia",
      "southeastasia",
      "japan",
      "korea",
      "centralindia",
      "southindia",
      "westindia",
      "jioindia",
      "indonesia",
      "malaysia",
      "cn-",
    ],
    "asia|asia pacific|asia-pacific|apac|asian regions|asia regions|亚太|亚洲|亚太区域|亚洲区域",
  ],
  [["cn-", "china"], "china|mainland china|in china|chinese regions|中国|中国区域|中国大陆|国内|国内区域"],
  [
    [
      ...[
        "us-",
        "ca-",
        "northamerica-",
        "eastus",
        "westus",
        "centralus",
        "northcentralus",
        "southcentralus",
        "westcentralus",
        "usgov",
        "usdod",
      ],
      ...["canada", "mexico", "mx-", "na-"],
    ],
    "north america|北美|北美区域",
  ],
  [["us-east-", "us-east", "eastus"], "us east|us-east|美东|美国东部|east coast"],
  [["us-west-", "us-west", "westus"], "us west|us-west|美西|美国西部|west coast"],
  [["sa-", "southamerica-", "brazil", "chile"], "south america|南美|南美洲"],
  [["me-", "il-", "uae", "qatar", "israel"], "middle east|the middle east|中东"],
  [["af-", "africa-", "southafrica"], "africa|非洲"],
];
