import { AZURE_COMPUTE } from "./azure-compute.ts";

/** Azure operations that people on call ask for. Names, paths and fields: Azure REST API reference and azure-rest-api-specs. */
export const AZURE: Readonly<Record<string, string>> = {
  compute: AZURE_COMPUTE,
  network: `
service 2023-09-01 rest
NetworkSecurityGroups_ListAll GET /subscriptions/{subscriptionId}/providers/Microsoft.Network/networkSecurityGroups
  # Lists all network security groups of a subscription with their rules. 网络安全组。
  > value: [SecurityGroup], nextLink
NetworkSecurityGroups_List GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/networkSecurityGroups
  # Lists the network security groups of a resource group.
  > value: [SecurityGroup], nextLink
NetworkSecurityGroups_Get GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}
  # One network security group with its rules.
  < $expand
  > id, name, type, location, etag, tags: { *: string }, properties: SecurityGroupProperties
PublicIPAddresses_ListAll GET /subscriptions/{subscriptionId}/providers/Microsoft.Network/publicIPAddresses
  # Lists all public IP addresses of a subscription and what they are attached to. 公网 IP。
  > value: [{ id, name, type, location, zones: [string], tags: { *: string }, sku: { name, tier },
      properties: { ipAddress, publicIPAllocationMethod, publicIPAddressVersion, idleTimeoutInMinutes: int, provisioningState,
        ipConfiguration: Reference, natGateway: Reference, dnsSettings: { domainNameLabel, fqdn } } }], nextLink
VirtualNetworks_ListAll GET /subscriptions/{subscriptionId}/providers/Microsoft.Network/virtualNetworks
  # Lists all virtual networks of a subscription with their subnets and peerings. 虚拟网络。
  > value: [{ id, name, type, location, tags: { *: string },
      properties: { addressSpace: { addressPrefixes: [string] }, dhcpOptions: { dnsServers: [string] }, provisioningState, enableDdosProtection: bool,
        subnets: [{ id, name, properties: { addressPrefix, addressPrefixes: [string], networkSecurityGroup: Reference, routeTable: Reference, provisioningState } }],
        virtualNetworkPeerings: [{ id, name, properties: { peeringState, peeringSyncLevel, remoteVirtualNetwork: Reference } }] } }], nextLink
NetworkInterfaces_ListAll GET /subscriptions/{subscriptionId}/providers/Microsoft.Network/networkInterfaces
  # Lists all network interfaces of a subscription. 网卡。
  > value: [{ id, name, type, location, tags: { *: string },
      properties: { macAddress, primary: bool, enableIPForwarding: bool, enableAcceleratedNetworking: bool, provisioningState, virtualMachine: Reference,
        networkSecurityGroup: Reference,
        ipConfigurations: [{ id, name, properties: { privateIPAddress, privateIPAllocationMethod, primary: bool, subnet: Reference, publicIPAddress: Reference } }] } }], nextLink
LoadBalancers_ListAll GET /subscriptions/{subscriptionId}/providers/Microsoft.Network/loadBalancers
  # Lists all load balancers of a subscription. 负载均衡。
  > value: [{ id, name, type, location, tags: { *: string }, sku: { name, tier },
      properties: { provisioningState, frontendIPConfigurations: [any], backendAddressPools: [any],
        loadBalancingRules: [{ id, name, properties: { protocol, frontendPort: int, backendPort: int, idleTimeoutInMinutes: int, probe: Reference } }],
        probes: [{ id, name, properties: { protocol, port: int, requestPath, intervalInSeconds: int, numberOfProbes: int } }] } }], nextLink
Usages_List GET /subscriptions/{subscriptionId}/providers/Microsoft.Network/locations/{location}/usages region
  # Network quotas of a location and how much of them is used. 网络配额用量。
  > value: [{ id, unit, currentValue: int, limit: int, name: { value, localizedValue } }], nextLink
type Reference = { id }
type SecurityGroup = { id, name, type, location, etag, tags: { *: string }, properties: SecurityGroupProperties }
type SecurityGroupProperties = { provisioningState, resourceGuid, securityRules: [Rule], defaultSecurityRules: [Rule],
  networkInterfaces: [Reference], subnets: [Reference], flowLogs: [Reference] }
type Rule = { id, name, etag, properties: { description, protocol, sourcePortRange, sourcePortRanges: [string], destinationPortRange,
  destinationPortRanges: [string], sourceAddressPrefix, sourceAddressPrefixes: [string], destinationAddressPrefix,
  destinationAddressPrefixes: [string], access: 'Allow' | 'Deny', priority: int, direction: 'Inbound' | 'Outbound', provisioningState } }
`,
  storage: `
service 2023-01-01 rest
StorageAccounts_List GET /subscriptions/{subscriptionId}/providers/Microsoft.Storage/storageAccounts
  # Lists all storage accounts of a subscription: public access, TLS version, network rules. 存储账户。
  > value: [Account], nextLink
StorageAccounts_ListByResourceGroup GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts
  # Lists the storage accounts of a resource group.
  > value: [Account], nextLink
StorageAccounts_GetProperties GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}
  # One storage account.
  < $expand
  > id, name, type, location, kind, sku: { name, tier }, tags: { *: string }, properties: AccountProperties
StorageAccounts_ListKeys POST /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}/listKeys sensitive
  # The access keys of a storage account. 访问密钥。
  > keys: [{ keyName, value, permissions, creationTime: time }]
Usages_ListByLocation GET /subscriptions/{subscriptionId}/providers/Microsoft.Storage/locations/{location}/usages region
  # How many storage accounts a location has, and how many it may have. 存储配额用量。
  > value: [{ unit, currentValue: int, limit: int, name: { value, localizedValue } }]
type Account = { id, name, type, location, kind, sku: { name, tier }, tags: { *: string }, properties: AccountProperties }
type AccountProperties = { provisioningState, creationTime: time, primaryLocation, statusOfPrimary, secondaryLocation, statusOfSecondary,
  accessTier, supportsHttpsTrafficOnly: bool, minimumTlsVersion, allowBlobPublicAccess: bool, allowSharedKeyAccess: bool, publicNetworkAccess,
  networkAcls: { bypass, defaultAction, ipRules: [{ value, action }], virtualNetworkRules: [{ id, action }] },
  encryption: { keySource, requireInfrastructureEncryption: bool, services: any }, primaryEndpoints: { blob, file, queue, table, dfs, web },
  keyCreationTime: { key1: time, key2: time }, isHnsEnabled: bool }
`,
  monitor: `
service 2024-02-01 rest
ActivityLogs_List GET /subscriptions/{subscriptionId}/providers/Microsoft.Insights/eventtypes/management/values v=2015-04-01
  # The activity log: who changed what, and when. The filter must name a time. 活动日志、操作记录。
  < $filter!, $select
  > value: [{ id, eventDataId, correlationId, caller, eventTimestamp: time, submissionTimestamp: time, level, resourceId, resourceGroupName,
      subscriptionId, operationName: Name, status: Name, subStatus: Name, category: Name, eventName: Name, resourceType: Name,
      resourceProviderName: Name, description, claims: { *: string }, authorization: { action, role, scope }, properties: { *: string } }], nextLink
DiagnosticSettings_List GET /{+resourceUri}/providers/Microsoft.Insights/diagnosticSettings v=2021-05-01-preview
  # Where the logs and metrics of a resource are sent. 诊断设置。
  > value: [{ id, name, type, properties: { storageAccountId, eventHubAuthorizationRuleId, eventHubName, workspaceId, logAnalyticsDestinationType,
      logs: [{ category, categoryGroup, enabled: bool, retentionPolicy: { enabled: bool, days: int } }],
      metrics: [{ category, timeGrain, enabled: bool, retentionPolicy: { enabled: bool, days: int } }] } }]
type Name = { value, localizedValue }
`,
  loganalytics: `
service v1 rest
Query_Execute POST /v1/workspaces/{workspaceId}/query
  # Runs a KQL query over a Log Analytics workspace. 日志查询。
  < query!, timespan, workspaces: [string]
  > tables: [{ name, columns: [{ name, type }], rows: [[any]] }]
Metadata_Get GET /v1/workspaces/{workspaceId}/metadata
  # The tables of a workspace and their columns. 表和列。
  > tables: [{ id, name, description, timespanColumn, columns: [{ name, type, description }] }]
`,
};
