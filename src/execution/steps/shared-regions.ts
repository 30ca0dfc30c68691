import type { Cell, Row } from "../../contracts/index.ts";
import type { Text } from "../../errors/index.ts";

interface Group {
  readonly key: readonly Cell[];
  readonly rows: readonly Row[];
}

/** What to tell of groups by region in which several clouds fell together, because each calls one of its regions so; undefined where there are none. */
export function sharedRegions(groupBy: readonly string[], groups: readonly Group[]): Text | undefined {
  const at = groupBy.indexOf("region");
  if (at === -1 || groupBy.includes("provider")) return undefined;
  const shared = new Map<string, ReadonlySet<string>>();
  for (const { key, rows } of groups) {
    const clouds = new Set(rows.flatMap(({ resource }) => resource?.provider ?? []));
    if (clouds.size > 1) shared.set(String(key[at]), clouds);
  }
  if (shared.size === 0) return undefined;
  const list = [...shared].map(([region, clouds]) => `${region} (${[...clouds].sort().join(", ")})`).join(", ");
  return {
    en: `Several clouds have a region of one id, and are one group here: ${list}. Group by cloud and region to tell them apart.`,
    zh: `多个云有同名的区域，这里合为一组：${list}。如需区分，请按云和区域分组。`,
  };
}
