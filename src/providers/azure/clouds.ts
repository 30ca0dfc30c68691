/** The sovereign clouds, by the names that the Azure CLI gives them. */
export const CLOUD_NAMES = ["AzureCloud", "AzureChinaCloud", "AzureUSGovernment"] as const;
export type CloudName = (typeof CLOUD_NAMES)[number];

/** Where a cloud is asked, and for whom its tokens are. No address ends with a slash. */
export interface Cloud {
  readonly authority: string;
  readonly resourceManager: string;
  /** The metrics of a region are asked at `https://REGION.` + this. */
  readonly metricsDomain: string;
  readonly logs: string;
  readonly portal: string;
  /** Regions of one cloud are a partition. */
  readonly partition: string;
}

/** From `az cloud list`, and `KnownMonitorAudience` and `KnownMonitorLogsQueryAudience` of @azure/monitor-query. */
export const CLOUDS: Readonly<Record<CloudName, Cloud>> = {
  AzureCloud: {
    authority: "https://login.microsoftonline.com",
    resourceManager: "https://management.azure.com",
    metricsDomain: "metrics.monitor.azure.com",
    logs: "https://api.loganalytics.io",
    portal: "https://portal.azure.com",
    partition: "azure",
  },
  AzureChinaCloud: {
    authority: "https://login.chinacloudapi.cn",
    resourceManager: "https://management.chinacloudapi.cn",
    metricsDomain: "metrics.monitor.azure.cn",
    logs: "https://api.loganalytics.azure.cn",
    portal: "https://portal.azure.cn",
    partition: "azure-china",
  },
  AzureUSGovernment: {
    authority: "https://login.microsoftonline.us",
    resourceManager: "https://management.usgovcloudapi.net",
    metricsDomain: "metrics.monitor.azure.us",
    logs: "https://api.loganalytics.us",
    portal: "https://portal.azure.us",
    partition: "azure-us-gov",
  },
};
