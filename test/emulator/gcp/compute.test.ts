import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileListFilter } from "../../../src/emulator/gcp/list-filter.ts";
import type { TruthResource } from "../../../src/emulator/truth-rows.ts";
import { type Answer, MAIN, PAYMENTS, type StartedGcp, startedGcp } from "./started-gcp.ts";

const PATH = `/compute/v1/projects/${MAIN}/aggregated/instances`;

interface Instance {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly zone: string;
  readonly labels: Readonly<Record<string, string>>;
}

async function machines(gcp: StartedGcp, project = MAIN): Promise<readonly TruthResource[]> {
  return (await gcp.truth()).resources.filter((resource) => resource.kind === "virtual-machine" && resource.account === project);
}

function instancesOf(...answers: readonly Answer[]): readonly Instance[] {
  return answers.flatMap(({ body }) =>
    Object.values(body.items as Record<string, { instances?: Instance[] }>).flatMap((zone) => zone.instances ?? []),
  );
}

function ids(items: readonly { readonly id: string }[]): readonly string[] {
  return items.map(({ id }) => id).sort();
}

describe("aggregated lists of instances", () => {
  it("hold every machine of the project, in its zone", async () => {
    const gcp = await startedGcp({ instances: 300 });
    for (const project of [MAIN, PAYMENTS]) {
      const { body } = await gcp.get(`/compute/v1/projects/${project}/aggregated/instances`);
      const expected = await machines(gcp, project);
      expect(ids(Object.values(body.items as Record<string, { instances?: Instance[] }>).flatMap((zone) => zone.instances ?? []))).toEqual(
        ids(expected),
      );
      const regions = new Map(expected.map((machine) => [machine.id, machine.region]));
      for (const [scope, { instances = [] }] of Object.entries(body.items as Record<string, { instances?: Instance[] }>)) {
        for (const { id, zone } of instances) {
          expect(zone.endsWith(scope)).toBe(true);
          expect(scope.startsWith(`zones/${regions.get(id)}-`)).toBe(true);
        }
      }
    }
  });

  it("tell names, states and labels as they are; what was shut down is TERMINATED", async () => {
    const gcp = await startedGcp({ instances: 300 });
    const truth = new Map((await machines(gcp)).map((machine) => [machine.id, machine]));
    const statuses = { running: "RUNNING", stopping: "STOPPING", stopped: "TERMINATED" } as Readonly<Record<string, string>>;
    for (const { id, name, status, labels } of instancesOf(...(await gcp.pages(PATH)))) {
      expect({ name, status, labels }).toEqual({
        name: truth.get(id)?.name,
        status: statuses[truth.get(id)?.state ?? ""],
        labels: truth.get(id)?.tags,
      });
    }
  });

  it("come in pages of at most 500, each with every zone", async () => {
    const gcp = await startedGcp({ instances: 2_000 });
    const pages = await gcp.pages(PATH);
    expect(pages.map((page) => instancesOf(page).length)).toEqual([500, 500, (await machines(gcp)).length - 1_000]);
    expect(ids(instancesOf(...pages))).toEqual(ids(await machines(gcp)));
    for (const { body } of pages) expect(Object.keys(body.items)).toHaveLength(12);
    const empty = Object.values(pages[0]?.body.items).find((zone) => (zone as { warning?: unknown }).warning !== undefined);
    expect(empty).toMatchObject({
      warning: { code: "NO_RESULTS_ON_PAGE", data: [{ key: "scope", value: expect.stringMatching(/^zones\//) }] },
    });
  });

  it.each([
    ["a label", 'labels.env="prod"', ({ tags }: TruthResource) => tags.env === "prod"],
    ["a label without quotes", "labels.env=prod", ({ tags }: TruthResource) => tags.env === "prod"],
    ["a label it has not", 'labels.env!="prod"', ({ tags }: TruthResource) => tags.env !== "prod"],
    ["the presence of a label", "labels.owner:*", ({ tags }: TruthResource) => tags.owner !== undefined],
    ["a label with a hyphen", 'labels.cost-center="cc-101"', ({ tags }: TruthResource) => tags["cost-center"] === "cc-101"],
    ["its status", "status=TERMINATED", ({ state }: TruthResource) => state === "stopped"],
    ["a pattern of its name", 'name eq "checkout-.*"', ({ name }: TruthResource) => name.startsWith("checkout-")],
    ["a pattern its name has not", "name ne 'checkout-.*'", ({ name }: TruthResource) => !name.startsWith("checkout-")],
    ["a pattern of the zone", 'zone eq ".*/zones/us-central1-.*"', ({ region }: TruthResource) => region === "us-central1"],
    [
      "several conditions",
      '(labels.env="prod") (labels.team="payments")',
      ({ tags }: TruthResource) => tags.env === "prod" && tags.team === "payments",
    ],
    [
      "OR, which binds closer than AND",
      '(status=RUNNING) AND (labels.env="prod") OR (labels.env="dev")',
      ({ tags, state }: TruthResource) => state === "running" && (tags.env === "prod" || tags.env === "dev"),
    ],
    ["NOT", 'NOT (labels.env="prod")', ({ tags }: TruthResource) => tags.env !== "prod"],
  ] as const)("filter by %s", async (_, filter, expected) => {
    const gcp = await startedGcp({ instances: 300 });
    const found = instancesOf(...(await gcp.pages(PATH, { filter, maxResults: 17 })));
    expect(ids(found)).toEqual(ids((await machines(gcp)).filter(expected)));
  });

  it.each([
    ["more than 500 a page", { maxResults: 501 }, "maxResults"],
    ["a negative page size", { maxResults: -1 }, "maxResults"],
    ["a filter without operator", { filter: "labels.env prod" }, "filter"],
    ["a filter that breaks off", { filter: "(labels.env=prod" }, "filter"],
    ["a pattern that is none", { filter: 'name eq "("' }, "filter"],
    ["a token of its own making", { pageToken: "bm9uc2Vuc2U" }, "pageToken"],
  ] as const)("refuse %s", async (_, query, field) => {
    const gcp = await startedGcp();
    const { status, body } = await gcp.get(PATH, query);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ status: "INVALID_ARGUMENT", errors: [{ reason: "invalid", domain: "global" }] });
    expect(body.error.message).toContain(`Invalid value for field '${field}'`);
  });

  it("take a page token only with the filter and the project it was made for", async () => {
    const gcp = await startedGcp({ instances: 300 });
    const pageToken = (await gcp.get(PATH, { maxResults: 5 })).body.nextPageToken as string;
    expect((await gcp.get(PATH, { maxResults: 7, pageToken })).status).toBe(200);
    expect((await gcp.get(PATH, { pageToken, filter: "status=RUNNING" })).status).toBe(400);
    expect((await gcp.get(`/compute/v1/projects/${PAYMENTS}/aggregated/instances`, { pageToken })).status).toBe(400);
  });

  it("name zones of a denied region as unreachable where the client takes a part, and fail otherwise", async () => {
    const gcp = await startedGcp({ instances: 300, deny: ["gcp:us-central1"] });
    const { body } = await gcp.get(PATH, { returnPartialSuccess: "true" });
    expect(body.unreachables).toEqual(["a", "b", "c"].map((zone) => `projects/${MAIN}/zones/us-central1-${zone}`));
    expect(body.items["zones/us-central1-a"].warning.code).toBe("UNREACHABLE");
    expect(ids(instancesOf({ body } as Answer))).toEqual(ids((await machines(gcp)).filter((machine) => machine.region !== "us-central1")));
    const whole = await gcp.get(PATH);
    expect([whole.status, whole.body.error.status]).toEqual([503, "UNAVAILABLE"]);
  });

  it("do not tell whether a foreign project exists", async () => {
    const gcp = await startedGcp();
    const { status, body } = await gcp.get("/compute/v1/projects/somebody-else/aggregated/instances");
    expect([status, body.error.errors[0].reason]).toEqual([404, "notFound"]);
  });
});

describe("regions", () => {
  it("are listed with their zones", async () => {
    const gcp = await startedGcp();
    const { body } = await gcp.get(`/compute/v1/projects/${MAIN}/regions`);
    const regions = body.items as { name: string; zones: string[] }[];
    expect(regions.map(({ name }) => name)).toEqual(["asia-east1", "asia-southeast1", "europe-west1", "us-central1"]);
    for (const { name, zones } of regions)
      expect(zones.map((zone) => zone.split("/").at(-1))).toEqual([`${name}-a`, `${name}-b`, `${name}-c`]);
  });
});

describe("filters of lists", () => {
  const compile = (filter: string) => compileListFilter(filter, () => new Error("invalid"));

  it("find any value behind quotes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (value) => {
        const quoted = `"${value.replace(/["\\]/g, "\\$&")}"`;
        expect(compile(`labels.a = ${quoted}`)({ labels: { a: value } })).toBe(true);
        expect(compile(`labels.a != ${quoted}`)({ labels: { a: value } })).toBe(false);
        expect(compile(`labels.a = ${quoted}`)({ labels: { a: `${value}x` } })).toBe(false);
      }),
    );
  });

  it("compare numbers as numbers", () => {
    expect(compile("size > 9")({ size: "10" })).toBe(true);
    expect(compile("size <= 9.5")({ size: 10 })).toBe(false);
  });

  it("read what is no filter without end or crash", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          compile(text)({});
        } catch (error) {
          expect((error as Error).message).toBe("invalid");
        }
      }),
    );
  });
});
