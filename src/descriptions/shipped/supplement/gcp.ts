import { GCP_COMPUTE } from "./gcp-compute.ts";

/** Google Cloud operations that people on call ask for. Names, paths and fields: Google's discovery documents. */
export const GCP: Readonly<Record<string, string>> = {
  compute: GCP_COMPUTE,
  monitoring: `
service v3 rest
projects.dashboards.list GET /v1/projects/{projectsId}/dashboards v=v1
  # Lists the dashboards of a project with their widgets. 仪表盘、监控大盘。
  < pageSize: int, pageToken
  > dashboards: [Dashboard], nextPageToken
projects.dashboards.get GET /v1/projects/{projectsId}/dashboards/{dashboardsId} v=v1
  # One dashboard.
  > name, displayName, etag, labels: { *: string }, gridLayout: GridLayout, mosaicLayout: MosaicLayout, rowLayout: Layout, columnLayout: Layout
type Dashboard = { name, displayName, etag, labels: { *: string }, gridLayout: GridLayout, mosaicLayout: MosaicLayout, rowLayout: Layout,
  columnLayout: Layout, dashboardFilters: [{ labelKey, stringValue, filterType, templateVariable }] }
type GridLayout = { columns, widgets: [Widget] }
type MosaicLayout = { columns: int, tiles: [{ xPos: int, yPos: int, width: int, height: int, widget: Widget }] }
type Layout = { rows: [{ weight, widgets: [Widget] }], columns: [{ weight, widgets: [Widget] }] }
type Widget = { title, id, xyChart: { dataSets: [{ timeSeriesQuery: Query, plotType, legendTemplate, minAlignmentPeriod }], thresholds: [any], timeshiftDuration },
  scorecard: { timeSeriesQuery: Query, thresholds: [any] }, text: { content, format }, alertChart: { name }, logsPanel: { filter, resourceNames: [string] },
  incidentList: any, timeSeriesTable: any, collapsibleGroup: any, pieChart: any }
type Query = { timeSeriesFilter: { filter, aggregation: any, secondaryAggregation: any }, timeSeriesFilterRatio: any, timeSeriesQueryLanguage,
  prometheusQuery, unitOverride }
`,
  cloudtrace: `
service v1 rest
projects.traces.list GET /v1/projects/{projectId}/traces
  # Lists traces of a project in a time range. 链路追踪。
  < view: 'MINIMAL' | 'ROOTSPAN' | 'COMPLETE', pageSize: int, pageToken, startTime: time, endTime: time, filter, orderBy
  > traces: [{ projectId, traceId, spans: [Span] }], nextPageToken
projects.traces.get GET /v1/projects/{projectId}/traces/{traceId}
  # One trace with its spans.
  > projectId, traceId, spans: [Span]
type Span = { spanId, kind, name, startTime: time, endTime: time, parentSpanId, labels: { *: string } }
`,
  cloudasset: `
service v1 rest
searchAllResources GET /v1/projects/{projectsId}:searchAllResources
  # Searches all resources of a project, of every kind and location. 资源清单、资源搜索。
  < query, assetTypes: [string], pageSize: int, pageToken, orderBy, readMask
  > results: [{ name, assetType, project, displayName, description, location, labels: { *: string }, networkTags: [string], kmsKeys: [string],
      createTime: time, updateTime: time, state, additionalAttributes: any, parentFullResourceName, parentAssetType }], nextPageToken
searchAllIamPolicies GET /v1/projects/{projectsId}:searchAllIamPolicies
  # Searches who has which role on which resource of a project. 权限策略。
  < query, pageSize: int, pageToken, assetTypes: [string], orderBy
  > results: [{ resource, assetType, project, folders: [string], organization,
      policy: { version: int, etag, bindings: [{ role, members: [string], condition: any }] } }], nextPageToken
`,
  secretmanager: `
service v1 rest
projects.secrets.list GET /v1/projects/{projectsId}/secrets
  # Lists the secrets of a project, not their values. 密钥。
  < pageSize: int, pageToken, filter
  > secrets: [Secret], nextPageToken, totalSize: int
projects.secrets.get GET /v1/projects/{projectsId}/secrets/{secretsId}
  # One secret without its value.
  > name, createTime: time, labels: { *: string }, expireTime: time, etag, rotation: { nextRotationTime: time, rotationPeriod }, replication: any
projects.secrets.versions.list GET /v1/projects/{projectsId}/secrets/{secretsId}/versions
  # Lists the versions of a secret and their states.
  < pageSize: int, pageToken, filter
  > versions: [{ name, createTime: time, destroyTime: time, state: 'STATE_UNSPECIFIED' | 'ENABLED' | 'DISABLED' | 'DESTROYED', etag }], nextPageToken, totalSize: int
projects.secrets.versions.access GET /v1/projects/{projectsId}/secrets/{secretsId}/versions/{versionsId}:access sensitive
  # The secret itself.
  > name, payload: { data: bytes, dataCrc32c }
type Secret = { name, createTime: time, labels: { *: string }, annotations: { *: string }, expireTime: time, ttl, etag,
  rotation: { nextRotationTime: time, rotationPeriod }, topics: [{ name }], replication: any, versionAliases: { *: string } }
`,
  cloudresourcemanager: `
service v3 rest
projects.search GET /v3/projects:search
  # Lists the projects the caller can see. 项目列表。
  < query, pageSize: int, pageToken
  > projects: [Project], nextPageToken
projects.get GET /v3/projects/{projectsId}
  # The project: name, number, parent, labels, state. 项目。
  > name, parent, projectId, state, displayName, createTime: time, updateTime: time, deleteTime: time, etag, labels: { *: string }
projects.getIamPolicy POST /v3/projects/{projectsId}:getIamPolicy read
  # Who has which role in the project. 权限。
  < options: { requestedPolicyVersion: int }
  > version: int, etag, bindings: [{ role, members: [string], condition: { title, expression, description } }]
type Project = { name, parent, projectId, state, displayName, createTime: time, updateTime: time, deleteTime: time, etag, labels: { *: string } }
`,
};
