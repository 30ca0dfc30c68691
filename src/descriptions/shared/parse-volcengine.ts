import type { Field, ObjectShape, ServiceDescription, Shape } from "../../contracts/index.ts";
import { describeService, type OperationDraft, type ParseContext } from "./describe-service.ts";
import { fromFlattened } from "./flattened-parameters.ts";
import { guessPages } from "./guess-pages.ts";
import { entriesOf, own, textOf } from "./json.ts";
import { refusal } from "./refusal.ts";
import { BOOLEAN, createShapeBuilder, INTEGER, NUMBER, type ShapeBuilder, STRING, UNKNOWN } from "./shape-builder.ts";

/** The files of Volcengine's SDK metadata that describe one service. */
export interface VolcengineMetadata {
  readonly version: string;
  /** `metatype/SERVICE/VERSION/meta_type.json`: types of parameters. */
  readonly types: unknown;
  /** `metadata/SERVICE/VERSION/metadata.json`: methods. */
  readonly methods: unknown;
  /** The service's part of `explorer_descriptions`: Chinese titles. */
  readonly titles: unknown;
}

/** Reads Volcengine's SDK metadata. Throws `DESCRIPTION_REFUSED`. */
export function parseVolcengine(metadata: VolcengineMetadata, context: ParseContext): ServiceDescription {
  const actions = entriesOf(metadata.types);
  if (actions.length === 0 || actions.every(([, action]) => own(action, "Request") === undefined)) {
    throw refusal(context.origin.source, { en: "it is no SDK metadata of Volcengine.", zh: "内容不是火山引擎的 SDK 元数据。" });
  }
  const builder = createShapeBuilder();
  const drafts = actions.map(([name, action]): OperationDraft => {
    const isJson = own(own(own(metadata.methods, name), "ApiInfo"), "ContentType") === "application/json";
    const title = own(metadata.titles, name);
    const input = isJson ? metaShape(own(action, "Request"), builder) : flattenedInput(own(action, "Request"), builder);
    const output = metaShape(own(action, "Response"), builder);
    return {
      name,
      version: metadata.version,
      description: [own(title, "name_cn"), own(title, "description_cn")].filter((text) => typeof text === "string").join(" "),
      statedClass: null,
      input,
      output,
      protocol: "volcengine-rpc",
      method: isJson ? "POST" : "GET",
      pagination: guessPages(input, output),
    };
  });
  return describeService(context, drafts);
}

function flattenedInput(request: unknown, builder: ShapeBuilder): ObjectShape {
  const parameters = entriesOf(own(request, "MetaTypes")).map(([name, meta]) => {
    // `array[string]` is what a name that ends in `.N` has as a whole.
    const type = textOf(own(meta, "TypeName")) ?? "";
    const shape = simple(/^array\[(\w+)\]$/.exec(type)?.[1] ?? type);
    return { name, field: { shape, ...required(meta) } };
  });
  return fromFlattened(parameters, builder);
}

function metaShape(meta: unknown, builder: ShapeBuilder): ObjectShape {
  const children = own(meta, "ChildMetas");
  const fields = entriesOf(own(meta, "MetaTypes")).map(([name, type]): [string, Field] => {
    const inner = () => metaShape(own(children, name), builder);
    return [name, { shape: builder.nested(() => typed(type, inner, builder)), ...required(type) }];
  });
  return builder.object(fields);
}

function typed(meta: unknown, inner: () => Shape, builder: ShapeBuilder): Shape {
  const name = textOf(own(meta, "TypeName")) ?? "";
  const of = textOf(own(meta, "TypeOf")) ?? "";
  const value = of === "object" ? inner : () => simple(of);
  if (name === "array") return builder.list(value());
  if (name === "map") return builder.map(value());
  return name === "object" ? inner() : simple(name);
}

function required(meta: unknown): { readonly required?: true } {
  return own(meta, "Required") === true ? { required: true } : {};
}

/** By the names that Volcengine uses. */
export function simple(name: string): Shape {
  const shapes: Readonly<Record<string, Shape>> = { string: STRING, integer: INTEGER, number: NUMBER, boolean: BOOLEAN };
  return Object.hasOwn(shapes, name) ? (shapes[name] ?? UNKNOWN) : UNKNOWN;
}
