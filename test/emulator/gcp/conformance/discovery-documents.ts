/** A schema as discovery documents have it (Google API Discovery Service, "JSON schema"). */
export interface DiscoverySchema {
  readonly type?: "object" | "array" | "string" | "boolean" | "integer" | "number";
  readonly format?: string;
  readonly enum?: readonly string[];
  /** The one value of a `kind`. */
  readonly default?: string;
  readonly $ref?: string;
  readonly items?: DiscoverySchema;
  readonly additionalProperties?: DiscoverySchema;
  readonly properties?: Readonly<Record<string, DiscoverySchema>>;
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const whole = { type: "integer", format: "int32" } as const;
const int64 = { type: "string", format: "int64" } as const;
const uint64 = { type: "string", format: "uint64" } as const;
const bytes = { type: "string", format: "byte" } as const;
const time = { type: "string", format: "google-datetime" } as const;
/** Compute Engine gives times in Pacific time. */
const localTime = { type: "string", format: "date-time" } as const;
const texts = { type: "array", items: text } as const;
const labels = { type: "object", additionalProperties: text } as const;
const kind = (value: string) => ({ type: "string", default: value }) as const;
const oneOf = (...values: readonly string[]) => ({ type: "string", enum: values }) as const;
const ref = (name: string) => ({ $ref: name }) as const;
const list = (name: string) => ({ type: "array", items: { $ref: name } }) as const;
const object = (properties: Readonly<Record<string, DiscoverySchema>>) => ({ type: "object", properties }) as const;

const WARNING = object({
  code: oneOf("CLEANUP_FAILED", "DEPRECATED_RESOURCE_USED", "NOT_CRITICAL_ERROR", "NO_RESULTS_ON_PAGE", "PARTIAL_SUCCESS", "UNREACHABLE"),
  data: { type: "array", items: object({ key: text, value: text }) },
  message: text,
});

/** Compute Engine API v1: the part of the published document that the emulated methods answer with. */
export const COMPUTE: Readonly<Record<string, DiscoverySchema>> = {
  InstanceAggregatedList: object({
    id: text,
    items: { type: "object", additionalProperties: ref("InstancesScopedList") },
    kind: kind("compute#instanceAggregatedList"),
    nextPageToken: text,
    selfLink: text,
    unreachables: texts,
    warning: WARNING,
  }),
  InstancesScopedList: object({ instances: list("Instance"), warning: WARNING }),
  Instance: object({
    canIpForward: flag,
    cpuPlatform: text,
    creationTimestamp: localTime,
    deletionProtection: flag,
    description: text,
    disks: list("AttachedDisk"),
    fingerprint: bytes,
    hostname: text,
    id: uint64,
    kind: kind("compute#instance"),
    labelFingerprint: bytes,
    labels,
    lastStartTimestamp: localTime,
    lastStopTimestamp: localTime,
    lastSuspendedTimestamp: localTime,
    machineType: text,
    metadata: ref("Metadata"),
    minCpuPlatform: text,
    name: text,
    networkInterfaces: list("NetworkInterface"),
    resourcePolicies: texts,
    satisfiesPzs: flag,
    scheduling: ref("Scheduling"),
    selfLink: text,
    serviceAccounts: list("ServiceAccount"),
    startRestricted: flag,
    status: oneOf(
      "DEPROVISIONING",
      "PROVISIONING",
      "REPAIRING",
      "RUNNING",
      "STAGING",
      "STOPPED",
      "STOPPING",
      "SUSPENDED",
      "SUSPENDING",
      "TERMINATED",
    ),
    statusMessage: text,
    tags: ref("Tags"),
    zone: text,
  }),
  AttachedDisk: object({
    architecture: oneOf("ARCHITECTURE_UNSPECIFIED", "ARM64", "X86_64"),
    autoDelete: flag,
    boot: flag,
    deviceName: text,
    diskSizeGb: int64,
    forceAttach: flag,
    index: whole,
    interface: oneOf("NVME", "SCSI"),
    kind: kind("compute#attachedDisk"),
    licenses: texts,
    mode: oneOf("READ_ONLY", "READ_WRITE"),
    savedState: oneOf("DISK_SAVED_STATE_UNSPECIFIED", "PRESERVED"),
    source: text,
    type: oneOf("PERSISTENT", "SCRATCH"),
  }),
  NetworkInterface: object({
    accessConfigs: list("AccessConfig"),
    fingerprint: bytes,
    internalIpv6PrefixLength: whole,
    ipv6AccessConfigs: list("AccessConfig"),
    ipv6AccessType: oneOf("EXTERNAL", "INTERNAL"),
    ipv6Address: text,
    kind: kind("compute#networkInterface"),
    name: text,
    network: text,
    networkAttachment: text,
    networkIP: text,
    nicType: oneOf("GVNIC", "IDPF", "IRDMA", "MRDMA", "UNSPECIFIED_NIC_TYPE", "VIRTIO_NET"),
    queueCount: whole,
    stackType: oneOf("IPV4_IPV6", "IPV4_ONLY", "IPV6_ONLY"),
    subnetwork: text,
  }),
  AccessConfig: object({
    externalIpv6: text,
    externalIpv6PrefixLength: whole,
    kind: kind("compute#accessConfig"),
    name: text,
    natIP: text,
    networkTier: oneOf("FIXED_STANDARD", "PREMIUM", "STANDARD", "STANDARD_OVERRIDES_FIXED_STANDARD"),
    publicPtrDomainName: text,
    securityPolicy: text,
    setPublicPtr: flag,
    type: oneOf("DIRECT_IPV6", "ONE_TO_ONE_NAT"),
  }),
  Metadata: object({
    fingerprint: bytes,
    items: { type: "array", items: object({ key: text, value: text }) },
    kind: kind("compute#metadata"),
  }),
  Scheduling: object({
    automaticRestart: flag,
    instanceTerminationAction: oneOf("DELETE", "INSTANCE_TERMINATION_ACTION_UNSPECIFIED", "STOP"),
    locationHint: text,
    minNodeCpus: whole,
    onHostMaintenance: oneOf("MIGRATE", "TERMINATE"),
    preemptible: flag,
    provisioningModel: oneOf("FLEX_START", "RESERVATION_BOUND", "SPOT", "STANDARD"),
  }),
  ServiceAccount: object({ email: text, scopes: texts }),
  Tags: object({ fingerprint: bytes, items: texts }),
  RegionList: object({
    id: text,
    items: list("Region"),
    kind: kind("compute#regionList"),
    nextPageToken: text,
    selfLink: text,
    warning: WARNING,
  }),
  Region: object({
    creationTimestamp: localTime,
    description: text,
    id: uint64,
    kind: kind("compute#region"),
    name: text,
    quotas: list("Quota"),
    selfLink: text,
    status: oneOf("DOWN", "UP"),
    supportsPzs: flag,
    zones: texts,
  }),
  Quota: object({ limit: { type: "number", format: "double" }, metric: text, owner: text, usage: { type: "number", format: "double" } }),
};

/** Cloud SQL Admin API v1, likewise. */
export const SQL_ADMIN: Readonly<Record<string, DiscoverySchema>> = {
  InstancesListResponse: object({
    items: list("DatabaseInstance"),
    kind: kind("sql#instancesList"),
    nextPageToken: text,
    warnings: list("ApiWarning"),
  }),
  ApiWarning: object({
    code: oneOf(
      "SQL_API_WARNING_CODE_UNSPECIFIED",
      "REGION_UNREACHABLE",
      "MAX_RESULTS_EXCEEDS_LIMIT",
      "COMPROMISED_CREDENTIALS",
      "INTERNAL_STATE_FAILURE",
    ),
    message: text,
    region: text,
  }),
  DatabaseInstance: object({
    backendType: oneOf("SQL_BACKEND_TYPE_UNSPECIFIED", "FIRST_GEN", "SECOND_GEN", "EXTERNAL"),
    connectionName: text,
    createTime: time,
    currentDiskSize: int64,
    databaseInstalledVersion: text,
    databaseVersion: oneOf("MYSQL_5_7", "MYSQL_8_0", "MYSQL_8_4", "POSTGRES_15", "POSTGRES_16", "POSTGRES_17"),
    dnsName: text,
    etag: text,
    gceZone: text,
    instanceType: oneOf("SQL_INSTANCE_TYPE_UNSPECIFIED", "CLOUD_SQL_INSTANCE", "ON_PREMISES_INSTANCE", "READ_REPLICA_INSTANCE"),
    ipAddresses: list("IpMapping"),
    kind: kind("sql#instance"),
    maintenanceVersion: text,
    masterInstanceName: text,
    maxDiskSize: int64,
    name: text,
    project: text,
    region: text,
    replicaNames: texts,
    satisfiesPzs: flag,
    secondaryGceZone: text,
    selfLink: text,
    serviceAccountEmailAddress: text,
    settings: ref("Settings"),
    state: oneOf(
      "SQL_INSTANCE_STATE_UNSPECIFIED",
      "RUNNABLE",
      "SUSPENDED",
      "PENDING_DELETE",
      "PENDING_CREATE",
      "MAINTENANCE",
      "FAILED",
      "ONLINE_MAINTENANCE",
    ),
  }),
  IpMapping: object({
    ipAddress: text,
    timeToRetire: time,
    type: oneOf("SQL_IP_ADDRESS_TYPE_UNSPECIFIED", "PRIMARY", "OUTGOING", "PRIVATE"),
  }),
  Settings: object({
    activationPolicy: oneOf("SQL_ACTIVATION_POLICY_UNSPECIFIED", "ALWAYS", "NEVER", "ON_DEMAND"),
    availabilityType: oneOf("SQL_AVAILABILITY_TYPE_UNSPECIFIED", "ZONAL", "REGIONAL"),
    collation: text,
    dataDiskSizeGb: int64,
    dataDiskType: oneOf("SQL_DATA_DISK_TYPE_UNSPECIFIED", "PD_SSD", "PD_HDD"),
    deletionProtectionEnabled: flag,
    edition: oneOf("EDITION_UNSPECIFIED", "ENTERPRISE", "ENTERPRISE_PLUS"),
    kind: kind("sql#settings"),
    locationPreference: ref("LocationPreference"),
    pricingPlan: oneOf("SQL_PRICING_PLAN_UNSPECIFIED", "PACKAGE", "PER_USE"),
    settingsVersion: int64,
    storageAutoResize: flag,
    storageAutoResizeLimit: int64,
    tier: text,
    timeZone: text,
    userLabels: labels,
  }),
  LocationPreference: object({ kind: kind("sql#locationPreference"), secondaryZone: text, zone: text }),
};

/** Cloud Trace API v1, likewise. */
export const CLOUD_TRACE: Readonly<Record<string, DiscoverySchema>> = {
  ListTracesResponse: object({ nextPageToken: text, traces: list("Trace") }),
  Trace: object({ projectId: text, spans: list("TraceSpan"), traceId: text }),
  TraceSpan: object({
    endTime: time,
    kind: oneOf("SPAN_KIND_UNSPECIFIED", "RPC_SERVER", "RPC_CLIENT"),
    labels,
    name: text,
    parentSpanId: uint64,
    spanId: uint64,
    startTime: time,
  }),
};

/** Cloud Resource Manager API v3, likewise. */
export const RESOURCE_MANAGER: Readonly<Record<string, DiscoverySchema>> = {
  SearchProjectsResponse: object({ nextPageToken: text, projects: list("Project") }),
  Project: object({
    createTime: time,
    deleteTime: time,
    displayName: text,
    etag: text,
    labels,
    name: text,
    parent: text,
    projectId: text,
    state: oneOf("STATE_UNSPECIFIED", "ACTIVE", "DELETE_REQUESTED"),
    tags: labels,
    updateTime: time,
  }),
};

/** Alerts of Cloud Monitoring API v3, which the descriptors of the vendor's package do not have yet. */
export const ALERTS: Readonly<Record<string, DiscoverySchema>> = {
  ListAlertsResponse: object({ alerts: list("Alert"), nextPageToken: text, totalSize: whole }),
  Alert: object({
    closeTime: time,
    log: object({ extractedLabels: labels }),
    metadata: object({ systemLabels: { type: "object" }, userLabels: labels }),
    metric: object({ labels, type: text }),
    name: text,
    openTime: time,
    policy: ref("PolicySnapshot"),
    resource: object({ labels, type: text }),
    state: oneOf("STATE_UNSPECIFIED", "OPEN", "CLOSED"),
  }),
  PolicySnapshot: object({
    displayName: text,
    name: text,
    severity: oneOf("SEVERITY_UNSPECIFIED", "CRITICAL", "ERROR", "WARNING"),
    userLabels: labels,
  }),
};
