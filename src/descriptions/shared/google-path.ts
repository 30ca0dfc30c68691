import type { Field } from "../../contracts/index.ts";
import { field } from "./describe-service.ts";
import { type JsonObject, own, textOf } from "./json.ts";
import { STRING } from "./shape-builder.ts";

export interface GooglePath {
  /** `v3/projects/{projectsId}/metricDescriptors/{+metricDescriptorsId}`: what stands behind `+` keeps its slashes. */
  readonly path: string;
  readonly placeholders: readonly (readonly [string, Field])[];
}

/**
 * The path of a method, with a placeholder for each part that varies (`flatPath`), instead of one for a whole resource name
 * (`{+name}`): so that the project is a parameter of its own. A parent of any kind (`^[^/]+/[^/]+$`) is a project.
 */
export function googlePath(method: JsonObject, parameters: JsonObject): GooglePath {
  const path = textOf(own(method, "path")) ?? "";
  const flat = textOf(own(method, "flatPath")) ?? path;
  const wildcards = [...path.matchAll(/\{\+?(\w+)\}/g)].flatMap(([, name = ""]) => wildcardsOf(name, own(parameters, name)));
  const names = [...flat.matchAll(/\{\+?([\w-]+)\}/g)].map(([, name = ""]) => name);
  const placeholders = names.map((name, index): readonly [string, Field] => {
    const { description } = wildcards[index] ?? {};
    return [name, field(STRING, description, { location: "path", required: true })];
  });
  const anyParent = /\{v\d\w*Id\}\/\{v\d\w*Id1\}/;
  if (anyParent.test(flat)) {
    const [, , ...rest] = placeholders;
    const project: readonly [string, Field] = ["projectsId", field(STRING, "Id of the project.", { location: "path", required: true })];
    return { path: greedy(flat.replace(anyParent, "projects/{projectsId}"), []), placeholders: [project, ...rest] };
  }
  return {
    path: greedy(
      flat,
      names.filter((_, index) => wildcards[index]?.isGreedy === true),
    ),
    placeholders,
  };
}

function greedy(path: string, names: readonly string[]): string {
  return path.replace(/\{\+?([\w-]+)\}/g, (_, name: string) => (names.includes(name) ? `{+${name}}` : `{${name}}`));
}

/** What varies in a parameter: `^projects/[^/]+/metricDescriptors/.*$` has two parts, the second of which may hold slashes. */
function wildcardsOf(name: string, parameter: unknown): { readonly description: unknown; readonly isGreedy: boolean }[] {
  const pattern = textOf(own(parameter, "pattern")) ?? "";
  const description = own(parameter, "description");
  const parts = pattern.match(/\[\^\/\]\+|\.[*+]/g) ?? [name];
  return parts.map((part) => ({ description, isGreedy: part.startsWith(".") }));
}
