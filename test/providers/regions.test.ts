import { describe, expect, test } from "vitest";
import type { RegionName } from "../../src/contracts/index.ts";
import { ALICLOUD_REGIONS } from "../../src/providers/alicloud/regions.ts";
import { AWS_REGIONS } from "../../src/providers/aws/regions.ts";
import { AZURE_REGIONS } from "../../src/providers/azure/regions.ts";
import { GCP_REGIONS } from "../../src/providers/gcp/regions.ts";
import { VOLCENGINE_REGIONS } from "../../src/providers/volcengine/regions.ts";

const CLOUDS: Readonly<Record<string, readonly RegionName[]>> = {
  aws: AWS_REGIONS,
  azure: AZURE_REGIONS,
  gcp: GCP_REGIONS,
  alicloud: ALICLOUD_REGIONS,
  volcengine: VOLCENGINE_REGIONS,
};

/** 华北2: Alibaba Cloud and Volcengine number the regions of mainland China, each in its own way. */
const NUMBERED = /^[东南西北华][东南西北中]\s?\d$/;

interface Placed extends RegionName {
  readonly cloud: string;
}

const REGIONS: readonly Placed[] = Object.entries(CLOUDS).flatMap(([cloud, regions]) => regions.map((region) => ({ ...region, cloud })));

/** Names that stand for a country, or for a state with several cities, and so for all regions there. */
const WIDE: ReadonlySet<string> = new Set(
  [
    "california 加利福尼亚 加州 texas 得克萨斯 德州 canada 加拿大 mexico 墨西哥 brazil 巴西 britain england 英国 france 法国 germany 德国",
    "switzerland 瑞士 italy 意大利 spain 西班牙 norway 挪威 sweden 瑞典 japan 日本 korea 韩国 taiwan 台湾 india 印度 malaysia 马来西亚",
    "australia 澳大利亚 澳洲 uae 阿联酋 沙特 沙特阿拉伯",
  ]
    .flatMap((line) => line.split(" "))
    .concat("united kingdom", "south korea", "united arab emirates", "saudi arabia", "south africa", "南非"),
);

/** Regions of one cloud in one place. */
const NEIGHBOURS: readonly string[] = [
  "azure/eastus azure/eastus2",
  "azure/australiacentral azure/australiacentral2",
  "azure/chinanorth azure/chinanorth2",
  "azure/chinaeast azure/chinaeast2",
];

function isChinese(name: string): boolean {
  return /\p{Script=Han}/u.test(name);
}

/** What is shown of a region: its first English and its first Chinese name. */
function shown({ places }: RegionName): readonly (string | undefined)[] {
  return [places.find((place) => !isChinese(place)), places.find(isChinese)];
}

function idsCalled(place: string): string[] {
  return REGIONS.filter(({ places }) => places.includes(place)).map(({ cloud, id }) => `${cloud}/${id}`);
}

describe("the regions of all clouds", () => {
  test.each(REGIONS)("$cloud $id has an English and a Chinese place, in lower case, each once", (region) => {
    expect(shown(region)).toEqual([expect.any(String), expect.any(String)]);
    expect(region.places).toEqual(region.places.map((place) => place.toLowerCase().trim()));
    expect(region.places).toHaveLength(new Set(region.places).size);
  });

  test.each(Object.entries(CLOUDS))("of %s have ids of their own", (_, regions) => {
    expect(new Set(regions.map(({ id }) => id)).size).toBe(regions.length);
  });

  test.each(Object.entries(CLOUDS))("of %s share no name, unless it is that of a country or they lie in one place", (cloud, regions) => {
    const shared = new Map<string, string[]>();
    for (const { id, places } of regions) for (const place of places) shared.set(place, [...(shared.get(place) ?? []), `${cloud}/${id}`]);
    const ambiguous = [...shared].filter(([place, ids]) => ids.length > 1 && !WIDE.has(place) && !NEIGHBOURS.includes(ids.join(" ")));
    expect(ambiguous).toEqual([]);
  });

  test("are shown alike where they lie in the same city", () => {
    const translations = new Map<string, Set<string>>();
    for (const region of REGIONS) {
      const [english = "", chinese = ""] = shown(region);
      for (const [from, to] of [
        [english, chinese],
        [chinese, english],
      ] as const)
        translations.set(from, (translations.get(from) ?? new Set()).add(to));
    }
    expect([...translations].filter(([, names]) => names.size > 1)).toEqual([]);
  });

  test("that are shown alike have every name that two of their clouds use: else a question would leave one out", () => {
    const byCity = Map.groupBy(REGIONS, (region) => shown(region).join(" "));
    for (const regions of byCity.values()) {
      for (const place of new Set(regions.flatMap(({ places }) => places))) {
        const bearers = regions.filter(({ places }) => places.includes(place));
        const isShared = new Set(bearers.map(({ cloud }) => cloud)).size > 1 && !NUMBERED.test(place);
        if (isShared) expect(bearers, place).toEqual(regions);
      }
    }
  });

  test.each([
    ["singapore", ["aws/ap-southeast-1", "azure/southeastasia", "gcp/asia-southeast1", "alicloud/ap-southeast-1"]],
    ["新加坡", ["aws/ap-southeast-1", "azure/southeastasia", "gcp/asia-southeast1", "alicloud/ap-southeast-1"]],
    ["法兰克福", ["aws/eu-central-1", "azure/germanywestcentral", "gcp/europe-west3", "alicloud/eu-central-1"]],
    ["北京", ["aws/cn-north-1", "azure/chinanorth", "azure/chinanorth2", "alicloud/cn-beijing", "volcengine/cn-beijing"]],
    ["柔佛", ["alicloud/ap-southeast-8", "volcengine/ap-southeast-1"]],
    [
      "日本",
      [
        ...["aws/ap-northeast-1", "aws/ap-northeast-3", "azure/japaneast", "azure/japanwest"],
        ...["gcp/asia-northeast1", "gcp/asia-northeast2", "alicloud/ap-northeast-1"],
      ],
    ],
    [
      "germany",
      [
        "aws/eu-central-1",
        "azure/germanywestcentral",
        "azure/germanynorth",
        "gcp/europe-west3",
        "gcp/europe-west10",
        "alicloud/eu-central-1",
      ],
    ],
  ])("called %s are those of every cloud", (place, ids) => {
    expect(idsCalled(place)).toEqual(ids);
  });
});
