/** Where the rules below would part a word from its plural. */
const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ["alias", "alias"],
  ["indices", "index"],
  ["kubernetes", "kubernetes"],
  ["dns", "dns"],
  ["https", "https"],
  ["aws", "aws"],
  ["ecs", "ecs"],
  ["rds", "rds"],
  ["kms", "kms"],
  ["cms", "cms"],
  ["sls", "sls"],
  ["tls", "tls"],
  ["ebs", "ebs"],
  ["eks", "eks"],
  ["cpus", "cpu"],
  ["ids", "id"],
  ["ips", "ip"],
  ["vms", "vm"],
  ["dbs", "db"],
  ["lbs", "lb"],
  ["sgs", "sg"],
]);

/** What a lower-case English word has in common with its plural and its forms in -ed and -ing. Not a word itself: only to be compared. */
export function stem(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length < 4) return word;
  return withoutE(withoutSuffix(withoutPlural(word)));
}

function withoutPlural(word: string): string {
  if (/ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(x|ch|sh|ss|us)es$/.test(word)) return word.slice(0, -2);
  return /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}

function withoutSuffix(word: string): string {
  const base = /ing$/.test(word) && word.length > 5 ? word.slice(0, -3) : /ed$/.test(word) && word.length > 4 ? word.slice(0, -2) : word;
  // `stopped`, but `polled` and `passed`.
  return base !== word && /([^ls])\1$/.test(base) ? base.slice(0, -1) : base;
}

function withoutE(word: string): string {
  return word.endsWith("e") && word.length > 3 ? word.slice(0, -1) : word;
}
