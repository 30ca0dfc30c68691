import type { RegionName } from "../../contracts/index.ts";

const MAINLAND: Readonly<Record<string, string>> = {
  "cn-hangzhou": "hangzhou, 杭州, 华东1, 华东 1",
  "cn-shanghai": "shanghai, 上海, 华东2, 华东 2",
  "cn-nanjing": "nanjing, 南京, 华东5",
  "cn-fuzhou": "fuzhou, 福州, 华东6",
  "cn-wuhan-lr": "wuhan, 武汉, 华中1",
  "cn-qingdao": "qingdao, 青岛, 华北1, 华北 1",
  "cn-beijing": "beijing, 北京, 华北2, 华北 2",
  "cn-zhangjiakou": "zhangjiakou, 张家口, 华北3, 华北 3",
  "cn-huhehaote": "hohhot, huhehaote, 呼和浩特, 华北5, 华北 5",
  "cn-wulanchabu": "ulanqab, wulanchabu, 乌兰察布, 华北6, 华北 6",
  "cn-zhengzhou-jva": "zhengzhou, 郑州, 郑州联通合营",
  "cn-zhongwei": "zhongwei, 中卫",
  "cn-shenzhen": "shenzhen, 深圳, 华南1, 华南 1",
  "cn-heyuan": "heyuan, 河源, 华南2, 华南 2",
  "cn-guangzhou": "guangzhou, 广州, 华南3, 华南 3",
  "cn-chengdu": "chengdu, 成都, 西南1, 西南 1",
};

const INTERNATIONAL: Readonly<Record<string, string>> = {
  "cn-hongkong": "hong kong, 香港",
  "ap-northeast-1": "tokyo, 东京",
  "ap-northeast-2": "seoul, korea, south korea, 首尔, 韩国",
  "ap-southeast-1": "singapore, 新加坡",
  "ap-southeast-2": "sydney, 悉尼",
  "ap-southeast-3": "kuala lumpur, malaysia, 吉隆坡, 马来西亚",
  "ap-southeast-5": "jakarta, indonesia, 雅加达, 印度尼西亚, 印尼",
  "ap-southeast-6": "manila, philippines, 马尼拉, 菲律宾",
  "ap-southeast-7": "bangkok, thailand, 曼谷, 泰国",
  "ap-southeast-8": "johor, 柔佛",
  "ap-south-1": "mumbai, 孟买",
  "us-east-1": "virginia, 弗吉尼亚, 美东",
  "us-southeast-1": "atlanta, 亚特兰大",
  "us-west-1": "silicon valley, 硅谷, 美西",
  "na-south-1": "mexico, 墨西哥",
  "eu-west-1": "london, united kingdom, england, 伦敦, 英国",
  "eu-west-2": "paris, france, 巴黎, 法国",
  "eu-central-1": "frankfurt, germany, 法兰克福, 德国",
  "me-east-1": "dubai, uae, united arab emirates, 迪拜, 阿联酋",
  "me-central-1": "riyadh, saudi arabia, 利雅得, 沙特, 沙特阿拉伯",
};

const FINANCE: Readonly<Record<string, string>> = {
  "cn-hangzhou-finance": "hangzhou finance, 杭州金融云",
  "cn-shanghai-finance-1": "shanghai finance, 上海金融云",
  "cn-shenzhen-finance-1": "shenzhen finance, 深圳金融云",
  "cn-beijing-finance-1": "beijing finance, 北京金融云",
};

const GOVERNMENT: Readonly<Record<string, string>> = { "cn-north-2-gov-1": "beijing government, 北京政务云" };

/** Every region with the names people call it by; names shared by several (China, Japan, India, the United States) are left out. */
export const ALICLOUD_REGIONS: readonly RegionName[] = [
  ...regionsOf("china", MAINLAND),
  ...regionsOf("international", INTERNATIONAL),
  ...regionsOf("finance", FINANCE),
  ...regionsOf("government", GOVERNMENT),
];

function regionsOf(partition: string, places: Readonly<Record<string, string>>): RegionName[] {
  return Object.entries(places).map(([id, names]) => ({ id, partition, places: names.split(", ") }));
}
