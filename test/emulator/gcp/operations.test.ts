import { describe, expect, it } from "vitest";
import { buildFleet } from "../../../src/emulator/fleet.ts";
import { disksOf } from "../../../src/emulator/gcp/disk-data.ts";
import { GCP_FLEET_PLAN } from "../../../src/emulator/gcp/native-names.ts";
import type { TruthRecord } from "../../../src/emulator/index.ts";
import { LISTINGS, thingsIn } from "./operation-paths.ts";
import { MAIN, type StartedGcp, startedGcp, WINDOW } from "./started-gcp.ts";

const DAY_MS = 86_400_000;

type Fields = Readonly<Record<string, unknown>>;

/** Everything that a listing has, page after page. */
async function listed(gcp: StartedGcp, operation: string, field: string, query: Readonly<Record<string, string | number>> = {}) {
  const pages = await gcp.pages(LISTINGS[operation] ?? "", query);
  return pages.flatMap(({ body }) => (body[field] ?? []) as readonly Record<string, string>[]);
}

/** The disks of an aggregated list, over all its scopes and pages. */
async function listedDisks(gcp: StartedGcp, query: Readonly<Record<string, string | number>> = {}) {
  const pages = await gcp.pages(LISTINGS["disks.aggregatedList"] ?? "", query);
  return pages.flatMap(({ body }) => Object.values(body.items as Record<string, { disks?: Fields[] }>).flatMap(({ disks = [] }) => disks));
}

async function recordsOf(gcp: StartedGcp, type: string, account = MAIN): Promise<readonly TruthRecord[]> {
  return (await gcp.truth(WINDOW)).records.filter((record) => record.type === type && record.account === account);
}

const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();

describe("disks", () => {
  it("are listed over all zones, as the truth has them, page after page", async () => {
    const gcp = await startedGcp({ instances: 400 });
    const disks = await listedDisks(gcp, { maxResults: 150 });
    const records = await recordsOf(gcp, "disk");
    expect(records.length).toBeGreaterThan(280);
    const told = disks.map(({ id, name, sizeGb, type, users = [] }) => [
      id,
      name,
      Number(sizeGb),
      String(type).split("/").at(-1),
      (users as []).length,
    ]);
    expect(sorted(told)).toEqual(
      sorted(records.map(({ id, name, attributes: a }) => [id, name, a.sizeGib, a.diskType, a.attachedTo === null ? 0 : 1])),
    );
    expect((await gcp.calls()).at(-1)).toMatchObject({ operation: "compute.disks.aggregatedList", account: MAIN, status: 200 });
  });

  it("have every zone and region in every page, those without any with a warning", async () => {
    const gcp = await startedGcp();
    const { body } = await gcp.get(LISTINGS["disks.aggregatedList"] ?? "", { maxResults: 1 });
    const scopes = Object.entries(body.items as Record<string, { disks?: unknown; warning?: { code: string } }>);
    expect(scopes).toHaveLength(4 + 12);
    expect(scopes.filter(([, { disks }]) => disks !== undefined)).toHaveLength(1);
    expect(scopes.filter(([, { warning }]) => warning?.code === "NO_RESULTS_ON_PAGE")).toHaveLength(15);
  });

  it("that belong to nobody were detached some time ago; others name their machine, and the machine names them", async () => {
    const gcp = await startedGcp();
    const free = await listedDisks(gcp, { filter: "lastDetachTimestamp:*" });
    expect(free.length).toBeGreaterThan(0);
    expect(free.filter(({ users }) => users !== undefined)).toEqual([]);
    const { body } = await gcp.get(`/compute/v1/projects/${MAIN}/aggregated/instances`);
    const instances = Object.values(
      body.items as Record<string, { instances?: { selfLink: string; disks: { source: string; diskSizeGb: string }[] }[] }>,
    )
      .flatMap(({ instances = [] }) => instances)
      .flatMap(({ selfLink, disks }) => disks.map(({ source, diskSizeGb }) => [source, selfLink, diskSizeGb]));
    const attached = (await listedDisks(gcp)).filter(({ users }) => users !== undefined);
    expect(sorted(attached.map(({ selfLink, users, sizeGb }) => [selfLink, (users as string[])[0], sizeGb]))).toEqual(sorted(instances));
  });

  it("of a denied region are missing in a partial success, which says so", async () => {
    const gcp = await startedGcp({ deny: ["gcp:us-central1"] });
    expect((await gcp.get(LISTINGS["disks.aggregatedList"] ?? "")).status).toBe(503);
    const { body } = await gcp.get(LISTINGS["disks.aggregatedList"] ?? "", { returnPartialSuccess: "true" });
    expect(body.unreachables).toContain(`projects/${MAIN}/zones/us-central1-a`);
    expect(body.items["zones/us-central1-a"].warning.code).toBe("UNREACHABLE");
  });

  it("grow with the fleet", () => {
    expect(disksOf(buildFleet(GCP_FLEET_PLAN, 7, 10_000)).length).toBeGreaterThan(10_000);
  });
});

describe("snapshots", () => {
  it("belong to some disks only; some are months old", async () => {
    const gcp = await startedGcp({ instances: 400 });
    const snapshots = await listed(gcp, "snapshots.list", "items", { maxResults: 100 });
    const records = await recordsOf(gcp, "snapshot");
    expect(
      sorted(snapshots.map(({ id, sourceDiskId, creationTimestamp = "" }) => [id, sourceDiskId, Date.parse(creationTimestamp)])),
    ).toEqual(sorted(records.map(({ id, attributes }) => [id, attributes.sourceDisk, attributes.createdMs])));
    const old = records.filter(({ attributes }) => Number(attributes.createdMs) < Date.parse(WINDOW.to) - 60 * DAY_MS);
    expect(old.length).toBeGreaterThan(0);
    const disks = await recordsOf(gcp, "disk");
    expect(disks.filter(({ attributes }) => attributes.snapshots === 0).length).toBeGreaterThan(disks.length / 4);
    expect(disks.reduce((sum, { attributes }) => sum + Number(attributes.snapshots), 0)).toBe(records.length);
  });
});

describe("firewall rules", () => {
  it("let anybody in at port 22 where the truth says so, ranges included, disabled ones not", async () => {
    const gcp = await startedGcp();
    const open = (await listed(gcp, "firewalls.list", "items")).filter((rule: Fields) => {
      const {
        sourceRanges,
        allowed = [],
        disabled,
      } = rule as { sourceRanges: string[]; allowed?: { ports: string[] }[]; disabled: boolean };
      const ports = allowed.flatMap(({ ports }) => ports.map((range) => range.split("-").map(Number)));
      return !disabled && sourceRanges.includes("0.0.0.0/0") && ports.some(([low = 0, high = low]) => low <= 22 && 22 <= high);
    });
    const expected = (await recordsOf(gcp, "security-group")).filter(({ attributes }) => attributes.open22ToWorld === true);
    expect(expected.length).toBeGreaterThan(0);
    expect(open.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
  });
});

describe("regions", () => {
  it("tell quotas and what is used of them, some close to their end", async () => {
    const gcp = await startedGcp();
    const { body } = await gcp.get(`/compute/v1/projects/${MAIN}/regions`);
    const told = (body.items as { name: string; quotas: { metric: string; limit: number; usage: number }[] }[]).flatMap(
      ({ name, quotas }) => quotas.map(({ metric, limit, usage }) => [name, metric, usage, limit]),
    );
    const records = await recordsOf(gcp, "quota");
    expect(sorted(told)).toEqual(sorted(records.map(({ region, id, attributes }) => [region, id, attributes.used, attributes.limit])));
    expect(records.filter(({ attributes }) => Number(attributes.used) > 0.85 * Number(attributes.limit)).length).toBeGreaterThan(0);
  });
});

describe("what is configured", () => {
  it.each([
    ["projects.dashboards.list", "dashboards", "dashboard"],
    ["projects.notificationChannels.list", "notificationChannels", "notification-channel"],
    ["projects.sinks.list", "sinks", "log-sink"],
    ["projects.metrics.list", "metrics", "metric-filter"],
    ["projects.secrets.list", "secrets", "secret"],
  ])("%s tells what the truth has, page after page", async (operation, field, type) => {
    const gcp = await startedGcp({ instances: 400 });
    const names = (await listed(gcp, operation, field, { pageSize: 4 })).map(({ name }) => name);
    expect(names.toSorted()).toEqual((await recordsOf(gcp, type)).map(({ id }) => id).sort());
  });

  it("in dashboards may name an application in a text or a filter alone", async () => {
    const gcp = await startedGcp({ instances: 400 });
    const dashboards = await listed(gcp, "projects.dashboards.list", "dashboards");
    const about = (await recordsOf(gcp, "dashboard")).filter(({ attributes }) =>
      (attributes.mentions as readonly string[]).includes("checkout"),
    );
    const found = dashboards.filter((dashboard) => JSON.stringify(dashboard).includes("checkout"));
    expect(found.map(({ name }) => name).sort()).toEqual(about.map(({ id }) => id).sort());
    expect(found.some(({ displayName = "" }) => !displayName.includes("checkout"))).toBe(true);
  });
});

describe("secrets", () => {
  it("are handed out version by version, with a checksum", async () => {
    const gcp = await startedGcp();
    const { secret } = await thingsIn(gcp);
    const { body } = await gcp.get(secret.path);
    const versions = secret.record?.attributes.versions;
    expect(body.name).toBe(`${secret.record?.id}/versions/${versions}`);
    expect(Buffer.from(body.payload.data, "base64").toString()).toMatch(/^emulated-[0-9a-f]{24}$/);
    expect((await gcp.get(secret.path.replace("latest", String(Number(versions) + 1)))).status).toBe(404);
    expect(JSON.stringify(await gcp.truth(WINDOW))).not.toContain("emulated-");
    expect((await gcp.calls())[0]?.operation).toBe("secretmanager.projects.secrets.versions.access");
  });
});

describe("writes", () => {
  it("stop a machine: accepted as an operation, TERMINATED from then on, until the reset", async () => {
    const gcp = await startedGcp();
    const { machine } = await thingsIn(gcp);
    const id = machine.resource?.id;
    const stateOf = async () => {
      const { body } = await gcp.get(`/compute/v1/projects/${MAIN}/aggregated/instances`, { filter: `id=${id}` });
      return Object.values(body.items as Record<string, { instances?: { status: string }[] }>).flatMap(({ instances = [] }) => instances)[0]
        ?.status;
    };
    const coresUsed = async () =>
      (await recordsOf(gcp, "quota"))
        .filter(({ id: metric }) => metric.endsWith("CPUS"))
        .reduce((sum, { attributes }) => sum + Number(attributes.used), 0);
    const before = await coresUsed();
    expect(await stateOf()).toBe("RUNNING");
    const { status, body } = await gcp.post(`${machine.path}/stop`, {});
    expect([status, body.kind, body.operationType, body.targetId, body.status]).toEqual([200, "compute#operation", "stop", id, "RUNNING"]);
    expect(await stateOf()).toBe("TERMINATED");
    expect(await coresUsed()).toBeLessThan(before);
    const truth = await gcp.truth(WINDOW);
    expect(truth.resources.find((one) => one.id === id)?.state).toBe("stopped");
    expect(truth.records.find((one) => one.type === "machine-state")).toMatchObject({ id, attributes: { state: "TERMINATED" } });
    const call = (await gcp.calls()).find(({ operation }) => operation === "compute.instances.stop");
    expect([call?.account, call?.region]).toEqual([MAIN, machine.resource?.region]);
    await gcp.control("reset", {});
    expect(await stateOf()).toBe("RUNNING");
    expect(await coresUsed()).toBe(before);
  });

  it("delete a disk that is free, and refuse one in use", async () => {
    const gcp = await startedGcp();
    const { freeDisk, usedDisk } = await thingsIn(gcp);
    expect((await gcp.delete(usedDisk.path)).body.error).toMatchObject({
      code: 400,
      errors: [{ reason: "resourceInUseByAnotherResource" }],
    });
    expect((await gcp.delete(freeDisk.path)).body).toMatchObject({ operationType: "delete", targetId: freeDisk.record?.id });
    expect((await gcp.delete(freeDisk.path)).body.error).toMatchObject({ code: 404, errors: [{ reason: "notFound" }] });
    expect((await listedDisks(gcp)).some(({ id }) => id === freeDisk.record?.id)).toBe(false);
    expect((await recordsOf(gcp, "disk")).some(({ id }) => id === freeDisk.record?.id)).toBe(false);
  });

  it("change nothing in a region that is denied, or when a fault befalls them", async () => {
    const gcp = await startedGcp();
    const { machine, freeDisk } = await thingsIn(gcp);
    await gcp.control("faults", { deny: [`gcp:${machine.resource?.region}`, `gcp:${freeDisk.record?.region}`] });
    expect((await gcp.post(`${machine.path}/stop`, {})).body.error).toMatchObject({ code: 403, errors: [{ reason: "forbidden" }] });
    expect((await gcp.delete(freeDisk.path)).status).toBe(403);
    await gcp.control("faults", { deny: [], faults: ["gcp:instances.stop:500:1", "gcp:disks.delete:reset:1"] });
    expect((await gcp.post(`${machine.path}/stop`, {})).status).toBe(503);
    await expect(gcp.delete(freeDisk.path)).rejects.toThrow();
    const { records } = await gcp.truth(WINDOW);
    expect(records.filter(({ type }) => type === "machine-state")).toEqual([]);
    expect(records.some(({ id }) => id === freeDisk.record?.id)).toBe(true);
  });
});
