import fc from "fast-check";
import typescript from "typescript";
import { describe, expect, it } from "vitest";
import { createProgramChecker } from "../../src/codegen/check-program.ts";
import { declarationsFor } from "../../src/codegen/declarations.ts";
import { canonicalJson } from "../../src/contracts/canonical-json.ts";
import type { Field, ObjectShape, OperationDescription, Shape } from "../../src/contracts/index.ts";
import { OPERATIONS, operationOf, programOperation } from "./programs/operations.ts";

const checker = createProgramChecker();
const descriptions = OPERATIONS.map(({ operation }) => operation);

/** What the compiler says about the declarations themselves, and how many top-level declarations they are. */
function compiled(text: string): { readonly errors: readonly string[]; readonly statements: readonly string[] } {
  const file = typescript.createSourceFile("/declarations.d.ts", text, typescript.ScriptTarget.ES2024, true);
  const library = typescript.createCompilerHost({});
  const program = typescript.createProgram({
    rootNames: ["/declarations.d.ts"],
    options: { target: typescript.ScriptTarget.ES2024, lib: ["lib.es2024.d.ts"], types: [], strict: true, noEmit: true },
    host: { ...library, getSourceFile: (name, options) => (name === file.fileName ? file : library.getSourceFile(name, options)) },
  });
  const errors = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return {
    errors: errors.map(
      ({ messageText, start = 0 }) => `${typescript.flattenDiagnosticMessageText(messageText, " ")} at ${text.slice(start, start + 60)}`,
    ),
    statements: file.statements.map((statement) =>
      "name" in statement && statement.name ? (statement.name as typescript.Node).getText(file) : "",
    ),
  };
}

/** Text and names that try to get out of where they stand. */
const HOSTILE = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.constantFrom(
    "*/ declare const evil: any; /*",
    "*/",
    "/*",
    "//",
    "`$" + "{x}`",
    "'",
    '"',
    "\\",
    "\n",
    "\r",
    "\u2028",
    "\u2029",
    "\u202e",
    "\ud800",
    "\0",
    "@ts-nocheck",
    '/// <reference lib="dom" />',
    "declare global { var process: any }",
    "};",
    "{",
    "}",
    ";",
    "?",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "a-b",
    "a.b",
    "中文",
    "class",
    "interface",
    "any",
    "default",
    "1",
    "-1",
    "1e3",
    "",
    " ",
    "[key: string]",
    "get",
    "set",
    "readonly",
    "new",
  ),
  fc.tuple(fc.constantFrom("*", "/", "* ", "@"), fc.constantFrom("/", "*", "/ ")).map((parts) => parts.join("")),
);

const { shape: anyShape } = fc.letrec<{ shape: Shape; object: ObjectShape; field: Field }>((tie) => ({
  shape: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Shape>(
      { type: "string" },
      { type: "string", format: "date-time" },
      { type: "string", format: "bytes" },
      { type: "number" },
      { type: "integer" },
      { type: "boolean" },
      { type: "unknown" },
    ),
    fc.array(HOSTILE, { maxLength: 4 }).map((values): Shape => ({ type: "string", values })),
    tie("shape").map((items): Shape => ({ type: "list", items })),
    tie("shape").map((values): Shape => ({ type: "map", values })),
    tie("object"),
  ),
  object: fc
    .array(fc.tuple(HOSTILE, tie("field")), { maxLength: 5 })
    .map((fields): ObjectShape => ({ type: "object", fields: Object.fromEntries(fields) })),
  field: fc.tuple(tie("shape"), fc.boolean(), fc.option(HOSTILE)).map(
    ([shape, required, description]): Field => ({
      shape,
      ...(required ? { required: true } : {}),
      ...(description === null ? {} : { description }),
    }),
  ),
}));
const anyObject = fc.array(fc.tuple(HOSTILE, anyShape, fc.boolean()), { maxLength: 5 }).map(
  (fields): ObjectShape => ({
    type: "object",
    fields: Object.fromEntries(
      fields.map(([name, shape, required]) => [name, { shape, ...(required ? { required: true as const } : {}) }]),
    ),
  }),
);

const anyOperation = fc
  .record({ service: HOSTILE, name: HOSTILE, description: HOSTILE, input: anyObject, output: anyShape })
  .map((parts): OperationDescription => ({ ...operationOf(`aws.${parts.service}.${parts.name}`, {}, parts.output), ...parts }));

describe("declarations", () => {
  it("are these", () => {
    expect(declarationsFor(descriptions.slice(0, 1), { brief: true })).toMatchInlineSnapshot(`
      "/** ISO 8601 in UTC. */
      type IsoTime = string;
      type Base64 = string;
      /** What a failed call throws. */
      interface CloudError extends Error { readonly code: string }
      declare const console: { log(...values: unknown[]): void };
      declare const cloud: {
        /** Calls an operation of a cloud's API. All pages come back as one reply. */
        call<Cloud extends keyof Clouds, Service extends keyof Clouds[Cloud], Operation extends keyof Clouds[Cloud][Service]>(
          provider: Cloud, service: Service, operation: Operation, parameters: RequestOf<Clouds[Cloud][Service][Operation]>,
        ): Promise<ReplyOf<Clouds[Cloud][Service][Operation]>>;
      };
      type RequestOf<Operation> = Operation extends (parameters: infer Request) => unknown ? Request : never;
      type ReplyOf<Operation> = Operation extends (parameters: never) => infer Reply ? Reply : never;

      /** "aws", "logs", "DescribeMetricFilters": Made up for tests: DescribeMetricFilters. */
      interface DescribeMetricFiltersRequest {
        /** The name of the log group. */
        logGroupName?: string;
        order?: "ascending" | "descending";
        limit?: number;
      }
      interface DescribeMetricFiltersReply {
        metricFilters?: {
          filterName?: string;
          /** In milliseconds after the epoch. */
          creationTime?: number;
          metricTransformations?: {
            metricName?: string;
            defaultValue?: number;
          }[];
        }[];
        /** Set where not all pages were read. */
        readonly "nephoscope:truncated"?: true;
      }

      interface Clouds {
        aws: {
          logs: {
            DescribeMetricFilters: (parameters: DescribeMetricFiltersRequest) => DescribeMetricFiltersReply;
          };
        };
      }
      "
    `);
  });

  it("compile, whole and brief", () => {
    expect(compiled(declarationsFor(descriptions)).errors).toEqual([]);
    expect(compiled(declarationsFor(descriptions, { brief: true })).errors).toEqual([]);
  });

  it("compile whatever descriptions hold, and declare nothing but what they should", () => {
    const plain = compiled(declarationsFor([operationOf("aws.a.B", {}, { type: "object", fields: {} })])).statements.length;
    fc.assert(
      fc.property(
        fc.uniqueArray(anyOperation, { minLength: 1, maxLength: 3, selector: ({ id }) => id }),
        fc.boolean(),
        (operations, brief) => {
          const { errors, statements } = compiled(declarationsFor(operations, brief ? { brief: true } : {}));
          expect(errors).toEqual([]);
          expect(statements).toHaveLength(plain + 2 * (operations.length - 1));
        },
      ),
      { numRuns: 40 },
    );
    // Each compiles a program: slow on a loaded machine.
  }, 90_000);

  it("hold no line ends, hidden characters or comment ends of a description", () => {
    fc.assert(
      fc.property(HOSTILE, (description) => {
        const field: Field = { shape: { type: "string" }, description };
        const text = declarationsFor([{ ...operationOf("aws.a.B", { field }, { type: "object", fields: { field } }), description }], {
          brief: true,
        });
        expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\u2028|\u2029/u);
        expect(text.match(/\/\*/g)?.length).toBe(text.match(/\*\//g)?.length);
      }),
    );
  });

  it("stay small for a model whatever the size of a description", () => {
    const huge = "x ".repeat(500_000);
    const fields = Object.fromEntries(
      Array.from({ length: 500 }, (_, index): [string, Field] => [`field${index}`, { shape: { type: "string" }, description: huge }]),
    );
    const nested: Shape = { type: "list", items: { type: "object", fields: { ...fields, inner: { shape: { type: "object", fields } } } } };
    const operation = { ...operationOf("aws.a.Huge", fields, { type: "object", fields: { items: { shape: nested } } }), description: huge };
    const base = declarationsFor([], { brief: true }).length;
    const brief = declarationsFor([operation], { brief: true });
    expect(brief.length - base).toBeLessThan(3_000);
    expect(brief).toMatch(/\d+ more/);
    expect(compiled(brief).errors).toEqual([]);
  });

  it("tell two operations of one name apart", () => {
    const twins = ["aws.a.List", "aws.b.List"].map((id) =>
      operationOf(id, { [id]: { shape: { type: "string" } } }, { type: "object", fields: {} }),
    );
    expect(compiled(declarationsFor(twins)).errors).toEqual([]);
  });
});

/** A value of a shape. */
function sampleOf(shape: Shape): unknown {
  switch (shape.type) {
    case "string":
      return shape.values?.[0] ?? "x";
    case "integer":
    case "number":
      return -1;
    case "boolean":
      return true;
    case "unknown":
      return { anything: [1] };
    case "list":
      return [sampleOf(shape.items), sampleOf(shape.items)];
    case "map":
      return { key: sampleOf(shape.values) };
    case "object":
      return Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, sampleOf(field.shape)]));
  }
}

const hasPrototype = (text: string) => text.includes('"__proto__"');

describe("a call", () => {
  it("passes with all the parameters of any description, and is known before it runs", async () => {
    await fc.assert(
      fc.asyncProperty(anyOperation, async (operation) => {
        const parameters = JSON.stringify(sampleOf(operation.input));
        const args = [operation.provider, operation.service, operation.name].map((part) => JSON.stringify(part)).join(", ");
        const code = `interface Row { name: string }\n/** Made up. */\nasync function main(): Promise<Row[]> {\n  await cloud.call(${args}, ${parameters});\n  return [];\n}\n`;
        fc.pre(
          !hasPrototype(code) && !/[\p{Cf}\u2028\u2029]|[^\P{Cc}\n]|@ts-/u.test(code) && !/"(?:constructor|prototype)"/.test(parameters),
        );
        const checked = await checker.check(code, [programOperation(operation)]);
        if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
        expect(checked.program.calls.map(({ literals }) => canonicalJson(literals))).toEqual([canonicalJson(JSON.parse(parameters))]);
      }),
      { numRuns: 60 },
    );
  });
});
