/** What people call the clouds. */
const NAMES: Readonly<Record<string, RegExp>> = {
  aws: /\b(aws|amazon)\b|亚马逊/i,
  azure: /\bazure\b|微软/i,
  gcp: /\b(gcp|google)\b|谷歌/i,
  alicloud: /\b(alicloud|aliyun|alibaba)\b|阿里/i,
  volcengine: /\b(volcengine|volcano engine)\b|火山/i,
};

/** Clouds that a question names: their operations are meant rather than others'. */
export function cloudsNamed(text: string): ReadonlySet<string> {
  return new Set(Object.entries(NAMES).flatMap(([provider, name]) => (name.test(text) ? [provider] : [])));
}
