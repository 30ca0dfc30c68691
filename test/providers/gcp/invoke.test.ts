import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { OperationDescription } from "../../../src/contracts/index.ts";
import { gcp } from "../../../src/providers/gcp/index.ts";
import { at, type InvokeWorld, listAt, lying, misfits, openInvokeWorld } from "../invoke-world.ts";

const PROJECT = "nimbus-main-417203";
const PLACE = [PROJECT, "*"] as const;
let world: InvokeWorld;
let snapshots: OperationDescription;
let disks: OperationDescription;
let sinks: OperationDescription;
let entries: OperationDescription;
let assets: OperationDescription;

beforeAll(async () => {
  world = await openInvokeWorld("gcp", gcp);
  [snapshots, disks, sinks, entries, assets] = await Promise.all([
    world.describe("compute", "snapshots.list"),
    world.describe("compute", "disks.aggregatedList"),
    world.describe("logging", "projects.sinks.list"),
    world.describe("logging", "entries.list"),
    world.describe("cloudasset", "searchAllResources"),
  ]);
  return () => world[Symbol.asyncDispose]();
});
afterEach(() => world.fault());

describe("Google Cloud, by its discovery documents", () => {
  it("follows tokens from page to page", async () => {
    const before = (await world.calls()).length;
    const { value, truncated } = await world.whole(snapshots, PLACE, { project: PROJECT, maxResults: 50 });
    const expected = await world.records("snapshot", PLACE);
    expect(expected.length).toBeGreaterThan(100);
    expect(truncated).toBe(false);
    const created = new Map(listAt(value, "items").map(({ id, creationTimestamp }) => [id, Date.parse(String(creationTimestamp))]));
    expect(created).toEqual(new Map(expected.map(({ id, attributes }) => [id, attributes.createdMs])));
    expect((await world.calls()).length - before).toBeGreaterThanOrEqual(expected.length / 50);
    expect(misfits(value, snapshots.output)).toEqual([]);
  });

  it("joins the zones of aggregated lists over pages", async () => {
    const whole = lying(disks, { pagination: { by: "token", items: "items", inputToken: "pageToken", outputToken: "nextPageToken" } });
    const { value } = await world.whole(whole, PLACE, { project: PROJECT, maxResults: 60 });
    const zones = Object.values(at(value, "items") as object);
    const expected = await world.records("disk", PLACE);
    expect(zones.flatMap((zone) => listAt(zone, "disks").map(({ id }) => id)).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
    expect(misfits(value, disks.output)).toEqual([]);
  });

  it("puts parameters into path, query and body", async () => {
    const { value } = await world.whole(sinks, PLACE, { projectsId: PROJECT, pageSize: 2 });
    expect(listAt(value, "sinks").map(({ name }) => name)).toEqual((await world.records("log-sink", PLACE)).map(({ name }) => name));
    const reply = await world.invoke(entries, PLACE, {
      resourceNames: [`projects/${PROJECT}`],
      filter: "severity>=ERROR",
      orderBy: "timestamp desc",
      pageSize: 3,
    });
    expect(listAt(reply, "entries")).toHaveLength(3);
  });
});

describe("Google Cloud, when something is wrong", () => {
  const ask = () => world.invoke(snapshots, PLACE, { project: PROJECT });

  it("is asked again after throttling", async () => {
    await world.fault("gcp:snapshots.list:throttle:2");
    const { retries } = world.meter.usage();
    expect(misfits(await ask(), snapshots.output)).toEqual([]);
    expect(world.meter.usage().retries - retries).toBe(2);
  });

  it("says that a project is forbidden", async () => {
    const request = world.invoke(sinks, ["somebody-elses-1", "*"], { projectsId: "somebody-elses-1" });
    await expect(request).rejects.toMatchObject({ code: "PROVIDER_FORBIDDEN" });
  });

  it("says what was not found", async () => {
    const remove = await world.describe("compute", "disks.delete");
    const request = world.invoke(remove, PLACE, { project: PROJECT, zone: "us-central1-b", disk: "nothing-of-that-name" });
    await expect(request).rejects.toMatchObject({ code: "PROVIDER_NOT_FOUND" });
  });

  it("says that a reply was cut", async () => {
    await world.fault("gcp:snapshots.list:malformed");
    await expect(ask()).rejects.toMatchObject({ code: "PROVIDER_REPLY_INVALID" });
  });

  it("says that a page was lost", async () => {
    await world.fault("gcp:snapshots.list:lost-page");
    const request = world.whole(snapshots, PLACE, { project: PROJECT, maxResults: 50 });
    await expect(request).rejects.toMatchObject({ code: "PROVIDER_PAGE_LOST" });
  });
});

describe("Google Cloud, before anything is sent", () => {
  const refused = async (request: () => Promise<unknown>, code: string) => {
    const before = (await world.calls()).length;
    await expect(request()).rejects.toMatchObject({ code });
    expect((await world.calls()).length).toBe(before);
  };

  it.each([
    ["the path", () => snapshots, { project: "other-1" }],
    ["the path of another API", () => sinks, { projectsId: "other-1" }],
    ["a wildcard", () => sinks, { projectsId: "-" }],
    ["the body", () => entries, { resourceNames: ["projects/other-1"] }],
    [
      "a second name in the body",
      () => entries,
      { resourceNames: [`projects/${PROJECT}`, "projects/other-1/locations/global/buckets/b/views/v"] },
    ],
    ["a filter", () => entries, { resourceNames: [`projects/${PROJECT}`], filter: 'logName="projects/other-1/logs/x"' }],
    ["an encoded filter", () => entries, { resourceNames: [`projects/${PROJECT}`], filter: "projects%2Fother-1" }],
    ["an organization", () => entries, { resourceNames: ["organizations/123"] }],
    ["a folder", () => entries, { resourceNames: ["folders/123"] }],
    ["a billing account", () => entries, { resourceNames: ["billingAccounts/0A-1B"] }],
  ] as const)("refuses another project in %s", async (_where, operation, input) => {
    await refused(() => world.invoke(operation(), PLACE, input), "PROVIDER_FORBIDDEN");
  });

  it.each([
    ["projects", "other-1"],
    ["organizations", "123"],
    ["folders", "123"],
  ])("refuses %s/%s, put together from several arguments", async (kind, id) => {
    const path = "/v1/{kind}/{id}:searchAllResources";
    await refused(() => world.invoke(lying(assets, { wire: { ...assets.wire, path } }), PLACE, { kind, id }), "PROVIDER_FORBIDDEN");
  });

  it.each(["..", ".", "%2e%2e", "../x", "a/../../x", "a\\..\\x", "", "x\r\ny"])("refuses %j as a name in a path", async (secretsId) => {
    const access = await world.describe("secretmanager", "projects.secrets.versions.access");
    await refused(() => world.invoke(access, PLACE, { projectsId: PROJECT, secretsId, versionsId: "1" }), "PROVIDER_NOT_FOUND");
  });

  it.each(["evil.com", "a.b", "169.254.169.254", "x@y", "x:1", "x/y", "X", "-x", ""])("refuses the host label %j", async (endpoint) => {
    const lies = lying(snapshots, { wire: { ...snapshots.wire, endpoint } });
    await refused(() => world.invoke(lies, PLACE, { project: PROJECT }), "PROVIDER_NOT_FOUND");
  });
});
