import type { RegionName } from "../../contracts/index.ts";
import { placesOf } from "../shared/places.ts";

/** Regions and their places: volcengine.com/docs/6396 (ECS, "地域和可用区") and the region list of volcengine-go-sdk. */
const PLACES: Readonly<Record<string, string>> = {
  "cn-beijing": "beijing, north china 2, 华北2",
  "cn-shanghai": "shanghai, east china 2, 华东2",
  "cn-guangzhou": "guangzhou, south china 1, 华南1",
  "cn-hongkong": "hong kong",
  "cn-datong": "datong, north china 3, 华北3",
  "ap-southeast-1": "johor",
  "ap-southeast-3": "jakarta",
};

/** Every region with the names people call it by. */
export const VOLCENGINE_REGIONS: readonly RegionName[] = Object.entries(PLACES).map(([id, names]) => ({
  id,
  partition: "volcengine",
  places: placesOf(names),
}));

/** Where STS and DescribeRegions are asked. */
export const HOME_REGION = "cn-beijing";
