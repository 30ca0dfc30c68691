import { type Declaration, type DeclaredField, readDeclarations } from "./read-declarations.ts";

/** Reads a file of the package's models, by its name without an ending: its code and its declarations. Undefined where there is none. */
export type ReadModel = (name: string) => { readonly code: string; readonly declared: string } | undefined;

interface Model {
  /** What a property is called on the wire. */
  readonly names: ReadonlyMap<string, string>;
  /** Its type, as written: `'string'`, `{ 'type': 'array', 'itemType': Tag }`. */
  readonly types: ReadonlyMap<string, string>;
  readonly declaration: Declaration | undefined;
}

const CLASS =
  /^class (\w+) extends .*? \{\n {4}static names\(\) \{\n {8}return \{([\s\S]*?)\};\n {4}\}\n {4}static types\(\) \{\n {8}return \{([\s\S]*?)\};\n {4}\}/gm;
const PROPERTY = /(\w+): ('[^']*'|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|[\w.]+),/g;

/** Schemas of an `@alicloud/*` package's models, as its OpenAPI metadata would say them; each file is read when first needed. */
export function alicloudModels(read: ReadModel) {
  const models = new Map<string, Model>();
  const files = new Set<string>();
  const schemas = new Map<string, unknown>();

  const load = (file: string) => {
    if (files.has(file)) return;
    files.add(file);
    const texts = read(file);
    if (texts === undefined) return;
    const declarations = readDeclarations(texts.declared);
    for (const [, name = "", names = "", types = ""] of texts.code.matchAll(CLASS)) {
      models.set(name, { names: propertiesOf(names), types: propertiesOf(types), declaration: declarations.get(name) });
    }
  };

  const modelOf = (name: string): Model | undefined => {
    if (!models.has(name)) load(name);
    return models.get(name);
  };

  const schemaOf = (type: string): Record<string, unknown> => {
    const plain = type.trim();
    if (plain.startsWith("'")) return simple(plain.slice(1, -1));
    const items = /^\{ 'type': 'array', 'itemType': (.*) \}$/.exec(plain)?.[1];
    if (items !== undefined) return { type: "array", items: schemaOf(items) };
    const values = /^\{ 'type': 'map', 'keyType': '\w+', 'valueType': (.*) \}$/.exec(plain)?.[1];
    if (values !== undefined) return { type: "object", additionalProperties: schemaOf(values) };
    const name = plain.split(".").at(-1) ?? "";
    const model = /^\w+$/.test(name) ? modelOf(name) : undefined;
    if (model === undefined) return {};
    if (!schemas.has(name)) {
      schemas.set(name, undefined);
      schemas.set(name, { type: "object", properties: Object.fromEntries(propertySchemas(model)) });
    }
    return { $ref: `#/components/schemas/${name}` };
  };

  const propertySchemas = (model: Model): [string, Record<string, unknown>][] => {
    const fields = new Map(model.declaration?.fields.map((field) => [field.name, field]));
    return [...model.names].map(([property, name]) => [
      name.slice(1, -1),
      { ...schemaOf(model.types.get(property) ?? ""), ...documented(fields.get(property)) },
    ]);
  };

  return {
    schemas,
    schemaOf,
    /** Schemas of a request's properties, by what the client calls them. */
    requestSchemas(name: string): ReadonlyMap<string, Record<string, unknown>> {
      const model = modelOf(name);
      if (model === undefined) return new Map();
      const fields = new Map(model.declaration?.fields.map((field) => [field.name, field]));
      return new Map([...model.types].map(([property, type]) => [property, { ...schemaOf(type), ...documented(fields.get(property)) }]));
    },
    /** The type of what a response's body is. */
    bodyType(name: string): string {
      return modelOf(name)?.types.get("body") ?? "";
    },
  };
}

function propertiesOf(text: string): Map<string, string> {
  return new Map([...text.matchAll(PROPERTY)].map(([, name = "", type = ""]) => [name, type]));
}

function documented(field: DeclaredField | undefined): Record<string, unknown> {
  if (field === undefined || field.documentation === "") return {};
  const words = field.documentation.replaceAll("This parameter is required.", "").replaceAll("\\\\", "");
  return { description: words, ...(words === field.documentation ? {} : { required: true }) };
}

function simple(name: string): Record<string, unknown> {
  return name === "string" || name === "boolean" || name === "number" ? { type: name } : {};
}
