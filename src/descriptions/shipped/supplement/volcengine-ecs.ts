/** Reads of Volcengine's ECS, and its power switches. Names and types: volcengine-sdk-metadata. */
export const VOLCENGINE_ECS = `
service 2020-04-01 volcengine-rpc
DeleteInstance GET write
  # 删除实例。 Deletes a server.
  < ClientToken, DryRun: bool, InstanceId!
DescribeAutoInstallPackages GET
  # Lists auto install packages.
  < ImageId!, InstanceTypeFamily!
  > Packages: [{ Items: [{ Bin, Version }], PackgeId, ScriptId }]
DescribeAvailableResource GET
  # 查询可用资源。Lists available resource.
  < DestinationResource!, ElasticScheduledInstanceType, InstanceChargeType, InstanceType, InstanceTypeId, SpotStrategy, VolumeType,
    ZoneId
  > AvailableZones: [{ AvailableResources: [{ SupportedResources: [{ Status, Value }], Type }], RegionId, Status, ZoneId }]
DescribeCloudAssistantStatus GET
  # 查询云助手状态。Lists cloud assistant status.
  < ClientVersion, InstanceIds: [string], OSType, PageNumber: int, PageSize: int, Status
  > Instances: [{ ClientVersion, HostName, InstanceId, InstanceName, LastHeartbeatTime, OSType, OSVersion, Status }], PageNumber:
    int, PageSize: int, TotalCount: int
DescribeCommands GET sensitive
  # 查询命令。Lists commands.
  < CommandId, ContentEncoding, Name, Order, PageNumber: int, PageSize: int, ProjectName, Provider, TagFilters: [{ Key, Values:
    [string] }], Type
  > Commands: [{ CommandContent, CommandId, CreatedAt, Description, EnableParameter: bool, InvocationTimes: int, Name,
    ParameterDefinitions: [{ DecimalPrecision: int, DefaultValue, MaxLength: int, MaxValue, MinLength: int, MinValue, Name,
    Required: bool, Type }], ProjectName, Provider, Tags: [{ Key, Value }], Timeout: int, Type, UpdatedAt, Username, WorkingDir }],
    PageNumber: int, PageSize: int, TotalCount: int
DescribeDedicatedHostClusters GET
  # 查询专有集群。Lists dedicated host clusters.
  < DedicatedHostClusterIds: [string], DedicatedHostClusterName, MaxResults: int, NextToken, ZoneId
  > DedicatedHostClusters: [{ CreatedAt, DedicatedHostClusterCapacity: { AvailableInstanceTypes: [{ AvailableCapacity: int,
    InstanceType }], AvailableMemory: int, AvailableVcpus: int, LocalVolumeCapacities: [{ AvailableSize: int, TotalSize: int,
    VolumeType }], TotalMemory: int, TotalVcpus: int }, DedicatedHostClusterId, DedicatedHostClusterName, DedicatedHostIds:
    [string], Description, UpdatedAt, ZoneId }], NextToken
DescribeDedicatedHostTypes GET
  # 查询专有类型。Lists dedicated host types.
  < DedicatedHostTypeIds: [string], MaxResults: int, NextToken, SupportedInstanceTypeFamily
  > DedicatedHostTypes: [{ Cores: int, DedicatedHostTypeId, IsSupportedCpuOvercommitRatio: bool, LocalVolumes: [{ Count: int, Size:
    int, VolumeType }], MaxCpuOvercommitRatio: number, ProcessorModel, Sockets: int, SupportInstanceTypeFamilies: [string],
    SupportInstanceTypesList: [string], TotalMemory: int, TotalVcpus: int }], NextToken
DescribeDedicatedHosts GET
  # 查询专有宿主机。Lists dedicated hosts.
  < DedicatedHostClusterId, DedicatedHostIds: [string], DedicatedHostName, DedicatedHostTypeId, MaxResults: int, NextToken, Status,
    ZoneId
  > DedicatedHosts: [{ AutoPlacement, Capacity: { AvailableMemory: int, AvailableVcpus: int, LocalVolumeCapacities: [{
    AvailableSize: int, TotalSize: int, VolumeType }], TotalMemory: int, TotalVcpus: int }, ChargeType, CpuOvercommitRatio: number,
    CreatedAt, DedicatedHostClusterId, DedicatedHostId, DedicatedHostName, DedicatedHostTypeId, Description, ExpiredAt,
    HostRecovery, Instances: [{ InstanceId, InstanceTypeId }], Status, UpdatedAt, ZoneId }], NextToken
DescribeDeploymentSetSupportedInstanceTypeFamily GET
  # 查询部署实例类型。Lists deployment set supported instance type family.
  > DeploymentSetCreateInstanceTypeFamilies: [string], DeploymentSetModifyInstanceTypeFamilies: [string]
DescribeDeploymentSets GET
  # 查询部署集。Lists deployment sets.
  < DeploymentSetIds: [string], DeploymentSetName, Granularity, MaxResults: int, NextToken, Strategy
  > DeploymentSets: [{ Capacities: [{ AvailableCount: int, UsedCount: int, ZoneId }], CreatedAt, DeploymentSetDescription,
    DeploymentSetId, DeploymentSetName, Granularity, GroupCount: int, InstanceAmount: int, InstanceIds: [string], Strategy }],
    NextToken
DescribeEventTypes GET
  # 查询事件类型。Lists event types.
  < ImpactLevel, Kind, MaxResults, NextToken, ResponseRequired: bool, Types: [string]
  > EventTypes: [{ ImpactLevel, Kind, ResponseRequired: bool, Status: [string], Title, Type }], NextToken
DescribeHpcClusters GET
  # 查询高性能计算集群。Lists hpc clusters.
  < ClientToken, HpcClusterIds: [string], MaxResults: int, Name, NextToken, ProjectName, TagFilters: [{ Key, Values: [string] }],
    ZoneId
  > HpcClusters: [{ CreatedAt, Description, HpcClusterId, Name, ProjectName, Tags: [{ Key, Value }], UpdatedAt, VpcId, ZoneId }],
    NextToken
DescribeHpcInstancePosition GET
  # 查询高性能计算实例。Lists hpc instance position.
  < InstanceId!
  > HpcInstancePositionInfos: [{ InstanceId, RdmaMinipod, SwitchName }]
DescribeImageSharePermission GET
  # 查询镜像共享权限。Lists image share permission.
  < ImageId!, MaxResults: int, NextToken
  > Accounts: [{ AccountId }], ImageId, NextToken, TotalCount: int
DescribeImages GET
  # 查询镜像。Lists images.
  < ImageIds: [string], ImageName, ImageStatus, InstanceTypeId, IsLTS: bool, IsSupportCloudInit: bool, MaxResults: int, NextToken,
    OsType, Platform, ProjectName, Status: [string], TagFilters: [{ Key, Values: [string] }], Visibility
  > Images: [{ Architecture, BootMode, CreatedAt, Description, DetectionResults: { DetectionStatus, Items: [{ Name, Result,
    RiskCode, RiskLevel }] }, ImageId, ImageName, ImageOwnerId, IsInstallRunCommandAgent: bool, IsLTS: bool, IsSupportCloudInit:
    bool, Kernel, LicenseType, MarketplaceImageBillType: int, OsName, OsType, Platform, PlatformVersion, ProductCode, ProjectName,
    ShareStatus, Size: int, Snapshots: [{ Size: int, SnapshotId, VolumeKind }], Status, Tags: [{ Key, Value }], UpdatedAt,
    VirtualSize, Visibility }], NextToken, TotalCount: int
DescribeInstanceECSTerminalUrl GET sensitive
  # 查询实例终端。Lists instance ECS terminal url.
  < InstanceId!
  > EcsTerminalUrl
DescribeInstanceTypeFamilies GET
  # 查询实例类型。Lists instance type families.
  < Generation, ZoneId
  > InstanceTypeFamilies: [{ Generation, InstanceTypeFamily, ZoneIds: [string] }]
DescribeInstanceTypes GET
  # 查询实例类型。Lists instance types.
  < ImageId, InstanceTypeIds: [string], InstanceTypes: [string], MaxResults: int, NextToken
  > InstanceTypes: [{ AffinityGroupSizes: [int], BaselineCredit: int, Gpu: { GpuDevices: [{ Count: int, Memory: { EncryptedSize:
    int, Size: int }, ProductName }] }, InitialCredit: int, InstanceTypeFamily, InstanceTypeId, IsSupportAffinityGroup: bool,
    IsSupportJumboFrame: bool, LocalVolumes: [{ Count: int, Size: int, VolumeType }], Memory: { EncryptedSize: int, Size: int },
    Network: { BaselineBandwidthMbps: int, MaximumBandwidthMbps: int, MaximumNetworkInterfaces: int,
    MaximumPrivateIpv4AddressesPerNetworkInterface: int, MaximumQueuesPerNetworkInterface: int, MaximumThroughputKpps: int },
    Processor: { BaseFrequency: number, Cpus: int, Model, TurboFrequency: number }, Rdma: { RdmaNetworkInterfaces: int,
    RdmaProductName }, Volume: { MaximumCount: int, SupportedVolumeTypes: [string] } }], NextToken, TotalCount: int
DescribeInstanceVncUrl GET sensitive
  # 查询实例远程连接。Lists instance vnc url.
  < InstanceId!
  > VncUrl
DescribeInstances GET
  # 查询实例。Lists instances.
  < AffinityGroupIds: [string], DedicatedHostClusterId, DedicatedHostId, DeploymentSetGroupNumbers: [int], DeploymentSetIds:
    [string], EipAddresses: [string], HpcClusterId, InstanceChargeType, InstanceIds: [string], InstanceName, InstanceTypeFamilies:
    [string], InstanceTypeIds: [string], InstanceTypes: [string], Ipv6Addresses: [string], KeyPairName, MaxResults: int, NextToken,
    PrimaryIpAddress, ProjectName, ScheduledInstanceId, Status, TagFilters: [{ Key, Values: [string] }], VpcId, ZoneId
  > Instances: [{ AffinityGroupId, CpuOptions: { CoreCount: int, ThreadsPerCore: int, TopologyType }, Cpus: int, CreatedAt,
    DeletionProtection: bool, DeploymentSetGroupNumber: int, DeploymentSetId, Description, EipAddress: { AllocationId, IpAddress },
    ElasticScheduledInstanceType, EnableJumboFrame: bool, ExpiredAt, HostName, Hostname, HpcClusterId, ImageId, InstanceChargeType,
    InstanceId, InstanceName, InstanceTypeId, KeyPairId, KeyPairName, LocalVolumes: [{ Count: int, Size: int, VolumeType }],
    MemorySize: int, MetadataOptions: { HttpTokens }, NetworkInterfaces: [{ Ipv6Addresses: [string], MacAddress, NetworkInterfaceId,
    PrimaryIpAddress, SecurityGroupIds: [string], SubnetId, Type, VpcId }], OsName, OsType, Placement: { Affinity,
    DedicatedHostClusterId, DedicatedHostId, Tenancy }, ProjectName, RdmaIpAddresses: [string], RdmaNetworkInterfaceDetails: [{
    Gateway, Ip, Mask, SwitchName, SwitchPort }], ScheduledInstanceId, SpotPriceLimit: number, SpotStrategy, Status, StoppedMode,
    Tags: [{ Key, Value }], UpdatedAt, Uuid, Volumes: [{ VolumeId }], VpcId, ZoneId }], NextToken, TotalCount: int
DescribeInstancesIamRoles GET
  # 查询实例角色。Lists instances iam roles.
  < InstanceIds: [string], MaxResults: int, NextToken
  > InstancesIamRoles: [{ InstanceId, RoleNames: [string] }], NextToken
DescribeInvocationInstances GET sensitive
  # 查询实例。Lists invocation instances.
  < InstanceId, InvocationId!, PageNumber: int, PageSize: int
  > InvocationInstances: [{ InstanceId, InvocationId }], PageNumber: int, PageSize: int, TotalCount: int
DescribeInvocationResults GET sensitive
  # 查询结果。Lists invocation results.
  < CommandId, InstanceId, InvocationId!, InvocationResultStatus, PageNumber: int, PageSize: int
  > InvocationResults: [{ CommandId, EndTime, ErrorCode, ErrorMessage, ExitCode: int, InstanceId, InvocationId, InvocationResultId,
    InvocationResultStatus, Output, StartTime, Username }], PageNumber: int, PageSize: int, TotalCount: int
DescribeInvocations GET sensitive
  # 查询命令执行。Lists invocations.
  < CommandId, CommandName, CommandType, ContentEncoding, InvocationId, InvocationName, InvocationStatus, PageNumber: int, PageSize:
    int, ProjectName, RepeatMode, TagFilters: [{ Key, Values: [string] }]
  > Invocations: [{ CommandContent, CommandDescription, CommandId, CommandName, CommandProvider, CommandType, EnableParameter: bool,
    EndTime, Frequency, InstanceNumber: int, InvocationDescription, InvocationId, InvocationName, InvocationStatus, LaunchTime,
    ParameterDefinitions: [{ DecimalPrecision: int, DefaultValue, MaxLength: int, MaxValue, MinLength: int, MinValue, Name,
    Required: bool, Type }], Parameters, ProjectName, RecurrenceEndTime, RepeatMode, StartTime, Tags: [{ Key, Value }], Timeout:
    int, Username, WorkingDir }], PageNumber: int, PageSize: int, TotalCount: int
DescribeKeyPairs GET
  # Lists key pairs.
  < FingerPrint, KeyPairIds: [string], KeyPairName, KeyPairNames: [string], MaxResults: int, NextToken, ProjectName, TagFilters: [{
    Key, Values: [string] }]
  > KeyPairs: [{ CreatedAt, Description, FingerPrint, KeyPairId, KeyPairName, ProjectName, Tags: [{ Key, Value }], UpdatedAt }],
    NextToken
DescribeLaunchTemplateVersions GET sensitive
  # 查询启动。Lists launch template versions.
  < DefaultVersion: bool, LaunchTemplateId, LaunchTemplateName, LaunchTemplateVersions: [int], MaxResults: int, NextToken
  > LaunchTemplateVersions: [{ CreatedAt, LaunchTemplateId, LaunchTemplateVersionData: { DeploymentSetGroupNumber: int,
    DeploymentSetId, Description, Eip: { Bandwidth: int, BandwidthPackageId, BillingType: int, ISP, ReleaseWithInstance: bool,
    SecurityProtectionInstanceId: int, SecurityProtectionTypes: [string] }, HostName, HpcClusterId, ImageId, InstanceChargeType,
    InstanceName, InstanceTypeId, KeepImageCredential: bool, KeyPairName, NetworkInterfaces: [{ SecurityGroupIds: [string], SubnetId
    }], ProjectName, ScheduledInstance: { ScheduledInstanceDescription, ScheduledInstanceName }, SecurityEnhancementStrategy,
    SpotPriceLimit: number, SpotStrategy, SuffixIndex: int, Tags: [{ Key, Value }], UniqueSuffix: bool, UserData, Volumes: [{
    DeleteWithInstance: bool, ExtraPerformanceIOPS: int, ExtraPerformanceThroughputMB: int, ExtraPerformanceTypeId, Size: int,
    SnapshotId, VolumeType }], VpcId, ZoneId }, UpdatedAt, VersionDescription, VersionNumber: int }], NextToken
DescribeLaunchTemplates GET
  # 查询启动模板。Lists launch templates.
  < LaunchTemplateIds: [string], LaunchTemplateNames: [string], LaunchTemplateProjectName, MaxResults: int, NextToken, TagFilters:
    [{ Key, Value: [string], Values: [string] }]
  > LaunchTemplates: [{ CreatedAt, DefaultVersionNumber: int, LatestVersionNumber: int, LaunchTemplateId, LaunchTemplateName,
    LaunchTemplateProjectName, LaunchTemplateTags: [{ Key, Value }], UpdatedAt }], NextToken
DescribeRegions GET
  # 查询地域。Lists regions.
  < MaxResults: int, NextToken, RegionIds: [string]
  > NextToken, Regions: [{ RegionId }]
DescribeReservedInstances GET
  # 查询预留实例。Lists reserved instances.
  < HpcClusterId, InstanceTypeFamilies: [string], InstanceTypeIds: [string], MaxResults: int, NextToken, ProjectName,
    ReservedInstanceIds: [string], ReservedInstanceName, Scope, Status, SupportModify, TagFilters: [{ Key, Values: [string] }],
    ZoneId
  > NextToken, ReservedInstances: [{ CreatedAt, Description, ExpiredAt, HpcClusterId, InstanceCount: int, InstanceTypeId,
    OfferingType, ProjectName, RegionId, ReservedInstanceId, ReservedInstanceName, Scope, StartAt, Status, SupportModify, Tags: [{
    Key, Value }], ZoneId }]
DescribeScheduledInstanceStock GET
  # 查询预约实例库存。Lists scheduled instance stock.
  < DeliveryType, ElasticScheduledInstanceType, InstanceTypeId, VolumeType, ZoneId
  > ScheduledInstanceStock: [{ EndDeliveryAt, ReleaseStatus, StartDeliveryAt, Status }]
DescribeScheduledInstances GET
  # 查询预约实例。Lists scheduled instances.
  < DeliveryType, ElasticScheduledInstanceType, ImageId, InstanceTypeIds: [string], KeyPairName, MaxResults: int, NextToken,
    ProjectName, ScheduledInstanceIds: [string], ScheduledInstanceName, Status, TagFilters: [{ Key, Values: [string] }], ZoneId
  > NextToken, ScheduledInstanceInfo: [{ AutoReleaseAt, Count: int, CreatedAt, DeliveryCount: int, DeliveryType,
    ElasticScheduledInstanceType, EndDeliveryAt, InstanceConfig: { Description, EipAddress: { BandwidthMbps: int,
    BandwidthPackageId, ChargeType, ISP, ReleaseWithInstance: bool, SecurityProtectionInstanceId, SecurityProtectionTypes: [string]
    }, HostName, HpcClusterId, ImageId, InstanceName, InstanceTypeId, KeyPairName, NetworkInterfacesRes: [{ SecurityGroupIds:
    [string], SubnetId }], ProjectName, Tags: [{ Key, Value }], Volumes: [{ Kind, Size: int, VolumeType }], ZoneId }, InvalidAt,
    ProjectName, ReleaseCount: int, ScheduledInstanceDescription, ScheduledInstanceId, ScheduledInstanceName, StartDeliveryAt,
    Status, Tags: [{ Key, Value }], UpdatedAt, ZoneId }]
DescribeSpotAdvice GET
  # 查询抢占式。Lists spot advice.
  < Cpus: int, Gpu: { Count: int, ProductName }, InstanceTypeFamily, InstanceTypeIds: [string], MaxResults: int, MemorySize: int,
    MinCpus: int, MinMemorySize: int, NextToken, ZoneId
  > AvailableSpotResources: [{ AverageSpotDiscount: int, InstanceType, InterruptionRate: int, InterruptionRateRange, ZoneId }],
    NextToken
DescribeSpotPriceHistory GET
  # 查询抢占式价格历史。Lists spot price history.
  < InstanceTypeId!, MaxResults: int, NextToken, TimestampEnd, TimestampStart, ZoneId
  > NextToken, SpotPrices: [{ InstanceTypeId, SpotPrice: number, Timestamp, ZoneId }]
DescribeSubscriptions GET
  # 查询订阅。Lists subscriptions.
  < MaxResults, NextToken, SubscriptionIds: [string], Type
  > NextToken, Subscriptions: [{ CreatedAt, EventTypes: [string], Id, Type, UpdatedAt }]
DescribeSystemEventDefaultAction GET
  # 查询系统事件默认。Lists system event default action.
  < EventId!
  > DefaultAction, EventId, RelatedSystemEvent: { Category, CreatedAt, ExtraInfo: any, Id, ImpactLevel, OperatedEndAt,
    OperatedStartAt, ResourceId, Status, Type, UpdatedAt }
DescribeSystemEvents GET
  # 查询系统事件。Lists system events.
  < Category, CreatedAtEnd, CreatedAtStart, EventIds: [string], MaxResults, NextToken, ResourceIds: [string], Status: [string],
    Types: [string]
  > NextToken, SystemEvents: [{ Category, CreatedAt, ExtraInfo: { *: string }, Id, ImpactLevel, OperatedEndAt, OperatedStartAt,
    ResourceId, Status, Type, UpdatedAt }]
DescribeTags GET
  # 查询标签。Lists tags.
  < MaxResults: int, NextToken, ResourceIds: [string], ResourceType!, TagFilters: [{ Key, Values: [string] }]
  > NextToken, TagResources: [{ ResourceId, ResourceType, TagKey, TagValue }]
DescribeTasks GET
  # 查询任务。Lists tasks.
  < MaxResults, NextToken, ResourceId, ResourceIds: [string], TaskIds: [string]
  > NextToken, Tasks: [{ CreatedAt, EndAt, Id, Process: int, ResourceId, Status, Type, UpdatedAt }]
DescribeUserData GET sensitive
  # 查询用户数据。Lists user data.
  < InstanceId!
  > InstanceId, UserData
DescribeZones GET
  # 查询可用区。Lists zones.
  < ZoneIds: [string]
  > Zones: [{ ZoneId }]
GetConsoleOutput GET sensitive
  # 查询控制台输出。Gets console output.
  < InstanceId!
  > InstanceId, LastUpdateAt, Output
GetConsoleScreenshot GET sensitive
  # 查询控制台截屏。Gets console screenshot.
  < InstanceId!, WakeUp: bool
  > InstanceId, Screenshot
GetScheduledInstanceLatestReleaseAt GET
  # 查询预约实例。Gets scheduled instance latest release at.
  < DeliveryType, InstanceTypeId!, StartDeliveryAt, VolumeType!, ZoneId!
  > LatestReleaseAt
ListTagsForResources GET
  # 查询标签。Lists tags for resources.
  < MaxResults: int, NextToken, ResourceIds: [string], ResourceType!, TagFilters: [{ Key, Values: [string] }]
  > NextToken, TagResources: [{ ResourceId, ResourceType, TagKey, TagValue }]
RebootInstance GET write
  # 重启实例。 Restarts a server.
  < ClientToken, DryRun: bool, ForceStop: bool, InstanceId!
RebootInstances GET write
  # 批量重启实例。 Restarts servers.
  < ClientToken, ForceStop: bool, InstanceIds: [string]
  > OperationDetails: [{ Error: { Code, Message }, InstanceId }]
StartInstance GET write
  # 启动实例。 Starts a server.
  < ClientToken, DryRun: bool, InstanceId!
StartInstances GET write
  # 批量启动实例。 Starts servers.
  < ClientToken, InstanceIds: [string]
  > OperationDetails: [{ Error: { Code, Message }, InstanceId }]
StopInstance GET write
  # 停止实例。 Stops a server.
  < ClientToken, DryRun: bool, ForceStop: bool, InstanceId!, StoppedMode
StopInstances GET write
  # 批量停止实例。 Stops servers.
  < ClientToken, ForceStop: bool, InstanceIds: [string], StoppedMode
  > OperationDetails: [{ Error: { Code, Message }, InstanceId }]
`;
