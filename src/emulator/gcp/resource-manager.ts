import { invalidArgument } from "./google-error.ts";
import { compileListFilter } from "./list-filter.ts";
import { listPage } from "./list-page.ts";
import { fingerprintOf, GCP_FLEET_PLAN, projectNumber } from "./native-names.ts";
import { QueryFields } from "./query-fields.ts";
import {
  CLOUD_PLATFORM_READ_ONLY_SCOPE,
  CLOUD_PLATFORM_SCOPE,
  type GoogleReply,
  type GoogleRequest,
  type GoogleServiceFactory,
} from "./service.ts";

const STATES = { ACTIVE: 1 } as const;
const DEFAULT_PAGE = 500;

/** Cloud Resource Manager: the projects the account may see. */
export const resourceManagerService: GoogleServiceFactory = () => ({
  id: "resourcemanager",
  host: "cloudresourcemanager.googleapis.com",
  scopes: [CLOUD_PLATFORM_SCOPE, CLOUD_PLATFORM_READ_ONLY_SCOPE],
  quota: { metric: "read_requests", limit: "ReadRequestsPerMinutePerProject", title: "Read requests" },
  legacyErrors: false,
  methods: [
    {
      name: "SearchProjects",
      rpc: "google.cloud.resourcemanager.v3.Projects.SearchProjects",
      verb: "GET",
      path: /^\/v3\/projects:search$/,
      permission: "resourcemanager.projects.get",
      answer: searchProjects,
    },
  ],
});

function searchProjects(request: GoogleRequest): GoogleReply {
  const query = new QueryFields(request.query).text("query");
  const matches = compileListFilter(query, () => invalidArgument(`Invalid query: "${query}".`));
  const found = GCP_FLEET_PLAN.accounts
    .map(({ id, name }) => ({
      name: `projects/${projectNumber(id)}`,
      parent: "organizations/872310945531",
      projectId: id,
      state: "ACTIVE",
      displayName: name,
      createTime: "2024-03-11T08:21:05.123Z",
      updateTime: "2024-03-11T08:21:05.123Z",
      etag: `W/"${fingerprintOf(id, "etag")}"`,
      labels: { team: name === "main" ? "platform" : "payments" },
    }))
    // Queries may call the id of a project `id` (API reference, `projects.search`).
    .filter((project) => matches({ ...project, id: project.projectId }));
  const { items, rest } = listPage(found, request, { defaultSize: DEFAULT_PAGE, largestSize: DEFAULT_PAGE, binding: [query] });
  const projects = items.map((project) => ({ ...project, state: request.numericEnums ? STATES.ACTIVE : project.state }));
  return { ...(projects.length > 0 ? { projects } : {}), ...rest };
}
