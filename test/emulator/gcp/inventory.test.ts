import { describe, expect, it } from "vitest";
import { MAIN, PAYMENTS, type StartedGcp, startedGcp, WINDOW } from "./started-gcp.ts";

interface Database {
  readonly name: string;
  readonly region: string;
  readonly databaseVersion: string;
  readonly settings: { readonly activationPolicy: string; readonly userLabels: Readonly<Record<string, string>> };
}
interface Policy {
  readonly name: string;
  readonly displayName: string;
  readonly conditions: readonly { readonly conditionThreshold: { readonly filter: string } }[];
}
interface Alert {
  readonly state: string;
  readonly openTime: string;
  readonly closeTime?: string;
  readonly resource: { readonly labels: Readonly<Record<string, string>> };
  readonly policy: { readonly name: string };
}

const DATABASES = `/v1/projects/${MAIN}/instances`;
const ALERTS = `/v3/projects/${MAIN}/alerts`;
const POLICIES = `/v3/projects/${MAIN}/alertPolicies`;

async function databasesOf(gcp: StartedGcp, project = MAIN) {
  return (await gcp.truth()).resources.filter((resource) => resource.kind === "database" && resource.account === project);
}

describe("databases", () => {
  it("are listed with their labels; a stopped one says so in its activation policy alone", async () => {
    const gcp = await startedGcp({ instances: 2_000 });
    const truth = await databasesOf(gcp);
    const pages = await gcp.pages(DATABASES, { maxResults: 20 });
    const found = new Map(pages.flatMap(({ body }) => body.items as Database[]).map((database) => [database.name, database]));
    expect([...found.keys()].sort()).toEqual(truth.map(({ id }) => id).sort());
    expect(truth.some(({ state }) => state === "stopped")).toBe(true);
    for (const { id, region, state, tags, name } of truth) {
      expect(found.get(id)).toMatchObject({
        region,
        state: "RUNNABLE",
        databaseVersion: name.includes("mysql") ? "MYSQL_8_0" : "POSTGRES_16",
        settings: { activationPolicy: state === "stopped" ? "NEVER" : "ALWAYS", userLabels: tags },
      });
    }
  });

  it("are filtered by the cloud", async () => {
    const gcp = await startedGcp({ instances: 2_000 });
    const { body } = await gcp.get(DATABASES, { filter: 'settings.userLabels.env="prod" AND region="us-central1"' });
    const expected = (await databasesOf(gcp)).filter(({ tags, region }) => tags.env === "prod" && region === "us-central1");
    expect((body.items as Database[]).map(({ name }) => name).sort()).toEqual(expected.map(({ id }) => id).sort());
  });

  it("of a denied region are missing, with a warning", async () => {
    const gcp = await startedGcp({ instances: 2_000, deny: ["gcp:europe-west1"] });
    const { body } = await gcp.get(DATABASES);
    expect(body.warnings).toEqual([{ code: "REGION_UNREACHABLE", message: expect.any(String), region: "europe-west1" }]);
    expect((body.items as Database[]).some(({ region }) => region === "europe-west1")).toBe(false);
  });

  it.each([{ maxResults: 1_001 }, { filter: "((" }, { pageToken: "bm9uc2Vuc2U" }])("are refused with %j", async (query) => {
    const gcp = await startedGcp();
    const { status, body } = await gcp.get(DATABASES, query);
    expect([status, body.error.errors[0].reason]).toEqual([400, "invalid"]);
  });

  it.each([
    ["cpu/utilization", "cpu.utilization", (value: number) => value * 100],
    ["memory/usage", "memory.free.bytes", (value: number) => 16 * 2 ** 30 - value],
    ["disk/bytes_used", "disk.free.bytes", (value: number) => 500 * 2 ** 30 - value],
  ] as const)("have %s as the truth has it", async (type, metric, convert) => {
    const gcp = await startedGcp({ instances: 2_000 });
    const truth = new Map(
      (await databasesOf(gcp)).flatMap((database) =>
        database.metrics[metric] ? [[`${MAIN}:${database.id}`, database.metrics[metric]]] : [],
      ),
    );
    const { body } = await gcp.get(`/v3/projects/${MAIN}/timeSeries`, {
      filter: `metric.type="cloudsql.googleapis.com/database/${type}" AND resource.type="cloudsql_database"`,
      "interval.startTime": WINDOW.from,
      "interval.endTime": WINDOW.to,
      "aggregation.alignmentPeriod": "300s",
      "aggregation.perSeriesAligner": "ALIGN_MEAN",
    });
    expect(body.timeSeries).toHaveLength(truth.size);
    for (const { resource, points } of body.timeSeries) {
      const expected = truth.get(resource.labels.database_id)?.avg ?? Number.NaN;
      expect(convert(points[0].value.doubleValue) / expected).toBeCloseTo(1, 9);
    }
  });

  it("tell connections under another name for each engine, PostgreSQL by database", async () => {
    const gcp = await startedGcp({ instances: 2_000 });
    const truth = (await databasesOf(gcp)).filter(({ state }) => state === "available");
    const sums = new Map<string, number>();
    for (const type of ["network/connections", "postgresql/num_backends"]) {
      const { body } = await gcp.get(`/v3/projects/${MAIN}/timeSeries`, {
        filter: `metric.type="cloudsql.googleapis.com/database/${type}"`,
        "interval.startTime": "2026-03-10T08:59:00Z",
        "interval.endTime": WINDOW.to,
      });
      for (const { resource, points } of body.timeSeries) {
        const id = String(resource.labels.database_id).split(":")[1] ?? "";
        sums.set(id, (sums.get(id) ?? 0) + Number(points[0].value.int64Value));
      }
    }
    expect(sums).toEqual(new Map(truth.map((database) => [database.id, database.metrics["connections.count"]?.last])));
  });
});

describe("alert policies", () => {
  it("are those of the truth; open alerts are what rings", async () => {
    const gcp = await startedGcp({ instances: 1_000 });
    const truth = (await gcp.truth()).alarms.filter((alarm) => alarm.account === MAIN);
    const policies = (await gcp.pages(POLICIES, { pageSize: 20 })).flatMap(({ body }) => body.alertPolicies as Policy[]);
    expect(policies.map(({ name, displayName }) => `${name} ${displayName}`).sort()).toEqual(
      truth.map(({ id, name }) => `${id} ${name}`).sort(),
    );
    const open = new Set((await openAlerts(gcp)).map(({ policy }) => policy.name));
    expect([...open].sort()).toEqual(
      truth
        .filter(({ state }) => state === "alarm")
        .map(({ id }) => id)
        .sort(),
    );
    for (const { id, resource, region } of truth) {
      const filter = policies.find(({ name }) => name === id)?.conditions[0]?.conditionThreshold.filter ?? "";
      expect(filter).toContain(resource === null ? `starts_with("${region}-")` : `resource.labels.instance_id = "${resource}"`);
      const interval = { "interval.startTime": WINDOW.from, "interval.endTime": WINDOW.to };
      // What a policy watches can be asked for as it stands.
      if (resource === null)
        expect((await gcp.get(`/v3/projects/${MAIN}/timeSeries`, { filter, ...interval, view: "HEADERS" })).status).toBe(200);
    }
  });

  it("are found by name and told how many they are", async () => {
    const gcp = await startedGcp({ instances: 1_000 });
    const truth = (await gcp.truth()).alarms.filter((alarm) => alarm.account === MAIN);
    const { body } = await gcp.get(POLICIES, { filter: 'display_name="us-central1-fleet-cpu"' });
    expect(body.alertPolicies.map(({ displayName }: Policy) => displayName)).toEqual(["us-central1-fleet-cpu"]);
    expect((await gcp.get(POLICIES, { pageSize: 1 })).body.totalSize).toBe(truth.length);
    expect((await gcp.get(POLICIES, { filter: "((" })).status).toBe(400);
  });
});

describe("alerts", () => {
  it("are open or over, the newest first", async () => {
    const gcp = await startedGcp({ instances: 1_000 });
    const all = (await gcp.pages(ALERTS, { pageSize: 50 })).flatMap(({ body }) => body.alerts as Alert[]);
    expect(new Set(all.map(({ state, closeTime }) => `${state} ${closeTime === undefined}`))).toEqual(
      new Set(["OPEN true", "CLOSED false"]),
    );
    const opened = all.map(({ openTime }) => Date.parse(openTime));
    expect(opened).toEqual(opened.toSorted((left, right) => right - left));
    const hot = new Set(
      (await gcp.truth()).resources.filter(({ metrics }) => (metrics["cpu.utilization"]?.min ?? 0) > 80).map(({ id }) => id),
    );
    expect((await openAlerts(gcp)).every(({ resource }) => hot.has(resource.labels.instance_id ?? ""))).toBe(true);
  });

  it("give their state as a number to clients that want numbers", async () => {
    const gcp = await startedGcp({ instances: 1_000 });
    const { body } = await gcp.get(ALERTS, { $alt: "json;enum-encoding=int", filter: 'state="CLOSED"' });
    expect(new Set(body.alerts.map(({ state }: Alert) => state))).toEqual(new Set([2]));
  });
});

async function openAlerts(gcp: StartedGcp): Promise<readonly Alert[]> {
  return (await gcp.pages(ALERTS, { filter: 'state="OPEN"', pageSize: 1_000 })).flatMap(({ body }) => body.alerts as Alert[]);
}

describe("projects", () => {
  it("are those the credentials name", async () => {
    const gcp = await startedGcp();
    const { body } = await gcp.get("/v3/projects:search");
    const projects = body.projects as { projectId: string; displayName: string; state: string }[];
    expect(projects.map(({ projectId, displayName }) => ({ id: projectId, name: displayName }))).toEqual(gcp.credentials.projects);
    expect(projects.map(({ projectId }) => projectId)).toEqual([MAIN, PAYMENTS]);
    const found = await gcp.get("/v3/projects:search", { query: "displayName:pay*" });
    expect(found.body.projects.map(({ projectId }: { projectId: string }) => projectId)).toEqual([PAYMENTS]);
  });
});

describe("metric types", () => {
  it("are listed by a filter, and told one by one", async () => {
    const gcp = await startedGcp();
    const path = `/v3/projects/${MAIN}/metricDescriptors`;
    const all = (await gcp.get(path)).body.metricDescriptors as { type: string; metricKind: string }[];
    const agents = (await gcp.get(path, { filter: 'metric.type = starts_with("agent.googleapis.com/")' })).body.metricDescriptors;
    expect(agents.map(({ type }: { type: string }) => type)).toEqual(
      all.map(({ type }) => type).filter((type) => type.startsWith("agent.")),
    );
    expect(agents.length).toBeGreaterThan(0);
    for (const descriptor of all) expect((await gcp.get(`${path}/${descriptor.type}`)).body).toEqual(descriptor);
    expect((await gcp.get(`${path}/custom.googleapis.com/nothing`)).status).toBe(404);
  });
});
