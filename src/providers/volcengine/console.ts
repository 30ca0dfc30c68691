import type { Resource } from "../../contracts/index.ts";

const PAGES: Readonly<Partial<Record<Resource["kind"], (id: string, region: string) => string>>> = {
  "virtual-machine": (id, region) => `ecs/region:ecs+${region}/instance/detail/${id}`,
};

/** The page of the Volcengine console that shows a resource. */
export function consoleUrl({ kind, id, region }: Resource): string | undefined {
  const page = PAGES[kind]?.(encodeURIComponent(id), region);
  return page === undefined ? undefined : `https://console.volcengine.com/${page}`;
}
