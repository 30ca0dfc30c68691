/**
 * Cities, or what is nearest to one that vendors tell, by country. A line has what people call a place, lower case, its first name being its
 * key; the first English and the first Chinese name are shown. Under "" are places whose country goes by another name, or has a line of its own.
 */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  "": [
    "virginia, n. virginia, northern virginia, 弗吉尼亚, 弗吉尼亚北部",
    "ohio, columbus, 俄亥俄, 哥伦布",
    "iowa, council bluffs, 爱荷华, 艾奥瓦",
    "illinois, chicago, 伊利诺伊, 芝加哥",
    "texas, 得克萨斯, 德州",
    "dallas, texas, 达拉斯, 得克萨斯, 德州",
    "wyoming, 怀俄明",
    "california, n. california, northern california, 加利福尼亚, 加利福尼亚北部, 加州",
    "silicon valley, california, 硅谷, 加利福尼亚, 加州",
    "los angeles, california, 洛杉矶, 加利福尼亚, 加州",
    "oregon, the dalles, 俄勒冈",
    "washington, 华盛顿州",
    "arizona, phoenix, 亚利桑那",
    "south carolina, moncks corner, 南卡罗来纳",
    "salt lake city, utah, 盐湖城, 犹他",
    "las vegas, nevada, 拉斯维加斯, 内华达",
    "atlanta, georgia, 亚特兰大, 佐治亚",
    "hong kong, 香港, 中国香港",
    "beijing, 北京",
    "shanghai, 上海",
    "hangzhou, 杭州",
    "nanjing, 南京",
    "fuzhou, 福州",
    "wuhan, 武汉",
    "qingdao, 青岛",
    "zhangjiakou, 张家口",
    "hohhot, huhehaote, 呼和浩特",
    "ulanqab, wulanchabu, 乌兰察布",
    "zhengzhou, 郑州",
    "zhongwei, ningxia, 中卫, 宁夏",
    "shenzhen, 深圳",
    "heyuan, 河源",
    "guangzhou, 广州",
    "chengdu, 成都",
    "datong, 大同",
    "hebei, 河北",
    "jiangsu, 江苏",
    "singapore, 新加坡",
  ],
  "canada, 加拿大": ["toronto, 多伦多", "montreal, 蒙特利尔", "quebec, 魁北克", "calgary, 卡尔加里"],
  "mexico, 墨西哥": ["queretaro, 克雷塔罗", "mexico, 墨西哥"],
  "brazil, 巴西": ["sao paulo, são paulo, 圣保罗", "rio de janeiro, rio, 里约热内卢"],
  "chile, 智利": ["santiago, 圣地亚哥"],
  "ireland, 爱尔兰": ["ireland, dublin, 爱尔兰, 都柏林"],
  "united kingdom, england, britain, 英国": ["london, 伦敦", "cardiff, 加的夫"],
  "france, 法国": ["paris, 巴黎", "marseille, 马赛"],
  "germany, 德国": ["frankfurt, 法兰克福", "berlin, 柏林"],
  "netherlands, 荷兰": ["netherlands, amsterdam, 荷兰, 阿姆斯特丹"],
  "belgium, 比利时": ["belgium, brussels, 比利时, 布鲁塞尔"],
  "switzerland, 瑞士": ["zurich, 苏黎世", "geneva, 日内瓦"],
  "italy, 意大利": ["milan, 米兰", "turin, 都灵"],
  "spain, 西班牙": ["madrid, 马德里", "aragon, 阿拉贡"],
  "poland, 波兰": ["warsaw, 华沙"],
  "austria, 奥地利": ["vienna, 维也纳"],
  "denmark, 丹麦": ["copenhagen, 哥本哈根"],
  "norway, 挪威": ["oslo, 奥斯陆", "stavanger, 斯塔万格"],
  "sweden, 瑞典": ["stockholm, 斯德哥尔摩", "gavle, gävle, 耶夫勒"],
  "finland, 芬兰": ["finland, hamina, 芬兰, 哈米纳"],
  "japan, 日本": ["tokyo, 东京", "osaka, 大阪"],
  "korea, south korea, 韩国": ["seoul, 首尔", "busan, 釜山"],
  "taiwan, 台湾": ["taipei, 台北", "taiwan, changhua, 台湾, 彰化"],
  "india, 印度": [
    "mumbai, 孟买",
    "hyderabad, 海得拉巴",
    "pune, 浦那",
    "chennai, 金奈",
    "delhi, 德里",
    "jamnagar, 贾姆讷格尔",
    "nagpur, 那格浦尔",
  ],
  "malaysia, 马来西亚": ["kuala lumpur, 吉隆坡", "johor, 柔佛, 新山"],
  "indonesia, 印度尼西亚, 印尼": ["jakarta, 雅加达"],
  "thailand, 泰国": ["bangkok, 曼谷"],
  "philippines, 菲律宾": ["manila, 马尼拉"],
  "australia, 澳大利亚, 澳洲": ["sydney, 悉尼", "melbourne, 墨尔本", "canberra, 堪培拉"],
  "new zealand, 新西兰": ["auckland, 奥克兰"],
  "uae, united arab emirates, 阿联酋": ["dubai, 迪拜", "abu dhabi, 阿布扎比"],
  "bahrain, 巴林": ["bahrain, 巴林"],
  "qatar, 卡塔尔": ["doha, 多哈"],
  "saudi arabia, 沙特阿拉伯, 沙特": ["riyadh, 利雅得", "dammam, 达曼"],
  "israel, 以色列": ["tel aviv, 特拉维夫"],
  "south africa, 南非": ["johannesburg, 约翰内斯堡", "cape town, 开普敦"],
};

const BY_KEY: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(PLACES).flatMap(([country, lines]) =>
    lines.map((line) => {
      const names = line.split(", ");
      const countryNames = country === "" ? [] : country.split(", ");
      return [names[0] ?? "", [...new Set([...names, ...countryNames])]] as const;
    }),
  ),
);

/**
 * What people call a region: `words` begins with a place, whose names are the same in every cloud, and goes on with what the vendor alone
 * calls it: `tokyo, japan east, 日本东部`. A country's names mean all its regions.
 */
export function placesOf(words: string): readonly string[] {
  const [first = "", ...own] = words.split(", ");
  return [...(BY_KEY.get(first) ?? [first]), ...own];
}
