/** Azure Compute: Azure REST API reference and azure-rest-api-specs, `ComputeRP` and `DiskRP`. */
export const AZURE_COMPUTE = `
service 2023-07-01 rest
Disks_List GET /subscriptions/{subscriptionId}/providers/Microsoft.Compute/disks v=2023-04-02
  # Lists all managed disks of a subscription: size, state, encryption, and the machine they are attached to. 托管磁盘、云盘。
  > value: [Disk], nextLink
Disks_ListByResourceGroup GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/disks v=2023-04-02
  # Lists the managed disks of a resource group.
  > value: [Disk], nextLink
Disks_Get GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/disks/{diskName} v=2023-04-02
  # One managed disk.
  > id, name, type, location, managedBy, managedByExtended: [string], zones: [string], sku: { name, tier }, tags: { *: string }, properties: DiskProperties
Disks_GrantAccess POST /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/disks/{diskName}/beginGetAccess v=2023-04-02 sensitive
  # A signed address with which the disk can be read. 磁盘访问地址。
  < access!: 'None' | 'Read' | 'Write', durationInSeconds!: int
  > accessSAS
Disks_Delete DELETE /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/disks/{diskName} v=2023-04-02 write
  # Deletes a disk. 删除磁盘。
Snapshots_List GET /subscriptions/{subscriptionId}/providers/Microsoft.Compute/snapshots v=2023-04-02
  # Lists all disk snapshots of a subscription: source disk, size, age. 快照。
  > value: [Snapshot], nextLink
Snapshots_ListByResourceGroup GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/snapshots v=2023-04-02
  # Lists the disk snapshots of a resource group.
  > value: [Snapshot], nextLink
Snapshots_Get GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/snapshots/{snapshotName} v=2023-04-02
  # One snapshot.
  > id, name, type, location, managedBy, sku: { name, tier }, tags: { *: string }, properties: SnapshotProperties
Snapshots_Delete DELETE /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/snapshots/{snapshotName} v=2023-04-02 write
  # Deletes a snapshot. 删除快照。
Usage_List GET /subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}/usages region
  # Compute quotas of a location, such as cores, and how much of them is used. 配额、用量。
  > value: [{ unit, currentValue: int, limit: int, name: { value, localizedValue } }], nextLink
VirtualMachines_ListAll GET /subscriptions/{subscriptionId}/providers/Microsoft.Compute/virtualMachines
  # Lists all virtual machines of a subscription with size, image, disks, network interfaces. 虚拟机。
  < statusOnly: 'true' | 'false', $filter
  > value: [Machine], nextLink
VirtualMachines_List GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/virtualMachines
  # Lists the virtual machines of a resource group.
  < $filter
  > value: [Machine], nextLink
VirtualMachines_InstanceView GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/virtualMachines/{vmName}/instanceView
  # The power state of a machine, its agent, extensions and maintenance. 运行状态。
  > computerName, osName, osVersion, hyperVGeneration, platformUpdateDomain: int, platformFaultDomain: int, statuses: [Status],
    vmAgent: { vmAgentVersion, statuses: [Status] }, disks: [{ name, statuses: [Status] }],
    extensions: [{ name, type, typeHandlerVersion, statuses: [Status] }],
    maintenanceRedeployStatus: { isCustomerInitiatedMaintenanceAllowed: bool, lastOperationMessage, maintenanceWindowStartTime: time, maintenanceWindowEndTime: time }
VirtualMachines_Start POST /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/virtualMachines/{vmName}/start write
  # Starts a machine. 启动虚拟机。
VirtualMachines_Restart POST /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/virtualMachines/{vmName}/restart write
  # Restarts a machine. 重启虚拟机。
VirtualMachines_PowerOff POST /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/virtualMachines/{vmName}/powerOff write
  # Stops a machine, which is still paid for. 关闭虚拟机。
VirtualMachines_Deallocate POST /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/virtualMachines/{vmName}/deallocate write
  # Stops a machine and gives its hardware back. 停止并释放虚拟机。
VirtualMachineExtensions_List GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/virtualMachines/{vmName}/extensions
  # The extensions of a machine, agents among them. 扩展。
  > value: [{ id, name, type, location, properties: { publisher, type, typeHandlerVersion, autoUpgradeMinorVersion: bool, provisioningState } }]
VirtualMachineScaleSets_ListAll GET /subscriptions/{subscriptionId}/providers/Microsoft.Compute/virtualMachineScaleSets
  # Lists all scale sets of a subscription with their capacity. 规模集。
  > value: [{ id, name, type, location, zones: [string], tags: { *: string }, sku: { name, tier, capacity: int },
      properties: { provisioningState, uniqueId, overprovision: bool, singlePlacementGroup: bool, timeCreated: time } }], nextLink
AvailabilitySets_ListBySubscription GET /subscriptions/{subscriptionId}/providers/Microsoft.Compute/availabilitySets
  # Lists all availability sets of a subscription. 可用性集。
  > value: [{ id, name, type, location, tags: { *: string }, sku: { name },
      properties: { platformUpdateDomainCount: int, platformFaultDomainCount: int, virtualMachines: [{ id }] } }], nextLink
Images_List GET /subscriptions/{subscriptionId}/providers/Microsoft.Compute/images
  # Lists the images of a subscription. 镜像。
  > value: [{ id, name, type, location, tags: { *: string }, properties: { provisioningState, hyperVGeneration, sourceVirtualMachine: { id } } }], nextLink
ResourceSkus_List GET /subscriptions/{subscriptionId}/providers/Microsoft.Compute/skus v=2021-07-01
  # Machine sizes and disk types, where they can be had, and what restricts them. 规格、SKU。
  < $filter
  > value: [{ resourceType, name, tier, size, family, locations: [string], capabilities: [{ name, value }],
      restrictions: [{ type, values: [string], reasonCode }] }], nextLink
type Disk = { id, name, type, location, managedBy, managedByExtended: [string], zones: [string], sku: { name, tier }, tags: { *: string },
  properties: DiskProperties }
type DiskProperties = { timeCreated: time, osType: 'Windows' | 'Linux', hyperVGeneration, diskSizeGB: int, diskSizeBytes: int, uniqueId,
  diskIOPSReadWrite: int, diskMBpsReadWrite: int,
  diskState: 'Unattached' | 'Attached' | 'Reserved' | 'Frozen' | 'ActiveSAS' | 'ActiveSASFrozen' | 'ReadyToUpload' | 'ActiveUpload',
  encryption: { type: 'EncryptionAtRestWithPlatformKey' | 'EncryptionAtRestWithCustomerKey' | 'EncryptionAtRestWithPlatformAndCustomerKeys', diskEncryptionSetId },
  creationData: { createOption, imageReference: { id }, sourceUri, sourceResourceId }, provisioningState, maxShares: int, networkAccessPolicy,
  publicNetworkAccess, tier, burstingEnabled: bool, LastOwnershipUpdateTime: time }
type Snapshot = { id, name, type, location, managedBy, sku: { name, tier }, tags: { *: string }, properties: SnapshotProperties }
type SnapshotProperties = { timeCreated: time, osType: 'Windows' | 'Linux', diskSizeGB: int, diskSizeBytes: int, diskState, uniqueId, incremental: bool,
  creationData: { createOption, sourceResourceId, sourceUri }, encryption: { type, diskEncryptionSetId }, provisioningState, networkAccessPolicy,
  publicNetworkAccess, completionPercent: number }
type Machine = { id, name, type, location, zones: [string], tags: { *: string },
  properties: { vmId, provisioningState, timeCreated: time, priority, licenseType, hardwareProfile: { vmSize },
    storageProfile: { imageReference: { publisher, offer, sku, version, id },
      osDisk: { osType, name, createOption, caching, diskSizeGB: int, managedDisk: { id, storageAccountType } },
      dataDisks: [{ lun: int, name, createOption, caching, diskSizeGB: int, managedDisk: { id, storageAccountType } }] },
    osProfile: { computerName, adminUsername }, networkProfile: { networkInterfaces: [{ id, properties: { primary: bool } }] },
    availabilitySet: { id }, diagnosticsProfile: { bootDiagnostics: { enabled: bool } }, instanceView: { statuses: [Status] } } }
type Status = { code, level, displayStatus, message, time: time }
`;
