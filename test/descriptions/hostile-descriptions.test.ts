import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ServiceDescription, Shape } from "../../src/contracts/index.ts";
import { own } from "../../src/descriptions/shared/json.ts";
import { parseAlicloud } from "../../src/descriptions/shared/parse-alicloud.ts";
import { parseDiscovery } from "../../src/descriptions/shared/parse-discovery.ts";
import { parseSmithy } from "../../src/descriptions/shared/parse-smithy.ts";
import { parseSwagger } from "../../src/descriptions/shared/parse-swagger.ts";
import { parseVolcengine } from "../../src/descriptions/shared/parse-volcengine.ts";
import { parseVolcengineExplorer } from "../../src/descriptions/shared/parse-volcengine-explorer.ts";
import { plainText } from "../../src/descriptions/shared/plain-text.ts";
import { KnowledgeError } from "../../src/errors/index.ts";
import { contextOf, operationIn } from "./fixtures/parse-fixture.ts";
import {
  alicloudDocument,
  discoveryDocument,
  explorerAnswer,
  smithyModel,
  swaggerDocuments,
  volcengineMetadata,
} from "./fixtures/publishers-documents.ts";

type Parse = (document: unknown) => ServiceDescription;

const AZURE_MAIN = "watch/2020/gauge.json";

const FORMATS: readonly (readonly [name: string, sample: unknown, parse: Parse])[] = [
  ["Smithy, query", smithyModel(), (document) => parseSmithy(document, contextOf("aws", "cloudwatch"))],
  ["Smithy, REST", smithyModel("aws.protocols#restJson1"), (document) => parseSmithy(document, contextOf("aws", "xray"))],
  ["discovery", discoveryDocument(), (document) => parseDiscovery(document, contextOf("gcp", "monitoring"))],
  [
    "Swagger",
    swaggerDocuments().get(AZURE_MAIN),
    (document) => parseSwagger(new Map([...swaggerDocuments(), [AZURE_MAIN, document]]), [AZURE_MAIN], contextOf("azure", "compute")),
  ],
  ["Alibaba, RPC", alicloudDocument(), (document) => parseAlicloud(document, contextOf("alicloud", "ecs"))],
  ["Alibaba, SLS", alicloudDocument("SLS"), (document) => parseAlicloud(document, contextOf("alicloud", "sls"))],
  [
    "Volcengine metadata",
    volcengineMetadata().types,
    (document) => parseVolcengine({ ...volcengineMetadata(), types: document }, contextOf("volcengine", "ecs")),
  ],
  [
    "Volcengine explorer",
    explorerAnswer(),
    (document) => parseVolcengineExplorer([document], "2020-01-01", contextOf("volcengine", "ecs")),
  ],
];

/** Words that mean something to one parser or another, or to JavaScript. */
const HOSTILE_VALUES = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    "https://evil.example/x",
    "//evil.example",
    "/../../etc",
    "/a?b=c@evil.example",
    "#/definitions/Gauge",
    "__proto__",
    "smithy.api#String",
    "t#GaugeDetail",
    "a".repeat(5_000),
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}'),
    { $ref: "../../../../etc/passwd#/x" },
  ),
);

/** The sample with one of its values replaced, at any depth. */
function mutated(sample: unknown, pick: number, value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(sample));
  const places: [Record<string, unknown>, string][] = [];
  const waiting: unknown[] = [copy];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== "object" || node === null) continue;
    for (const key of Object.keys(node)) {
      places.push([node as Record<string, unknown>, key]);
      waiting.push((node as Record<string, unknown>)[key]);
    }
  }
  const [parent, key] = places[pick % places.length] ?? [copy, ""];
  parent[key] = value;
  return copy;
}

function expectValid(description: ServiceDescription): void {
  for (const operation of description.operations) {
    expect(operation.id).toBe(`${description.provider}.${description.service}.${operation.name}`);
    expect(operation.description.length).toBeLessThanOrEqual(1_000);
    expect(operation.wire.path ?? "/").toMatch(/^\/(?!\/)[\x21-\x7e]*$/);
    expect((operation.wire.path ?? "/").split(/[/?]/)).not.toContain("..");
    expect(operation.wire.endpoint ?? "a").toMatch(/^[a-z0-9-]{1,63}$/);
    expectShape(operation.input, 0);
    expectShape(operation.output, 0);
  }
}

function expectShape(shape: Shape, depth: number): void {
  expect(depth).toBeLessThan(200);
  if (shape.type === "list") expectShape(shape.items, depth + 1);
  else if (shape.type === "map") expectShape(shape.values, depth + 1);
  else if (shape.type === "object") {
    expect(Object.getPrototypeOf(shape.fields)).toBe(Object.prototype);
    for (const [name, field] of Object.entries(shape.fields)) {
      expect(["__proto__", "constructor", "prototype", ""]).not.toContain(name);
      expect((field.description ?? "").length).toBeLessThanOrEqual(300);
      expectShape(field.shape, depth + 1);
    }
  }
}

function parsedOrRefused(parse: Parse, document: unknown): void {
  try {
    expectValid(parse(document));
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error;
    expect(error.code).toBe("DESCRIPTION_REFUSED");
  }
  expect({}).not.toHaveProperty("polluted");
}

describe.each(FORMATS)("%s", (_name, sample, parse) => {
  it("is parsed or refused, whatever JSON it is", () => {
    fc.assert(fc.property(fc.jsonValue(), (document) => parsedOrRefused(parse, document)));
  });

  it("is parsed or refused when any of its values is another", () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), HOSTILE_VALUES, HOSTILE_VALUES, (first, second, value, other) =>
        parsedOrRefused(parse, mutated(mutated(sample, first, value), second, other)),
      ),
      { numRuns: 300 },
    );
  });
});

describe("a poisoned description", () => {
  it("is read by its own properties only", () => {
    for (const name of ["constructor", "__proto__", "toString"]) expect(own(JSON.parse("{}"), name)).toBeUndefined();
    expect(own(JSON.parse('{"__proto__":1}'), "__proto__")).toBe(1);
  });

  it("cannot name a host: paths that lead elsewhere are refused, and labels of hosts are our own", () => {
    for (const uri of ["https://evil.example/", "//evil.example/", "/a/../../b", "evil.example", "/a\\b", "/a b", "/a#b"]) {
      const model = JSON.parse(JSON.stringify(smithyModel("aws.protocols#restJson1")));
      model.shapes["t#GetGauge"].traits["smithy.api#http"].uri = uri;
      model.shapes["t#Watch_20200101"].traits["aws.api#service"] = { endpointPrefix: "evil.example", arnNamespace: "evil" };
      expect(() => parseSmithy(model, contextOf("aws", "xray")), uri).toThrow(KnowledgeError);
    }
    const model = JSON.parse(JSON.stringify(smithyModel()));
    model.shapes["t#Watch_20200101"].traits["aws.api#service"] = { endpointPrefix: "evil" };
    expect(operationIn(parseSmithy(model, contextOf("aws", "xray")), "ListGauges").wire.endpoint).toBe("xray");
  });

  it("cannot make a consumer walk for ever: what shares its parts is cut", () => {
    const definitions = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `S${index}`,
        { type: "object", properties: { a: { $ref: `#/definitions/S${index + 1}` }, b: { $ref: `#/definitions/S${index + 1}` } } },
      ]),
    );
    const paths = { "/x": { get: { operationId: "X", responses: { "200": { schema: { $ref: "#/definitions/S0" } } } } } };
    const document = { swagger: "2.0", info: { version: "1" }, paths, definitions };
    const parsed = parseSwagger(new Map([["m.json", document]]), ["m.json"], contextOf("azure", "compute"));
    expect(nodesIn(operationIn(parsed, "X").output)).toBeLessThanOrEqual(10_000);
  });

  it("cannot be too deep", () => {
    let schema: unknown = { type: "string" };
    for (let depth = 0; depth < 5_000; depth++) schema = { type: "array", items: schema };
    const document = JSON.parse(JSON.stringify(alicloudDocument()));
    document.apis.DescribeGauges.responses["200"].schema = schema;
    expectValid(parseAlicloud(document, contextOf("alicloud", "ecs")));
  });

  it("cannot list operations without end", () => {
    const apis = Object.fromEntries(Array.from({ length: 3_001 }, (_, index) => [`A${index}`, {}]));
    expect(() => parseAlicloud({ info: { style: "RPC", version: "1" }, apis }, contextOf("alicloud", "ecs"))).toThrow(/3000 operations/);
  });

  it("has no unseen characters, tags or overlong text", () => {
    expect(plainText("a\u202eb\u200bc\u001b[31m <script>x</script> y &lt;b&gt; 1 < 2", 100)).toBe("a b c [31m x y <b> 1 < 2");
    expect(plainText("First. Second is long.", 12)).toBe("First.");
    fc.assert(
      fc.property(fc.string({ maxLength: 3_000, unit: "binary" }), fc.integer({ min: 1, max: 300 }), (text, length) => {
        const plain = plainText(text, length);
        expect(plain.length).toBeLessThanOrEqual(length);
        expect(plain).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

function nodesIn(shape: Shape): number {
  if (shape.type === "list") return 1 + nodesIn(shape.items);
  if (shape.type === "map") return 1 + nodesIn(shape.values);
  if (shape.type !== "object") return 1;
  return Object.values(shape.fields).reduce((sum, field) => sum + nodesIn(field.shape), 1);
}
