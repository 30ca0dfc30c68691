/** Compute Engine, version v1: the discovery document of `compute`. 64-bit integers are strings. */
export const GCP_COMPUTE = `
service v1 rest
disks.aggregatedList GET /compute/v1/projects/{project}/aggregated/disks
  # Lists all disks of a project in every zone: size, type, users, snapshot schedules. 磁盘、云盘。
  < filter, maxResults: int, pageToken, orderBy, includeAllScopes: bool, returnPartialSuccess: bool
  > items: { *: { disks: [Disk], warning: Warning } }, nextPageToken, unreachables: [string], warning: Warning
disks.list GET /compute/v1/projects/{project}/zones/{zone}/disks
  # Lists the disks of a zone.
  < filter, maxResults: int, pageToken, orderBy
  > items: [Disk], nextPageToken, warning: Warning
disks.get GET /compute/v1/projects/{project}/zones/{zone}/disks/{disk}
  # One disk.
  > id, name, zone, sizeGb, type, status, users: [string], creationTimestamp: time, lastAttachTimestamp: time, lastDetachTimestamp: time, labels: { *: string }
disks.delete DELETE /compute/v1/projects/{project}/zones/{zone}/disks/{disk} write
  # Deletes a disk. 删除磁盘。
  > id, name, status, operationType, targetLink
disks.createSnapshot POST /compute/v1/projects/{project}/zones/{zone}/disks/{disk}/createSnapshot write
  # Makes a snapshot of a disk. 创建快照。
  < name, description, labels: { *: string }, storageLocations: [string]
  > id, name, status, operationType, targetLink
snapshots.list GET /compute/v1/projects/{project}/global/snapshots
  # Lists the disk snapshots of a project: source disk, size, age. 快照。
  < filter, maxResults: int, pageToken, orderBy
  > items: [Snapshot], nextPageToken, warning: Warning
snapshots.get GET /compute/v1/projects/{project}/global/snapshots/{snapshot}
  # One snapshot.
  > id, name, status, sourceDisk, sourceDiskId, diskSizeGb, storageBytes, storageLocations: [string], creationTimestamp: time, autoCreated: bool, labels: { *: string }
snapshots.delete DELETE /compute/v1/projects/{project}/global/snapshots/{snapshot} write
  # Deletes a snapshot. 删除快照。
  > id, name, status, operationType, targetLink
firewalls.list GET /compute/v1/projects/{project}/global/firewalls
  # Lists the firewall rules of a project: ports and sources that are allowed or denied. 防火墙规则。
  < filter, maxResults: int, pageToken, orderBy
  > items: [Firewall], nextPageToken, warning: Warning
regions.list GET /compute/v1/projects/{project}/regions
  # Lists the regions with the quotas of each and how much of them is used. 区域、配额、用量。
  < filter, maxResults: int, pageToken, orderBy
  > items: [{ id, name, description, status: 'UP' | 'DOWN', zones: [string], quotas: [Quota], creationTimestamp: time }], nextPageToken, warning: Warning
regions.get GET /compute/v1/projects/{project}/regions/{region}
  # One region with its quotas.
  > id, name, status, zones: [string], quotas: [Quota]
zones.list GET /compute/v1/projects/{project}/zones
  # Lists the zones and whether they are up. 可用区。
  < filter, maxResults: int, pageToken
  > items: [{ id, name, region, status, availableCpuPlatforms: [string] }], nextPageToken, warning: Warning
instances.aggregatedList GET /compute/v1/projects/{project}/aggregated/instances
  # Lists all machines of a project in every zone. 虚拟机实例。
  < filter, maxResults: int, pageToken, orderBy, includeAllScopes: bool, returnPartialSuccess: bool
  > items: { *: { instances: [Instance], warning: Warning } }, nextPageToken, unreachables: [string], warning: Warning
instances.get GET /compute/v1/projects/{project}/zones/{zone}/instances/{instance}
  # One machine.
  > id, name, zone, status, machineType, creationTimestamp: time, lastStartTimestamp: time, lastStopTimestamp: time, labels: { *: string },
    tags: { items: [string] }, deletionProtection: bool
instances.getSerialPortOutput GET /compute/v1/projects/{project}/zones/{zone}/instances/{instance}/serialPort sensitive
  # What a machine wrote to its serial port. 串口输出。
  < port: int, start
  > contents, start, next
instances.stop POST /compute/v1/projects/{project}/zones/{zone}/instances/{instance}/stop write
  # Stops a machine. 停止虚拟机。
  > id, name, status, operationType, targetLink
instances.start POST /compute/v1/projects/{project}/zones/{zone}/instances/{instance}/start write
  # Starts a machine. 启动虚拟机。
  > id, name, status, operationType, targetLink
instances.reset POST /compute/v1/projects/{project}/zones/{zone}/instances/{instance}/reset write
  # Restarts a machine hard. 重启虚拟机。
  > id, name, status, operationType, targetLink
images.list GET /compute/v1/projects/{project}/global/images
  # Lists the project's own images. 镜像。
  < filter, maxResults: int, pageToken, orderBy
  > items: [{ id, name, description, family, status, diskSizeGb, archiveSizeBytes, sourceDisk, creationTimestamp: time, deprecated: any, labels: { *: string } }], nextPageToken, warning: Warning
addresses.aggregatedList GET /compute/v1/projects/{project}/aggregated/addresses
  # Lists reserved IP addresses of every region and whether they are in use. 静态 IP。
  < filter, maxResults: int, pageToken
  > items: { *: { addresses: [{ id, name, address, addressType, status: 'RESERVED' | 'RESERVING' | 'IN_USE', region, users: [string], creationTimestamp: time }], warning: Warning } }, nextPageToken, warning: Warning
networks.list GET /compute/v1/projects/{project}/global/networks
  # Lists the networks of a project. 网络。
  < filter, maxResults: int, pageToken
  > items: [{ id, name, description, autoCreateSubnetworks: bool, subnetworks: [string], mtu: int, routingConfig: { routingMode },
      peerings: [{ name, network, state, stateDetails }], creationTimestamp: time }], nextPageToken, warning: Warning
resourcePolicies.aggregatedList GET /compute/v1/projects/{project}/aggregated/resourcePolicies
  # Lists snapshot schedules and other resource policies of every region. 快照计划。
  < filter, maxResults: int, pageToken
  > items: { *: { resourcePolicies: [{ id, name, region, status, description, snapshotSchedulePolicy: { schedule: any,
      retentionPolicy: { maxRetentionDays: int, onSourceDiskDelete }, snapshotProperties: any } }], warning: Warning } }, nextPageToken, warning: Warning
projects.get GET /compute/v1/projects/{project}
  # The project's own quotas and default service account. 项目配额。
  > id, name, defaultServiceAccount, quotas: [Quota], enabledFeatures: [string], creationTimestamp: time
type Quota = { metric, limit: number, usage: number, owner }
type Warning = { code, message, data: [{ key, value }] }
type Disk = { id, name, description, zone, region, sizeGb, type, status: 'CREATING' | 'DELETING' | 'FAILED' | 'READY' | 'RESTORING' | 'UNAVAILABLE', users: [string],
  sourceImage, sourceSnapshot, sourceDisk, creationTimestamp: time, lastAttachTimestamp: time, lastDetachTimestamp: time, labels: { *: string },
  resourcePolicies: [string], diskEncryptionKey: { kmsKeyName, sha256 }, physicalBlockSizeBytes, provisionedIops, provisionedThroughput,
  architecture, selfLink, licenses: [string] }
type Snapshot = { id, name, description, status: 'CREATING' | 'DELETING' | 'FAILED' | 'READY' | 'UPLOADING', sourceDisk, sourceDiskId, diskSizeGb, storageBytes,
  storageBytesStatus, storageLocations: [string], creationTimestamp: time, autoCreated: bool, snapshotType, chainName, labels: { *: string },
  sourceSnapshotSchedulePolicy, snapshotEncryptionKey: { kmsKeyName }, selfLink, downloadBytes }
type Firewall = { id, name, description, network, priority: int, direction: 'INGRESS' | 'EGRESS', disabled: bool, sourceRanges: [string],
  destinationRanges: [string], sourceTags: [string], targetTags: [string], sourceServiceAccounts: [string], targetServiceAccounts: [string],
  allowed: [{ IPProtocol, ports: [string] }], denied: [{ IPProtocol, ports: [string] }], logConfig: { enable: bool, metadata }, creationTimestamp: time, selfLink }
type Instance = { id, name, description, zone, status, statusMessage, machineType, cpuPlatform, creationTimestamp: time, lastStartTimestamp: time,
  lastStopTimestamp: time, labels: { *: string }, tags: { items: [string], fingerprint }, deletionProtection: bool,
  scheduling: { preemptible: bool, automaticRestart: bool, onHostMaintenance, provisioningModel },
  networkInterfaces: [{ name, network, subnetwork, networkIP, accessConfigs: [{ name, natIP, type }] }],
  disks: [{ boot: bool, deviceName, source, diskSizeGb, mode, type, autoDelete: bool }], serviceAccounts: [{ email, scopes: [string] }], selfLink }
`;
