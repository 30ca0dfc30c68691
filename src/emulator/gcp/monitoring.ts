import { channelsOf } from "./channel-data.ts";
import { dashboardsOf } from "./dashboard-data.ts";
import { TimeSeriesStore } from "./monitored-metrics.ts";
import { listAlertPolicies, listAlerts } from "./monitoring-alerts.ts";
import { listChannels } from "./monitoring-channels.ts";
import { listDashboards } from "./monitoring-dashboards.ts";
import { getMetricDescriptor, listMetricDescriptors } from "./monitoring-descriptors.ts";
import { listTimeSeries } from "./monitoring-time-series.ts";
import { CLOUD_PLATFORM_SCOPE, type GoogleServiceFactory } from "./service.ts";

/** Cloud Monitoring: metric types, time series, alert policies and alerts, notification channels and dashboards. */
export const monitoringService: GoogleServiceFactory = (fleet) => {
  const store = new TimeSeriesStore(fleet);
  const [channels, dashboards] = [channelsOf(fleet), dashboardsOf(fleet)];
  return {
    id: "monitoring",
    host: "monitoring.googleapis.com",
    scopes: [CLOUD_PLATFORM_SCOPE, "https://www.googleapis.com/auth/monitoring", "https://www.googleapis.com/auth/monitoring.read"],
    quota: { metric: "time_series_queries", limit: "QueryRequestsPerMinutePerProject", title: "Time series queries" },
    legacyErrors: false,
    methods: [
      {
        name: "ListTimeSeries",
        rpc: "google.monitoring.v3.MetricService.ListTimeSeries",
        verb: "GET",
        path: /^\/v3\/projects\/(?<project>[^/]+)\/timeSeries$/,
        permission: "monitoring.timeSeries.list",
        answer: (request) => listTimeSeries(store, request),
      },
      {
        name: "ListMetricDescriptors",
        rpc: "google.monitoring.v3.MetricService.ListMetricDescriptors",
        verb: "GET",
        path: /^\/v3\/projects\/(?<project>[^/]+)\/metricDescriptors$/,
        permission: "monitoring.metricDescriptors.list",
        answer: listMetricDescriptors,
      },
      {
        name: "GetMetricDescriptor",
        rpc: "google.monitoring.v3.MetricService.GetMetricDescriptor",
        verb: "GET",
        path: /^\/v3\/projects\/(?<project>[^/]+)\/metricDescriptors\/(?<type>.+)$/,
        permission: "monitoring.metricDescriptors.get",
        answer: getMetricDescriptor,
      },
      {
        name: "ListAlertPolicies",
        rpc: "google.monitoring.v3.AlertPolicyService.ListAlertPolicies",
        verb: "GET",
        path: /^\/v3\/projects\/(?<project>[^/]+)\/alertPolicies$/,
        permission: "monitoring.alertPolicies.list",
        answer: (request) => listAlertPolicies(fleet, request),
      },
      {
        name: "ListAlerts",
        rpc: "google.monitoring.v3.AlertService.ListAlerts",
        verb: "GET",
        path: /^\/v3\/projects\/(?<project>[^/]+)\/alerts$/,
        permission: "monitoring.alerts.list",
        answer: (request) => listAlerts(fleet, request),
      },
      {
        name: "projects.notificationChannels.list",
        rpc: "google.monitoring.v3.NotificationChannelService.ListNotificationChannels",
        verb: "GET",
        path: /^\/v3\/projects\/(?<project>[^/]+)\/notificationChannels$/,
        permission: "monitoring.notificationChannels.list",
        answer: (request) => listChannels(channels, request),
      },
      {
        name: "projects.dashboards.list",
        rpc: "google.monitoring.dashboard.v1.DashboardsService.ListDashboards",
        verb: "GET",
        path: /^\/v1\/projects\/(?<project>[^/]+)\/dashboards$/,
        permission: "monitoring.dashboards.list",
        answer: (request) => listDashboards(dashboards, request),
      },
    ],
  };
};
