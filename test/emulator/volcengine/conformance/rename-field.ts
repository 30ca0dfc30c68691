import { PUBLISHED } from "./published-shapes.ts";
import type { VolcengineReply } from "./reply-violations.ts";
import { isRecord, type Schema } from "./schema.ts";

/** Called with the path of every field, list indexes left out; says what the field is called from now on. */
type Rename = (path: string, name: string) => string;

/** Paths of all fields of a reply. Keys of maps are data, not fields. */
export function fieldPathsOf(reply: VolcengineReply): string[] {
  const paths = new Set<string>();
  rewrite(reply, (path, name) => {
    paths.add(path);
    return name;
  });
  return [...paths];
}

/** The body with one field called otherwise, wherever it stands. */
export function renameField(reply: VolcengineReply, path: string): string {
  return rewrite(reply, (each, name) => (each === path ? `${name}Renamed` : name));
}

function rewrite({ service, operation, status, body }: VolcengineReply, rename: Rename): string {
  const published = PUBLISHED.get(`${service}.${operation}`)?.reply;
  const schema: Schema | undefined =
    service === "tls" || published === undefined
      ? published
      : { type: "structure", name: "", members: new Map([["Result", { schema: published, required: false }]]) };
  return JSON.stringify(renamed(JSON.parse(body), status === 200 ? schema : undefined, "", rename));
}

function renamed(value: unknown, schema: Schema | undefined, path: string, rename: Rename): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, schema?.type === "list" ? schema.item : undefined, path, rename));
  if (!isRecord(value) || schema?.type === "map") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const inside = path === "" ? name : `${path}.${name}`;
      const member = schema?.type === "structure" ? schema.members.get(name)?.schema : undefined;
      return [rename(inside, name), renamed(inner, member, inside, rename)];
    }),
  );
}
