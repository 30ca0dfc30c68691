import { describe, expect, it } from "vitest";
import { installed } from "../../src/descriptions/installed/index.ts";
import { readDeclarations } from "../../src/descriptions/installed/read-declarations.ts";
import { Reference, readSchemas } from "../../src/descriptions/installed/read-schemas.ts";
import { operationIn } from "./fixtures/parse-fixture.ts";

const SIGNAL = new AbortController().signal;
const source = installed();
const described = async (id: string) => {
  const [provider = "", service = "", ...name] = id.split(".");
  return operationIn(await source.describe(provider, service, SIGNAL), name.join("."));
};

describe("installed packages", () => {
  it("are told without being read", async () => {
    expect(await source.services("aws")).toEqual(["ec2", "cloudwatch", "logs", "xray", "rds", "lambda", "elb", "sts"]);
    expect(await source.services("azure")).toEqual(["monitor", "resourcegraph"]);
    expect(await source.services("gcp")).toEqual(["monitoring", "logging"]);
    expect(await source.services("alicloud")).toEqual(["ecs", "cms", "sls"]);
    expect(await source.services("volcengine")).toEqual([]);
    expect(await source.describe("aws", "servicequotas", SIGNAL)).toBeUndefined();
  });

  it("describe every operation with words, and nearly every one with an input", async () => {
    for (const provider of ["aws", "azure", "gcp", "alicloud"]) {
      for (const service of await source.services(provider)) {
        const description = await source.describe(provider, service, SIGNAL);
        const operations = description?.operations ?? [];
        expect(operations.length, service).toBeGreaterThan(10);
        // EC2 leaves two of its operations without a word.
        expect(operations.filter((operation) => operation.description === "").length, service).toBeLessThanOrEqual(2);
        expect(description?.origin, service).toMatchObject({
          kind: "installed",
          source: expect.stringMatching(/^@[\w/-]+ \d+\.\d+\.\d+$/),
        });
      }
    }
  });

  it("of AWS give names on the wire, values of enums, required fields and pages", async () => {
    const volumes = await described("aws.ec2.DescribeVolumes");
    expect(volumes.wire).toEqual({ protocol: "aws-ec2-query", method: "POST", endpoint: "ec2" });
    expect(volumes.input.fields.VolumeIds).toMatchObject({ wireName: "VolumeId", flattened: true });
    expect(volumes.output).toMatchObject({
      fields: {
        Volumes: {
          wireName: "volumeSet",
          shape: { items: { fields: { VolumeType: { shape: { values: expect.arrayContaining(["gp3"]) } } } } },
        },
      },
    });
    expect(volumes.pagination).toEqual({ by: "token", items: "Volumes", inputToken: "NextToken", outputToken: "NextToken" });
    const quotas = await described("aws.logs.DescribeMetricFilters");
    expect(quotas.wire).toMatchObject({ protocol: "aws-json-1.1", target: "Logs_20140328.DescribeMetricFilters" });
    const statistics = await described("aws.cloudwatch.GetMetricStatistics");
    expect(statistics.input.fields).toMatchObject({
      Namespace: { required: true },
      StartTime: { shape: { format: "date-time" }, required: true },
      Statistics: { shape: { type: "list", items: { values: expect.arrayContaining(["Average"]) } } },
    });
    const versions = await described("aws.lambda.ListVersionsByFunction");
    expect(versions.wire).toMatchObject({
      protocol: "aws-rest-json",
      method: "GET",
      path: "/2015-03-31/functions/{FunctionName}/versions",
    });
    expect(versions.input.fields).toMatchObject({ FunctionName: { location: "path", required: true }, MaxItems: { location: "query" } });
    expect((await described("aws.rds.DescribeEvents")).input.fields.Filters).toMatchObject({ wireName: "Filters.Filter", flattened: true });
  });

  it("of Azure give values as they travel, which the package flattens", async () => {
    const settings = await described("azure.monitor.DiagnosticSettings_List");
    expect(settings).toMatchObject({
      version: "2021-05-01-preview",
      permission: "Microsoft.Insights/diagnosticSettings/read",
      wire: { method: "GET", path: "/{+resourceUri}/providers/Microsoft.Insights/diagnosticSettings" },
      pagination: { by: "link", items: "value", link: "nextLink" },
      output: { fields: { value: { shape: { items: { fields: { properties: { shape: { fields: { workspaceId: {} } } } } } } } } },
    });
    expect((await described("azure.monitor.ActivityLogs_List")).input.fields).toMatchObject({
      $filter: { location: "query", required: true },
    });
    expect((await described("azure.resourcegraph.Resources")).input.fields).toMatchObject({
      query: {},
      subscriptions: { shape: { type: "list" } },
    });
  });

  it("of Google give the methods that discovery documents have, with queries by the fields of messages", async () => {
    const series = await described("gcp.monitoring.projects.timeSeries.list");
    expect(series.wire).toEqual({ protocol: "rest", method: "GET", path: "/v3/projects/{projectsId}/timeSeries", endpoint: "monitoring" });
    expect(series.input.fields["interval.startTime"]).toMatchObject({ location: "query", shape: { format: "date-time" } });
    expect(series.output).toMatchObject({
      fields: { timeSeries: { shape: { items: { fields: { points: { shape: { type: "list" } } } } } } },
    });
    expect((await described("gcp.monitoring.projects.metricDescriptors.get")).wire.path).toBe(
      "/v3/projects/{projectsId}/metricDescriptors/{+metricDescriptorsId}",
    );
    expect((await described("gcp.logging.projects.sinks.list")).description).toMatch(/sinks/);
  });

  it("of Alibaba Cloud give both styles", async () => {
    const disks = await described("alicloud.ecs.DescribeDisks");
    expect(disks.wire).toEqual({ protocol: "alicloud-rpc", method: "POST", endpoint: "ecs" });
    expect(disks.pagination).toMatchObject({ by: "number", items: "Disks.Disk", total: "TotalCount" });
    const logs = await described("alicloud.sls.GetLogsV2");
    expect(logs.wire).toMatchObject({ protocol: "alicloud-sls", method: "POST", path: "/logstores/{logstore}/logs" });
    expect(logs.input.fields).toMatchObject({ from: { required: true, shape: { type: "number" } }, project: { location: "path" } });
    expect((await described("alicloud.sls.GetOSSExport")).output).toMatchObject({ fields: { configuration: {} } });
  });
});

describe("generated files", () => {
  it("are read as data: names, lists, traits in bits", () => {
    const read = readSchemas(
      'const _N = "Name";\nconst _q = "httpQuery";\nvar L = 64 | 0;\nexport var S$ = [3, n0, _N, 0, [_N], [[() => L, { [_q]: _N, [_x]: `y` }]], 1];\nvar bad = call(1);\n',
    );
    expect([...read.keys()]).toEqual(["_N", "_q", "L", "S$"]);
    expect(read.get("L")).toBe(64);
    expect(read.get("S$")).toEqual([
      3,
      new Reference("n0"),
      new Reference("_N"),
      0,
      [new Reference("_N")],
      [[new Reference("L"), { "[_q]": new Reference("_N"), "[_x]": "y" }]],
      1,
    ]);
  });

  it("are read by lines: fields with their words, enums, unions of strings", () => {
    const read = readDeclarations(
      '/** A gauge. */\nexport interface Gauge extends Base {\n    /**\n     * Its name.\n     * @public\n     */\n    name?: string;\n    "odata.type": Kind | undefined;\n}\nexport declare enum KnownKind {\n    Dial = "dial"\n}\nexport type Kind = "a" | "b";\n',
    );
    expect(read.get("Gauge")).toMatchObject({
      documentation: "A gauge.",
      extends: ["Base"],
      fields: [
        { name: "name", type: "string", optional: true, documentation: "Its name." },
        { name: "odata.type", type: "Kind | undefined", optional: false },
      ],
    });
    expect(read.get("KnownKind")?.values).toEqual(["dial"]);
    expect(read.get("Kind")?.values).toEqual(["a", "b"]);
  });
});
