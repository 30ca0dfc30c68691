import type { ServiceClasses } from "./service-classes.ts";

/** Volcengine (火山引擎). */
export const VOLCENGINE_CLASSES: Readonly<Record<string, ServiceClasses>> = {
  alb: {
    read: `
      DescribeAclAttributes DescribeAcls DescribeAllCertificates DescribeCACertificates DescribeCertificates
      DescribeCustomizedCfgAttributes DescribeCustomizedCfgs DescribeHealthCheckTemplates DescribeListenerAttributes
      DescribeListenerHealth DescribeListeners DescribeLoadBalancerAttributes DescribeLoadBalancers DescribeRules
      DescribeServerGroupAttributes DescribeServerGroupBackendServers DescribeServerGroups DescribeZones ListTagsForResources
    `,
  },
  clb: {
    read: `
      DescribeAclAttributes DescribeAcls DescribeCertificates DescribeHealthCheckLogProjectAttributes
      DescribeHealthCheckLogTopicAttributes DescribeListenerAttributes DescribeListenerHealth DescribeListeners
      DescribeLoadBalancerAttributes DescribeLoadBalancerSpecs DescribeLoadBalancerStatus DescribeLoadBalancers
      DescribeLoadBalancersBilling DescribeNLBListenerAttributes DescribeNLBListenerCertificates DescribeNLBListenerHealth
      DescribeNLBListeners DescribeNLBSecurityPolicies DescribeNLBServerGroupAttributes DescribeNLBServerGroups
      DescribeNLBSystemSecurityPolicies DescribeNLBZones DescribeNetworkLoadBalancerAttributes DescribeNetworkLoadBalancers DescribeRules
      DescribeServerGroupAttributes DescribeServerGroups DescribeZones ListTagsForNLBResources ListTagsForResources
    `,
  },
  cloud_trail: {
    read: `
      DescribeBackfillDeliveryTask DescribeTrails GetEventSelectors ListBackfillDeliveryTasks ListSearchTemplates LookupEvents
    `,
  },
  cloudmonitor: {
    read: `
      GetMetricData GetO11yAgentECSAutoInstall GetTopData ListAggregationPolicies ListAlert ListAlertGroup ListAlertTemplates
      ListContactGroupByIds ListContactGroups ListContacts ListContactsByIds ListDefaultNotifyTemplates ListDutySchedules ListEventRules
      ListEvents ListNotificationPolicies ListNotificationTemplates ListNotifications ListNotifyTemplates ListO11yAgentECSInstanceMetadata
      ListO11yAgentECSInstances ListO11yAgentECSProcessConfigs ListO11yAgentVpcEndpoints ListObjectGroups ListPresetAlertTemplates
      ListRules ListRulesByIds ListSendAlert ListSilencePolicies ListSilencePolicy
    `,
    // Webhooks with their tokens.
    sensitive: "ListWebhooks ListWebhooksByIds",
  },
  cr: {
    sensitive: "GetAuthorizationToken",
  },
  ecs: {
    read: `
      DescribeAutoInstallPackages DescribeAvailableResource DescribeCloudAssistantStatus DescribeDedicatedHostClusters
      DescribeDedicatedHostTypes DescribeDedicatedHosts DescribeDeploymentSetSupportedInstanceTypeFamily DescribeDeploymentSets
      DescribeEventTypes DescribeHpcClusters DescribeHpcInstancePosition DescribeImageSharePermission DescribeImages
      DescribeInstanceTypeFamilies DescribeInstanceTypes DescribeInstances DescribeInstancesIamRoles DescribeKeyPairs
      DescribeLaunchTemplates DescribeRegions DescribeReservedInstances DescribeScheduledInstanceStock DescribeScheduledInstances
      DescribeSpotAdvice DescribeSpotPriceHistory DescribeSubscriptions DescribeSystemEventDefaultAction DescribeSystemEvents DescribeTags
      DescribeTasks DescribeZones GetScheduledInstanceLatestReleaseAt ListTagsForResources
    `,
    // Screens of machines, user data, commands with what they printed.
    sensitive: `
      DescribeCommands DescribeInstanceECSTerminalUrl DescribeInstanceVncUrl DescribeInvocationInstances DescribeInvocationResults
      DescribeInvocations DescribeLaunchTemplateVersions DescribeUserData GetConsoleOutput GetConsoleScreenshot
    `,
  },
  iam: {
    read: `
      GetProject ListProjectIdentities ListProjectResources ListProjects GetAccessKeyLastUsed GetLoginProfile GetPolicy GetRole
      GetSAMLProvider GetSecurityConfig GetUser ListAccessKeys ListAttachedRolePolicies ListAttachedUserGroupPolicies
      ListAttachedUserPolicies ListEntitiesForPolicy ListGroups ListGroupsForUser ListPolicies ListRoles ListSAMLProviders ListUsers
      ListUsersForGroup
    `,
  },
  kms: {
    read: `
      DescribeCustomKeyStores DescribeKey DescribeKeyrings DescribeKeys DescribeRegions DescribeSecret DescribeSecretVersions
      DescribeSecrets GetPublicKey ListTagsForResources QueryKeyring
    `,
    sensitive: `
      AsymmetricDecrypt AsymmetricSign BackupSecret BatchGetSecretValue Decrypt GenerateDataKey GenerateMac GetParametersForImport
      GetSecretValue ReEncrypt
    `,
  },
  rds_mysql: {
    read: `
      DescribeAllowListDetail DescribeAllowLists DescribeApplyParameterTemplate DescribeAvailabilityZones DescribeAvailableCrossRegion
      DescribeBackupEncryptionStatus DescribeBackupPolicy DescribeBackupStats DescribeBackups DescribeCrossBackupPolicy
      DescribeCrossRegionBackupDBInstances DescribeDBAccounts DescribeDBBlueGreenDifferences DescribeDBBlueGreenInstance
      DescribeDBDisasterRecoveryInstances DescribeDBInstanceAttribute DescribeDBInstanceChargeDetail DescribeDBInstanceDetail
      DescribeDBInstanceEndpoints DescribeDBInstanceEngineMinorVersions DescribeDBInstanceHAConfig DescribeDBInstanceNodes
      DescribeDBInstanceParameters DescribeDBInstanceParametersLog DescribeDBInstancePriceDetail DescribeDBInstanceSSL
      DescribeDBInstanceSpecs DescribeDBInstanceTDE DescribeDBInstances DescribeDBNodeParameterDifferences DescribeDBProxy
      DescribeDBProxyConfig DescribeDBProxyPriceDetail DescribeDBSwitchBlueGreenPrecheck DescribeDatabases
      DescribeDbAccountTableColumnInfo DescribeDeletedDBInstances DescribeDiagnosticsInfos DescribeDisasterRecoveryRegions
      DescribeFailoverLogs DescribeNonWhiteSessionList DescribeParameterTemplate DescribePlannedEvents DescribeReadOnlyNodeDelay
      DescribeRecoverableTime DescribeRegions DescribeResourcePackageDetail DescribeResourcePackagePrice DescribeResourcePackageSpec
      DescribeResourceUsage DescribeTagsByResource DescribeTaskDetail DescribeTasks DescribeUpgradeEngineMajorVersionPrecheckResult
      ListParameterTemplates ListResourcePackages
    `,
    // Keys and addresses of backups and logs, sessions.
    sensitive: `
      ConnectDatabase DescribeBackupDecryptionKey DescribeBinlogFiles DownloadBackup DownloadSSLCertificate GetBackupDownloadLink
    `,
  },
  rds_postgresql: {
    read: "DescribeDBInstanceDetail DescribeDBInstances",
  },
  storage_ebs: {
    read: `
      DescribeAutoSnapshotPolicy DescribePlacementGroupDetails DescribePlacementGroups DescribeReservedStorageCapacity
      DescribeSnapshotChains DescribeSnapshotGroups DescribeSnapshots DescribeSnapshotsUsage DescribeTags DescribeVolumeType
      DescribeVolumes
    `,
  },
  sts: {
    read: "GetCallerIdentity",
    sensitive: "AssumeRole AssumeRoleWithOIDC AssumeRoleWithSAML GetSessionToken",
  },
  tls: {
    read: `
      ConsumeLogs DescribeAlarmNotifyGroups DescribeAlarms DescribeBoundHostGroups DescribeCheckPoint DescribeConsumerGroups
      DescribeCursor DescribeDownloadTasks DescribeETLTask DescribeETLTasks DescribeHistogram DescribeHistogramV1 DescribeHostGroup
      DescribeHostGroupRules DescribeHostGroups DescribeHosts DescribeIndex DescribeKafkaConsumer DescribeLogContext DescribeProject
      DescribeProjects DescribeRule DescribeRules DescribeScheduleSqlTask DescribeScheduleSqlTasks DescribeShards DescribeTopic
      DescribeTopics DescribeTrace DescribeTraceInstance DescribeTraceInstances GetAccountStatus ListTagsForResources SearchTraces
    `,
    // Analysis costs by the data it scans.
    scan: "SearchLogs SearchLogsV2",
    // Signed addresses, webhooks, and configurations in which keys of other systems stand.
    sensitive: `
      DescribeAlarmWebhookIntegrations DescribeDownloadUrl DescribeImportTask DescribeImportTasks DescribeShipper DescribeShippers
    `,
  },
  vefaas: {
    sensitive: "GetCodeUploadAddress GetFunction ListFunctions",
  },
  vke: {
    sensitive: "CreateKubeconfig ListKubeconfigs",
  },
  volc_observe: {
    read: `
      GetMetricData GetTopData ListAlertGroup ListAlertTemplates ListContactGroupByIds ListContactGroups ListContacts ListContactsByIds
      ListDefaultNotifyTemplates ListEventRules ListEvents ListNotifications ListNotifyTemplates ListObjectGroups ListPresetAlertTemplates
      ListRules ListRulesByIds ListSendAlert ListSilencePolicy
    `,
    // Webhooks with their tokens.
    sensitive: "ListWebhooks ListWebhooksByIds",
  },
  vpc: {
    read: `
      Describe95Traffic DescribeBandwidthPackages DescribeEipAddressAttributes DescribeEipAddressHighResolutionMonitorAttribute
      DescribeEipAddresses DescribeFlowLogs DescribeHaVips DescribeInstanceGroups DescribeIpAddressPoolAttributes
      DescribeIpAddressPoolCidrBlocks DescribeIpAddressPools DescribeIpamCloudMonitorDimensions DescribeIpamDiscoveredResourceCidrs
      DescribeIpamOrganizationAccount DescribeIpamPoolAllocations DescribeIpamPoolCidrs DescribeIpamPools DescribeIpamResourceCidrs
      DescribeIpamResourceDiscoveries DescribeIpamResourceDiscoveryAssociations DescribeIpamScopeStats DescribeIpamScopes DescribeIpams
      DescribeIpv4Gateways DescribeIpv6AddressBandwidthAttributes DescribeIpv6AddressBandwidths DescribeIpv6EgressOnlyRules
      DescribeIpv6GatewayAttribute DescribeIpv6Gateways DescribeNetworkAclAttributes DescribeNetworkAcls
      DescribeNetworkInterfaceAttributes DescribeNetworkInterfaces DescribePrefixListAssociations DescribePrefixListEntries
      DescribePrefixLists DescribeRouteEntryList DescribeRouteTableList DescribeSecurityGroupAttributes DescribeSecurityGroups
      DescribeSubnetAttributes DescribeSubnets DescribeTrafficMirrorFilters DescribeTrafficMirrorSessions DescribeTrafficMirrorTargets
      DescribeVpcAttributes DescribeVpcs GetAsyncTaskStatus GetIpamPoolAvailableCidr ListTagsForIpamResources ListTagsForResources
    `,
  },
  vpn: {
    sensitive: "DescribeSslVpnClientCerts DescribeVpnConnectionAttributes DescribeVpnConnections",
  },
};
