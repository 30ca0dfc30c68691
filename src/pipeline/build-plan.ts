import {
  PLAN_VERSION,
  type Plan,
  type PlannedSteps,
  type PlanStep,
  referencesOf,
  type TagCondition,
  type Where,
} from "../contracts/index.ts";
import { QuestionError } from "../errors/index.ts";

/** What the caller restricts a question to, whatever it says: the CLI's `--account`, a bot's policy. */
export interface Restriction {
  readonly providers?: readonly string[];
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  /** `key=value`: resources without it are left out. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Makes a plan out of planned steps: dependencies spelled out, the restriction written into every step that asks a cloud. */
export function buildPlan(
  planned: PlannedSteps,
  facts: {
    question: string;
    timezone: string;
    emulated: boolean;
    restriction: Restriction;
    /** Friendly account names of all clouds, by id: people may mean either. */
    accountNames: Readonly<Record<string, string>>;
  },
): Plan {
  const restriction = withAccountIds(facts.restriction, facts.accountNames);
  return {
    version: PLAN_VERSION,
    question: facts.question,
    language: planned.language,
    timezone: facts.timezone,
    emulated: facts.emulated,
    steps: planned.steps.map((step): PlanStep => {
      const input = restricted(step.tool, step.input, restriction, (account) => toAccountId(account, facts.accountNames));
      return { id: step.id, tool: step.tool, input, dependsOn: referencesOf(input) };
    }),
  };
}

function withAccountIds(restriction: Restriction, names: Readonly<Record<string, string>>): Restriction {
  return restriction.accounts === undefined
    ? restriction
    : { ...restriction, accounts: restriction.accounts.map((account) => toAccountId(account, names)) };
}

function toAccountId(account: string, names: Readonly<Record<string, string>>): string {
  return Object.entries(names).find(([, name]) => name.toLowerCase() === account.toLowerCase())?.[0] ?? account;
}

const ASKS_CLOUDS: ReadonlySet<string> = new Set(["resources.list", "logs.query", "traces.query", "alarms.list"]);

function restricted(
  tool: string,
  input: Readonly<Record<string, unknown>>,
  restriction: Restriction,
  toId: (account: string) => string,
): Record<string, unknown> {
  if (!ASKS_CLOUDS.has(tool)) return { ...input };
  const where: Record<string, unknown> = { ...(input.where as Where | undefined) };
  for (const field of ["providers", "accounts", "regions"] as const) {
    const allowed = restriction[field];
    if (allowed === undefined) continue;
    const asked = where[field] as { include?: string[]; exclude?: string[] } | undefined;
    const included = field === "accounts" ? asked?.include?.map(toId) : asked?.include;
    where[field] = { ...asked, include: intersection(field, included, allowed) };
  }
  if (tool === "resources.list" && restriction.tags !== undefined) {
    const conditions = Object.entries(restriction.tags).map(([key, value]): TagCondition => ({ key, operator: "in", values: [value] }));
    where.tags = [...((where.tags as TagCondition[] | undefined) ?? []), ...conditions];
  }
  return Object.keys(where).length === 0 ? { ...input } : { ...input, where };
}

function intersection(field: string, asked: readonly string[] | undefined, allowed: readonly string[]): string[] {
  if (asked === undefined) return [...allowed];
  const both = asked.filter((item) => allowed.includes(item));
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
