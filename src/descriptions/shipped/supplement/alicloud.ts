/** Alibaba Cloud operations of products whose SDKs are seldom installed. Names and types: Alibaba Cloud's OpenAPI metadata and API reference. */
export const ALICLOUD: Readonly<Record<string, string>> = {
  actiontrail: `
service 2020-07-06 alicloud-rpc
DescribeRegions POST
  # 地域。 Lists regions.
  < AcceptLanguage
  > RequestId, Regions: { Region: [{ RegionId, RegionEndpoint, LocalName }] }
DescribeTrails POST
  # 跟踪列表。 Lists trails.
  < IncludeShadowTrails: bool, NameList, IncludeOrganizationTrail: bool
  > RequestId, TrailList: [{ TrailRegion, Status, UpdateTime, HomeRegion, CreateTime, OssKeyPrefix, EventRW, StartLoggingTime,
    OssWriteRoleArn, SlsProjectArn, IsOrganizationTrail: bool, SlsWriteRoleArn, StopLoggingTime, Name, OssBucketName, Region,
    OrganizationId, OssBucketLocation, TrailArn, MaxComputeWriteRoleArn, MaxComputeProjectArn }]
GetAccessKeyLastUsedEvents POST
  # 访问密钥最近的操作。 What an access key was last used for.
  < AccessKey!, ServiceName!, NextToken, PageSize
  > RequestId, Events: [{ UsedTimestamp: int, Detail, EventName, Source }], NextToken
GetAccessKeyLastUsedInfo POST
  # 访问密钥最近使用情况。 When an access key was last used.
  < AccessKey!
  > RequestId, AccessKeyId, AccountId, OwnerId, UserName, AccountType, UsedTimestamp: int, Detail, Source, ServiceName,
    ServiceNameCn, ServiceNameEn
GetAccessKeyLastUsedProducts POST
  # 访问密钥最近访问的产品。 Which products an access key was last used with.
  < AccessKey!
  > RequestId, Products: [{ UsedTimestamp: int, Detail, Source, ServiceName, ServiceNameCn, ServiceNameEn }]
GetTrailStatus POST
  # 跟踪状态。 Whether a trail delivers.
  < Name!, IsOrganizationTrail: bool
  > RequestId, StartLoggingTime, LatestDeliveryError, StopLoggingTime, IsLogging: bool, LatestDeliveryTime,
    LatestDeliveryLogServiceError, LatestDeliveryLogServiceTime, OssBucketStatus: bool, SlsLogStoreStatus: bool
LookupEvents POST
  # 操作审计：谁在何时做了什么。 Looks up who did what, and when.
  < NextToken, MaxResults, StartTime, EndTime, Direction, LookupAttribute: [{ Key, Value }]
  > EndTime, NextToken, RequestId, Events: [{ *: any }], StartTime
`,
  resourcecenter: `
service 2022-12-01 alicloud-rpc
GetResourceCenterServiceStatus POST
  # 资源中心是否开通。 Whether the resource center is on.
  > RequestId, ServiceStatus, InitialStatus
GetResourceConfiguration POST
  # 资源的配置。 The configuration of a resource.
  < ResourceRegionId!, ResourceType!, ResourceId!
  > RequestId, ResourceType, CreateTime, ExpireTime, ResourceGroupId, ZoneId, AccountId, ResourceId, ResourceName, RegionId, Tags:
    [{ Key, Value }], IpAddresses: [string], IpAddressAttributes: [{ IpAddress, NetworkType, Version }], Configuration: { *: any }
GetResourceCounts POST
  # 资源数量统计。 Counts resources by type or region.
  < GroupByKey, Filter: [{ Key, Value: [string], MatchType }]
  > GroupByKey, RequestId, Filters: [{ Key, Values: [string] }], ResourceCounts: [{ GroupName, Count: int }]
ListResourceTypes POST
  # 支持的资源类型。 Lists resource types.
  < AcceptLanguage, ResourceType, Query: [string]
  > ResourceTypes: [{ ResourceType, ProductName, ResourceTypeName, FilterKeys: [string] }], RequestId
ListTagKeys POST
  # 标签键。 Lists tag keys.
  < MaxResults: int, NextToken, TagKey, MatchType
  > NextToken, TagKeys: [string], RequestId
ListTagValues POST
  # 标签值。 Lists tag values.
  < MaxResults: int, NextToken, TagKey!, TagValue, MatchType
  > NextToken, TagValues: [string], RequestId
SearchResources POST
  # 搜索当前账号的资源。 Searches the resources of this account in all regions.
  < NextToken, MaxResults: int, Filter: [{ Key, Value: [string], MatchType }], ResourceGroupId, SortCriterion: { Key, Order }
  > NextToken, RequestId, MaxResults: int, Filters: [{ Key, MatchType, Values: [string] }], Resources: [{ ResourceType, CreateTime,
    ResourceGroupId, ZoneId, AccountId, ResourceId, ResourceName, RegionId, Tags: [{ Key, Value }], IpAddresses: [string],
    IpAddressAttributes: [{ IpAddress, NetworkType, Version }], ExpireTime }]
`,
  vpc: `
service 2016-04-28 alicloud-rpc
DescribeVpcs POST
  # 专有网络列表。 Lists networks (VPCs).
  < RegionId!, VpcId, VpcName, IsDefault: bool, ResourceGroupId, Tag: [Tag], PageNumber: int, PageSize: int
  > RequestId, TotalCount: int, PageNumber: int, PageSize: int, Vpcs: { Vpc: [{ VpcId, VpcName, RegionId, Status, CidrBlock, Description,
      IsDefault: bool, VRouterId, CreationTime, ResourceGroupId, VSwitchIds: { VSwitchId: [string] }, UserCidrs: { UserCidr: [string] },
      SecondaryCidrBlocks: { SecondaryCidrBlock: [string] }, Tags: { Tag: [Tag] } }] }
DescribeVSwitches POST
  # 交换机列表：网段、可用 IP 数。 Lists switches (subnets) with their ranges and how many addresses are free.
  < RegionId, VpcId, VSwitchId, VSwitchName, ZoneId, IsDefault: bool, ResourceGroupId, Tag: [Tag], PageNumber: int, PageSize: int
  > RequestId, TotalCount: int, PageNumber: int, PageSize: int, VSwitches: { VSwitch: [{ VSwitchId, VSwitchName, VpcId, ZoneId, Status, CidrBlock,
      Description, AvailableIpAddressCount: int, IsDefault: bool, CreationTime, ResourceGroupId, Tags: { Tag: [Tag] } }] }
DescribeEipAddresses POST
  # 弹性公网 IP 列表：绑定的资源、带宽、计费。 Lists elastic IP addresses and what they are bound to.
  < RegionId!, AllocationId, EipAddress, EipName, Status, AssociatedInstanceId, AssociatedInstanceType, ChargeType, ISP, ResourceGroupId, Tag: [Tag],
    PageNumber: int, PageSize: int
  > RequestId, TotalCount: int, PageNumber: int, PageSize: int, EipAddresses: { EipAddress: [{ AllocationId, IpAddress, Name, Status, InstanceId,
      InstanceType, InstanceRegionId, RegionId, Bandwidth, ISP, ChargeType, InternetChargeType, BusinessStatus, AllocationTime, ExpiredTime,
      ResourceGroupId, BandwidthPackageId, Tags: { Tag: [Tag] } }] }
DescribeNatGateways POST
  # NAT 网关列表。 Lists NAT gateways.
  < RegionId!, NatGatewayId, VpcId, Name, Status, NetworkType, Tag: [Tag], PageNumber: int, PageSize: int
  > RequestId, TotalCount: int, PageNumber: int, PageSize: int, NatGateways: { NatGateway: [{ NatGatewayId, Name, VpcId, RegionId, Status, Spec,
      NatType, NetworkType, BusinessStatus, InstanceChargeType, CreationTime, ExpiredTime, Description }] }
type Tag = { Key, Value }
`,
  slb: `
service 2014-05-15 alicloud-rpc
DescribeLoadBalancers POST
  # 传统型负载均衡实例列表。 Lists load balancers.
  < RegionId!, LoadBalancerId, LoadBalancerName, LoadBalancerStatus, AddressType, VpcId, ServerId, Tag: [Tag], PageNumber: int, PageSize: int
  > RequestId, TotalCount: int, PageNumber: int, PageSize: int, LoadBalancers: { LoadBalancer: [{ LoadBalancerId, LoadBalancerName, LoadBalancerStatus,
      LoadBalancerSpec, Address, AddressType, AddressIPVersion, NetworkType, VpcId, VSwitchId, RegionId, MasterZoneId, SlaveZoneId, PayType,
      InternetChargeType, Bandwidth: int, CreateTime, DeleteProtection, ResourceGroupId, Tags: { Tag: [{ TagKey, TagValue }] } }] }
DescribeLoadBalancerAttribute POST
  # 负载均衡实例详情：监听、后端服务器。 Details of a load balancer: listeners and backends.
  < RegionId!, LoadBalancerId!
  > RequestId, LoadBalancerId, LoadBalancerName, LoadBalancerStatus, LoadBalancerSpec, Address, AddressType, VpcId, VSwitchId, RegionId, CreateTime,
    EndTime, Bandwidth: int, ListenerPortsAndProtocol: { ListenerPortAndProtocol: [{ ListenerPort: int, ListenerProtocol, Description }] },
    BackendServers: { BackendServer: [{ ServerId, Weight: int, Type, ServerIp, Description }] }
DescribeHealthStatus POST
  # 后端服务器健康状态。 Health of backend servers.
  < RegionId!, LoadBalancerId!, ListenerPort: int, ListenerProtocol
  > RequestId, BackendServers: { BackendServer: [{ ServerId, ServerIp, Port: int, ServerHealthStatus, ListenerPort: int, Protocol, Type, EniHost }] }
DescribeLoadBalancerListeners POST
  # 监听列表：端口、健康检查、证书。 Lists listeners of load balancers.
  < RegionId!, LoadBalancerId: [string], ListenerProtocol, NextToken, MaxResults: int
  > RequestId, NextToken, TotalCount: int, MaxResults: int, Listeners: [{ LoadBalancerId, ListenerPort: int, ListenerProtocol, BackendServerPort: int,
      Bandwidth: int, Status, Scheduler, Description, VServerGroupId, AclStatus, AclId }]
type Tag = { Key, Value }
`,
  rds: `
service 2014-08-15 alicloud-rpc
DescribeDBInstances POST
  # 数据库实例列表。 Lists database instances.
  < RegionId!, DBInstanceId, Engine, EngineVersion, DBInstanceStatus, DBInstanceType, DBInstanceClass, PayType, VpcId, ZoneId, SearchKey,
    PageNumber: int, PageSize: int
  > RequestId, PageNumber: int, PageRecordCount: int, TotalRecordCount: int, Items: { DBInstance: [{ DBInstanceId, DBInstanceDescription, DBInstanceStatus,
      DBInstanceType, DBInstanceClass, Engine, EngineVersion, RegionId, ZoneId, VpcId, VSwitchId, PayType, CreateTime, ExpireTime, LockMode,
      DBInstanceNetType, InstanceNetworkType, ConnectionMode, ResourceGroupId, Category, DeletionProtection: bool }] }
DescribeDBInstanceAttribute POST
  # 数据库实例详情：存储、内存、维护时间。 Details of database instances.
  < DBInstanceId!
  > RequestId, Items: { DBInstanceAttribute: [{ DBInstanceId, DBInstanceDescription, DBInstanceStatus, DBInstanceClass, DBInstanceCPU,
      DBInstanceMemory: int, DBInstanceStorage: int, DBInstanceStorageType, Engine, EngineVersion, RegionId, ZoneId, MaxConnections: int, MaxIOPS: int,
      MaintainTime, CreationTime, ExpireTime, PayType, LockMode, ConnectionString, Port, Category, BackupRetentionPeriod: any }] }
DescribeBackups POST
  # 备份列表。 Lists backups.
  < DBInstanceId!, StartTime, EndTime, BackupId, BackupStatus, BackupMode, PageNumber: int, PageSize: int
  > PageNumber, PageRecordCount, TotalRecordCount, TotalBackupSize: int, Items: { Backup: [{ BackupId, DBInstanceId, BackupStatus, BackupType, BackupMode,
      BackupMethod, BackupSize: int, BackupStartTime, BackupEndTime, BackupLocation, Encryption, StorageClass }] }
DescribeSlowLogs POST
  # 慢日志统计。 Statistics of slow queries.
  < DBInstanceId!, StartTime!, EndTime!, DBName, SortKey, PageNumber: int, PageSize: int
  > DBInstanceId, Engine, StartTime, EndTime, PageNumber: int, PageRecordCount: int, TotalRecordCount: int, Items: { SQLSlowLog: [{ CreateTime, DBName,
      SQLText, SQLHASH, MySQLTotalExecutionCounts: int, MySQLTotalExecutionTimes: int, MaxExecutionTime: int, ParseTotalRowCounts: int,
      ReturnTotalRowCounts: int }] }
DescribeParameters POST
  # 参数设置。 Parameters of an instance.
  < DBInstanceId!
  > RequestId, Engine, EngineVersion, RunningParameters: { DBInstanceParameter: [{ ParameterName, ParameterValue, ParameterDescription }] }
`,
  kms: `
service 2016-01-20 alicloud-rpc
ListKeys POST
  # 密钥列表。 Lists keys.
  < PageNumber: int, PageSize: int, Filters
  > RequestId, TotalCount: int, PageNumber: int, PageSize: int, Keys: { Key: [{ KeyId, KeyArn }] }
DescribeKey POST
  # 密钥详情：状态、轮转、计划删除时间。 Details of a key: state, rotation, planned deletion.
  < KeyId!
  > RequestId, KeyMetadata: { KeyId, Arn, Description, KeyState, KeyUsage, KeySpec, Creator, CreationDate, DeleteDate, Origin, ProtectionLevel,
      AutomaticRotation, RotationInterval, LastRotationDate, NextRotationDate, PrimaryKeyVersion, DeletionProtection, MaterialExpireTime }
ListSecrets POST
  # 凭据列表，不含内容。 Lists secrets, not their values.
  < PageNumber: int, PageSize: int, FetchTags, Filters
  > RequestId, TotalCount: int, PageNumber: int, PageSize: int, SecretList: { Secret: [{ SecretName, SecretType, CreateTime, UpdateTime, PlannedDeleteTime,
      Tags: { Tag: [{ TagKey, TagValue }] } }] }
DescribeSecret POST
  # 凭据详情，不含内容。 Details of a secret, not its value.
  < SecretName!, FetchTags
  > RequestId, SecretName, Arn, Description, SecretType, EncryptionKeyId, CreateTime, UpdateTime, PlannedDeleteTime, AutomaticRotation,
    RotationInterval, LastRotationDate, NextRotationDate
GetSecretValue POST sensitive
  # 凭据的内容。 The secret itself.
  < SecretName!, VersionId, VersionStage, FetchExtendedConfig: bool
  > RequestId, SecretName, SecretType, SecretData, SecretDataType, VersionId, VersionStages: { VersionStage: [string] }, CreateTime
`,
};
