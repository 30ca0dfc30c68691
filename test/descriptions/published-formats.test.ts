import { describe, expect, it } from "vitest";
import { parseAlicloud } from "../../src/descriptions/shared/parse-alicloud.ts";
import { parseDiscovery } from "../../src/descriptions/shared/parse-discovery.ts";
import { parseSmithy } from "../../src/descriptions/shared/parse-smithy.ts";
import { parseSwagger } from "../../src/descriptions/shared/parse-swagger.ts";
import { parseVolcengine } from "../../src/descriptions/shared/parse-volcengine.ts";
import { parseVolcengineExplorer } from "../../src/descriptions/shared/parse-volcengine-explorer.ts";
import { contextOf, operationIn } from "./fixtures/parse-fixture.ts";
import {
  alicloudDocument,
  discoveryDocument,
  explorerAnswer,
  smithyModel,
  swaggerDocuments,
  volcengineMetadata,
} from "./fixtures/publishers-documents.ts";

describe("a Smithy model", () => {
  const query = parseSmithy(smithyModel(), contextOf("aws", "cloudwatch"));

  it("gives operations of the service and of its resources", () => {
    expect(query.operations.map(({ id }) => id)).toEqual([
      "aws.cloudwatch.DeleteGauge",
      "aws.cloudwatch.GetGauge",
      "aws.cloudwatch.ListGauges",
    ]);
    expect(query.documents).toMatchObject([{ id: "aws.service.cloudwatch", kind: "service" }]);
  });

  it("says how lists are called in the query protocol: by their members' name, flattened, or plainly", () => {
    expect(operationIn(query, "ListGauges").input.fields).toEqual({
      NextToken: { shape: { type: "string" } },
      Filters: { shape: { type: "list", items: { type: "string" } }, wireName: "Filters.Filter", flattened: true },
      Kinds: { shape: { type: "list", items: { type: "string", values: ["dial", "BAR"] } }, wireName: "Kind", flattened: true },
      Plain: { shape: { type: "list", items: { type: "string", values: ["dial", "BAR"] } }, required: true },
    });
  });

  it("has documentation as plain text, the marked class, the permission and pages", () => {
    expect(operationIn(query, "ListGauges")).toMatchObject({
      description: "Lists gauges. All of them & more.",
      statedClass: "read",
      permission: "cloudwatch:ListGauges",
      reach: "region",
      version: "2020-01-01",
      wire: { protocol: "aws-query", method: "POST", endpoint: "monitoring" },
      pagination: { by: "token", items: "Gauges", inputToken: "NextToken", outputToken: "NextToken" },
    });
    expect(operationIn(query, "DeleteGauge").statedClass).toBe("write");
    expect(operationIn(query, "GetGauge").statedClass).toBeNull();
  });

  it("cuts what refers to itself with unknown, and keeps times and maps", () => {
    expect(operationIn(query, "GetGauge").output).toMatchObject({
      fields: {
        Parent: { shape: { type: "unknown" } },
        Since: { shape: { type: "string", format: "date-time" } },
        Labels: { shape: { type: "map", values: { type: "string" } } },
      },
    });
  });

  it("says targets of JSON protocols and places of REST ones", () => {
    const json = parseSmithy(smithyModel("aws.protocols#awsJson1_1"), contextOf("aws", "logs"));
    expect(operationIn(json, "ListGauges").wire).toEqual({
      protocol: "aws-json-1.1",
      method: "POST",
      target: "Watch_20200101.ListGauges",
      endpoint: "logs",
    });
    const rest = parseSmithy(smithyModel("aws.protocols#restJson1"), contextOf("aws", "xray"));
    expect(operationIn(rest, "GetGauge").wire).toMatchObject({ protocol: "aws-rest-json", method: "GET", path: "/gauges/{+Name}" });
    expect(operationIn(rest, "GetGauge").input.fields).toMatchObject({
      Name: { location: "path", required: true },
      Depth: { location: "query", wireName: "depth", shape: { type: "integer" } },
    });
  });
});

describe("a Google discovery document", () => {
  const parsed = parseDiscovery(discoveryDocument(), contextOf("gcp", "monitoring"));

  it("gives methods of every depth without the API's name, those of projects only where others do the same", () => {
    expect(parsed.operations.map(({ name }) => name)).toEqual(["projects.gauges.get", "projects.gauges.list", "projects.gauges.query"]);
  });

  it("has a parameter for each part of a path, the last one with its slashes", () => {
    const get = operationIn(parsed, "projects.gauges.get");
    expect(get.wire).toMatchObject({ protocol: "rest", path: "/v3/projects/{projectsId}/gauges/{+gaugesId}", endpoint: "monitoring" });
    expect(Object.keys(get.input.fields)).toEqual(["projectsId", "gaugesId"]);
    expect(get.reach).toBe("account");
  });

  it("says which parameters of a query repeat", () => {
    const { kinds } = operationIn(parsed, "projects.gauges.list").input.fields;
    expect(kinds).toEqual({ shape: { type: "list", items: { type: "string" } }, location: "query", flattened: true });
  });

  it("pages the list that the reply is about, not its errors", () => {
    expect(operationIn(parsed, "projects.gauges.list").pagination).toEqual({
      by: "token",
      items: "gauges",
      inputToken: "pageToken",
      outputToken: "nextPageToken",
    });
  });

  it("takes a POST that a reading scope allows for a read, and its body's members for parameters", () => {
    const query = operationIn(parsed, "projects.gauges.query");
    expect(query.statedClass).toBe("read");
    expect(query.input.fields.query).toMatchObject({ required: true, shape: { type: "string" } });
  });
});

describe("Azure Swagger documents", () => {
  const parsed = parseSwagger(swaggerDocuments(), ["watch/2020/gauge.json"], contextOf("azure", "compute"));

  it("give operations of paths and of x-ms-paths, with parameters of other files and without api-version", () => {
    const list = operationIn(parsed, "Gauges_List");
    expect(Object.keys(list.input.fields)).toEqual(["subscriptionId", "$filter"]);
    expect(list.version).toBe("2020-01-01");
    expect(operationIn(parsed, "Gauges_Query").wire.path).toBe("/{+scope}/providers/Microsoft.Watch/gauges");
  });

  it("merge what a definition is all of, and cut what contains itself", () => {
    expect(operationIn(parsed, "Gauges_List").output).toMatchObject({
      fields: {
        value: {
          shape: {
            items: {
              fields: {
                id: { shape: { type: "string" } },
                since: { shape: { format: "date-time" } },
                state: { required: true, shape: { values: ["On", "Off"] } },
                parts: { shape: { items: { type: "unknown" } } },
              },
            },
          },
        },
      },
    });
  });

  it("say links between pages, classes, permissions and reach", () => {
    expect(operationIn(parsed, "Gauges_List")).toMatchObject({
      statedClass: "read",
      permission: "Microsoft.Watch/gauges/read",
      reach: "account",
      pagination: { by: "link", items: "value", link: "nextLink" },
    });
    expect(operationIn(parsed, "Gauges_Calibrate")).toMatchObject({
      statedClass: "write",
      permission: "Microsoft.Watch/locations/gauges/calibrate/action",
      reach: "region",
    });
    expect(operationIn(parsed, "Gauges_Query").statedClass).toBeNull();
  });
});

describe("Alibaba Cloud's OpenAPI metadata", () => {
  it("says which parameters are spread and which are JSON, and leaves out the obsolete ones", () => {
    const gauges = operationIn(parseAlicloud(alicloudDocument(), contextOf("alicloud", "ecs")), "DescribeGauges");
    expect(gauges.input.fields).toMatchObject({ RegionId: { required: true }, Tag: { flattened: true } });
    expect(gauges.input.fields.Options).not.toHaveProperty("flattened");
    expect(gauges.input.fields).not.toHaveProperty("OwnerId");
    expect(gauges.wire).toEqual({ protocol: "alicloud-rpc", method: "POST", endpoint: "ecs" });
    expect(gauges.pagination).toEqual({
      by: "number",
      items: "Gauges.Gauge",
      page: "PageNumber",
      size: "PageSize",
      total: "TotalCount",
      maxSize: 50,
    });
  });

  it("is believed where it says that something writes, and nowhere else", () => {
    const parsed = parseAlicloud(alicloudDocument(), contextOf("alicloud", "ecs"));
    expect(operationIn(parsed, "CreateGauge").statedClass).toBe("write");
    expect(operationIn(parsed, "DescribeGauges").statedClass).toBeNull();
  });

  it("has paths in the style of the log service, and the project as a part of the host", () => {
    const gauges = operationIn(parseAlicloud(alicloudDocument("SLS"), contextOf("alicloud", "sls")), "DescribeGauges");
    expect(gauges.wire).toMatchObject({ protocol: "alicloud-sls", method: "GET", path: "/gauges/{group}" });
    expect(gauges.input.fields.project).toMatchObject({ location: "path", required: true });
  });
});

describe("Volcengine's metadata", () => {
  it("is put together from flattened names", () => {
    const gauges = operationIn(parseVolcengine(volcengineMetadata(), contextOf("volcengine", "storage_ebs")), "DescribeGauges");
    expect(gauges.input.fields).toEqual({
      GaugeIds: { shape: { type: "list", items: { type: "string" } }, flattened: true },
      TagFilters: {
        shape: {
          type: "list",
          items: {
            type: "object",
            fields: {
              Key: { shape: { type: "string" } },
              Values: { shape: { type: "list", items: { type: "string" } }, flattened: true },
            },
          },
        },
        flattened: true,
      },
      Place: { shape: { type: "object", fields: { Zone: { shape: { type: "string" }, required: true } } } },
      NextToken: { shape: { type: "string" } },
    });
    expect(gauges).toMatchObject({
      description: "查询仪表 调用接口查询仪表。",
      wire: { method: "GET", signingName: "storage_ebs" },
      pagination: { by: "token", items: "Gauges" },
    });
  });

  it("posts JSON where it says so", () => {
    const rules = operationIn(parseVolcengine(volcengineMetadata(), contextOf("volcengine", "volc_observe")), "ListRules");
    expect(rules.wire).toEqual({ protocol: "volcengine-rpc", method: "POST", signingName: "Volc_Observe" });
    expect(rules.input.fields.Names).not.toHaveProperty("flattened");
  });

  it("is read from the explorer's answers as well, whose reply is what stands in Result", () => {
    const gauges = operationIn(parseVolcengineExplorer([explorerAnswer()], "2020-01-01", contextOf("volcengine", "ecs")), "DescribeGauges");
    expect(gauges.input.fields).toMatchObject({ GaugeIds: { flattened: true }, Zone: { required: true } });
    expect(gauges.output).toMatchObject({ fields: { Gauges: { shape: { type: "list" } } } });
  });
});
