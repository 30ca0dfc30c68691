import type { ResourceKind } from "../../contracts/index.ts";
import type { FleetPlan, FleetResource } from "../fleet.ts";
import { hash, pick } from "../hash.ts";

export const ALICLOUD_MAIN_ACCOUNT = "1403275690172345";
export const ALICLOUD_PAYMENTS_ACCOUNT = "1782046351908264";

/** What the cloud knows of a region: its display name, the letters ids of that region begin with, and its zones. */
interface AlicloudRegion {
  readonly id: string;
  readonly weight: number;
  readonly zh: string;
  readonly en: string;
  readonly idPrefix: string;
  readonly zones: readonly [string, ...string[]];
}

export const ALICLOUD_REGIONS: readonly AlicloudRegion[] = [
  { id: "cn-hangzhou", weight: 30, zh: "华东1（杭州）", en: "China (Hangzhou)", idPrefix: "bp1", zones: ["h", "i", "k"] },
  { id: "cn-beijing", weight: 25, zh: "华北2（北京）", en: "China (Beijing)", idPrefix: "2ze", zones: ["h", "k", "l"] },
  { id: "cn-shanghai", weight: 20, zh: "华东2（上海）", en: "China (Shanghai)", idPrefix: "uf6", zones: ["b", "g", "m"] },
  { id: "ap-southeast-1", weight: 15, zh: "新加坡", en: "Singapore", idPrefix: "t4n", zones: ["a", "b", "c"] },
  { id: "eu-central-1", weight: 10, zh: "德国（法兰克福）", en: "Germany (Frankfurt)", idPrefix: "gw8", zones: ["a", "b"] },
];

/** Public regions in which nothing runs: they answer with empty lists (endpoints of the published API descriptions). */
const EMPTY_REGIONS: ReadonlySet<string> = new Set(
  (
    "cn-qingdao cn-zhangjiakou cn-huhehaote cn-wulanchabu cn-nanjing cn-fuzhou cn-shenzhen cn-heyuan cn-guangzhou cn-chengdu " +
    "cn-hongkong cn-wuhan-lr cn-zhengzhou-jva cn-hangzhou-finance cn-shanghai-finance-1 cn-shenzhen-finance-1 cn-beijing-finance-1 " +
    "ap-northeast-1 ap-northeast-2 ap-southeast-2 ap-southeast-3 ap-southeast-5 ap-southeast-6 ap-southeast-7 ap-south-1 " +
    "us-east-1 us-west-1 eu-west-1 me-east-1 me-central-1"
  ).split(" "),
);

const REGIONS_BY_ID = new Map(ALICLOUD_REGIONS.map((region) => [region.id, region]));
const ID_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

/** The emulated Alibaba Cloud: two accounts, five regions, ids in the vendor's forms. */
export const ALICLOUD_FLEET_PLAN: FleetPlan = {
  provider: "alicloud",
  kinds: ["virtual-machine", "database"],
  traits: { chineseNames: true, nameTag: false, basicMonitoring: false, terminated: false },
  accounts: [
    { id: ALICLOUD_MAIN_ACCOUNT, name: "main", weight: 70 },
    { id: ALICLOUD_PAYMENTS_ACCOUNT, name: "payments", weight: 30 },
  ],
  regions: ALICLOUD_REGIONS.map(({ id, weight }) => ({ id, weight })),
  idOf: (kind: ResourceKind, { region, name, key }) => {
    switch (kind) {
      case "virtual-machine":
        return `i-${nativeId(region, key, "instance")}`;
      case "database":
        return `${name.includes("mysql") ? "rm" : "pgm"}-${nativeId(region, key, "database")}`;
      default:
        return name;
    }
  },
};

/** Twenty letters that begin as ids of the region do: `bp1…` in Hangzhou. The last seven tell resources apart. */
export function nativeId(region: string, key: number, purpose: string): string {
  return `${REGIONS_BY_ID.get(region)?.idPrefix ?? "bp1"}${letters(10, key, purpose)}${key.toString(36).padStart(7, "0")}`;
}

function letters(length: number, ...parts: readonly (number | string)[]): string {
  return Array.from({ length }, (_, index) => ID_LETTERS[hash(...parts, index) % ID_LETTERS.length]).join("");
}

export function isRegion(id: string): boolean {
  return REGIONS_BY_ID.has(id) || EMPTY_REGIONS.has(id);
}

export function zoneOf(resource: FleetResource): string {
  const [first, ...others] = REGIONS_BY_ID.get(resource.region)?.zones ?? ["a"];
  return `${resource.region}-${pick([first, ...others], resource.key, "zone")}`;
}
