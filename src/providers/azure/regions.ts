import type { RegionName } from "../../contracts/index.ts";
import { CLOUDS, type CloudName } from "./clouds.ts";

/** Names and places: "List of Azure regions" (Azure reliability documentation); those of one state or country share its name. */
const PUBLIC: Readonly<Record<string, string>> = {
  eastus: "virginia, east us, 弗吉尼亚, 美国东部",
  eastus2: "virginia, east us 2, 弗吉尼亚, 美国东部 2",
  centralus: "iowa, central us, 爱荷华, 艾奥瓦, 美国中部",
  northcentralus: "illinois, chicago, north central us, 伊利诺伊, 芝加哥, 美国中北部",
  southcentralus: "texas, south central us, 得克萨斯, 德州, 美国中南部",
  westcentralus: "wyoming, west central us, 怀俄明, 美国中西部",
  westus: "california, west us, 加利福尼亚, 加州, 美国西部",
  westus2: "washington, west us 2, 华盛顿州, 美国西部 2",
  westus3: "arizona, phoenix, west us 3, 亚利桑那, 美国西部 3",
  canadacentral: "toronto, canada central, 多伦多, 加拿大中部",
  canadaeast: "quebec, canada east, 魁北克, 加拿大东部",
  mexicocentral: "queretaro, mexico central, 克雷塔罗, 墨西哥中部",
  brazilsouth: "sao paulo, são paulo, brazil south, 圣保罗, 巴西南部",
  brazilsoutheast: "rio de janeiro, rio, brazil southeast, 里约热内卢, 巴西东南部",
  chilecentral: "santiago, chile, chile central, 圣地亚哥, 智利",
  northeurope: "ireland, dublin, north europe, 爱尔兰, 都柏林, 北欧",
  westeurope: "netherlands, amsterdam, west europe, 荷兰, 阿姆斯特丹, 西欧",
  uksouth: "london, uk south, 伦敦, 英国南部",
  ukwest: "cardiff, uk west, 加的夫, 英国西部",
  francecentral: "paris, france central, 巴黎, 法国中部",
  francesouth: "marseille, france south, 马赛, 法国南部",
  germanywestcentral: "frankfurt, germany west central, 法兰克福, 德国中西部",
  germanynorth: "berlin, germany north, 柏林, 德国北部",
  switzerlandnorth: "zurich, switzerland north, 苏黎世, 瑞士北部",
  switzerlandwest: "geneva, switzerland west, 日内瓦, 瑞士西部",
  norwayeast: "oslo, norway east, 奥斯陆, 挪威东部",
  norwaywest: "stavanger, norway west, 斯塔万格, 挪威西部",
  swedencentral: "gavle, gävle, sweden, sweden central, 耶夫勒, 瑞典, 瑞典中部",
  italynorth: "milan, italy, italy north, 米兰, 意大利, 意大利北部",
  spaincentral: "madrid, spain, spain central, 马德里, 西班牙, 西班牙中部",
  polandcentral: "warsaw, poland, poland central, 华沙, 波兰, 波兰中部",
  austriaeast: "vienna, austria, austria east, 维也纳, 奥地利, 奥地利东部",
  belgiumcentral: "brussels, belgium, belgium central, 布鲁塞尔, 比利时, 比利时中部",
  denmarkeast: "copenhagen, denmark, denmark east, 哥本哈根, 丹麦, 丹麦东部",
  eastasia: "hong kong, east asia, 香港, 东亚",
  southeastasia: "singapore, southeast asia, 新加坡, 东南亚",
  japaneast: "tokyo, japan east, 东京, 日本东部",
  japanwest: "osaka, japan west, 大阪, 日本西部",
  koreacentral: "seoul, korea central, 首尔, 韩国中部",
  koreasouth: "busan, korea south, 釜山, 韩国南部",
  centralindia: "pune, central india, 浦那, 印度中部",
  southindia: "chennai, south india, 金奈, 印度南部",
  westindia: "mumbai, west india, 孟买, 印度西部",
  jioindiawest: "jamnagar, jio india west, 贾姆讷格尔",
  jioindiacentral: "nagpur, jio india central, 那格浦尔",
  indonesiacentral: "jakarta, indonesia, indonesia central, 雅加达, 印度尼西亚, 印尼",
  malaysiawest: "kuala lumpur, malaysia, malaysia west, 吉隆坡, 马来西亚",
  newzealandnorth: "auckland, new zealand, new zealand north, 奥克兰, 新西兰",
  australiaeast: "sydney, new south wales, australia east, 悉尼, 澳大利亚东部",
  australiasoutheast: "melbourne, victoria, australia southeast, 墨尔本, 澳大利亚东南部",
  australiacentral: "canberra, australia central, 堪培拉, 澳大利亚中部",
  australiacentral2: "canberra, australia central 2, 堪培拉, 澳大利亚中部 2",
  uaenorth: "dubai, uae north, 迪拜, 阿联酋北部",
  uaecentral: "abu dhabi, uae central, 阿布扎比, 阿联酋中部",
  qatarcentral: "doha, qatar, qatar central, 多哈, 卡塔尔",
  israelcentral: "tel aviv, israel, israel central, 特拉维夫, 以色列",
  southafricanorth: "johannesburg, south africa north, 约翰内斯堡, 南非北部",
  southafricawest: "cape town, south africa west, 开普敦, 南非西部",
};

const CHINA: Readonly<Record<string, string>> = {
  chinanorth: "beijing, china north, 北京, 中国北部",
  chinanorth2: "beijing, china north 2, 北京, 中国北部 2",
  chinanorth3: "hebei, china north 3, 河北, 中国北部 3",
  chinaeast: "shanghai, china east, 上海, 中国东部",
  chinaeast2: "shanghai, china east 2, 上海, 中国东部 2",
  chinaeast3: "jiangsu, china east 3, 江苏, 中国东部 3",
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
  Object.entries(PLACES[name]).map(([id, places]) => ({ id, partition: CLOUDS[name].partition, places: places.split(", ") })),
);

/** Whether a cloud has a region of this name, as far as is known. */
export function isRegionOf(cloud: CloudName, region: string): boolean {
  return Object.hasOwn(PLACES[cloud], region);
}
