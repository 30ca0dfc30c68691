import type { ServiceClasses } from "./service-classes.ts";

/** Alibaba Cloud (阿里云). */
export const ALICLOUD_CLASSES: Readonly<Record<string, ServiceClasses>> = {
  actiontrail: {
    read: `
      DescribeRegions DescribeTrails GetAccessKeyLastUsedEvents GetAccessKeyLastUsedInfo GetAccessKeyLastUsedIps
      GetAccessKeyLastUsedProducts GetAccessKeyLastUsedResources GetDeliveryHistoryJob GetGlobalEventsStorageRegion GetTrailStatus
      ListDeliveryHistoryJobs LookupEvents
    `,
  },
  alb: {
    read: `
      DescribeRegions DescribeZones GetHealthCheckTemplateAttribute GetListenerAttribute GetListenerHealthStatus GetLoadBalancerAttribute
      ListAclEntries ListAcls ListAsynJobs ListHealthCheckTemplates ListListenerCertificates ListListeners ListLoadBalancers ListRules
      ListSecurityPolicies ListServerGroupServers ListServerGroups ListSystemSecurityPolicies ListTagResources
    `,
  },
  cms: {
    read: `
      Cursor DescribeActiveMetricRuleList DescribeAlertHistoryList DescribeAlertLogCount DescribeAlertLogHistogram DescribeAlertLogList
      DescribeAlertingMetricRuleResources DescribeContactGroupList DescribeCustomEventAttribute DescribeCustomEventCount
      DescribeCustomEventHistogram DescribeCustomMetricList DescribeDynamicTagRuleList DescribeEventRuleAttribute DescribeEventRuleList
      DescribeExporterRuleList DescribeGroupMonitoringAgentProcess DescribeHostAvailabilityList DescribeHybridMonitorDataList
      DescribeHybridMonitorNamespaceList DescribeHybridMonitorSLSGroup DescribeHybridMonitorTaskList DescribeLogMonitorAttribute
      DescribeLogMonitorList DescribeMetricData DescribeMetricLast DescribeMetricList DescribeMetricMetaList DescribeMetricRuleBlackList
      DescribeMetricRuleCount DescribeMetricRuleList DescribeMetricRuleTargets DescribeMetricRuleTemplateAttribute
      DescribeMetricRuleTemplateList DescribeMetricTop DescribeMonitorGroupCategories DescribeMonitorGroupDynamicRules
      DescribeMonitorGroupInstanceAttribute DescribeMonitorGroupInstances DescribeMonitorGroupNotifyPolicyList DescribeMonitorGroups
      DescribeMonitorResourceQuotaAttribute DescribeMonitoringAgentConfig DescribeMonitoringAgentHosts DescribeMonitoringAgentProcesses
      DescribeMonitoringAgentStatuses DescribeMonitoringConfig DescribeProductResourceTagKeyList DescribeProductsOfActiveMetricRule
      DescribeProjectMeta DescribeSiteMonitorData DescribeSiteMonitorISPCityList DescribeSiteMonitorLog DescribeSiteMonitorQuota
      DescribeSiteMonitorStatistics DescribeSyntheticProbeList DescribeSystemEventAttribute DescribeSystemEventCount
      DescribeSystemEventHistogram DescribeSystemEventMetaList DescribeTagKeyList DescribeTagValueList DescribeUnhealthyHostAvailability
    `,
    // Exports points without an end of its own.
    scan: "BatchExport",
    // Keys of the agent and of exporters, passwords of site monitors, webhooks with their tokens.
    sensitive: `
      DescribeContactList DescribeContactListByContactGroup DescribeEventRuleTargetList DescribeExporterOutputList
      DescribeMonitoringAgentAccessKey DescribeSiteMonitorAttribute DescribeSiteMonitorList
    `,
  },
  cs: {
    sensitive: "DescribeClusterCerts DescribeClusterUserKubeconfig DescribeSubaccountK8sClusterUserConfig",
  },
  cr: {
    sensitive: "GetAuthorizationToken",
  },
  ecs: {
    read: `
      DescribeAccessPoints DescribeAccountAttributes DescribeActivations DescribeAutoProvisioningGroupHistory
      DescribeAutoProvisioningGroupInstances DescribeAutoProvisioningGroups DescribeAutoSnapshotPolicyAssociations
      DescribeAutoSnapshotPolicyEx DescribeAvailableResource DescribeBandwidthLimitation DescribeBandwidthPackages
      DescribeCapacityReservationInstances DescribeCapacityReservations DescribeClassicLinkInstances DescribeCloudAssistantSettings
      DescribeCloudAssistantStatus DescribeClusters DescribeDedicatedHostAutoRenew DescribeDedicatedHostClusters
      DescribeDedicatedHostTypes DescribeDedicatedHosts DescribeDeploymentSetSupportedInstanceTypeFamily DescribeDeploymentSets
      DescribeDiagnosticMetricSets DescribeDiagnosticMetrics DescribeDiagnosticReportAttributes DescribeDiagnosticReports
      DescribeDiskDefaultKMSKeyId DescribeDiskEncryptionByDefaultStatus DescribeDiskMonitorData DescribeDisks DescribeDisksFullStatus
      DescribeEipAddresses DescribeEipMonitorData DescribeElasticityAssuranceAutoRenewAttribute DescribeElasticityAssuranceInstances
      DescribeElasticityAssurances DescribeEniMonitorData DescribeForwardTableEntries DescribeHaVips DescribeHpcClusters
      DescribeImageFromFamily DescribeImagePipelineExecutions DescribeImageSharePermission DescribeImageSupportInstanceTypes
      DescribeImages DescribeInstanceAttachmentAttributes DescribeInstanceAttribute DescribeInstanceAutoRenewAttribute
      DescribeInstanceHistoryEvents DescribeInstanceMaintenanceAttributes DescribeInstanceModificationPrice DescribeInstanceMonitorData
      DescribeInstanceRamRole DescribeInstanceStatus DescribeInstanceTopology DescribeInstanceTypeFamilies DescribeInstanceTypes
      DescribeInstances DescribeInstancesFullStatus DescribeKeyPairs DescribeLaunchTemplates DescribeLimitation DescribeLockedSnapshots
      DescribeManagedInstances DescribeNatGateways DescribeNetworkInterfaceAttribute DescribeNetworkInterfacePermissions
      DescribeNetworkInterfaces DescribeNewProjectEipMonitorData DescribePhysicalConnections DescribePlanMaintenanceWindows
      DescribePortRangeListAssociations DescribePortRangeListEntries DescribePortRangeLists DescribePrefixListAssociations
      DescribePrefixListAttributes DescribePrefixLists DescribePrice DescribeRecommendInstanceType DescribeRegions DescribeRenewalPrice
      DescribeReservedInstanceAutoRenewAttribute DescribeReservedInstances DescribeResourceByTags DescribeResourcesModification
      DescribeRouteTables DescribeRouterInterfaces DescribeSavingsPlanEstimation DescribeSavingsPlanPrice DescribeSecurityGroupAttribute
      DescribeSecurityGroupReferences DescribeSecurityGroups DescribeSnapshotGroups DescribeSnapshotLinks DescribeSnapshotMonitorData
      DescribeSnapshotPackage DescribeSnapshots DescribeSnapshotsUsage DescribeSpotAdvice DescribeSpotPriceHistory
      DescribeStorageCapacityUnits DescribeStorageSetDetails DescribeStorageSets DescribeTags DescribeTaskAttribute DescribeTasks
      DescribeUserBusinessBehavior DescribeVRouters DescribeVSwitches DescribeVirtualBorderRouters
      DescribeVirtualBorderRoutersForPhysicalConnection DescribeVpcs DescribeVscs DescribeZones ListPluginStatus ListTagResources
    `,
    // Screens and sessions of machines, user data, commands and scripts with what they printed, files.
    sensitive: `
      DescribeCommands DescribeImageComponents DescribeImagePipelines DescribeInstanceVncUrl DescribeInvocationResults DescribeInvocations
      DescribeLaunchTemplateVersions DescribeSendFileResults DescribeTerminalSessions DescribeUserData GetInstanceConsoleOutput
      GetInstanceScreenshot StartTerminalSession
    `,
  },
  fc: {
    sensitive: "GetFunction GetFunctionCode ListFunctions",
  },
  ims: {
    sensitive: "GenerateCredentialReport GetCredentialReport",
  },
  kms: {
    read: `
      DescribeAccountKmsStatus DescribeApplicationAccessPoint DescribeCertificate DescribeKey DescribeKeyVersion DescribeNetworkRule
      DescribePolicy DescribeRegions DescribeSecret GetCertificate GetClientKey GetDefaultKmsInstance GetKeyPolicy GetPublicKey
      GetSecretPolicy ListAliases ListAliasesByKeyId ListApplicationAccessPoints ListCertificates ListClientKeys ListKeyVersions ListKeys
      ListKmsInstances ListNetworkRules ListPolicies ListResourceTags ListSecretVersionIds ListSecrets ListTagResources
    `,
    sensitive: `
      AdvanceDecrypt AdvanceGenerateDataKey AsymmetricDecrypt AsymmetricSign CertificatePrivateKeyDecrypt CertificatePrivateKeySign
      Decrypt ExportDataKey GenerateAndExportDataKey GenerateDataKey GenerateDataKeyWithoutPlaintext GetParametersForImport
      GetRandomPassword GetSecretValue ReEncrypt
    `,
  },
  mns: {
    sensitive: "BatchReceiveMessage ReceiveMessage",
  },
  rds: {
    read: `
      DescribeAccounts DescribeActiveOperationTasks DescribeAllWhitelistTemplate DescribeAvailableClasses DescribeAvailableCrossRegion
      DescribeAvailableMetrics DescribeAvailableRecoveryTime DescribeAvailableZones DescribeBackupPolicy DescribeBackupTasks
      DescribeDBInstanceAttribute DescribeDBInstanceByTags DescribeDBInstanceEncryptionKey DescribeDBInstanceEndpoints
      DescribeDBInstanceHAConfig DescribeDBInstanceIPArrayList DescribeDBInstanceIpHostname DescribeDBInstanceMonitor
      DescribeDBInstanceNetInfo DescribeDBInstanceNetworkDetail DescribeDBInstancePerformance DescribeDBInstancePromoteActivity
      DescribeDBInstanceProxyConfiguration DescribeDBInstanceSSL DescribeDBInstanceTDE DescribeDBInstances DescribeDBInstancesAsCsv
      DescribeDBInstancesByExpireTime DescribeDBInstancesOverview DescribeDBMiniEngineVersions DescribeDBProxy DescribeDBProxyEndpoint
      DescribeDBProxyPerformance DescribeDatabases DescribeDedicatedHostGroups DescribeDedicatedHosts DescribeErrorLogs DescribeEvents
      DescribeHASwitchConfig DescribeHistoryTasks DescribeHistoryTasksStat DescribeInstanceAutoRenewalAttribute
      DescribeInstanceCrossBackupPolicy DescribeLocalAvailableRecoveryTime DescribeModifyParameterLog DescribeMonitoringMetrics
      DescribeParameterGroup DescribeParameterGroups DescribeParameterTemplates DescribeParameters DescribePrice
      DescribeReadDBInstanceDelay DescribeRegionInfos DescribeRegions DescribeRenewalPrice DescribeResourceUsage
      DescribeSQLCollectorPolicy DescribeSQLCollectorRetention DescribeSQLLogReportList DescribeSecurityGroupConfiguration
      DescribeSlowLogRecords DescribeSlowLogs DescribeTags DescribeTasks DescribeUpgradeMajorVersionPrecheckTask
      DescribeUpgradeMajorVersionTasks DescribeVSwitches DescribeWhitelistTemplate ListTagResources
    `,
    // Addresses from which whole backups and logs can be fetched, statements with their literals.
    sensitive: `
      DescribeBackups DescribeBinlogFiles DescribeCrossRegionBackups DescribeCrossRegionLogBackupFiles DescribeDetachedBackups
      DescribeLogBackupFiles DescribeSQLLogFiles DescribeSQLLogRecords
    `,
  },
  resourcecenter: {
    read: `
      ExecuteMultiAccountSQLQuery ExecuteSQLQuery GetExampleQuery GetMultiAccountResourceCenterServiceStatus
      GetResourceCenterServiceStatus GetResourceCounts GetSavedQuery ListExampleQueries ListFilters ListMultiAccountResourceGroups
      ListMultiAccountTagKeys ListMultiAccountTagValues ListResourceTypes ListSavedQueries ListTagKeys ListTagValues
      SearchMultiAccountResources SearchResources
    `,
    // Whole resources, whatever stands in them.
    sensitive: "GetMultiAccountResourceConfiguration GetResourceConfiguration",
  },
  slb: {
    read: `
      DescribeAccessControlListAttribute DescribeAccessControlLists DescribeAccessLogsDownloadAttribute DescribeAvailableResource
      DescribeCACertificates DescribeDomainExtensionAttribute DescribeDomainExtensions DescribeHealthStatus DescribeHighDefinationMonitor
      DescribeListenerAccessControlAttribute DescribeLoadBalancerAttribute DescribeLoadBalancerHTTPListenerAttribute
      DescribeLoadBalancerHTTPSListenerAttribute DescribeLoadBalancerListeners DescribeLoadBalancerTCPListenerAttribute
      DescribeLoadBalancerUDPListenerAttribute DescribeLoadBalancers DescribeMasterSlaveServerGroupAttribute
      DescribeMasterSlaveServerGroups DescribeRegions DescribeRuleAttribute DescribeRules DescribeServerCertificates DescribeTags
      DescribeVServerGroupAttribute DescribeVServerGroups DescribeZones ListTLSCipherPolicies ListTLSCipherPolicyRelation ListTagResources
    `,
  },
  sls: {
    read: `
      DescribeRegions GetAlert GetAnnotationData GetAnnotationDataSet GetAnnotationLabel GetAppliedConfigs GetAppliedMachineGroups
      GetCheckPoint GetCollectionPolicy GetConsumeProcessor GetContextLogs GetCursor GetCursorTime GetDashboard GetHistograms GetIndex
      GetIngestProcessor GetLogStore GetLogStoreMeteringMode GetLogging GetMachineGroup GetMetricStore GetMetricStoreMeteringMode
      GetOSSExport GetOSSHDFSExport GetProject GetProjectPolicy GetSavedSearch GetScheduledSQL GetSlsService GetSqlInstance GetStoreView
      GetStoreViewIndex ListAiTools ListAlerts ListAnnotationData ListAnnotationDataSets ListAnnotationLabels ListCollectionPolicies
      ListConfig ListConsumeProcessors ListConsumerGroup ListDashboard ListDomains ListIngestProcessors ListLogStores ListMachineGroup
      ListMachines ListMetricStores ListOSSExports ListOSSHDFSExports ListProject ListSavedSearch ListScheduledSQLs ListShards
      ListStoreViews ListTagResources PullLogs
    `,
    // With SQL in dedicated mode they cost by the data they scan.
    scan: "GetLogs GetLogsV2 GetProjectLogs",
    // Tokens, signed addresses, and configurations in which keys and passwords of other systems stand.
    sensitive: `
      GetAgentInstanceConfig GetConfig GetDownloadJob GetETL GetExternalStore GetLogtailPipelineConfig GetMaxComputeExport GetOSSIngestion
      GetS3Ingestion ListAgentInstanceConfigs ListDownloadJobs ListETLs ListLogtailPipelineConfig ListMaxComputeExports ListOSSIngestions
      ListS3Ingestions RefreshToken
    `,
  },
  sts: {
    read: "GetCallerIdentity",
    sensitive: "AssumeRole AssumeRoleWithOIDC AssumeRoleWithSAML",
  },
  vpc: {
    read: `
      DescribeBandwidthPackages DescribeCommonBandwidthPackages DescribeCustomerGateways DescribeEipAddresses DescribeEipGatewayInfo
      DescribeEipMonitorData DescribeEipSegment DescribeFlowLogs DescribeForwardTableEntries DescribeGlobalAccelerationInstances
      DescribeHaVips DescribeHighDefinitionMonitorLogAttribute DescribeIpv6Addresses DescribeIpv6EgressOnlyRules
      DescribeIpv6GatewayAttribute DescribeIpv6Gateways DescribeIpv6TranslatorAclLists DescribeNatGateways DescribeNetworkAclAttributes
      DescribeNetworkAcls DescribePhysicalConnections DescribePublicIpAddress DescribeRegions DescribeRouteEntryList
      DescribeRouteTableList DescribeRouteTables DescribeRouterInterfaceAttribute DescribeRouterInterfaces DescribeSnatTableEntries
      DescribeVRouters DescribeVSwitchAttributes DescribeVSwitches DescribeVirtualBorderRouters DescribeVpcAttribute DescribeVpcs
      DescribeVpnGateways DescribeZones GetDhcpOptionsSet GetFlowLogServiceStatus GetIpv4GatewayAttribute GetNatGatewayAttribute
      GetNatGatewayConvertStatus GetTrafficMirrorServiceStatus GetVpcPrefixListAssociations GetVpcPrefixListEntries
      ListCommonBandwidthPackages ListDhcpOptionsSets ListGatewayEndpoints ListIpv4Gateways ListNatGateways ListPrefixLists
      ListPublicIpAddressPoolCidrBlocks ListPublicIpAddressPools ListTagResources ListTrafficMirrorFilters ListTrafficMirrorSessions
      ListVpcEndpointServicesByEndUser
    `,
    // Shared keys of tunnels, client certificates with their keys.
    sensitive: `
      DescribeSslVpnClientCert DescribeSslVpnClientCerts DescribeVpnConnection DescribeVpnConnections DownloadVpnConnectionConfig
    `,
  },
};
