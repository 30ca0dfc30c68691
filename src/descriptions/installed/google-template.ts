/** A path of `google.api.http`, as discovery documents write it. */
export interface DiscoveryPath {
  /** `v3/{+name}/timeSeries:query`. */
  readonly path: string;
  /** `v3/projects/{projectsId}/timeSeries:query`. */
  readonly flatPath: string;
  /** `^projects/[^/]+$` by `name`. */
  readonly patterns: ReadonlyMap<string, string>;
  /** `projects.timeSeries`. */
  readonly resource: string;
  /** `query`, where the path ends so. */
  readonly verb: string | undefined;
}

const VARIABLE = /\{([\w.]+)(?:=([^}]+))?\}/g;

/** `/v3/{name=projects/*}/timeSeries:query` as a discovery document would say it. */
export function discoveryPath(template: string): DiscoveryPath {
  const patterns = new Map<string, string>();
  const path = template.slice(1).replace(VARIABLE, (_, name: string, pattern = "*") => {
    patterns.set(name, `^${pattern.split("/").map(segmentPattern).join("/")}$`);
    return pattern.includes("/") ? `{+${name}}` : `{${name}}`;
  });
  const spelled = template.slice(1).replace(VARIABLE, (_, name: string, pattern = "*") => (pattern.includes("/") ? pattern : `{${name}}`));
  const [segments = "", verb] = spelled.split(":");
  const flat: string[] = [];
  const literals: string[] = [];
  let afterLiteral = 0;
  for (const segment of segments.split("/")) {
    if (segment.startsWith("*")) {
      flat.push(`{${literals.at(-1) ?? ""}Id${afterLiteral === 0 ? "" : afterLiteral}}`);
      afterLiteral++;
    } else {
      flat.push(segment);
      if (!segment.startsWith("{")) literals.push(segment);
      afterLiteral = 0;
    }
  }
  const flatPath = verb === undefined ? flat.join("/") : `${flat.join("/")}:${verb}`;
  return { path, flatPath, patterns, resource: literals.slice(1).join("."), verb };
}

function segmentPattern(segment: string): string {
  if (segment === "**") return ".+";
  return segment === "*" ? "[^/]+" : segment;
}
