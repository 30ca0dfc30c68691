import {
  canonicalJson,
  commonRegions,
  type PlanningFacts,
  parseRegion,
  type Restriction,
  type TagCondition,
  type Where,
} from "../contracts/index.ts";
import { ConfigurationError, nearest, QuestionError } from "../errors/index.ts";

/** Throws `CONFIGURATION_INVALID` for clouds and regions that are not there: an option of the caller is wrong, not the question. */
export function checkRestriction(restriction: Restriction, facts: PlanningFacts): void {
  const known = {
    providers: facts.providers.map(({ id }) => id),
    regions: facts.providers.flatMap((provider) => provider.regions.flatMap(({ id }) => [id, `${provider.id}:${id}`])),
  };
  for (const field of ["providers", "regions"] as const) {
    const unknown = restriction[field]?.find((name) => !known[field].includes(name));
    // A cloud that lists no regions may have any.
    if (unknown === undefined || known[field].length === 0) continue;
    // `aws:us-east-1` is said of a region that other clouds call so, too: no need to tell it twice.
    const plain = [...new Set(known[field].map((name) => parseRegion(name).id))];
    const near = nearest(unknown, plain).join(", ");
    throw new ConfigurationError({
      code: "CONFIGURATION_INVALID",
      message: {
        en: `The question was restricted to ${unknown}, which is none of the known ${field}.`,
        zh: `查询被限制在 ${unknown}，但它不是已知的${field === "regions" ? "区域" : "云"}。`,
      },
      hint: {
        en: `Nearest: ${near || plain.slice(0, 5).join(", ")}`,
        zh: `相近的名称：${near || plain.slice(0, 5).join("、")}`,
      },
    });
  }
}

const ASKS_CLOUDS: ReadonlySet<string> = new Set([
  "resources.list",
  "logs.query",
  "traces.query",
  "alarms.list",
  "code.run",
  "results.load",
]);
const HAS_TAGS: ReadonlySet<string> = new Set(["resources.list", "results.load"]);

/** The input of a step, narrowed to the restriction. `accountNames` are friendly names by account id. */
export function restrictInput(
  tool: string,
  input: Readonly<Record<string, unknown>>,
  restriction: Restriction,
  accountNames: Readonly<Record<string, string>>,
): Record<string, unknown> {
  if (!ASKS_CLOUDS.has(tool)) return { ...input };
  const toIds = (account: string) => accountIds(account, accountNames);
  const where: Record<string, unknown> = { ...(input.where as Where | undefined) };
  for (const field of ["providers", "accounts", "regions"] as const) {
    const allowed = field === "accounts" ? restriction.accounts?.flatMap(toIds) : restriction[field];
    if (allowed === undefined) continue;
    const asked = where[field] as { include?: string[]; exclude?: string[] } | undefined;
    const included = field === "accounts" ? asked?.include?.flatMap(toIds) : asked?.include;
    where[field] = { ...asked, include: intersection(field, included, allowed) };
  }
  if (restriction.tags !== undefined && !HAS_TAGS.has(tool)) throw withoutTags(tool);
  if (restriction.tags !== undefined) {
    const conditions = Object.entries(restriction.tags).map(([key, value]): TagCondition => ({ key, operator: "in", values: [value] }));
    // Of a plan that was narrowed before: it stays the same.
    const own = new Set(conditions.map(canonicalJson));
    const others = ((where.tags as TagCondition[] | undefined) ?? []).filter((condition) => !own.has(canonicalJson(condition)));
    where.tags = [...others, ...conditions];
  }
  return Object.keys(where).length === 0 ? { ...input } : { ...input, where };
}

function withoutTags(tool: string): ConfigurationError {
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: {
      en: `The question was restricted to tags, and what ${tool} reads has none.`,
      zh: `查询被限制在某些标签，而 ${tool} 读取的内容没有标签。`,
    },
    hint: { en: "Restrict by account or region instead.", zh: "请改为按账号或区域限制。" },
  });
}

/** Several clouds may have an account of one name. */
function accountIds(account: string, names: Readonly<Record<string, string>>): readonly string[] {
  const called = Object.entries(names).filter(([, name]) => name.toLowerCase() === account.toLowerCase());
  return called.length === 0 ? [account] : called.map(([id]) => id);
}

function intersection(field: string, asked: readonly string[] | undefined, allowed: readonly string[]): string[] {
  if (asked === undefined) return [...allowed];
  const both = field === "regions" ? commonRegions(asked, allowed) : asked.filter((item) => allowed.includes(item));
  if (both.length > 0) return both;
  throw new QuestionError({
    code: "QUESTION_CONTRADICTORY",
    message: {
      en: `The question asks for ${field} ${asked.join(", ")}, but only ${allowed.join(", ")} may be asked here.`,
      zh: `问题涉及的 ${field} 是 ${asked.join("、")}，而这里只允许查询 ${allowed.join("、")}。`,
    },
    hint: { en: "Change the question or the restriction.", zh: "请修改问题或放宽限制。" },
  });
}
