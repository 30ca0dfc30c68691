import type { DiscoverySchema } from "./discovery-vocabulary.ts";
import { enumeration, SCALARS, type WireSchema } from "./wire-schema.ts";

const FORMATS: Readonly<Record<string, WireSchema>> = {
  int64: SCALARS.int64,
  uint64: SCALARS.uint64,
  byte: SCALARS.bytes,
  "google-datetime": SCALARS.timestamp,
  "google-duration": SCALARS.duration,
  "date-time": SCALARS.dateTime,
};

/** The schema a document has under a name. Lists may be empty where the service is older than the JSON mapping that leaves them out. */
export function discoverySchema(document: Readonly<Record<string, DiscoverySchema>>, name: string, mayBeEmpty: boolean): WireSchema {
  const schema = document[name];
  if (schema === undefined) throw new RangeError(`The document has no ${name}.`);
  return convert(schema, name);

  function convert(
    { $ref, type, properties, additionalProperties, items, format, enum: values, default: only }: DiscoverySchema,
    title: string,
  ): WireSchema {
    if ($ref !== undefined) return discoverySchema(document, $ref, mayBeEmpty);
    if (type === "array") return { type: "list", item: convert(items ?? {}, title), mayBeEmpty };
    if (type === "object" && additionalProperties !== undefined) return { type: "map", value: convert(additionalProperties, title) };
    if (type === "object" && properties === undefined) return { type: "struct" };
    if (type === "object") {
      const members = Object.entries(properties ?? {}).map(
        ([member, inner]) =>
          [member, { schema: () => convert(inner, `${title}.${member}`), required: inner.default !== undefined }] as const,
      );
      return { type: "message", name: title, members: new Map(members), alternatives: [] };
    }
    if (values !== undefined)
      return enumeration(title, Object.fromEntries(values.flatMap((value, index) => (value === null ? [] : [[value, index]]))));
    if (only !== undefined) return { type: "scalar", name: JSON.stringify(only), fits: (value) => value === only };
    if (type === "boolean") return SCALARS.bool;
    if (type === "integer") return SCALARS.int32;
    if (type === "number") return SCALARS.double;
    return FORMATS[format ?? ""] ?? SCALARS.string;
  }
}
