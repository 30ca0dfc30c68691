import type { ServiceClasses } from "./service-classes.ts";

/** Google Cloud, by method id. Of POST methods only those that read are here. */
export const GCP_CLASSES: Readonly<Record<string, ServiceClasses>> = {
  cloudasset: {
    read: `
      analyzeIamPolicy analyzeMove analyzeOrgPolicies effectiveIamPolicies.batchGet feeds.get feeds.list operations.get savedQueries.get
      savedQueries.list searchAllIamPolicies searchAllResources
    `,
    // Whole resources, environments of functions included.
    sensitive: "assets.list batchGetAssetsHistory",
  },
  cloudresourcemanager: {
    read: `
      effectiveTags.list folders.get folders.getIamPolicy folders.list folders.search liens.get liens.list operations.get
      organizations.get organizations.getIamPolicy organizations.search projects.get projects.getAncestry projects.getIamPolicy
      projects.list projects.search projects.testIamPermissions tagBindings.list tagKeys.get tagKeys.list tagValues.get tagValues.list
    `,
  },
  cloudtrace: {
    read: "projects.traces.get projects.traces.list",
  },
  compute: {
    read: `
      acceleratorTypes.aggregatedList acceleratorTypes.get acceleratorTypes.list addresses.aggregatedList addresses.get addresses.list
      autoscalers.aggregatedList autoscalers.get autoscalers.list backendBuckets.get backendBuckets.list backendServices.aggregatedList
      backendServices.get backendServices.getHealth backendServices.list backendServices.listUsable diskTypes.aggregatedList diskTypes.get
      diskTypes.list disks.aggregatedList disks.get disks.getIamPolicy disks.list externalVpnGateways.get externalVpnGateways.list
      firewallPolicies.get firewallPolicies.getAssociation firewallPolicies.getRule firewallPolicies.list
      firewallPolicies.listAssociations firewalls.get firewalls.list forwardingRules.aggregatedList forwardingRules.get
      forwardingRules.list globalAddresses.get globalAddresses.list globalForwardingRules.get globalForwardingRules.list
      globalNetworkEndpointGroups.get globalNetworkEndpointGroups.list globalNetworkEndpointGroups.listNetworkEndpoints
      globalOperations.aggregatedList globalOperations.get globalOperations.list healthChecks.aggregatedList healthChecks.get
      healthChecks.list httpHealthChecks.get httpHealthChecks.list httpsHealthChecks.get httpsHealthChecks.list imageFamilyViews.get
      images.get images.getFromFamily images.getIamPolicy images.list instanceGroupManagers.aggregatedList instanceGroupManagers.get
      instanceGroupManagers.list instanceGroupManagers.listErrors instanceGroupManagers.listManagedInstances instanceGroups.aggregatedList
      instanceGroups.get instanceGroups.list instanceGroups.listInstances instances.aggregatedList instances.get
      instances.getEffectiveFirewalls instances.getIamPolicy instances.list instances.listReferrers instances.testIamPermissions
      interconnectLocations.get interconnectLocations.list interconnects.get interconnects.getDiagnostics interconnects.list
      licenseCodes.get licenses.get licenses.list machineTypes.aggregatedList machineTypes.get machineTypes.list
      networkEndpointGroups.aggregatedList networkEndpointGroups.get networkEndpointGroups.list networkEndpointGroups.listNetworkEndpoints
      networkFirewallPolicies.aggregatedList networkFirewallPolicies.get networkFirewallPolicies.getAssociation
      networkFirewallPolicies.getRule networkFirewallPolicies.list networks.get networks.getEffectiveFirewalls networks.list
      networks.listPeeringRoutes nodeGroups.aggregatedList nodeGroups.get nodeGroups.list nodeGroups.listNodes
      nodeTemplates.aggregatedList nodeTemplates.get nodeTemplates.list nodeTypes.aggregatedList nodeTypes.get nodeTypes.list
      packetMirrorings.aggregatedList packetMirrorings.get packetMirrorings.list projects.getXpnHost projects.getXpnResources
      projects.listXpnHosts publicAdvertisedPrefixes.get publicAdvertisedPrefixes.list regionAutoscalers.get regionAutoscalers.list
      regionBackendServices.get regionBackendServices.getHealth regionBackendServices.list regionBackendServices.listUsable
      regionCommitments.aggregatedList regionCommitments.get regionCommitments.list regionDiskTypes.get regionDiskTypes.list
      regionDisks.get regionDisks.getIamPolicy regionDisks.list regionHealthChecks.get regionHealthChecks.list
      regionInstanceGroupManagers.get regionInstanceGroupManagers.list regionInstanceGroupManagers.listErrors
      regionInstanceGroupManagers.listManagedInstances regionInstanceGroups.get regionInstanceGroups.list
      regionInstanceGroups.listInstances regionNetworkEndpointGroups.get regionNetworkEndpointGroups.list
      regionNetworkFirewallPolicies.get regionNetworkFirewallPolicies.getEffectiveFirewalls regionNetworkFirewallPolicies.list
      regionOperations.get regionOperations.list regionSnapshots.get regionSnapshots.list regionUrlMaps.get regionUrlMaps.list regions.get
      regions.list reservations.aggregatedList reservations.get reservations.list resourcePolicies.aggregatedList resourcePolicies.get
      resourcePolicies.list routers.aggregatedList routers.get routers.getNatIpInfo routers.getNatMappingInfo routers.getRouterStatus
      routers.list routes.get routes.list securityPolicies.aggregatedList securityPolicies.get securityPolicies.getRule
      securityPolicies.list serviceAttachments.aggregatedList serviceAttachments.get serviceAttachments.list snapshots.aggregatedList
      snapshots.get snapshots.getIamPolicy snapshots.list sslCertificates.aggregatedList sslCertificates.get sslCertificates.list
      sslPolicies.aggregatedList sslPolicies.get sslPolicies.list sslPolicies.listAvailableFeatures storagePoolTypes.aggregatedList
      storagePoolTypes.get storagePoolTypes.list storagePools.aggregatedList storagePools.get storagePools.list storagePools.listDisks
      subnetworks.aggregatedList subnetworks.get subnetworks.getIamPolicy subnetworks.list subnetworks.listUsable
      targetHttpProxies.aggregatedList targetHttpProxies.get targetHttpProxies.list targetHttpsProxies.aggregatedList
      targetHttpsProxies.get targetHttpsProxies.list targetInstances.aggregatedList targetInstances.get targetInstances.list
      targetPools.aggregatedList targetPools.get targetPools.getHealth targetPools.list targetSslProxies.get targetSslProxies.list
      targetTcpProxies.aggregatedList targetTcpProxies.get targetTcpProxies.list urlMaps.aggregatedList urlMaps.get urlMaps.list
      vpnGateways.aggregatedList vpnGateways.get vpnGateways.getStatus vpnGateways.list zoneOperations.get zoneOperations.list zones.get
      zones.list
    `,
    // Consoles of machines, metadata in which startup scripts and keys stand, keys of tunnels and attachments. Instances have metadata
    // as well, but nothing about machines could be asked without them.
    sensitive: `
      instanceGroupManagers.listPerInstanceConfigs instanceTemplates.aggregatedList instanceTemplates.get instanceTemplates.list
      instances.getGuestAttributes instances.getScreenshot instances.getSerialPortOutput instances.getShieldedInstanceIdentity
      instances.getShieldedVmIdentity interconnectAttachments.aggregatedList interconnectAttachments.get interconnectAttachments.list
      machineImages.get machineImages.list projects.get regionInstanceGroupManagers.listPerInstanceConfigs regionInstanceTemplates.get
      regionInstanceTemplates.list vpnTunnels.aggregatedList vpnTunnels.get vpnTunnels.list
    `,
  },
  container: {
    sensitive: `
      projects.locations.clusters.get projects.locations.clusters.list projects.zones.clusters.get projects.zones.clusters.list
    `,
  },
  iam: {
    sensitive: "projects.serviceAccounts.keys.create projects.serviceAccounts.signBlob projects.serviceAccounts.signJwt",
  },
  iamcredentials: {
    sensitive: `
      projects.serviceAccounts.generateAccessToken projects.serviceAccounts.generateIdToken projects.serviceAccounts.signBlob
      projects.serviceAccounts.signJwt
    `,
  },
  cloudfunctions: {
    sensitive: `
      projects.locations.functions.generateDownloadUrl projects.locations.functions.get projects.locations.functions.list
    `,
  },
  cloudkms: {
    sensitive: `
      projects.locations.generateRandomBytes projects.locations.keyRings.cryptoKeys.cryptoKeyVersions.asymmetricDecrypt
      projects.locations.keyRings.cryptoKeys.cryptoKeyVersions.asymmetricSign
      projects.locations.keyRings.cryptoKeys.cryptoKeyVersions.rawDecrypt projects.locations.keyRings.cryptoKeys.decrypt
    `,
  },
  logging: {
    read: `
      billingAccounts.buckets.get billingAccounts.buckets.views.get billingAccounts.exclusions.get billingAccounts.exclusions.list
      billingAccounts.locations.buckets.list billingAccounts.locations.buckets.views.list billingAccounts.locations.get
      billingAccounts.locations.list billingAccounts.logs.list billingAccounts.sinks.get billingAccounts.sinks.list entries.list
      exclusions.get exclusions.list folders.exclusions.get folders.exclusions.list folders.getCmekSettings folders.getSettings
      folders.locations.buckets.get folders.locations.buckets.list folders.locations.buckets.views.get
      folders.locations.buckets.views.list folders.locations.get folders.locations.list folders.logs.list folders.sinks.get
      folders.sinks.list getCmekSettings getSettings locations.buckets.get locations.buckets.list locations.buckets.views.get
      locations.buckets.views.list locations.get locations.list logs.list monitoredResourceDescriptors.list organizations.exclusions.get
      organizations.exclusions.list organizations.getCmekSettings organizations.getSettings organizations.locations.buckets.get
      organizations.locations.buckets.list organizations.locations.buckets.views.get organizations.locations.buckets.views.list
      organizations.locations.get organizations.locations.list organizations.logs.list organizations.sinks.get organizations.sinks.list
      projects.exclusions.get projects.exclusions.list projects.getCmekSettings projects.getSettings projects.locations.buckets.get
      projects.locations.buckets.links.get projects.locations.buckets.links.list projects.locations.buckets.list
      projects.locations.buckets.views.get projects.locations.buckets.views.list projects.locations.buckets.views.logs.list
      projects.locations.get projects.locations.list projects.locations.operations.get projects.locations.operations.list
      projects.locations.savedQueries.get projects.locations.savedQueries.list projects.logs.list projects.metrics.get
      projects.metrics.list projects.sinks.get projects.sinks.list sinks.get sinks.list
    `,
  },
  monitoring: {
    read: `
      folders.timeSeries.list organizations.timeSeries.list projects.alertPolicies.get projects.alertPolicies.list projects.alerts.get
      projects.alerts.list projects.dashboards.get projects.dashboards.list projects.groups.get projects.groups.list
      projects.groups.members.list projects.location.prometheus.api.v1.label.values projects.location.prometheus.api.v1.labels
      projects.location.prometheus.api.v1.metadata.list projects.location.prometheus.api.v1.query
      projects.location.prometheus.api.v1.query_range projects.location.prometheus.api.v1.series projects.metricDescriptors.get
      projects.metricDescriptors.list projects.monitoredResourceDescriptors.get projects.monitoredResourceDescriptors.list
      projects.notificationChannelDescriptors.get projects.notificationChannelDescriptors.list projects.notificationChannels.get
      projects.notificationChannels.list projects.snoozes.get projects.snoozes.list projects.timeSeries.list projects.timeSeries.query
      projects.uptimeCheckConfigs.get projects.uptimeCheckConfigs.list services.get services.list services.serviceLevelObjectives.get
      services.serviceLevelObjectives.list uptimeCheckIps.list
    `,
    sensitive: "projects.notificationChannels.getVerificationCode",
  },
  pubsub: {
    sensitive: "projects.subscriptions.pull",
  },
  run: {
    sensitive: `
      namespaces.services.get namespaces.services.list projects.locations.services.get projects.locations.services.list
    `,
  },
  secretmanager: {
    read: `
      projects.locations.get projects.locations.list projects.locations.secrets.get projects.locations.secrets.list
      projects.locations.secrets.versions.get projects.locations.secrets.versions.list projects.secrets.get projects.secrets.getIamPolicy
      projects.secrets.list projects.secrets.testIamPermissions projects.secrets.versions.get projects.secrets.versions.list
    `,
    sensitive: "projects.locations.secrets.versions.access projects.secrets.versions.access",
  },
  sqladmin: {
    read: `
      backupRuns.get backupRuns.list connect.get databases.get databases.list flags.list instances.get instances.list
      instances.listServerCas operations.get operations.list sslCerts.get sslCerts.list tiers.list users.get users.list
    `,
    sensitive: "connect.generateEphemeralCert sslCerts.createEphemeral",
  },
  storage: {
    sensitive: "objects.get projects.hmacKeys.create",
  },
};
