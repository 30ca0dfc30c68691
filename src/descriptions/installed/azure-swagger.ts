import { type Conversion, conversionsIn, functionsIn } from "./azure-functions.ts";
import type { Declaration } from "./read-declarations.ts";

/** What an `@azure/arm-*` package says, taken from its files. */
export interface AzurePackage {
  /** `models.js` files. */
  readonly models: readonly string[];
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** `operations.js` and what declares it, by group: `metrics`, and `""` for operations of none. */
  readonly groups: ReadonlyMap<string, { readonly code: string; readonly declared: string }>;
}

/** The package's operations as the Swagger documents they were generated from, one for each version of the API. */
export function swaggerOf(from: AzurePackage): Map<string, unknown> {
  const definitions = definitionsOf(from);
  const documents = new Map<
    string,
    { swagger: string; info: { version: string }; paths: Record<string, Record<string, unknown>>; definitions: unknown }
  >();
  for (const [group, { code, declared }] of from.groups) {
    const functions = new Map([...functionsIn(code)].map(({ name, body }) => [name, body]));
    for (const [name, body] of functions) {
      const method = /^_(\$?\w+)Send$/.exec(name)?.[1];
      const template = /expandUrlTemplate\("([^"]+)", \{(.*?)\}, \{/.exec(body);
      const verb = /context ?\.path\(path\) ?\.(\w+)\(/.exec(body)?.[1];
      const version = /"api%2Dversion": "([^"]+)"/.exec(body)?.[1];
      if (method === undefined || template?.[1] === undefined || verb === undefined || version === undefined) continue;
      const [path = "", query = ""] = template[1].split("{?");
      const signature = signatureOf(declared, name);
      const options = from.declarations.get(signature.get("options") ?? "");
      const expressions = new Map(
        [...(template[2] ?? "").matchAll(/"?([^\s":]+)"?: ([^,]+)/g)].map(([, key = "", value = ""]) => [key, value.trim()]),
      );
      const parameter = (key: string, location: "path" | "query") => {
        const expression = expressions.get(key) ?? "";
        const property = /options\?\.(\w+)$/.exec(expression)?.[1];
        const field = options?.fields.find(({ name: each }) => each === property);
        const type = field?.type ?? signature.get(expression) ?? "string";
        const isGreedy = path.includes(`{+${key}}`);
        return {
          name: decodeURIComponent(key),
          in: location,
          required: location === "path" || property === undefined,
          description: field?.documentation,
          ...schemaOf(type, from.declarations),
          ...(isGreedy ? { "x-ms-skip-url-encoding": true } : {}),
        };
      };
      const names = [...path.matchAll(/\{\+?([\w-]+)\}/g)].map(([, key = ""]) => key);
      const queries = query
        .replace("}", "")
        .split(",")
        .filter((key) => key !== "" && key !== "api%2Dversion");
      const bodyName = /body: .*?Serializer\(([\w?.]+)\)/.exec(body)?.[1]?.replace("options?.", "");
      const bodyType =
        bodyName === undefined ? undefined : (signature.get(bodyName) ?? options?.fields.find((each) => each.name === bodyName)?.type);
      const result = functions.get(`_${method}Deserialize`) ?? "";
      const outer = functions.get(method) ?? "";
      const pages = /itemName: "(\w+)", nextLinkName: "(\w+)"/.exec(outer);
      const operation = {
        operationId: [group, method.replace("$", "")]
          .filter((part) => part !== "")
          .map(capitalised)
          .join("_"),
        description: documentationOf(declared, method),
        parameters: [
          ...names.map((key) => parameter(key, "path")),
          ...queries.map((key) => parameter(key, "query")),
          ...(bodyName === undefined
            ? []
            : [{ name: bodyName, in: "body", required: true, schema: schemaOf(bodyType ?? "", from.declarations) }]),
        ],
        responses: { "200": { schema: schemaNamed(/return (\w+?)Deserializer(?:_\d+)?\(result\.body\)/.exec(result)?.[1]) } },
        "x-ms-long-running-operation": outer.includes("getLongRunningPoller("),
        ...(pages === null ? {} : { "x-ms-pageable": { itemName: pages[1], nextLinkName: pages[2] } }),
      };
      const document = documents.get(version) ?? { swagger: "2.0", info: { version }, paths: {}, definitions };
      documents.set(version, document);
      document.paths[path] = { ...document.paths[path], [verb]: operation };
    }
  }
  return documents;
}

/** Schemas by the name of the function that reads them: they say what a value is called on the wire, the declarations what it is. */
function definitionsOf({ models, declarations }: AzurePackage): Record<string, unknown> {
  const definitions = new Map<string, unknown>();
  for (const { name, body } of models.flatMap((text) => [...functionsIn(text)])) {
    const match = /^(\w+?)(Des|S)erializer$/.exec(name);
    if (match?.[1] === undefined || match[1].endsWith("Array")) continue;
    const isReading = match[2] === "Des";
    if (definitions.has(match[1]) && !isReading) continue;
    definitions.set(match[1], definitionOf(conversionsIn(body), fieldsOf(capitalised(match[1]), declarations), isReading, declarations));
  }
  return Object.fromEntries(definitions);
}

type Fields = ReadonlyMap<string, { readonly type: string; readonly documentation: string }>;

function definitionOf(
  conversions: readonly Conversion[],
  fields: Fields,
  isReading: boolean,
  declarations: ReadonlyMap<string, Declaration>,
): unknown {
  const properties = conversions.map((conversion): [string, unknown] => {
    const [property, wireName] = isReading ? [conversion.to, conversion.from] : [conversion.from, conversion.to];
    const field = fields.get(property);
    const schema = conversion.by === undefined ? schemaOf(field?.type ?? "string", declarations) : schemaNamed(conversion.by);
    return [wireName, { ...schema, description: field?.documentation }];
  });
  return { type: "object", properties: Object.fromEntries(properties.filter(([name]) => name !== "")) };
}

/** Fields of an interface and of those it extends. */
function fieldsOf(name: string, declarations: ReadonlyMap<string, Declaration>, depth = 0): Fields {
  // `_DiagnosticSettingsResourceProperties` is what `DiagnosticSettingsResource` was flattened from.
  const declaration =
    declarations.get(name) ??
    declarations.get(name.replace(/^_/, "").replace(/Properties$/, "")) ??
    declarations.get(name.replace(/^_(\w)/, (_, letter: string) => letter.toUpperCase()).replace(/Properties$/, ""));
  if (declaration === undefined || depth > 8) return new Map();
  const inherited = declaration.extends.flatMap((base) => [...fieldsOf(base, declarations, depth + 1)]);
  return new Map([...inherited, ...declaration.fields.map((field) => [field.name, field] as const)]);
}

function schemaNamed(name: string | undefined): Record<string, unknown> {
  if (name === undefined) return {};
  if (name.endsWith("Array")) return { type: "array", items: { $ref: `#/definitions/${name.slice(0, -"Array".length)}` } };
  if (name.endsWith("Record"))
    return { type: "object", additionalProperties: { $ref: `#/definitions/${name.slice(0, -"Record".length)}` } };
  return { $ref: `#/definitions/${name}` };
}

/** A schema for a type as TypeScript writes it. */
function schemaOf(type: string, declarations: ReadonlyMap<string, Declaration>): Record<string, unknown> {
  const plain = type.replace(/ \| (null|undefined)/g, "").trim();
  const list = /^(?:Array<(.+)>|(.+)\[\])$/.exec(plain);
  if (list !== null) return { type: "array", items: schemaOf(list[1] ?? list[2] ?? "", declarations) };
  const map = /^Record<string, (.+)>$/.exec(plain);
  if (map !== null) return { type: "object", additionalProperties: schemaOf(map[1] ?? "", declarations) };
  if (plain === "Date") return { type: "string", format: "date-time" };
  if (plain === "string" || plain === "number" || plain === "boolean") return { type: plain };
  if (plain === "any" || plain === "unknown") return {};
  const known = declarations.get(`Known${plain}`)?.values ?? declarations.get(plain)?.values ?? [];
  if (known.length > 0) return { type: "string", enum: known };
  const declaration = declarations.get(plain);
  if (declaration !== undefined && declaration.fields.length + declaration.extends.length > 0) {
    return { $ref: `#/definitions/${plain.charAt(0).toLowerCase()}${plain.slice(1)}` };
  }
  return { type: "string" };
}

/** Types of a declared function's parameters, by name. */
function signatureOf(declared: string, name: string): Map<string, string> {
  const start = declared.indexOf(`function ${name}(`);
  const list = declared
    .slice(start, declared.indexOf("): ", start))
    .replace(/^[^(]*\(/, "")
    .replace(/\s+/g, " ");
  return new Map([...list.matchAll(/(\w+)\??: ([^,]+)/g)].map(([, parameter = "", type = ""]) => [parameter, type.trim()]));
}

function documentationOf(declared: string, method: string): string {
  const end = declared.indexOf(`export declare function ${method}(`);
  const start = declared.lastIndexOf("/**", end);
  if (end < 0 || start < 0) return "";
  const comment = declared.slice(start, end);
  return comment.includes("export declare") ? "" : comment.replace(/\/\*\*|\*\/|^ \* ?/gm, "").trim();
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
