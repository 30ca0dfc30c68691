import { describe, expect, it } from "vitest";
import { buildFleet } from "../../../src/emulator/fleet.ts";
import { GcpChanges } from "../../../src/emulator/gcp/changes.ts";
import { GCP_FLEET_PLAN } from "../../../src/emulator/gcp/native-names.ts";
import { GCP_SERVICES } from "../../../src/emulator/gcp/services.ts";
import { LISTINGS } from "./operation-paths.ts";
import { MAIN, type StartedGcp, signedToken, startedGcp } from "./started-gcp.ts";

const NOW = "2026-03-10T09:00:00Z";
const SERIES = {
  filter: 'metric.type="compute.googleapis.com/instance/cpu/utilization"',
  "interval.startTime": "2026-03-10T08:00:00Z",
  "interval.endTime": NOW,
};

/** One call of every operation, with the page token where one is given. */
const CALLS: Readonly<Record<string, (gcp: StartedGcp, page?: Readonly<Record<string, string>>) => ReturnType<StartedGcp["get"]>>> = {
  AggregatedListInstances: (gcp, page) => gcp.get(`/compute/v1/projects/${MAIN}/aggregated/instances`, { maxResults: 5, ...page }),
  ListRegions: (gcp, page) => gcp.get(`/compute/v1/projects/${MAIN}/regions`, { maxResults: 2, ...page }),
  ListTimeSeries: (gcp, page) => gcp.get(`/v3/projects/${MAIN}/timeSeries`, { ...SERIES, pageSize: 5, ...page }),
  ListMetricDescriptors: (gcp, page) => gcp.get(`/v3/projects/${MAIN}/metricDescriptors`, { pageSize: 3, ...page }),
  GetMetricDescriptor: (gcp) => gcp.get(`/v3/projects/${MAIN}/metricDescriptors/custom.googleapis.com/nothing`),
  ListAlertPolicies: (gcp, page) => gcp.get(`/v3/projects/${MAIN}/alertPolicies`, { pageSize: 2, ...page }),
  ListAlerts: (gcp, page) => gcp.get(`/v3/projects/${MAIN}/alerts`, { pageSize: 2, ...page }),
  ListLogEntries: (gcp, page) => gcp.post("/v2/entries:list", { resourceNames: [`projects/${MAIN}`], ...page }),
  ListLogs: (gcp, page) => gcp.get(`/v2/projects/${MAIN}/logs`, { pageSize: 2, ...page }),
  ListTraces: (gcp, page) => gcp.get(`/v1/projects/${MAIN}/traces`, { endTime: NOW, pageSize: 2, ...page }),
  GetTrace: (gcp) => gcp.get(`/v1/projects/${MAIN}/traces/${"a".repeat(32)}`),
  SearchProjects: (gcp, page) => gcp.get("/v3/projects:search", { pageSize: 1, ...page }),
  ListInstances: (gcp, page) => gcp.get(`/v1/projects/${MAIN}/instances`, { maxResults: 2, ...page }),
  ...Object.fromEntries(
    Object.entries(LISTINGS).map(([operation, path]) => [
      operation,
      (gcp: StartedGcp, page = {}) => gcp.get(path, { [path.startsWith("/compute/") ? "maxResults" : "pageSize"]: 2, ...page }),
    ]),
  ),
  "projects.secrets.versions.access": (gcp) => gcp.get(`${LISTINGS["projects.secrets.list"]}/none/versions/latest:access`),
  "instances.stop": (gcp) => gcp.post(`/compute/v1/projects/${MAIN}/zones/us-central1-a/instances/none/stop`, {}),
  "disks.delete": (gcp) => gcp.delete(`/compute/v1/projects/${MAIN}/zones/us-central1-a/disks/none`),
};
const COMPUTE: ReadonlySet<string> = new Set([
  "AggregatedListInstances",
  "ListRegions",
  ...["disks.aggregatedList", "snapshots.list", "firewalls.list", "instances.stop", "disks.delete"],
]);
/** What is about one thing has one page. */
const UNPAGED: ReadonlySet<string> = new Set([
  "GetTrace",
  "GetMetricDescriptor",
  ...["projects.secrets.versions.access", "instances.stop", "disks.delete"],
]);
const OPERATIONS = Object.keys(CALLS);

async function call(gcp: StartedGcp, operation: string, page?: Readonly<Record<string, string>>) {
  const asked = CALLS[operation];
  if (asked === undefined) throw new Error(`There is no ${operation}.`);
  return asked(gcp, page);
}

describe("every operation", () => {
  it("is offered to fault rules, and is asked here", () => {
    const fleet = buildFleet(GCP_FLEET_PLAN, 1, 1);
    const offered = GCP_SERVICES.flatMap((service) => service(fleet, new GcpChanges()).methods.map((method) => method.name));
    expect(OPERATIONS.toSorted()).toEqual(offered.toSorted());
  });

  it.each(OPERATIONS)("%s is throttled in its service's words", async (operation) => {
    const gcp = await startedGcp({ faults: [`gcp:${operation}:throttle:1`] });
    const { status, body } = await call(gcp, operation);
    // Compute Engine alone answers 403 ("API rate quotas").
    const compute = COMPUTE.has(operation);
    expect([status, body.error.status]).toEqual(compute ? [403, "PERMISSION_DENIED"] : [429, "RESOURCE_EXHAUSTED"]);
    expect(body.error.details[0]).toMatchObject({ reason: "RATE_LIMIT_EXCEEDED", domain: "googleapis.com" });
    if (compute) expect(body.error.errors[0]).toMatchObject({ reason: "rateLimitExceeded", domain: "usageLimits" });
    else expect(body.error.details[1]).toEqual({ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "0.500s" });
    expect((await call(gcp, operation)).status).toBeOneOf([200, 404]);
    expect((await gcp.calls()).map(({ fault }) => fault)).toEqual(["throttle", null]);
  });

  it.each(OPERATIONS)("%s fails, finds credentials expired, breaks off", async (operation) => {
    const gcp = await startedGcp({ faults: ["500", "expired", "malformed"].map((kind) => `gcp:${operation}:${kind}:1`) });
    expect((await call(gcp, operation)).body.error).toMatchObject({ code: 503, status: "UNAVAILABLE" });
    expect((await call(gcp, operation)).body.error).toMatchObject({ code: 401, details: [{ reason: "ACCESS_TOKEN_EXPIRED" }] });
    await expect(call(gcp, operation)).rejects.toThrow(SyntaxError);
  });

  it.each(OPERATIONS.filter((operation) => !UNPAGED.has(operation)))(
    "%s loses a page: refuses the token, then hands it out again",
    async (operation) => {
      const gcp = await startedGcp({ instances: 400, faults: [`gcp:${operation}:lost-page`] });
      const { body } = await call(gcp, operation);
      expect(body.nextPageToken).toBeDefined();
      const page = { pageToken: body.nextPageToken };
      const refused = await call(gcp, operation, page);
      expect([refused.status, refused.body.error.status]).toEqual([400, "INVALID_ARGUMENT"]);
      expect((await call(gcp, operation, page)).body.nextPageToken).toBe(body.nextPageToken);
    },
  );
});

describe("the token endpoint", () => {
  it("has faults of its own", async () => {
    const gcp = await startedGcp({ faults: ["gcp:token:throttle:1", "gcp:token:500:1", "gcp:token:expired:1"] });
    const assertion = signedToken(gcp.credentials, {
      aud: "https://oauth2.googleapis.com/token",
      scope: "https://www.googleapis.com/auth/cloud-platform",
    });
    const form = { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion };
    const answers: unknown[] = [];
    for (let attempt = 0; attempt < 4; attempt++) {
      const response = await fetch(`${gcp.url}/token`, { method: "POST", body: new URLSearchParams(form) });
      answers.push([response.status, ((await response.json()) as { error?: string }).error]);
    }
    expect(answers).toEqual([
      [429, "rate_limit_exceeded"],
      [503, "internal_failure"],
      [400, "invalid_grant"],
      [200, undefined],
    ]);
  });
});

describe("what no service answers", () => {
  it.each(["/v3/projects/x/nothing", "/compute/v1/projects/x/zones", "/v2/projects/x/exclusions"])("%s is not found", async (path) => {
    const gcp = await startedGcp();
    expect(await gcp.get(path)).toMatchObject({ status: 404, body: { error: { code: 404, status: "NOT_FOUND" } } });
  });

  it("a project that cannot be decoded is nobody's", async () => {
    const gcp = await startedGcp();
    expect((await gcp.get("/v3/projects/%E0%A4%A/timeSeries")).status).toBe(403);
  });

  it("a body that is no JSON is refused", async () => {
    const gcp = await startedGcp();
    const response = await fetch(`${gcp.url}/v2/entries:list`, {
      method: "POST",
      headers: { authorization: `Bearer ${gcp.token}` },
      body: "{",
    });
    expect(response.status).toBe(400);
  });
});
