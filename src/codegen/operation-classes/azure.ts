import type { ServiceClasses } from "./service-classes.ts";

/** Microsoft Azure, by operationId. A POST reads as often as it writes. */
export const AZURE_CLASSES: Readonly<Record<string, ServiceClasses>> = {
  authorization: {
    read: `
      RoleAssignments_Get RoleAssignments_GetById RoleAssignments_ListForScope RoleAssignments_ListForSubscription RoleDefinitions_Get
      RoleDefinitions_GetById RoleDefinitions_List
    `,
  },
  compute: {
    read: `
      AvailabilitySets_Get AvailabilitySets_List AvailabilitySets_ListAvailableSizes AvailabilitySets_ListBySubscription
      CapacityReservationGroups_Get CapacityReservationGroups_ListByResourceGroup CapacityReservationGroups_ListBySubscription
      CapacityReservations_Get CapacityReservations_ListByCapacityReservationGroup CloudServiceRoleInstances_Get
      CloudServiceRoleInstances_GetInstanceView CloudServiceRoleInstances_List CloudServiceRoles_Get CloudServiceRoles_List
      CloudServices_GetInstanceView CommunityGalleries_Get CommunityGalleryImageVersions_Get CommunityGalleryImageVersions_List
      CommunityGalleryImages_Get CommunityGalleryImages_List DedicatedHostGroups_Get DedicatedHostGroups_ListByResourceGroup
      DedicatedHostGroups_ListBySubscription DedicatedHosts_Get DedicatedHosts_ListAvailableSizes DedicatedHosts_ListByHostGroup
      DiskAccesses_Get DiskAccesses_GetAPrivateEndpointConnection DiskAccesses_GetPrivateLinkResources DiskAccesses_List
      DiskAccesses_ListByResourceGroup DiskAccesses_ListPrivateEndpointConnections DiskEncryptionSets_Get DiskEncryptionSets_List
      DiskEncryptionSets_ListAssociatedResources DiskEncryptionSets_ListByResourceGroup DiskRestorePoint_Get
      DiskRestorePoint_ListByRestorePoint Disks_Get Disks_List Disks_ListByResourceGroup Galleries_Get Galleries_List
      Galleries_ListByResourceGroup GalleryApplications_Get GalleryApplications_ListByGallery GalleryImageVersions_Get
      GalleryImageVersions_ListByGalleryImage GalleryImages_Get GalleryImages_ListByGallery Images_Get Images_List
      Images_ListByResourceGroup Operations_List ProximityPlacementGroups_Get ProximityPlacementGroups_ListByResourceGroup
      ProximityPlacementGroups_ListBySubscription ResourceSkus_List RestorePointCollections_List RestorePointCollections_ListAll
      SharedGalleries_Get SharedGalleries_List SharedGalleryImageVersions_Get SharedGalleryImageVersions_List SharedGalleryImages_Get
      SharedGalleryImages_List Snapshots_Get Snapshots_List Snapshots_ListByResourceGroup SshPublicKeys_Get
      SshPublicKeys_ListByResourceGroup SshPublicKeys_ListBySubscription UsageOperations_List Usage_List VirtualMachineExtensionImages_Get
      VirtualMachineExtensionImages_ListTypes VirtualMachineExtensionImages_ListVersions VirtualMachineExtensions_Get
      VirtualMachineExtensions_List VirtualMachineImagesEdgeZone_Get VirtualMachineImagesEdgeZone_List
      VirtualMachineImagesEdgeZone_ListOffers VirtualMachineImagesEdgeZone_ListPublishers VirtualMachineImagesEdgeZone_ListSkus
      VirtualMachineImages_Get VirtualMachineImages_List VirtualMachineImages_ListByEdgeZone VirtualMachineImages_ListOffers
      VirtualMachineImages_ListPublishers VirtualMachineImages_ListSkus VirtualMachineRunCommands_Get VirtualMachineRunCommands_List
      VirtualMachineScaleSetExtensions_Get VirtualMachineScaleSetExtensions_List VirtualMachineScaleSetRollingUpgrades_GetLatest
      VirtualMachineScaleSetVMExtensions_Get VirtualMachineScaleSetVMExtensions_List VirtualMachineScaleSetVMs_GetInstanceView
      VirtualMachineScaleSetVMs_List VirtualMachineScaleSets_GetInstanceView VirtualMachineScaleSets_GetOSUpgradeHistory
      VirtualMachineScaleSets_List VirtualMachineScaleSets_ListAll VirtualMachineScaleSets_ListByLocation VirtualMachineScaleSets_ListSkus
      VirtualMachineSizes_List VirtualMachines_InstanceView VirtualMachines_List VirtualMachines_ListAll
      VirtualMachines_ListAvailableSizes VirtualMachines_ListByLocation
    `,
    // Signed addresses of disks and packages, consoles of machines, generated keys, scripts with what they printed; user data, which a
    // parameter of VirtualMachines_Get and the like asks for.
    sensitive: `
      CloudServiceRoleInstances_GetRemoteDesktopFile CloudServices_Get CloudServices_List CloudServices_ListAll
      DiskRestorePoint_GrantAccess Disks_GetAccessUri Disks_GrantAccess GalleryApplicationVersions_Get
      GalleryApplicationVersions_ListByGalleryApplication RestorePointCollections_Get RestorePoints_Get Snapshots_GetAccessUri
      Snapshots_GrantAccess SshPublicKeys_GenerateKeyPair VirtualMachineRunCommands_GetByVirtualMachine
      VirtualMachineRunCommands_ListByVirtualMachine VirtualMachineScaleSetVMRunCommands_Get VirtualMachineScaleSetVMRunCommands_List
      VirtualMachineScaleSetVMs_Get VirtualMachineScaleSetVMs_RetrieveBootDiagnosticsData VirtualMachineScaleSets_Get VirtualMachines_Get
      VirtualMachines_RetrieveBootDiagnosticsData
    `,
  },
  containerservice: {
    sensitive: `
      ManagedClusters_GetAccessProfile ManagedClusters_GetCommandResult ManagedClusters_ListClusterAdminCredentials
      ManagedClusters_ListClusterMonitoringUserCredentials ManagedClusters_ListClusterUserCredentials
    `,
  },
  keyvault: {
    sensitive: "GetKey GetSecret GetSecretVersions GetSecrets decrypt sign unwrapKey",
  },
  loganalytics: {
    read: `
      AvailableServiceTiers_ListByWorkspace Clusters_Get Clusters_List Clusters_ListByResourceGroup DataExports_Get
      DataExports_ListByWorkspace DeletedWorkspaces_List DeletedWorkspaces_ListByResourceGroup IntelligencePacks_List LinkedServices_Get
      LinkedServices_ListByWorkspace ManagementGroups_List Metadata_Get Metadata_Post Operations_List Queries_Get Queries_List
      QueryPacks_Get QueryPacks_List QueryPacks_ListByResourceGroup SavedSearches_Get SavedSearches_ListByWorkspace Schema_Get Tables_Get
      Tables_ListByWorkspace Usages_List Workspaces_Get Workspaces_List Workspaces_ListByResourceGroup
    `,
    // Keys of workspaces and of storage accounts. And queries: a workspace's id, and `workspace("…")` within KQL, do not tell whose subscription it is in,
    // so that no check could keep a program to the approved ones.
    sensitive: `
      Query_Batch Query_Execute Query_Get Query_ResourceExecute Query_ResourceExecuteXms Query_ResourceGet Query_ResourceGetXms
      SharedKeys_GetSharedKeys SharedKeys_Regenerate StorageInsightConfigs_Get StorageInsightConfigs_ListByWorkspace
    `,
  },
  monitor: {
    read: `
      ActivityLogAlerts_Get ActivityLogAlerts_ListByResourceGroup ActivityLogAlerts_ListBySubscriptionId ActivityLogs_List
      AlertProcessingRules_GetByName AlertProcessingRules_ListByResourceGroup AlertProcessingRules_ListBySubscription
      AlertRuleIncidents_Get AlertRuleIncidents_ListByAlertRule AlertRules_Get AlertRules_ListByResourceGroup
      AlertRules_ListBySubscription Alerts_GetAll Alerts_GetById Alerts_GetHistory Alerts_GetSummary Alerts_MetaData AutoscaleSettings_Get
      AutoscaleSettings_ListByResourceGroup AutoscaleSettings_ListBySubscription AzureMonitorWorkspaces_Get
      AzureMonitorWorkspaces_ListByResourceGroup AzureMonitorWorkspaces_ListBySubscription Baselines_List Batch
      DataCollectionEndpoints_Get DataCollectionEndpoints_ListByResourceGroup DataCollectionEndpoints_ListBySubscription
      DataCollectionRuleAssociations_Get DataCollectionRuleAssociations_ListByDataCollectionEndpoint
      DataCollectionRuleAssociations_ListByResource DataCollectionRuleAssociations_ListByRule DataCollectionRules_Get
      DataCollectionRules_ListByResourceGroup DataCollectionRules_ListBySubscription DiagnosticSettingsCategory_Get
      DiagnosticSettingsCategory_List DiagnosticSettings_Get DiagnosticSettings_List EventCategories_List LogProfiles_Get LogProfiles_List
      MetricAlertsStatus_List MetricAlertsStatus_ListByName MetricAlerts_Get MetricAlerts_ListByResourceGroup
      MetricAlerts_ListBySubscription MetricDefinitions_List MetricDefinitions_ListAtSubscriptionScope MetricNamespaces_List
      MetricsBatch_Batch Metrics_Batch Metrics_List Metrics_ListAtSubscriptionScope Metrics_ListAtSubscriptionScopePost Operations_List
      PredictiveMetric_Get PrivateEndpointConnections_Get PrivateEndpointConnections_ListByPrivateLinkScope PrivateLinkResources_Get
      PrivateLinkResources_ListByPrivateLinkScope PrivateLinkScopeOperationStatus_Get PrivateLinkScopedResources_Get
      PrivateLinkScopedResources_ListByPrivateLinkScope PrivateLinkScopes_Get PrivateLinkScopes_List PrivateLinkScopes_ListByResourceGroup
      ScheduledQueryRules_Get ScheduledQueryRules_ListByResourceGroup ScheduledQueryRules_ListBySubscription ServiceDiagnosticSettings_Get
      SmartGroups_GetAll SmartGroups_GetById SmartGroups_GetHistory TenantActivityLogs_List VMInsights_GetOnboardingStatus
    `,
    // Webhooks and functions with the keys in their addresses.
    sensitive: `
      ActionGroups_Get ActionGroups_ListByResourceGroup ActionGroups_ListBySubscriptionId TenantActionGroups_Get
      TenantActionGroups_ListByManagementGroupId
    `,
  },
  network: {
    read: `
      ApplicationGateways_Get ApplicationGateways_List ApplicationGateways_ListAll ApplicationSecurityGroups_Get
      ApplicationSecurityGroups_List ApplicationSecurityGroups_ListAll AvailableDelegations_List AzureFirewalls_Get AzureFirewalls_List
      AzureFirewalls_ListAll BastionHosts_Get BastionHosts_List BastionHosts_ListByResourceGroup ConnectionMonitors_Get
      ConnectionMonitors_List DdosProtectionPlans_Get DdosProtectionPlans_List DdosProtectionPlans_ListByResourceGroup
      DefaultSecurityRules_Get DefaultSecurityRules_List ExpressRouteCircuits_GetStats ExpressRouteGateways_Get
      ExpressRouteGateways_ListByResourceGroup ExpressRouteGateways_ListBySubscription ExpressRouteLinks_Get ExpressRouteLinks_List
      ExpressRouteServiceProviders_List FirewallPolicies_Get FirewallPolicies_List FirewallPolicies_ListAll FlowLogs_Get FlowLogs_List
      InboundNatRules_Get InboundNatRules_List IpGroups_Get IpGroups_List IpGroups_ListByResourceGroup LoadBalancerBackendAddressPools_Get
      LoadBalancerBackendAddressPools_List LoadBalancerFrontendIPConfigurations_Get LoadBalancerFrontendIPConfigurations_List
      LoadBalancerLoadBalancingRules_Get LoadBalancerLoadBalancingRules_List LoadBalancerNetworkInterfaces_List
      LoadBalancerOutboundRules_Get LoadBalancerOutboundRules_List LoadBalancerProbes_Get LoadBalancerProbes_List LoadBalancers_Get
      LoadBalancers_List LoadBalancers_ListAll LocalNetworkGateways_Get LocalNetworkGateways_List NatGateways_Get NatGateways_List
      NatGateways_ListAll NetworkInterfaceIPConfigurations_Get NetworkInterfaceIPConfigurations_List NetworkInterfaces_Get
      NetworkInterfaces_GetEffectiveRouteTable NetworkInterfaces_List NetworkInterfaces_ListAll
      NetworkInterfaces_ListEffectiveNetworkSecurityGroups NetworkSecurityGroups_Get NetworkSecurityGroups_List
      NetworkSecurityGroups_ListAll NetworkWatchers_Get NetworkWatchers_List NetworkWatchers_ListAll Operations_List PacketCaptures_Get
      PacketCaptures_List PrivateDnsZoneGroups_Get PrivateDnsZoneGroups_List PrivateEndpoints_Get PrivateEndpoints_List
      PrivateEndpoints_ListBySubscription PrivateLinkServices_Get PrivateLinkServices_List PrivateLinkServices_ListBySubscription
      PublicIPAddresses_Get PublicIPAddresses_List PublicIPAddresses_ListAll PublicIPPrefixes_Get PublicIPPrefixes_List
      PublicIPPrefixes_ListAll RouteTables_Get RouteTables_List RouteTables_ListAll Routes_Get Routes_List SecurityRules_Get
      SecurityRules_List ServiceEndpointPolicies_Get ServiceEndpointPolicies_List ServiceEndpointPolicies_ListByResourceGroup
      ServiceTags_List Subnets_Get Subnets_List Usages_List VirtualHubs_Get VirtualHubs_List VirtualHubs_ListByResourceGroup
      VirtualNetworkPeerings_Get VirtualNetworkPeerings_List VirtualNetworks_CheckIPAddressAvailability VirtualNetworks_Get
      VirtualNetworks_List VirtualNetworks_ListAll VirtualNetworks_ListUsage VirtualWans_Get VirtualWans_List
      VirtualWans_ListByResourceGroup WebApplicationFirewallPolicies_Get WebApplicationFirewallPolicies_List
      WebApplicationFirewallPolicies_ListAll
    `,
    // Keys and profiles of tunnels and circuits, links and sessions of bastions.
    sensitive: `
      ExpressRouteCircuitAuthorizations_Get ExpressRouteCircuitAuthorizations_List ExpressRouteCircuits_Get ExpressRouteCircuits_List
      ExpressRouteCircuits_ListAll GeneratevirtualwanvpnserverconfigurationVpnProfile GetActiveSessions GetBastionShareableLink
      P2sVpnGateways_GenerateVpnProfile PutBastionShareableLink VirtualNetworkGatewayConnections_Get
      VirtualNetworkGatewayConnections_GetIkeSas VirtualNetworkGatewayConnections_GetSharedKey VirtualNetworkGatewayConnections_List
      VirtualNetworkGateways_GenerateVpnProfile VirtualNetworkGateways_Generatevpnclientpackage VirtualNetworkGateways_Get
      VirtualNetworkGateways_GetVpnProfilePackageUrl VirtualNetworkGateways_List VirtualNetworkGateways_VpnDeviceConfigurationScript
      VpnConnections_Get VpnConnections_ListByVpnGateway VpnGateways_Get VpnGateways_List VpnServerConfigurations_Get
      VpnServerConfigurations_List VpnServerConfigurations_ListByResourceGroup VpnSitesConfiguration_Download
    `,
  },
  resourcegraph: {
    read: `
      GraphQuery_Get GraphQuery_List GraphQuery_ListBySubscription Operations_List ResourceChangeDetails ResourceChanges Resources
      ResourcesHistory
    `,
  },
  servicebus: {
    sensitive: "Namespaces_ListKeys Queues_ListKeys Topics_ListKeys",
  },
  storage: {
    read: `
      BlobContainers_Get BlobContainers_GetImmutabilityPolicy BlobContainers_List BlobInventoryPolicies_Get BlobInventoryPolicies_List
      BlobServices_GetServiceProperties BlobServices_List DeletedAccounts_Get DeletedAccounts_List EncryptionScopes_Get
      EncryptionScopes_List FileServices_GetServiceProperties FileServices_List FileShares_Get FileShares_List ManagementPolicies_Get
      NetworkSecurityPerimeterConfigurations_Get NetworkSecurityPerimeterConfigurations_List ObjectReplicationPolicies_Get
      ObjectReplicationPolicies_List Operations_List PrivateEndpointConnections_Get PrivateEndpointConnections_List
      PrivateLinkResources_ListByStorageAccount QueueServices_GetServiceProperties QueueServices_List Queue_Get Queue_List Skus_List
      StorageAccounts_CheckNameAvailability StorageAccounts_GetProperties StorageAccounts_List StorageAccounts_ListByResourceGroup
      TableServices_GetServiceProperties TableServices_List Table_Get Table_List Usages_ListByLocation
    `,
    sensitive: `
      LocalUsers_Get LocalUsers_List LocalUsers_ListKeys LocalUsers_RegeneratePassword StorageAccounts_ListAccountSAS
      StorageAccounts_ListKeys StorageAccounts_ListServiceSAS StorageAccounts_RegenerateKey
    `,
  },
  subscription: {
    read: "Subscriptions_Get Subscriptions_List Subscriptions_ListLocations Tenants_List",
  },
  web: {
    sensitive: `
      WebApps_ListApplicationSettings WebApps_ListConnectionStrings WebApps_ListFunctionKeys WebApps_ListFunctionSecrets
      WebApps_ListHostKeys WebApps_ListPublishingCredentials WebApps_ListPublishingProfileXmlWithSecrets
    `,
  },
};
