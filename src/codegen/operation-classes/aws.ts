import type { ServiceClasses } from "./service-classes.ts";

/** Amazon Web Services. Services without a description here have only what has to be refused as sensitive. */
export const AWS_CLASSES: Readonly<Record<string, ServiceClasses>> = {
  cloudwatch: {
    read: `
      DescribeAlarmContributors DescribeAlarmHistory DescribeAlarms DescribeAlarmsForMetric DescribeAnomalyDetectors DescribeInsightRules
      GetAlarmMuteRule GetDashboard GetDataset GetInsightRuleReport GetMetricData GetMetricStatistics GetMetricStream GetMetricWidgetImage
      GetOTelEnrichment GetResourceMetricsConfiguration ListAlarmMuteRules ListDashboards ListManagedInsightRules ListMetricStreams
      ListMetrics ListTagsForResource
    `,
  },
  ec2: {
    read: `
      DescribeAccountAttributes DescribeAccountVpcEncryptionControl DescribeAddressTransfers DescribeAddresses DescribeAddressesAttribute
      DescribeAggregateIdFormat DescribeApplicationStatus DescribeApplicationStatusCheckAssociations DescribeApplicationStatusChecks
      DescribeAvailabilityZones DescribeAwsNetworkPerformanceMetricSubscriptions DescribeByoipCidrs DescribeCapacityBlockExtensionHistory
      DescribeCapacityBlockExtensionOfferings DescribeCapacityBlockOfferings DescribeCapacityBlockStatus DescribeCapacityBlocks
      DescribeCapacityManagerDataExports DescribeCapacityReservationBillingRequests DescribeCapacityReservationCancellationQuotes
      DescribeCapacityReservationDateChangeQuotes DescribeCapacityReservationFleets DescribeCapacityReservationTopology
      DescribeCapacityReservations DescribeCarrierGateways DescribeClassicLinkInstances DescribeClientVpnAuthorizationRules
      DescribeClientVpnConnections DescribeClientVpnEndpoints DescribeClientVpnRoutes DescribeClientVpnTargetNetworks DescribeCoipPools
      DescribeCustomerGateways DescribeDeclarativePoliciesReports DescribeDhcpOptions DescribeEgressOnlyInternetGateways
      DescribeElasticGpus DescribeExportImageTasks DescribeExportTasks DescribeFastLaunchImages DescribeFastSnapshotRestores
      DescribeFleetHistory DescribeFleetInstances DescribeFleets DescribeFlowLogs DescribeFpgaImageAttribute DescribeFpgaImages
      DescribeHostReservationOfferings DescribeHostReservations DescribeHosts DescribeIamInstanceProfileAssociations DescribeIdFormat
      DescribeIdentityIdFormat DescribeImageAttribute DescribeImageReferences DescribeImageUsageReportEntries DescribeImageUsageReports
      DescribeImages DescribeInstanceConnectEndpoints DescribeInstanceCreditSpecifications DescribeInstanceEventNotificationAttributes
      DescribeInstanceEventWindows DescribeInstanceImageMetadata DescribeInstanceSqlHaHistoryStates DescribeInstanceSqlHaStates
      DescribeInstanceStatus DescribeInstanceTopology DescribeInstanceTypeOfferings DescribeInstanceTypes DescribeInstances
      DescribeInternetGateways DescribeIpamByoasn DescribeIpamInternetRegistryAssociations DescribeIpamPolicies
      DescribeIpamPoolAllocations DescribeIpamPools DescribeIpamPrefixListResolverTargets DescribeIpamPrefixListResolvers
      DescribeIpamResourceDiscoveries DescribeIpamResourceDiscoveryAssociations DescribeIpamScopes DescribeIpams DescribeIpv6Pools
      DescribeKeyPairs DescribeLaunchTemplates DescribeLocalGatewayRouteTableVirtualInterfaceGroupAssociations
      DescribeLocalGatewayRouteTableVpcAssociations DescribeLocalGatewayRouteTables DescribeLocalGatewayVirtualInterfaceGroups
      DescribeLocalGatewayVirtualInterfaces DescribeLocalGateways DescribeLockedSnapshots DescribeMacHosts DescribeMacModificationTasks
      DescribeManagedPrefixLists DescribeMetricCategories DescribeMovingAddresses DescribeNatGateways DescribeNetworkAcls
      DescribeNetworkInsightsAccessScopeAnalyses DescribeNetworkInsightsAccessScopes DescribeNetworkInsightsAnalyses
      DescribeNetworkInsightsPaths DescribeNetworkInterfaceAttribute DescribeNetworkInterfacePermissions DescribeNetworkInterfaces
      DescribeNetworkingFlexCostAllocationPolicies DescribeNetworkingFlexCostAllocationPolicyAssociations DescribeOutpostLags
      DescribePlacementGroups DescribePrefixLists DescribePrincipalIdFormat DescribePublicIpv4Pools DescribeRegions
      DescribeReplaceRootVolumeTasks DescribeReservedInstances DescribeReservedInstancesListings DescribeReservedInstancesModifications
      DescribeReservedInstancesOfferings DescribeRouteServerEndpoints DescribeRouteServerPeers DescribeRouteServers DescribeRouteTables
      DescribeScheduledInstanceAvailability DescribeScheduledInstances DescribeSecondaryInterfaces DescribeSecondaryNetworks
      DescribeSecondarySubnets DescribeSecurityGroupReferences DescribeSecurityGroupRules DescribeSecurityGroupVpcAssociations
      DescribeSecurityGroups DescribeServiceLinkVirtualInterfaces DescribeSnapshotAttribute DescribeSnapshotTierStatus DescribeSnapshots
      DescribeSpotDatafeedSubscription DescribeSpotFleetInstances DescribeSpotFleetRequestHistory DescribeSpotPriceHistory
      DescribeStaleSecurityGroups DescribeStoreImageTasks DescribeSubnets DescribeTags DescribeTrafficMirrorFilterRules
      DescribeTrafficMirrorFilters DescribeTrafficMirrorSessions DescribeTrafficMirrorTargets DescribeTransitGatewayAttachments
      DescribeTransitGatewayConnectPeers DescribeTransitGatewayConnects DescribeTransitGatewayMeteringPolicies
      DescribeTransitGatewayMulticastDomains DescribeTransitGatewayPeeringAttachments DescribeTransitGatewayPolicyTables
      DescribeTransitGatewayRouteTableAnnouncements DescribeTransitGatewayRouteTables DescribeTransitGatewayVpcAttachments
      DescribeTransitGateways DescribeTrunkInterfaceAssociations DescribeVerifiedAccessEndpoints DescribeVerifiedAccessGroups
      DescribeVerifiedAccessInstanceLoggingConfigurations DescribeVerifiedAccessInstances DescribeVolumeAttribute DescribeVolumeStatus
      DescribeVolumes DescribeVolumesModifications DescribeVpcAttribute DescribeVpcBlockPublicAccessExclusions
      DescribeVpcBlockPublicAccessOptions DescribeVpcClassicLink DescribeVpcClassicLinkDnsSupport DescribeVpcEncryptionControls
      DescribeVpcEndpointAssociations DescribeVpcEndpointConnectionNotifications DescribeVpcEndpointConnections
      DescribeVpcEndpointServiceConfigurations DescribeVpcEndpointServicePermissions DescribeVpcEndpointServices DescribeVpcEndpoints
      DescribeVpcPeeringConnections DescribeVpcs DescribeVpnConcentrators DescribeVpnGateways
      ExportClientVpnClientCertificateRevocationList GetActiveVpnTunnelStatus GetAllowedImagesSettings
      GetAssociatedEnclaveCertificateIamRoles GetAssociatedIpv6PoolCidrs GetAwsNetworkPerformanceData GetCapacityManagerAttributes
      GetCapacityManagerMetricData GetCapacityManagerMetricDimensions GetCapacityManagerMonitoredTagKeys
      GetCapacityManagerSupportabilityScores GetCapacityReservationUsage GetClientVpnEndpointAuthorizationPolicy GetCoipPoolUsage
      GetDeclarativePoliciesReportSummary GetDefaultCreditSpecification GetEbsDefaultKmsKeyId GetEbsEncryptionByDefault
      GetEnabledIpamPolicy GetGroupsForCapacityReservation GetHostReservationPurchasePreview GetImageAncestry
      GetImageBlockPublicAccessState GetImageFindings GetInstanceMetadataDefaults GetInstanceTpmEkPub
      GetInstanceTypesFromInstanceRequirements GetIpamAddressHistory GetIpamDiscoveredAccounts GetIpamDiscoveredPublicAddresses
      GetIpamDiscoveredResourceCidrs GetIpamDiscoveredRoutes GetIpamInternetRegistryAssociationAsns
      GetIpamInternetRegistryAssociationCidrs GetIpamPolicyAllocationRules GetIpamPolicyOrganizationTargets GetIpamPoolAllocations
      GetIpamPoolCidrs GetIpamPrefixListResolverRules GetIpamPrefixListResolverVersionEntries GetIpamPrefixListResolverVersions
      GetIpamResourceCidrs GetIpamRouteOriginAuthorizations GetIpamRouteProtectionFindings GetIpamRoutingPolicyRegistrationDeltas
      GetIpamRoutingPolicyRegistrations GetManagedPrefixListAssociations GetManagedPrefixListEntries GetManagedResourceVisibility
      GetNetworkInsightsAccessScopeAnalysisFindings GetNetworkInsightsAccessScopeContent GetNetworkingFlexCostAllocationPolicyVersions
      GetReservedInstancesExchangeQuote GetRouteServerAssociations GetRouteServerPropagations GetRouteServerRoutingDatabase
      GetSecurityGroupsForVpc GetSerialConsoleAccessStatus GetSnapshotBlockPublicAccessState GetSpotPlacementScores
      GetSubnetCidrReservations GetTransitGatewayAttachmentNatConfiguration GetTransitGatewayAttachmentPropagations
      GetTransitGatewayMeteringPolicyEntries GetTransitGatewayMulticastDomainAssociations GetTransitGatewayPolicyTableAssociations
      GetTransitGatewayPolicyTableEntries GetTransitGatewayPrefixListReferences GetTransitGatewayRouteTableAssociations
      GetTransitGatewayRouteTablePropagations GetVerifiedAccessEndpointPolicy GetVerifiedAccessEndpointTargets
      GetVerifiedAccessGroupPolicy GetVpcResourcesBlockingEncryptionEnforcement GetVpnConnectionDeviceTypes GetVpnTunnelReplacementStatus
      ListImagesInRecycleBin ListSnapshotsInRecycleBin ListVolumesInRecycleBin SearchLocalGatewayRoutes
      SearchTransitGatewayMulticastGroups SearchTransitGatewayRoutes
    `,
    // User data, passwords, what machines show on their consoles, shared keys of tunnels, client secrets, signed addresses of images
    // and bundles.
    sensitive: `
      DescribeBundleTasks DescribeConversionTasks DescribeImportImageTasks DescribeImportSnapshotTasks DescribeInstanceAttribute
      DescribeIpamExternalResourceVerificationTokens DescribeLaunchTemplateVersions DescribeSpotFleetRequests DescribeSpotInstanceRequests
      DescribeVerifiedAccessTrustProviders DescribeVpnConnections ExportClientVpnClientConfiguration
      ExportVerifiedAccessInstanceClientConfiguration GetConsoleOutput GetConsoleScreenshot GetInstanceUefiData GetLaunchTemplateData
      GetPasswordData GetVpnConnectionDeviceSampleConfiguration
    `,
  },
  elb: {
    read: `
      DescribeAccountLimits DescribeCapacityReservation DescribeListenerAttributes DescribeListenerCertificates DescribeListeners
      DescribeLoadBalancerAttributes DescribeLoadBalancers DescribeRules DescribeSSLPolicies DescribeTags DescribeTargetGroupAttributes
      DescribeTargetGroups DescribeTargetHealth DescribeTrustStoreAssociations DescribeTrustStoreRevocations DescribeTrustStores
      GetResourcePolicy
    `,
    // Signed addresses.
    sensitive: "GetTrustStoreCaCertificatesBundle GetTrustStoreRevocationContent",
  },
  lambda: {
    read: `
      GetAccountSettings GetAlias GetCapacityProvider GetCodeSigningConfig GetEventSourceMapping GetFunctionCodeSigningConfig
      GetFunctionConcurrency GetFunctionEventInvokeConfig GetFunctionRecursionConfig GetFunctionScalingConfig GetFunctionUrlConfig
      GetLayerVersionPolicy GetPolicy GetProvisionedConcurrencyConfig GetResourcePolicy GetRuntimeManagementConfig ListAliases
      ListCapacityProviders ListCodeSigningConfigs ListDurableExecutionsByFunction ListEventSourceMappings ListFunctionEventInvokeConfigs
      ListFunctionUrlConfigs ListFunctionVersionsByCapacityProvider ListFunctionsByCodeSigningConfig ListLayerVersions ListLayers
      ListProvisionedConcurrencyConfigs ListTags
    `,
    // Environments of functions, lists of functions included; signed addresses of code; payloads.
    sensitive: `
      GetDurableExecution GetDurableExecutionHistory GetDurableExecutionState GetFunction GetFunctionConfiguration GetLayerVersion
      GetLayerVersionByArn ListFunctions ListVersionsByFunction
    `,
  },
  logs: {
    read: `
      DescribeAccountPolicies DescribeConfigurationTemplates DescribeDeliveries DescribeDeliveryDestinations DescribeDeliverySources
      DescribeDestinations DescribeExportTasks DescribeFieldIndexes DescribeImportTaskBatches DescribeImportTasks DescribeIndexPolicies
      DescribeLogGroups DescribeLogStreams DescribeLookupTables DescribeMetricFilters DescribeQueries DescribeQueryDefinitions
      DescribeResourcePolicies DescribeSubscriptionFilters FilterLogEvents GetDataProtectionPolicy GetDelivery GetDeliveryDestination
      GetDeliveryDestinationPolicy GetDeliverySource GetIntegration GetLogAnomalyDetector GetLogEvents GetLogFields GetLogGroupFields
      GetLogObject GetLogRecord GetLookupTable GetQueryResults GetScheduledQuery GetScheduledQueryHistory GetStorageTierPolicy
      GetTransformer ListAggregateLogGroupSummaries ListAnomalies ListIntegrations ListLogAnomalyDetectors ListLogGroups
      ListLogGroupsForQuery ListScheduledQueries ListSourcesForS3TableIntegration ListSyslogConfigurations ListTagsForResource
      ListTagsLogGroup TestMetricFilter TestTransformer
    `,
    // Costs by the data it scans.
    scan: "StartQuery",
  },
  rds: {
    read: `
      DescribeAccountAttributes DescribeBlueGreenDeployments DescribeCertificates DescribeDBCapacityReservations
      DescribeDBClusterAutomatedBackups DescribeDBClusterBacktracks DescribeDBClusterEndpoints DescribeDBClusterParameterGroups
      DescribeDBClusterParameters DescribeDBClusterSnapshotAttributes DescribeDBClusterSnapshots DescribeDBClusters
      DescribeDBEngineVersions DescribeDBInstanceAutomatedBackups DescribeDBInstances DescribeDBLogFiles DescribeDBMajorEngineVersions
      DescribeDBParameterGroups DescribeDBParameters DescribeDBProxies DescribeDBProxyEndpoints DescribeDBProxyTargetGroups
      DescribeDBProxyTargets DescribeDBRecommendations DescribeDBSecurityGroups DescribeDBShardGroups DescribeDBSnapshotAttributes
      DescribeDBSnapshotTenantDatabases DescribeDBSnapshots DescribeDBSubnetGroups DescribeEngineDefaultClusterParameters
      DescribeEngineDefaultParameters DescribeEventCategories DescribeEventSubscriptions DescribeEvents DescribeExportTasks
      DescribeGlobalClusters DescribeIntegrations DescribeOptionGroupOptions DescribeOptionGroups DescribeOrderableDBInstanceOptions
      DescribePendingMaintenanceActions DescribeReservedDBInstances DescribeReservedDBInstancesOfferings
      DescribeServerlessV2PlatformVersions DescribeSourceRegions DescribeTenantDatabases DescribeValidDBInstanceModifications
      ListTagsForResource
    `,
    // Raw files: statements stand in them with their literals.
    sensitive: "DownloadDBLogFilePortion",
  },
  secretsmanager: {
    read: "DescribeSecret GetResourcePolicy ListSecretVersionIds ListSecrets ValidateResourcePolicy",
    sensitive: "BatchGetSecretValue GetRandomPassword GetSecretValue",
  },
  servicequotas: {
    read: `
      GetAWSDefaultServiceQuota GetAssociationForServiceQuotaTemplate GetRequestedServiceQuotaChange GetServiceQuota
      GetServiceQuotaIncreaseRequestFromTemplate ListAWSDefaultServiceQuotas ListRequestedServiceQuotaChangeHistory
      ListRequestedServiceQuotaChangeHistoryByQuota ListServiceQuotaIncreaseRequestsInTemplate ListServiceQuotas ListServices
      ListTagsForResource
    `,
  },
  sts: {
    read: "GetAccessKeyInfo GetCallerIdentity",
    sensitive: `
      AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot DecodeAuthorizationMessage GetDelegatedAccessToken
      GetFederationToken GetSessionToken GetWebIdentityToken
    `,
  },
  xray: {
    read: `
      BatchGetTraces GetEncryptionConfig GetGroup GetGroups GetIndexingRules GetInsight GetInsightEvents GetInsightImpactGraph
      GetInsightSummaries GetRetrievedTracesGraph GetSamplingRules GetSamplingStatisticSummaries GetServiceGraph
      GetTimeSeriesServiceStatistics GetTraceGraph GetTraceSegmentDestination GetTraceSummaries ListResourcePolicies ListRetrievedTraces
      ListTagsForResource
    `,
  },
  "cognito-idp": {
    sensitive: "AdminInitiateAuth DescribeUserPoolClient InitiateAuth",
  },
  codeartifact: {
    sensitive: "GetAuthorizationToken",
  },
  ecr: {
    sensitive: "GetAuthorizationToken GetDownloadUrlForLayer",
  },
  iam: {
    sensitive: "GenerateCredentialReport GetCredentialReport",
  },
  kinesis: {
    sensitive: "GetRecords",
  },
  kms: {
    sensitive: `
      Decrypt DeriveSharedSecret GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext
      GenerateMac GenerateRandom GetParametersForImport ReEncrypt Sign
    `,
  },
  lightsail: {
    sensitive: "DownloadDefaultKeyPair GetInstanceAccessDetails GetRelationalDatabaseMasterUserPassword",
  },
  redshift: {
    sensitive: "GetClusterCredentials GetClusterCredentialsWithIAM",
  },
  s3: {
    sensitive: "GetObject SelectObjectContent",
  },
  sqs: {
    sensitive: "ReceiveMessage",
  },
  ssm: {
    sensitive: `
      GetAccessToken GetCommandInvocation GetParameter GetParameterHistory GetParameters GetParametersByPath ResumeSession StartSession
    `,
  },
  sso: {
    sensitive: "GetRoleCredentials",
  },
};
