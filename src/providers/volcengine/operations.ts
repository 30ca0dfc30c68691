/** An operation of the Open API: the SDK has no clients for these services, only the means to declare their operations. */
export interface Operation<Input extends object, Result> {
  /** As it is called in operations that are counted: lower case. */
  readonly service: string;
  /** As it is signed. */
  readonly serviceName: string;
  readonly version: string;
  readonly name: string;
  readonly method: "GET" | "POST";
  readonly contentType: "json" | "urlencode";
  /** Only for the compiler. */
  readonly types?: (input: Input) => Result;
}

type Optional<Fields> = { readonly [Field in keyof Fields]?: Fields[Field] | null };
type Query = Readonly<Record<string, string | number>>;

/** Methods, parameters and fields: volcengine-go-sdk, `service/sts`, `service/ecs`, `service/volcobserve`, `service/rdsmysqlv2`, `service/alb`. */
function operationOf<Input extends object, Result>(
  serviceName: string,
  version: string,
  name: string,
  method: "GET" | "POST",
  contentType: "json" | "urlencode" = "urlencode",
): Operation<Input, Result> {
  return { service: serviceName.toLowerCase(), serviceName, version, name, method, contentType };
}

export const getCallerIdentity = operationOf<Query, Optional<{ AccountId: number; Trn: string }>>(
  "sts",
  "2018-01-01",
  "GetCallerIdentity",
  "POST",
);

export const assumeRole = operationOf<
  { RoleTrn: string; RoleSessionName: string; DurationSeconds: number },
  Optional<{ Credentials: Optional<{ AccessKeyId: string; SecretAccessKey: string; SessionToken: string; ExpiredTime: string }> }>
>("sts", "2018-01-01", "AssumeRole", "GET");

export const describeRegions = operationOf<Query, Optional<{ Regions: readonly Optional<{ RegionId: string }>[]; NextToken: string }>>(
  "ecs",
  "2020-04-01",
  "DescribeRegions",
  "GET",
);

export type NativeInstance = Optional<{
  InstanceId: string;
  InstanceName: string;
  Status: string;
  InstanceTypeId: string;
  ZoneId: string;
  CreatedAt: string;
  OsName: string;
  ProjectName: string;
  Tags: readonly NativeTag[];
  NetworkInterfaces: readonly Optional<{ PrimaryIpAddress: string; Type: string }>[];
  EipAddress: Optional<{ IpAddress: string }>;
}>;

export const describeInstances = operationOf<Query, Optional<{ Instances: readonly NativeInstance[]; NextToken: string }>>(
  "ecs",
  "2020-04-01",
  "DescribeInstances",
  "GET",
);

interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

export interface MetricDataInput {
  readonly Namespace: string;
  readonly SubNamespace: string;
  readonly MetricName: string;
  readonly Period: string;
  /** Unix time in seconds. */
  readonly StartTime: number;
  readonly EndTime: number;
  readonly Instances: readonly { readonly Dimensions: readonly Dimension[] }[];
}

export type MetricDataResult = Optional<{
  Dimensions: readonly Optional<Dimension>[];
  DataPoints: readonly Optional<{ Timestamp: number; Value: number }>[];
}>;

/** The documentation writes the service `Volc_Observe`, and so signs it. */
const OBSERVE = "Volc_Observe";

export const getMetricData = operationOf<MetricDataInput, Optional<{ Data: Optional<{ MetricDataResults: readonly MetricDataResult[] }> }>>(
  OBSERVE,
  "2018-01-01",
  "GetMetricData",
  "POST",
  "json",
);

export type NativeRule = Optional<{
  Id: string;
  RuleName: string;
  AlertState: string;
  EnableState: string;
  Description: string;
  Namespace: string;
  SubNamespace: string;
  Regions: readonly string[];
  OriginalDimensions: Readonly<Record<string, readonly string[]>>;
  Conditions: readonly Optional<{ MetricName: string; Statistics: string; ComparisonOperator: string; Threshold: string }>[];
}>;

export const listRules = operationOf<
  { readonly PageNumber: number; readonly PageSize: number; readonly AlertState?: readonly string[] },
  Optional<{ Data: readonly NativeRule[]; TotalCount: number }>
>(OBSERVE, "2018-01-01", "ListRules", "POST", "json");

export type NativeAlertGroup = Optional<{
  RuleId: string;
  ResourceId: string;
  Region: string;
  StartAt: string;
  EndAt: string;
  RuleTriggerCondition: string;
}>;

export const listAlertGroup = operationOf<
  { readonly PageNumber: number; readonly PageSize: number; readonly RuleIds: readonly string[] },
  Optional<{ Data: readonly NativeAlertGroup[]; TotalCount: number }>
>(OBSERVE, "2018-01-01", "ListAlertGroup", "POST", "json");

export type NativeTag = Optional<{ Key: string; Value: string }>;

export type NativeDatabase = Optional<{
  InstanceId: string;
  InstanceName: string;
  InstanceStatus: string;
  DBEngineVersion: string;
  NodeSpec: string;
  ZoneId: string;
  Tags: readonly NativeTag[];
}>;

/** MySQL and PostgreSQL are two services with the same operation. */
export const describeDatabases = ["rds_mysql", "rds_postgresql"].map((service) =>
  operationOf<
    { readonly PageNumber: number; readonly PageSize: number },
    Optional<{ Instances: readonly NativeDatabase[]; Total: number }>
  >(service, "2022-01-01", "DescribeDBInstances", "POST", "json"),
);

export type NativeLoadBalancer = Optional<{
  LoadBalancerId: string;
  LoadBalancerName: string;
  Status: string;
  Type: string;
  DNSName: string;
  Tags: readonly NativeTag[];
}>;

export const describeLoadBalancers = operationOf<Query, Optional<{ LoadBalancers: readonly NativeLoadBalancer[]; TotalCount: number }>>(
  "alb",
  "2020-04-01",
  "DescribeLoadBalancers",
  "GET",
);
