import type { RegionName } from "../../contracts/index.ts";
import { placesOf } from "../shared/places.ts";

const MAINLAND: Readonly<Record<string, string>> = {
  "cn-hangzhou": "hangzhou, 华东1, 华东 1",
  "cn-shanghai": "shanghai, 华东2, 华东 2",
  "cn-nanjing": "nanjing, 华东5",
  "cn-fuzhou": "fuzhou, 华东6",
  "cn-wuhan-lr": "wuhan, 华中1",
  "cn-qingdao": "qingdao, 华北1, 华北 1",
  "cn-beijing": "beijing, 华北2, 华北 2",
  "cn-zhangjiakou": "zhangjiakou, 华北3, 华北 3",
  "cn-huhehaote": "hohhot, 华北5, 华北 5",
  "cn-wulanchabu": "ulanqab, 华北6, 华北 6",
  "cn-zhengzhou-jva": "zhengzhou, 郑州联通合营",
  "cn-zhongwei": "zhongwei",
  "cn-shenzhen": "shenzhen, 华南1, 华南 1",
  "cn-heyuan": "heyuan, 华南2, 华南 2",
  "cn-guangzhou": "guangzhou, 华南3, 华南 3",
  "cn-chengdu": "chengdu, 西南1, 西南 1",
};

const INTERNATIONAL: Readonly<Record<string, string>> = {
  "cn-hongkong": "hong kong",
  "ap-northeast-1": "tokyo",
  "ap-northeast-2": "seoul",
  "ap-southeast-1": "singapore",
  "ap-southeast-2": "sydney",
  "ap-southeast-3": "kuala lumpur",
  "ap-southeast-5": "jakarta",
  "ap-southeast-6": "manila",
  "ap-southeast-7": "bangkok",
  "ap-southeast-8": "johor",
  "ap-south-1": "mumbai",
  "us-east-1": "virginia",
  "us-southeast-1": "atlanta",
  "us-west-1": "silicon valley",
  "na-south-1": "mexico",
  "eu-west-1": "london",
  "eu-west-2": "paris",
  "eu-central-1": "frankfurt",
  "me-east-1": "dubai",
  "me-central-1": "riyadh",
};

const FINANCE: Readonly<Record<string, string>> = {
  "cn-hangzhou-finance": "hangzhou finance, 杭州金融云",
  "cn-shanghai-finance-1": "shanghai finance, 上海金融云",
  "cn-shenzhen-finance-1": "shenzhen finance, 深圳金融云",
  "cn-beijing-finance-1": "beijing finance, 北京金融云",
};

const GOVERNMENT: Readonly<Record<string, string>> = { "cn-north-2-gov-1": "beijing government, 北京政务云" };

/** Every region with the names people call it by. */
export const ALICLOUD_REGIONS: readonly RegionName[] = [
  ...regionsOf("china", MAINLAND),
  ...regionsOf("international", INTERNATIONAL),
  ...regionsOf("finance", FINANCE),
  ...regionsOf("government", GOVERNMENT),
];

function regionsOf(partition: string, places: Readonly<Record<string, string>>): RegionName[] {
  return Object.entries(places).map(([id, names]) => ({ id, partition, places: placesOf(names) }));
}
