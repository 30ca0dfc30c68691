import type { LogRequest, LogSeverity } from "../../contracts/index.ts";
import { LEVEL_FIELDS, LEVEL_VALUES, SERVICE_FIELDS, SEVERITY_WORDS } from "../shared/log-vocabulary.ts";

/** The most rows that a query gives (CloudWatch Logs quotas). */
export const MOST_ROWS = 10_000;
/** Distinct values that a count gives. */
export const MOST_VALUES = 1_000;

/** Names of computed fields, chosen not to meet fields of the entries. */
export const LEVEL = "nephoscopeLevel";
export const VALUE = "nephoscopeValue";
export const COUNT = "nephoscopeCount";
export const wordField = (word: string) => `nephoscopeHas_${word}`;

type Conditions = Pick<LogRequest, "severities" | "contains" | "excludes">;

/** The newest entries that fulfil the conditions. */
export function entriesQuery(request: Conditions, limit: number): string {
  return [
    `fields @timestamp, @message, @log, ${levelExpression()} as ${LEVEL}`,
    ...filters(request),
    "sort @timestamp desc",
    `limit ${Math.min(limit, MOST_ROWS)}`,
  ].join(" | ");
}

/** How many entries have which value of a field. `severity` comes as level and words, to be put together by the reader. */
export function countQuery(request: Conditions, countBy: string): string {
  const groups = groupsOf(countBy);
  const fields = [
    `${levelExpression()} as ${LEVEL}`,
    ...groups.flatMap(({ expression, name }) => (expression === undefined ? [] : `${expression} as ${name}`)),
  ];
  const by = groups.length === 0 ? "" : ` by ${groups.map(({ name }) => name).join(", ")}`;
  return [
    `fields ${fields.join(", ")}`,
    ...filters(request),
    `stats count(*) as ${COUNT}${by}`,
    ...(groups.length === 0 ? [] : [`sort ${COUNT} desc`, `limit ${MOST_VALUES}`]),
  ].join(" | ");
}

function groupsOf(countBy: string): readonly { readonly name: string; readonly expression?: string }[] {
  switch (countBy) {
    case "region":
    case "account":
    case "provider":
      return [];
    case "severity":
      // Lines without a level are told apart by the words in them.
      return [
        { name: LEVEL },
        ...SEVERITY_WORDS.map(([word]) => ({ name: wordField(word), expression: `strcontains(tolower(@message), "${word}")` })),
      ];
    case "service":
      return [{ name: VALUE, expression: `coalesce(${[...SERVICE_FIELDS, "@log"].join(", ")})` }];
    case "source":
      return [{ name: VALUE, expression: "@log" }];
    default:
      return [{ name: VALUE, expression: `\`${countBy.replaceAll("`", "")}\`` }];
  }
}

function levelExpression(): string {
  return `coalesce(${LEVEL_FIELDS.join(", ")})`;
}

function filters({ severities, contains = [], excludes = [] }: Conditions): string[] {
  return [
    ...(severities === undefined ? [] : [`filter ${severityCondition(severities)}`]),
    ...contains.map((text) => `filter @message like ${pattern(text)}`),
    ...excludes.map((text) => `filter @message not like ${pattern(text)}`),
  ];
}

/** The level field decides; without one the first of the severity words that occurs, as in `parseLine`. */
function severityCondition(severities: readonly LogSeverity[]): string {
  const levels = severities.flatMap((severity) => LEVEL_VALUES[severity]).join("|");
  const words = SEVERITY_WORDS.flatMap(([word, severity], index) => {
    if (!severities.includes(severity)) return [];
    const before = SEVERITY_WORDS.slice(0, index).filter(([, other]) => !severities.includes(other));
    return [[`@message like ${pattern(word)}`, ...before.map(([other]) => `@message not like ${pattern(other)}`)].join(" and ")];
  });
  const byWords = words.map((condition) => `(${condition})`).join(" or ");
  return `(ispresent(${LEVEL}) and ${LEVEL} like /(?i)^(${levels})$/) or (not ispresent(${LEVEL}) and (${byWords}))`;
}

/** A text as a pattern without regard to case. */
function pattern(text: string): string {
  return `/(?i)${text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}/`;
}
