import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { documentsOf } from "../../src/agents/documents-of.ts";
import { compactService, expandService } from "../../src/descriptions/shared/compact-service.ts";
import { parseSmithy } from "../../src/descriptions/shared/parse-smithy.ts";
import { parseSwagger } from "../../src/descriptions/shared/parse-swagger.ts";
import { parseNotation } from "../../src/descriptions/shipped/notation.ts";
import { supplemented } from "../../src/descriptions/shipped/supplemented.ts";
import { contextOf, operationIn } from "./fixtures/parse-fixture.ts";
import { smithyModel, swaggerDocuments } from "./fixtures/publishers-documents.ts";

const PROVIDERS = ["alicloud", "aws", "azure", "gcp", "volcengine"];

describe("our own notation", () => {
  const notation = `
service 2020-01-01 rest
Gauges_List GET /subscriptions/{subscriptionId}/gauges/{+name} region v=2021-02-03
  # Lists gauges
    of a place.
  < $filter, top!: int,
    kinds: ['dial' | 'bar']
  > value: [Gauge], nextLink
Gauges_Keys POST /gauges/{name}/listKeys sensitive
type Gauge = { id!, size: number, labels: { *: string },
  parent: Gauge }
`;
  const parsed = parseNotation(notation, contextOf("azure", "compute"));

  it("says operations, their parameters and results", () => {
    expect(operationIn(parsed, "Gauges_List")).toMatchObject({
      version: "2021-02-03",
      description: "Lists gauges of a place.",
      statedClass: "read",
      reach: "region",
      wire: { protocol: "rest", method: "GET", path: "/subscriptions/{subscriptionId}/gauges/{+name}" },
      pagination: { by: "link", items: "value", link: "nextLink" },
    });
    expect(operationIn(parsed, "Gauges_List").input.fields).toEqual({
      subscriptionId: { shape: { type: "string" }, location: "path", required: true },
      name: { shape: { type: "string" }, location: "path", required: true },
      $filter: { shape: { type: "string" }, location: "query" },
      top: { shape: { type: "integer" }, required: true, location: "query" },
      kinds: { shape: { type: "list", items: { type: "string", values: ["dial", "bar"] } }, location: "query", flattened: true },
    });
    expect(operationIn(parsed, "Gauges_Keys")).toMatchObject({ version: "2020-01-01", statedClass: "sensitive" });
  });

  it("has types that refer to themselves", () => {
    expect(operationIn(parsed, "Gauges_List").output).toMatchObject({
      fields: {
        value: {
          shape: {
            items: { fields: { id: { required: true }, labels: { shape: { type: "map" } }, parent: { shape: { type: "unknown" } } } },
          },
        },
      },
    });
  });

  it("with a mistake in it is an error when the index is built", () => {
    expect(() => parseNotation("service 1 rest\nX GET /x\n  > a: Missing\n", contextOf("azure", "compute"))).toThrow(/No type Missing/);
    expect(() => parseNotation("service 1 rest\nX GET /x\n  > a: [string\n", contextOf("azure", "compute"))).toThrow(/Expected/);
    expect(() => parseNotation("X GET /x\n", contextOf("azure", "compute"))).toThrow(/service VERSION/);
  });
});

describe("the supplement", () => {
  it("describes what no package does, in every cloud", () => {
    const operations = PROVIDERS.flatMap((provider) => supplemented(provider, [])).flatMap((service) => service.operations);
    const ids = new Set(operations.map(({ id }) => id));
    for (const id of [
      "aws.servicequotas.ListServiceQuotas",
      "aws.secretsmanager.GetSecretValue",
      "azure.compute.Disks_List",
      "azure.compute.Snapshots_List",
      "azure.compute.Usage_List",
      "azure.network.NetworkSecurityGroups_ListAll",
      "azure.storage.StorageAccounts_ListKeys",
      "gcp.compute.disks.aggregatedList",
      "gcp.compute.snapshots.list",
      "gcp.compute.firewalls.list",
      "gcp.compute.regions.list",
      "gcp.monitoring.projects.dashboards.list",
      "gcp.secretmanager.projects.secrets.versions.access",
      "alicloud.vpc.DescribeEipAddresses",
      "volcengine.storage_ebs.DescribeVolumes",
      "volcengine.cloud_trail.LookupEvents",
      "volcengine.ecs.DescribeInstances",
    ]) {
      expect(ids, id).toContain(id);
    }
    expect(operations.filter(({ description }) => description === "")).toEqual([]);
  });

  it("leaves to a package what both describe, and says both sources", () => {
    const packaged = parseNotation("service 9 rest\nDisks_List GET /mine\n", contextOf("azure", "compute"));
    const [merged] = supplemented("azure", [packaged]).filter(({ service }) => service === "compute");
    expect(merged?.operations.filter(({ name }) => name === "Disks_List").map(({ wire }) => wire.path)).toEqual(["/mine"]);
    expect(operationIn(merged, "Snapshots_List").wire.path).toMatch(/snapshots$/);
    expect(merged?.origin).toEqual({
      kind: "shipped",
      source: "test, nephoscope's own notes of the vendor's reference",
      date: "2026-11-22",
    });
  });
});

describe("the shipped index", () => {
  it("gives back what was put into it", () => {
    for (const description of [
      parseSmithy(smithyModel(), contextOf("aws", "cloudwatch")),
      parseSwagger(swaggerDocuments(), ["watch/2020/gauge.json"], contextOf("azure", "compute")),
    ]) {
      const stored = JSON.parse(JSON.stringify(compactService(description)));
      const back = expandService(stored, description.provider, description.service);
      expect(back).toEqual({ ...description, origin: { ...description.origin, kind: "shipped" } });
    }
  });

  it("is small, the same whenever it is built, and not built again without need", () => {
    const build = (target: string) =>
      execFileSync(process.execPath, ["--conditions=@nephoscope/source", "scripts/build-descriptions.mjs", target], { encoding: "utf8" });
    const folders = [mkdtempSync(join(tmpdir(), "index-")), mkdtempSync(join(tmpdir(), "index-"))] as const;
    try {
      for (const folder of folders) expect(build(folder)).toMatch(/aws: \d+ operations/);
      const [first, second] = folders.map((folder) => readdirSync(folder).map((name) => [name, sha256(readFileSync(join(folder, name)))]));
      expect(first).toEqual(second);
      expect(build(folders[0])).toBe("descriptions: nothing changed\n");
      const files = PROVIDERS.map((provider) => readFileSync(join(folders[0], `${provider}.json.gz`)));
      expect(files.reduce((sum, file) => sum + file.length, 0)).toBeLessThan(1_500_000);
      const volcengine = JSON.parse(gunzipSync(files[4] ?? Buffer.of()).toString("utf8"));
      expect(operationIn(expandService(volcengine.storage_ebs, "volcengine", "storage_ebs"), "DescribeVolumes").wire.method).toBe("GET");
    } finally {
      for (const folder of folders) rmSync(folder, { recursive: true });
    }
  }, 60_000);
});

describe("documents for the index", () => {
  const description = parseSmithy(smithyModel(), contextOf("aws", "cloudwatch"));

  it("are one for the service and one for each operation, with the names of its parameters and results", () => {
    const documents = documentsOf(description);
    expect(documents.map(({ id, kind }) => [id, kind])).toEqual([
      ["aws.service.cloudwatch", "service"],
      ["aws.cloudwatch.DeleteGauge", "operation"],
      ["aws.cloudwatch.GetGauge", "operation"],
      ["aws.cloudwatch.ListGauges", "operation"],
    ]);
    expect(documents.at(-1)).toMatchObject({ name: "ListGauges", text: "Lists gauges. All of them & more." });
    expect(documents.at(-1)?.terms).toEqual(["NextToken", "Filters", "Kinds", "Plain", "Gauges", "Name", "Since", "Parent", "Labels"]);
  });

  it("have another hash where anything of them is another", () => {
    const hashes = (model: unknown) => documentsOf(parseSmithy(model, contextOf("aws", "cloudwatch"))).map(({ hash }) => hash);
    const changed = JSON.parse(JSON.stringify(smithyModel()));
    changed.shapes["t#ListGaugesInput"].members.Extra = { target: "smithy.api#String" };
    const [before, after] = [hashes(smithyModel()), hashes(changed)];
    expect(before.slice(0, 3)).toEqual(after.slice(0, 3));
    expect(before[3]).not.toBe(after[3]);
  });
});

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
