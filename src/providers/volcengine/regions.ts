import type { RegionName } from "../../contracts/index.ts";

/** Regions and their places: volcengine.com/docs/6396 (ECS, "地域和可用区") and the region list of volcengine-go-sdk. */
const PLACES: Readonly<Record<string, string>> = {
  "cn-beijing": "beijing, north china 2, 北京, 华北2",
  "cn-shanghai": "shanghai, east china 2, 上海, 华东2",
  "cn-guangzhou": "guangzhou, south china 1, 广州, 华南1",
  "cn-hongkong": "hong kong, 香港, 中国香港",
  "cn-datong": "datong, north china 3, 大同, 华北3",
  "ap-southeast-1": "johor, malaysia, 柔佛, 马来西亚, 新山",
  "ap-southeast-3": "jakarta, indonesia, 雅加达, 印度尼西亚, 印尼",
};

export const VOLCENGINE_REGIONS: readonly RegionName[] = Object.entries(PLACES).map(([id, names]) => ({
  id,
  partition: "volcengine",
  places: names.split(", "),
}));

/** Where STS and DescribeRegions are asked. */
export const HOME_REGION = "cn-beijing";
