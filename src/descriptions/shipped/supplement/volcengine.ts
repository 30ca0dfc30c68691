import { VOLCENGINE_ECS } from "./volcengine-ecs.ts";
import { VOLCENGINE_MONITOR } from "./volcengine-monitor.ts";
import { VOLCENGINE_OBSERVE } from "./volcengine-observe.ts";

/** Volcengine: no npm package describes these. Names and types: volcengine-sdk-metadata and volcengine-go-sdk; short words of our own. */
export const VOLCENGINE: Readonly<Record<string, string>> = {
  ecs: VOLCENGINE_ECS,
  volc_observe: VOLCENGINE_OBSERVE,
  cloudmonitor: VOLCENGINE_MONITOR,
  storage_ebs: `
service 2020-04-01 volcengine-rpc
DescribeVolumes GET
  # 查询云盘：容量、类型、状态、挂载的实例、自动快照策略。 Lists disks (volumes) with size, state, instance, snapshot policy.
  < VolumeIds: [string], VolumeName, VolumeType, VolumeStatus, Kind: 'system' | 'data', InstanceId, BillingType: int, ProjectName, ZoneId,
    TagFilters: [TagFilter], PageNumber: int, PageSize: int
  > Volumes: [Volume], PageNumber: int, PageSize: int, TotalCount: int
DescribeSnapshots GET
  # 查询快照：来源云盘、大小、状态、保留天数。 Lists disk snapshots with source disk, size, state, retention.
  < SnapshotIds: [string], SnapshotName, SnapshotStatus: [string], SnapshotTypes: [string], VolumeId, ZoneId, ProjectName,
    TagFilters: [TagFilter], Filter: [{ Key, Value }], PageNumber: int, PageSize: int, MaxResults: int, NextToken
  > Snapshots: [{ SnapshotId, SnapshotName, SnapshotType, Status, Description, CreationTime, Progress: int, RetentionDays: int, Shared: bool,
      InstantAccess: bool, VolumeId, VolumeName, VolumeKind, VolumeType, VolumeSize: int, VolumeStatus, ImageId, SnapshotGroupId, ProjectName,
      ZoneId, Tags: [Tag] }], PageNumber: int, PageSize: int, TotalCount: int, NextToken
DescribeAutoSnapshotPolicy GET
  # 查询自动快照策略：时间、保留天数、关联云盘数。 Lists snapshot policies: when they run, how long snapshots are kept, how many disks use them.
  < AutoSnapshotPolicyIds: [string], ProjectName, TagFilters: [TagFilter], PageNumber: int, PageSize: int
  > AutoSnapshotPolicies: [{ AutoSnapshotPolicyId, AutoSnapshotPolicyName, CreatedAt, UpdatedAt, ProjectName, RepeatDays: int,
      RepeatWeekdays: [string], TimePoints: [string], RetentionDays: int, Status, VolumeNums: int, Tags: [Tag] }],
    PageNumber: int, PageSize: int, TotalCount: int
CreateSnapshot GET write
  # 创建快照。 Makes a snapshot of a disk.
  < VolumeId!, SnapshotName!, Description, RetentionDays: int, ProjectName, ClientToken, Tags: [Tag]
  > SnapshotId
DeleteSnapshot GET write
  # 删除快照。 Deletes a snapshot.
  < SnapshotId!, ClientToken
DeleteVolume GET write
  # 删除云盘。 Deletes a disk.
  < VolumeId!, ClientToken
type Tag = { Key, Value }
type TagFilter = { Key, Values: [string] }
type Volume = { VolumeId, VolumeName, VolumeType, Kind: 'system' | 'data', Status, Size: number, Encrypted: bool, KMSKeyId, DeviceName, Description, InstanceId, ImageId, ZoneId, ProjectName,
  AutoSnapshotPolicyId, AutoSnapshotPolicyName, SnapshotCount: int, SourceSnapshotId, DeleteWithInstance: bool, DeleteProtection: bool,
  BillingType: int, PayType, RenewType: int, TradeStatus: int, CreatedAt, UpdatedAt, DetachedTime, ExpiredTime, OverdueTime, OverdueReclaimTime,
  ErrorDetail, Tags: [Tag], BaselinePerformance: Performance, TotalPerformance: Performance,
  ExtraPerformance: { ExtraPerformanceTypeId, IOPS: int, Throughput: int } }
type Performance = { IOPS: int, Throughput: int }
`,
  vpc: `
service 2020-04-01 volcengine-rpc
DescribeSecurityGroups GET
  # 查询安全组。 Lists security groups.
  < SecurityGroupIds: [string], SecurityGroupNames: [string], VpcId, ProjectName, TagFilters: [TagFilter], PageNumber: int, PageSize: int,
    MaxResults: int, NextToken
  > SecurityGroups: [{ SecurityGroupId, SecurityGroupName, Description, VpcId, Type, Status, ServiceManaged: bool, ProjectName, CreationTime,
      Tags: [Tag] }], PageNumber: int, PageSize: int, TotalCount: int, NextToken
DescribeSecurityGroupAttributes GET
  # 查询安全组的规则：端口、来源、策略。 The rules of a security group: ports, sources, allow or deny.
  < SecurityGroupId!, Direction: 'ingress' | 'egress', Protocol, CidrIp
  > SecurityGroupId, SecurityGroupName, Description, VpcId, Type, Status, CreationTime, UpdateTime, ProjectName, Tags: [Tag],
    Permissions: [{ Direction, Policy, Priority: int, Protocol, PortStart: int, PortEnd: int, CidrIp, SourceGroupId, Description,
      CreationTime, UpdateTime }]
DescribeEipAddresses GET
  # 查询公网 IP：绑定的资源、带宽、计费。 Lists elastic IP addresses and what they are bound to.
  < AllocationIds: [string], EipAddresses: [string], Name, Status, AssociatedInstanceId, AssociatedInstanceType, ISP, ProjectName,
    TagFilters: [TagFilter], PageNumber: int, PageSize: int, MaxResults: int, NextToken
  > EipAddresses: [{ AllocationId, AllocationTime, EipAddress, Name, Description, Status, InstanceId, InstanceType, Bandwidth: int, ISP,
      BillingType: int, BandwidthPackageId, ExpiredTime, OverdueTime, DeletedTime, LockReason, ProjectName, UpdatedAt, Tags: [Tag] }],
    PageNumber: int, PageSize: int, TotalCount: int, NextToken
DescribeVpcs GET
  # 查询私有网络。 Lists networks (VPCs).
  < VpcIds: [string], VpcName, ProjectName, TagFilters: [TagFilter], PageNumber: int, PageSize: int, MaxResults: int, NextToken
  > Vpcs: [{ VpcId, VpcName, Description, CidrBlock, SecondaryCidrBlocks: [string], DnsServers: [string], Status, IsDefault: bool,
      RouteTableIds: [string], SecurityGroupIds: [string], SubnetIds: [string], ProjectName, CreationTime, UpdateTime, Tags: [Tag] }],
    PageNumber: int, PageSize: int, TotalCount: int, NextToken
DescribeSubnets GET
  # 查询子网：网段、可用 IP 数。 Lists subnets with their ranges and how many addresses are free.
  < SubnetIds: [string], SubnetName, VpcId, ZoneId, ProjectName, TagFilters: [TagFilter], PageNumber: int, PageSize: int, MaxResults: int, NextToken
  > Subnets: [{ SubnetId, SubnetName, Description, VpcId, ZoneId, CidrBlock, AvailableIpAddressCount: int, TotalIpv4Count: int, Status,
      RouteTable: { RouteTableId, RouteTableType }, ProjectName, CreationTime, UpdateTime, Tags: [Tag] }],
    PageNumber: int, PageSize: int, TotalCount: int, NextToken
type Tag = { Key, Value }
type TagFilter = { Key, Values: [string] }
`,
  cloud_trail: `
service 2018-01-01 volcengine-rpc
DescribeTrails GET
  # 查询操作审计的跟踪。 Lists trails and where they deliver.
  < IncludeOrganizationTrail: int, TrailNames: [string]
  > Trails: [{ CreatedTime, CreatorID: int, EventRW, EventSources: [string], LatestDeliveryError, LatestDeliveryTime, LoggingStatus,
    OrganizationID: int, StartLoggingTime, StopLoggingTime, TlsProjectName, TlsProjectRegion, TlsTopicName, TosBucketName,
    TosBucketRegion, TosKeyPrefix, TrailName, TrailType: int, UpdatedTime }]
LookupEvents POST
  # 查询操作记录：谁在何时做了什么。 Looks up who did what, and when. Times are seconds since 1970.
  < StartTime: int, EndTime: int, MaxResults: int, NextToken,
    LookupConditions: [{ LookupConditionKey: 'EventID' | 'RequestID' | 'EventSource' | 'EventName' | 'ApiVersion' | 'ReadOnly' | 'IdentityType' |
      'IdentityName' | 'AccessKeyID' | 'Region' | 'ResourceType' | 'ResourceID' | 'ErrorCode', LookupConditionValue }]
  > Trails: [{ EventID, EventName, EventNameDisplay, EventSource, EventSourceDisplay, EventTime, EventDetail, Region, UserName, AccessKeyID,
      SourceIPAddress, RequestID, ErrorCode,
      RelatedResources: [{ IntegratedTrn, ResourceID, ResourceType, ResourceTypeDisplay, ServiceCode, SourceType }] }], NextToken
`,
  rds_mysql: `
service 2022-01-01 volcengine-rpc
DescribeDBInstances POST
  # 查询 MySQL 实例。 Lists MySQL instances.
  < InstanceId, InstanceName, InstanceStatus, InstanceType, DBEngineVersion, ZoneId, ChargeType, CreateTimeStart, CreateTimeEnd, ProjectName,
    TagFilters: [{ Key, Value }], PageNumber: int, PageSize: int
  > Instances: [{ InstanceId, InstanceName, InstanceStatus, InstanceType, DBEngineVersion, NodeSpec, NodeNumber: int, StorageType, StorageSpace: int,
      StorageUse: number, VpcId, SubnetId, RegionId, ZoneId, CreateTime, TimeZone, LowerCaseTableNames, ProjectName,
      ChargeDetail: { ChargeType, ChargeStatus, ChargeStartTime, ChargeEndTime, OverdueTime }, Tags: [{ Key, Value }] }], Total: int
DescribeDBInstanceDetail POST
  # 查询 MySQL 实例详情：节点、连接地址、维护时间。 Details of a MySQL instance: nodes, endpoints, maintenance.
  < InstanceId!
  > BasicInfo: any, ChargeDetail: any, Endpoints: [any], Nodes: [{ NodeId, NodeType, NodeSpec, NodeStatus, ZoneId, CreateTime, UpdateTime }],
    MaintenanceWindow: { MaintenanceTime, DayKind, DayOfWeek: [string] }
DescribeBackups POST
  # 查询备份。 Lists backups of a MySQL instance.
  < InstanceId!, BackupId, BackupStatus, BackupType, BackupMethod, BackupStartTime, BackupEndTime, PageNumber: int, PageSize: int
  > Backups: [{ BackupId, BackupName, BackupStatus, BackupType, BackupMethod, BackupFileSize: int, BackupStartTime, BackupEndTime, ConsistentTime,
      CreateType, ErrorMessage }], Total: int
DescribeBackupPolicy POST
  # 查询备份策略。 The backup policy of a MySQL instance.
  < InstanceId!
  > InstanceId, DataBackupRetentionDay: int, DataFullBackupPeriods: [string], DataFullBackupTime, DataFullBackupStartUTCHour: int,
    DataIncrementBackupPeriods: [string], BinlogFileCountsEnable: bool, LogBackupRetentionDay: int
DescribeDBInstanceParameters POST
  # 查询参数。 The parameters of a MySQL instance.
  < InstanceId!, NodeId, ParameterNames
  > InstanceId, DBEngineVersion, ParameterCount: int, Parameters: [{ ParameterName, ParameterValue, ParameterDefaultValue, ParameterDescription,
      ParameterRange, ForceRestart: bool }]
`,
  kms: `
service 2021-02-18 volcengine-rpc
DescribeKeyrings GET
  # 查询密钥环。 Lists key rings.
  < CurrentPage: int, PageSize: int, ProjectName
  > Keyrings: [{ ID, KeyringName, KeyringType, Description, CreationDate: int, UpdateDate: int, UID, Trn, ProjectName, KeyCount: int }],
    PageInfo: { Count: int, PageSize: int, CurrentPage: int, TotalCount: int }
DescribeKeys GET
  # 查询密钥：状态、轮转。 Lists keys with state and rotation.
  < KeyringName, KeyringID, CurrentPage: int, PageSize: int
  > Keys: [{ ID, KeyName, KeySpec, KeyState, KeyUsage, Description, Origin, ProtectionLevel, RotateState, RotateInterval: int, LastRotationTime,
      ScheduleRotationTime, ScheduleDeleteTime, KeyMaterialExpireTime, CreationDate: int, UpdateDate: int, MultiRegion: bool, Trn }],
    PageInfo: { Count: int, PageSize: int, CurrentPage: int, TotalCount: int }
DescribeSecrets GET
  # 查询凭据，不含内容。 Lists secrets, not their values.
  < CurrentPage: int, PageSize: int, ProjectName
  > Secrets: [{ ID, SecretName, SecretType, SecretState, Description, EncryptionKey, RotationState, RotationInterval: int, LastRotationTime,
      ScheduleRotationTime, ScheduleDeleteTime, CreationDate: int, UpdateDate: int, Managed: bool, Trn, ProjectName }],
    PageInfo: { Count: int, PageSize: int, CurrentPage: int, TotalCount: int }
GetSecretValue GET sensitive
  # 凭据的内容。 The secret itself.
  < SecretName!, VersionID, VersionName
  > SecretName, SecretType, SecretValue, VersionID, VersionName, CreationDate: int, ScheduleRotationTime
`,
};
