/** What a value in a row may be. `data`: anything, its keys are no fields. Null stands for what a resource does not have. */
export type RowShape = "text" | "number" | "flag" | "data" | readonly [RowShape] | { readonly [field: string]: RowShape };

const texts = (names: string): Readonly<Record<string, RowShape>> => fields(names, "text");
const data = (names: string): Readonly<Record<string, RowShape>> => fields(names, "data");
const SKU = texts("name tier family");
const IMAGE = texts("id publisher offer sku version exactVersion sharedGalleryImageId communityGalleryImageId");
const INSTANCE_VIEW_STATUS = texts("code level displayStatus message time");

/** `VirtualMachineProperties`, compute 2023-07-01; `extended` as in "Azure Resource Graph sample queries", virtual machines by power state. */
const VIRTUAL_MACHINE: RowShape = {
  ...texts("vmId provisioningState timeCreated licenseType priority evictionPolicy userData extensionsTimeBudget"),
  ...data("additionalCapabilities securityProfile diagnosticsProfile availabilitySet virtualMachineScaleSet proximityPlacementGroup"),
  ...data("billingProfile host hostGroup instanceView scheduledEventsProfile capacityReservation applicationProfile"),
  platformFaultDomain: "number",
  hardwareProfile: { vmSize: "text", vmSizeProperties: "data" },
  osProfile: {
    ...texts("computerName adminUsername customData"),
    ...data("windowsConfiguration linuxConfiguration secrets"),
    allowExtensionOperations: "flag",
    requireGuestProvisionSignal: "flag",
  },
  storageProfile: {
    imageReference: IMAGE,
    osDisk: {
      ...texts("osType name caching createOption deleteOption"),
      ...data("encryptionSettings vhd image diffDiskSettings managedDisk"),
      writeAcceleratorEnabled: "flag",
      diskSizeGB: "number",
    },
    dataDisks: "data",
    diskControllerType: "text",
  },
  networkProfile: { networkInterfaces: [{ id: "text", properties: "data" }], ...data("networkInterfaceConfigurations networkApiVersion") },
  extended: { instanceView: { powerState: INSTANCE_VIEW_STATUS, ...texts("computerName osName osVersion hyperVGeneration") } },
};

/** `MetricAlertProperties`, monitor 2018-03-01. */
const METRIC_ALERT: RowShape = {
  ...texts("description evaluationFrequency windowSize targetResourceType targetResourceRegion lastUpdatedTime"),
  severity: "number",
  enabled: "flag",
  autoMitigate: "flag",
  isMigrated: "flag",
  scopes: ["text"],
  criteria: {
    "odata.type": "text",
    allOf: [
      {
        ...texts("criterionType name metricName metricNamespace timeAggregation operator"),
        threshold: "number",
        skipMetricValidation: "flag",
        dimensions: [{ name: "text", operator: "text", values: ["text"] }],
      },
    ],
  },
  actions: [{ actionGroupId: "text", webHookProperties: "data" }],
};

/** `Essentials`, Microsoft.AlertsManagement 2019-05-05-preview. */
const ALERT: RowShape = {
  essentials: {
    ...texts("severity signalType alertState monitorCondition monitorService alertRule sourceCreatedId smartGroupId smartGroupingReason"),
    ...texts("targetResource targetResourceName targetResourceGroup targetResourceType startDateTime lastModifiedDateTime"),
    ...texts("monitorConditionResolvedDateTime lastModifiedUserName description"),
    actionStatus: { isSuppressed: "flag" },
  },
  context: "data",
  egressConfig: "data",
};

/** `ServerProperties` of Microsoft.DBforPostgreSQL and Microsoft.DBforMySQL flexible servers. */
const FLEXIBLE_SERVER: RowShape = {
  ...texts("administratorLogin version minorVersion state fullyQualifiedDomainName availabilityZone replicationRole createMode"),
  ...data("backup highAvailability network maintenanceWindow authConfig dataEncryption"),
  storage: { storageSizeGB: "number", ...data("autoGrow tier iops") },
};

/** What `properties` holds, by the type of the resource. */
export const GRAPH_PROPERTIES: Readonly<Record<string, RowShape>> = {
  "microsoft.compute/virtualmachines": VIRTUAL_MACHINE,
  "microsoft.dbforpostgresql/flexibleservers": FLEXIBLE_SERVER,
  "microsoft.dbformysql/flexibleservers": FLEXIBLE_SERVER,
  // `SiteProperties`, Microsoft.Web.
  "microsoft.web/sites": {
    ...texts("state defaultHostName repositorySiteName usageState serverFarmId availabilityState"),
    ...data("hostNames enabledHostNames hostNameSslStates"),
    enabled: "flag",
    siteConfig: { linuxFxVersion: "text", windowsFxVersion: "text", numberOfWorkers: "number", alwaysOn: "flag" },
  },
  // `ApplicationGatewayPropertiesFormat`, Microsoft.Network.
  "microsoft.network/applicationgateways": {
    ...texts("operationalState provisioningState resourceGuid"),
    ...data("gatewayIPConfigurations frontendIPConfigurations backendAddressPools httpListeners requestRoutingRules"),
    sku: SKU,
  },
  // `WorkspaceProperties`, Microsoft.OperationalInsights.
  "microsoft.operationalinsights/workspaces": {
    ...texts("customerId provisioningState publicNetworkAccessForIngestion publicNetworkAccessForQuery createdDate modifiedDate"),
    ...data("features workspaceCapping"),
    sku: { name: "text", lastSkuUpdate: "text" },
    retentionInDays: "number",
  },
  "microsoft.insights/metricalerts": METRIC_ALERT,
  "microsoft.alertsmanagement/alerts": ALERT,
  // `Subscription` and `ResourceGroupProperties`, Microsoft.Resources.
  "microsoft.resources/subscriptions": {
    state: "text",
    managedByTenants: [{ tenantId: "text" }],
    subscriptionPolicies: texts("locationPlacementId quotaId spendingLimit"),
  },
  "microsoft.resources/subscriptions/resourcegroups": { provisioningState: "text" },
};

/** Columns of every table of Resource Graph ("Understanding the Azure Resource Graph query language", the tables' columns). */
export const GRAPH_ROW: Readonly<Record<string, RowShape>> = {
  ...texts("id name type tenantId kind location resourceGroup subscriptionId managedBy"),
  ...data("plan tags identity extendedLocation"),
  sku: SKU,
  zones: ["text"],
};

/** "Standard columns in Azure Monitor Logs": every table has them. */
const STANDARD = [
  "TenantId:string TimeGenerated:datetime _TimeReceived:datetime Type:string _ItemId:string _ResourceId:string",
  "_SubscriptionId:string _IsBillable:string _BilledSize:real",
].join(" ");
const TELEMETRY = [
  "AppRoleInstance:string AppRoleName:string AppVersion:string ClientBrowser:string ClientCity:string ClientCountryOrRegion:string",
  "ClientIP:string ClientModel:string ClientOS:string ClientStateOrProvince:string ClientType:string IKey:string ItemCount:int",
  "Measurements:dynamic OperationId:string OperationName:string ParentId:string Properties:dynamic ResourceGUID:string",
  "SDKVersion:string SessionId:string SourceSystem:string SyntheticSource:string UserAccountId:string UserAuthenticatedId:string",
  "UserId:string",
].join(" ");
const REFERENCED = "ReferencedItemId:string ReferencedType:string";
/** "Workspace-based resource changes", which also names what the tables were called before. */
const BUCKET = "PerformanceBucket:string";

/** Columns of the log tables and their types ("Azure Monitor Logs reference", one page a table). */
export const LOG_COLUMNS: Readonly<Record<string, ReadonlySet<string>>> = {
  AppTraces: columns(TELEMETRY, REFERENCED, "Message:string SeverityLevel:int"),
  AppRequests: columns(
    TELEMETRY,
    REFERENCED,
    BUCKET,
    "DurationMs:real Id:string Name:string ResultCode:string Source:string Success:bool Url:string",
  ),
  AppDependencies: columns(
    TELEMETRY,
    REFERENCED,
    BUCKET,
    "Data:string DependencyType:string DurationMs:real Id:string Name:string ResultCode:string Success:bool Target:string",
  ),
  AppExceptions: columns(
    TELEMETRY,
    "Assembly:string Details:dynamic ExceptionType:string HandledAt:string InnermostAssembly:string InnermostMessage:string",
    "InnermostMethod:string InnermostType:string Message:string Method:string OuterAssembly:string OuterMessage:string",
    "OuterMethod:string OuterType:string ProblemId:string SeverityLevel:int",
  ),
  InsightsMetrics: columns(
    "AgentId:string Computer:string Name:string Namespace:string Origin:string SourceSystem:string Tags:string Val:real Value:string",
  ),
  Usage: columns(
    "AvgLatencyInSeconds:real BatchesCapped:long BatchesOutsideSla:long BatchesWithinSla:long Computer:string DataType:string",
    "EndTime:datetime IsBillable:bool LinkedMeterId:string LinkedResourceUri:string MeterId:string Quantity:real",
    "QuantityUnit:string ResourceUri:string Solution:string SourceSystem:string StartTime:datetime TotalBatches:long",
  ),
};

function columns(...texts: readonly string[]): ReadonlySet<string> {
  return new Set([STANDARD, ...texts].join(" ").split(" "));
}

function fields(names: string, shape: RowShape): Readonly<Record<string, RowShape>> {
  return Object.fromEntries(names.split(" ").map((name) => [name, shape]));
}
