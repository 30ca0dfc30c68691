import metaType from "./meta-type.json" with { type: "json" };
import { type MetaNode, metaSchema, type Schema } from "./schema.ts";
import sdkModels from "./sdk-models.json" with { type: "json" };
import { SdkTypings } from "./sdk-typings.ts";

/** What the vendor published about an operation. */
export interface PublishedShape {
  /** Parameters by name, where their types are published. */
  readonly request: Schema;
  readonly reply: Schema;
}

const TLS = new SdkTypings("services/tls/types.d.ts");
const STS = new SdkTypings("services/sts/index.d.ts");
const ENVELOPE = new SdkTypings("base/types.d.ts");

/** `ResponseMetadata` of every Open API reply, from the SDK's typings. */
export const RESPONSE_METADATA: Schema = ENVELOPE.schema("OpenApiResponseMetadata");

/** A cut-out of the vendor's SDK metadata (volcengine-cli, `metatype`), in its format: the operations that are emulated. */
const METADATA = metaType as unknown as Descriptions;

/** In the same format, written down from the models in volcengine-go-sdk (`service/storageebs`, `service/vpc`) and their references. */
const SDK_MODELS = sdkModels as unknown as Descriptions;

type Descriptions = Readonly<Record<string, Readonly<Record<string, { Request: MetaNode; Response: MetaNode }>>>>;

/** In no package and no metadata: written down from the reference, volcengine.com/docs/6257/1902650. */
const GET_CALLER_IDENTITY: MetaNode = {
  MetaTypes: {
    AccountId: { TypeName: "integer", Required: true },
    Trn: { TypeName: "string", Required: true },
    IdentityType: { TypeName: "string", Required: true },
    IdentityId: { TypeName: "string", Required: true },
  },
};

const TEXT = { TypeName: "string" } as const;
const NUMBER = { TypeName: "integer" } as const;
const FLAG = { TypeName: "boolean" } as const;
const OBJECTS = { TypeName: "array", TypeOf: "object" } as const;
const TAGS: MetaNode = { MetaTypes: { Key: TEXT, Value: TEXT } };
const PAGES = { PageNumber: NUMBER, PageSize: NUMBER } as const;

/** Neither is in the metadata above: written down from the models in volcengine-go-sdk, `service/rdsmysqlv2`. */
const DESCRIBE_DB_INSTANCES: { readonly Request: MetaNode; readonly Response: MetaNode } = {
  Request: {
    MetaTypes: {
      ...PAGES,
      ...texts("ChargeType", "CreateTimeEnd", "CreateTimeStart", "DBEngineVersion", "InstanceId", "InstanceName", "InstanceStatus"),
      ...texts("InstanceType", "NodeSpec", "ProjectName", "ZoneId"),
      TagFilters: OBJECTS,
    },
  },
  Response: {
    MetaTypes: { Total: { ...NUMBER, Required: true }, Instances: { ...OBJECTS, Required: true } },
    ChildMetas: {
      Instances: {
        MetaTypes: {
          ...texts("AllowListVersion", "CreateTime", "DBEngineVersion", "InstanceId", "InstanceName", "InstanceStatus", "InstanceType"),
          ...texts("LowerCaseTableNames", "NodeSpec", "ProjectName", "RegionId", "StorageType", "SubnetId", "TimeZone", "VpcId", "ZoneId"),
          NodeNumber: NUMBER,
          StorageSpace: NUMBER,
          AddressObject: OBJECTS,
          ChargeDetail: { TypeName: "object" },
          Tags: OBJECTS,
        },
        ChildMetas: {
          AddressObject: {
            MetaTypes: {
              ...texts("Domain", "EipId", "IPAddress", "InternetProtocol", "NetworkType", "Port", "SubnetId"),
              DNSVisibility: FLAG,
            },
          },
          ChargeDetail: { MetaTypes: { ...texts("ChargeEndTime", "ChargeStartTime", "ChargeStatus", "ChargeType"), AutoRenew: FLAG } },
          Tags: TAGS,
        },
      },
    },
  },
};

/** The same, `service/alb`. */
const DESCRIBE_LOAD_BALANCERS: { readonly Request: MetaNode; readonly Response: MetaNode } = {
  Request: {
    MetaTypes: {
      ...PAGES,
      ...texts("EipAddress", "EniAddress", "LoadBalancerName", "ProjectName", "Type", "VpcId"),
      "LoadBalancerIds.N": { TypeName: "array[string]" },
    },
  },
  Response: {
    MetaTypes: { ...PAGES, RequestId: TEXT, TotalCount: { ...NUMBER, Required: true }, LoadBalancers: { ...OBJECTS, Required: true } },
    ChildMetas: {
      LoadBalancers: {
        MetaTypes: {
          ...texts("AddressIpVersion", "BusinessStatus", "CreateTime", "DNSName", "DeleteProtection", "DeletedTime", "Description"),
          ...texts("LoadBalancerEdition", "LoadBalancerId", "LoadBalancerName", "LockReason", "OverdueTime", "ProjectName", "Status"),
          ...texts("SubnetId", "Type", "UpdateTime", "VpcId"),
          LoadBalancerBillingType: NUMBER,
          Tags: OBJECTS,
        },
        ChildMetas: { Tags: TAGS },
      },
    },
  },
};

function texts(...names: readonly string[]): Readonly<Record<string, typeof TEXT>> {
  return Object.fromEntries(names.map((name) => [name, TEXT]));
}

const TLS_TYPES: Readonly<Record<string, readonly [request: string, reply: string]>> = {
  DescribeProjects: ["IDescribeProjectsReq", "IProjectDescribeProjectsResp"],
  DescribeTopics: ["IDescribeTopicsReq", "ITopicDescribeTopicsResp"],
  DescribeIndex: ["IDescribeIndexReq", "IIndexDescribeIndexResp"],
  SearchLogs: ["IIndexSearchLogsReq", "IEsclientResult"],
  DescribeTraceInstances: ["IDescribeTraceInstancesReq", "ITraceInsDescribeTraceInstancesResp"],
  SearchTraces: ["ISearchTracesReq", "ISearchTracesResp"],
  DescribeTrace: ["IDescribeTraceReq", "IDescribeTraceResp"],
};

export const PUBLISHED: ReadonlyMap<string, PublishedShape> = new Map([
  ["sts.GetCallerIdentity", { request: metaSchema("", { MetaTypes: {} }), reply: metaSchema("GetCallerIdentity", GET_CALLER_IDENTITY) }],
  ["sts.AssumeRole", { request: STS.schema("AssumeRoleParams"), reply: STS.schema("AssumeRoleResult") }],
  ...Object.entries({
    ...METADATA,
    ...SDK_MODELS,
    rds_mysql: { DescribeDBInstances: DESCRIBE_DB_INSTANCES },
    rds_postgresql: { DescribeDBInstances: DESCRIBE_DB_INSTANCES },
    alb: { DescribeLoadBalancers: DESCRIBE_LOAD_BALANCERS },
  }).flatMap(([service, operations]) =>
    Object.entries(operations).map(
      ([operation, { Request: request, Response: reply }]) =>
        [`${service}.${operation}`, { request: metaSchema(operation, request), reply: metaSchema(operation, reply) }] as const,
    ),
  ),
  ...Object.entries(TLS_TYPES).map(
    ([operation, [request, reply]]) => [`tls.${operation}`, { request: TLS.schema(request), reply: TLS.schema(reply) }] as const,
  ),
]);
