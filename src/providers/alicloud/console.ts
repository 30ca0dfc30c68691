import type { Resource } from "../../contracts/index.ts";

const PAGES: Readonly<Partial<Record<Resource["kind"], (id: string, region: string) => string>>> = {
  "virtual-machine": (id, region) => `https://ecs.console.aliyun.com/server/${id}/detail?regionId=${region}`,
  database: (id, region) => `https://rdsnext.console.aliyun.com/detail/${id}/basicInfo?region=${region}`,
};

/** The page of Alibaba Cloud's console that shows a resource. */
export function consoleUrl({ kind, id, region }: Resource): string | undefined {
  return PAGES[kind]?.(encodeURIComponent(id), region);
}
