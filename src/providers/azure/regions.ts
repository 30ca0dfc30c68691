import type { RegionName } from "../../contracts/index.ts";
import { placesOf } from "../shared/places.ts";
import { CLOUDS, type CloudName } from "./clouds.ts";

/** Places and display names: "List of Azure regions" (Azure reliability documentation). */
const PUBLIC: Readonly<Record<string, string>> = {
  eastus: "virginia, east us",
  eastus2: "virginia, east us 2, 美国东部 2",
  centralus: "iowa, central us, 美国中部",
  northcentralus: "illinois, north central us, 美国中北部",
  southcentralus: "texas, south central us, 美国中南部",
  westcentralus: "wyoming, west central us, 美国中西部",
  westus: "california, west us",
  westus2: "washington, west us 2, 美国西部 2",
  westus3: "arizona, west us 3, 美国西部 3",
  canadacentral: "toronto, canada central, 加拿大中部",
  canadaeast: "quebec, canada east, 加拿大东部",
  mexicocentral: "queretaro, mexico central, 墨西哥中部",
  brazilsouth: "sao paulo, brazil south, 巴西南部",
  brazilsoutheast: "rio de janeiro, brazil southeast, 巴西东南部",
  chilecentral: "santiago, chile central",
  northeurope: "ireland, north europe, 北欧",
  westeurope: "netherlands, west europe, 西欧",
  uksouth: "london, uk south, 英国南部",
  ukwest: "cardiff, uk west, 英国西部",
  francecentral: "paris, france central, 法国中部",
  francesouth: "marseille, france south, 法国南部",
  germanywestcentral: "frankfurt, germany west central, 德国中西部",
  germanynorth: "berlin, germany north, 德国北部",
  switzerlandnorth: "zurich, switzerland north, 瑞士北部",
  switzerlandwest: "geneva, switzerland west, 瑞士西部",
  norwayeast: "oslo, norway east, 挪威东部",
  norwaywest: "stavanger, norway west, 挪威西部",
  swedencentral: "gavle, sweden central, 瑞典中部",
  italynorth: "milan, italy north, 意大利北部",
  spaincentral: "madrid, spain central, 西班牙中部",
  polandcentral: "warsaw, poland central, 波兰中部",
  austriaeast: "vienna, austria east, 奥地利东部",
  belgiumcentral: "belgium, belgium central, 比利时中部",
  denmarkeast: "copenhagen, denmark east, 丹麦东部",
  eastasia: "hong kong, east asia, 东亚",
  southeastasia: "singapore, southeast asia, 东南亚",
  japaneast: "tokyo, japan east, 日本东部",
  japanwest: "osaka, japan west, 日本西部",
  koreacentral: "seoul, korea central, 韩国中部",
  koreasouth: "busan, korea south, 韩国南部",
  centralindia: "pune, central india, 印度中部",
  southindia: "chennai, south india, 印度南部",
  westindia: "mumbai, west india, 印度西部",
  jioindiawest: "jamnagar, jio india west",
  jioindiacentral: "nagpur, jio india central",
  indonesiacentral: "jakarta, indonesia central",
  malaysiawest: "kuala lumpur, malaysia west",
  newzealandnorth: "auckland, new zealand north",
  australiaeast: "sydney, new south wales, australia east, 澳大利亚东部",
  australiasoutheast: "melbourne, victoria, australia southeast, 澳大利亚东南部",
  australiacentral: "canberra, australia central, 澳大利亚中部",
  australiacentral2: "canberra, australia central 2, 澳大利亚中部 2",
  uaenorth: "dubai, uae north, 阿联酋北部",
  uaecentral: "abu dhabi, uae central, 阿联酋中部",
  qatarcentral: "doha, qatar central",
  israelcentral: "tel aviv, israel central",
  southafricanorth: "johannesburg, south africa north, 南非北部",
  southafricawest: "cape town, south africa west, 南非西部",
};

const CHINA: Readonly<Record<string, string>> = {
  chinanorth: "beijing, china north, 中国北部",
  chinanorth2: "beijing, china north 2, 中国北部 2",
  chinanorth3: "hebei, china north 3, 中国北部 3",
  chinaeast: "shanghai, china east, 中国东部",
  chinaeast2: "shanghai, china east 2, 中国东部 2",
  chinaeast3: "jiangsu, china east 3, 中国东部 3",
};

const GOVERNMENT: Readonly<Record<string, string>> = {
  usgovvirginia: "us gov virginia, government virginia, 政府云弗吉尼亚",
  usgovtexas: "us gov texas, government texas, 政府云得克萨斯",
  usgovarizona: "us gov arizona, government arizona, 政府云亚利桑那",
  usdodeast: "us dod east, 国防部东部",
  usdodcentral: "us dod central, 国防部中部",
};

const PLACES: Readonly<Record<CloudName, Readonly<Record<string, string>>>> = {
  AzureCloud: PUBLIC,
  AzureChinaCloud: CHINA,
  AzureUSGovernment: GOVERNMENT,
};

/** Every region of all clouds with the names people call it by. */
export const AZURE_REGIONS: readonly RegionName[] = (Object.keys(PLACES) as CloudName[]).flatMap((name) =>
  Object.entries(PLACES[name]).map(([id, places]) => ({ id, partition: CLOUDS[name].partition, places: placesOf(places) })),
);

/** Whether a cloud has a region of this name, as far as is known. */
export function isRegionOf(cloud: CloudName, region: string): boolean {
  return Object.hasOwn(PLACES[cloud], region);
}
