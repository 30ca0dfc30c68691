import { PUBLISHED } from "./published-shapes.ts";
import type { Schema } from "./schema.ts";
import type { AlicloudReply } from "./violations.ts";

/** Called with the path of every field, list indexes left out; says what the field is called from now on. */
type Rename = (path: string, name: string) => string;

/** Paths of all fields of a reply, those inside texts that are JSON included. Keys of maps are data, unless they are required. */
export function fieldPathsOf(reply: AlicloudReply): readonly string[] {
  const paths = new Set<string>();
  rewrite(reply, (path, name) => {
    paths.add(path);
    return name;
  });
  return [...paths];
}

/** The body with one field called otherwise, wherever it stands. */
export function renameField(reply: AlicloudReply, path: string): string {
  return rewrite(reply, (each, name) => (each === path ? `${name}Renamed` : name));
}

function rewrite({ service, operation, status, body }: AlicloudReply, rename: Rename): string {
  const schema = status === 200 ? PUBLISHED[`${service}.${operation}`] : undefined;
  return JSON.stringify(renamed(JSON.parse(body), schema, "", rename));
}

function renamed(value: unknown, schema: Schema | undefined, path: string, rename: Rename): unknown {
  if (schema?.type === "json-text" && typeof value === "string")
    return JSON.stringify(renamed(JSON.parse(value), schema.content, path, rename));
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, schema?.type === "list" ? schema.item : undefined, path, rename));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (schema?.type === "map" && !schema.required.includes(name)) return [name, renamed(inner, schema.value, `${path}.*`, rename)];
      const inside = path === "" ? name : `${path}.${name}`;
      const member = schema?.type === "structure" ? schema.members[name] : schema?.type === "map" ? schema.value : undefined;
      return [rename(inside, name), renamed(inner, member, inside, rename)];
    }),
  );
}
