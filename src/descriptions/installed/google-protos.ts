import { at, entriesOf, listOf, objectOf, own, textOf } from "../shared/json.ts";
import { discoveryPath } from "./google-template.ts";

/** Comments of `.proto` files by what they stand above: `MetricService.ListTimeSeries`, `TimeSeries`, `TimeSeries.points`. */
export type ProtoComments = ReadonlyMap<string, string>;

interface Scope {
  readonly names: readonly string[];
  readonly node: unknown;
}

const SCALARS: Readonly<Record<string, unknown>> = {
  double: { type: "number" },
  float: { type: "number" },
  int32: { type: "integer" },
  uint32: { type: "integer" },
  int64: { type: "string", format: "int64" },
  uint64: { type: "string", format: "int64" },
  bool: { type: "boolean" },
  string: { type: "string" },
  bytes: { type: "string", format: "byte" },
};

/** How well-known types travel as JSON (protobuf.dev, "ProtoJSON format"). */
const WELL_KNOWN: Readonly<Record<string, unknown>> = {
  Timestamp: { type: "string", format: "google-datetime" },
  Duration: { type: "string" },
  FieldMask: { type: "string" },
  Empty: { type: "object" },
  Int64Value: { type: "string" },
  DoubleValue: { type: "number" },
  BoolValue: { type: "boolean" },
  StringValue: { type: "string" },
};

const HTTP_METHODS = ["get", "post", "put", "patch", "delete"];

/**
 * The API that a package's `protos.json` declares, as the discovery document Google publishes of it: names and paths of methods follow
 * from `google.api.http` in the same way. One parser reads both.
 */
export function discoveryOf(protos: unknown, folder: readonly string[], api: string, version: string, comments: ProtoComments): unknown {
  const root: Scope = { names: [], node: protos };
  const home = folder.reduce(inner, root);
  const schemas = new Map<string, unknown>();
  const methods = new Map<string, unknown>();

  const schemaOf = (type: string, scope: Scope): unknown => {
    if (Object.hasOwn(SCALARS, type)) return SCALARS[type];
    const found = resolve(type, scope, root);
    const name = found?.names.at(-1) ?? "";
    if (found === undefined) return {};
    if (found.names.slice(0, 2).join(".") === "google.protobuf") return Object.hasOwn(WELL_KNOWN, name) ? WELL_KNOWN[name] : {};
    const values = own(found.node, "values");
    if (values !== undefined) return { type: "string", enum: Object.keys(objectOf(values)) };
    const id = found.names.join(".");
    if (!schemas.has(id)) {
      schemas.set(id, undefined);
      schemas.set(id, { type: "object", properties: propertiesOf(found) });
    }
    return { $ref: id };
  };

  const propertiesOf = (message: Scope): Record<string, unknown> =>
    Object.fromEntries(
      entriesOf(own(message.node, "fields")).map(([name, declared]) => {
        const value = objectOf(schemaOf(textOf(own(declared, "type")) ?? "", message));
        const path = [...message.names.slice(folder.length), name].join(".");
        const description = comments.get(path) ?? (isRequired(declared) ? "Required." : undefined);
        const said = description === undefined ? {} : { description };
        if (own(declared, "keyType") !== undefined) return [name, { type: "object", additionalProperties: value, ...said }];
        return [name, own(declared, "rule") === "repeated" ? { type: "array", items: value, ...said } : { ...value, ...said }];
      }),
    );

  for (const [serviceName, service] of entriesOf(own(home.node, "nested"))) {
    for (const [rpc, declared] of entriesOf(own(service, "methods"))) {
      const request = resolve(textOf(own(declared, "requestType")) ?? "", inner(home, serviceName), root);
      if (request === undefined) continue;
      const properties = propertiesOf(request);
      for (const binding of bindingsOf(declared)) {
        const response = schemaOf(textOf(own(declared, "responseType")) ?? "", home);
        const description = comments.get(`${serviceName}.${rpc}`);
        const method = methodOf(rpc, binding, { api, properties, schemas, response, description });
        if (!methods.has(method.id)) methods.set(method.id, method);
      }
    }
  }
  return { version, schemas: Object.fromEntries(schemas), resources: { all: { methods: Object.fromEntries(methods) } }, servicePath: "" };
}

/** What a method's request and response are made of. */
interface Message {
  readonly api: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly schemas: ReadonlyMap<string, unknown>;
  readonly response: unknown;
  readonly description: string | undefined;
}

interface Method {
  readonly id: string;
  readonly [key: string]: unknown;
}

interface Binding {
  readonly verb: string;
  readonly template: string;
  readonly body: string | undefined;
}

function bindingsOf(method: unknown): Binding[] {
  const http = listOf(own(method, "parsedOptions"))
    .map((option) => own(option, "(google.api.http)"))
    .find((option) => option !== undefined);
  const more = own(http, "additional_bindings");
  return [http, ...(Array.isArray(more) ? more : [more])].flatMap((binding) => {
    const verb = HTTP_METHODS.find((name) => typeof own(binding, name) === "string");
    if (verb === undefined) return [];
    return [{ verb, template: textOf(own(binding, verb)) ?? "", body: textOf(own(binding, "body")) }];
  });
}

function methodOf(rpc: string, { verb, template, body }: Binding, message: Message): Method {
  const { path, flatPath, patterns, resource, verb: custom } = discoveryPath(template);
  const parameters = new Map<string, unknown>();
  for (const [name, pattern] of patterns) {
    const description = own(message.properties[camel(name)], "description");
    parameters.set(name, { location: "path", pattern, description });
  }
  const bodyName = body === undefined || body === "*" ? undefined : camel(body);
  const others = Object.entries(message.properties).filter(([name]) => !patterns.has(snake(name)) && name !== bodyName);
  if (body !== "*") for (const [name, schema] of others.flatMap((entry) => queriesOf(entry, message.schemas))) parameters.set(name, schema);
  const request = bodyName === undefined ? { type: "object", properties: Object.fromEntries(others) } : message.properties[bodyName];
  return {
    id: [message.api, ...(resource === "" ? [] : [resource]), custom ?? conventional(rpc, verb)].join("."),
    path,
    flatPath,
    httpMethod: verb.toUpperCase(),
    parameters: Object.fromEntries(parameters),
    response: message.response,
    description: message.description,
    ...(body === undefined ? {} : { request }),
  };
}

/** A message in a query is written by its fields: `interval.startTime`. */
function queriesOf([name, schema]: readonly [string, unknown], schemas: ReadonlyMap<string, unknown>): [string, unknown][] {
  const description = own(schema, "description");
  const required = textOf(description)?.startsWith("Required.") === true;
  if (own(schema, "type") === "array")
    return [[name, { ...objectOf(own(schema, "items")), repeated: true, location: "query", description }]];
  const fields = own(schemas.get(textOf(own(schema, "$ref")) ?? ""), "properties");
  if (fields === undefined) return [[name, { ...objectOf(schema), location: "query", required }]];
  return entriesOf(fields).flatMap(([inner, value]) =>
    own(value, "$ref") === undefined ? queriesOf([`${name}.${inner}`, value], schemas) : [],
  );
}

function conventional(rpc: string, verb: string): string {
  if (verb === "patch") return "patch";
  if (verb === "put") return "update";
  const [word = rpc] = /^[A-Z][a-z]+/.exec(rpc) ?? [];
  return word.toLowerCase();
}

function inner(scope: Scope, name: string): Scope {
  return { names: [...scope.names, name], node: at(scope.node, "nested", name) };
}

/** A type's name holds within the message that uses it, in those around it, or from the root. */
function resolve(type: string, scope: Scope, root: Scope): Scope | undefined {
  for (let length = scope.names.length; length >= 0; length--) {
    const found = [...scope.names.slice(0, length), ...type.split(".").filter((part) => part !== "")].reduce(inner, root);
    if (own(found.node, "fields") !== undefined || own(found.node, "values") !== undefined) return found;
  }
  return undefined;
}

function isRequired(declared: unknown): boolean {
  return at(declared, "options", "(google.api.field_behavior)") === "REQUIRED";
}

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
