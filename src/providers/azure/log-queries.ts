import type { LogRequest, LogSeverity } from "../../contracts/index.ts";
import { kqlPipe, kqlString, kqlTime } from "./kql.ts";

/** The most rows of one query (Log Analytics API, "Service limits"); a reply has far fewer where it would exceed 100 MB. */
export const MOST_ROWS = 500_000;
/** Distinct values that a count gives. */
export const MOST_VALUES = 1_000;

/** `SeverityLevel` of Application Insights ("AppTraces" in the Azure Monitor Logs reference). */
const LEVELS: Readonly<Record<LogSeverity, number>> = { debug: 0, info: 1, warning: 2, error: 3, critical: 4 };
const SEVERITIES: ReadonlyMap<string, LogSeverity> = new Map(
  Object.entries(LEVELS).map(([severity, level]) => [String(level), severity as LogSeverity]),
);

type Conditions = Pick<LogRequest, "severities" | "contains" | "excludes" | "window" | "service">;

/** What Application Insights keeps of an application's logs: lines, and errors that were thrown. */
const ROWS = [
  "union isfuzzy=true AppTraces, (AppExceptions | extend Message = OuterMessage)",
  "project TimeGenerated, SeverityLevel, AppRoleName, Message, Properties",
] as const;

/** The newest entries that fulfil the conditions. */
export function entriesQuery(request: Conditions, limit: number): string {
  return kqlPipe(
    ...rows(request),
    `top ${Math.min(limit, MOST_ROWS)} by TimeGenerated desc`,
    "project TimeGenerated, SeverityLevel, AppRoleName, Message",
  );
}

/** How many entries have which value of a field; the most frequent ones. */
export function countQuery(request: Conditions, countBy: string): string {
  return kqlPipe(...rows(request), `summarize Count = count() by Value = ${valueExpression(countBy)}`, `top ${MOST_VALUES} by Count desc`);
}

export function severityOf(level: unknown): LogSeverity | null {
  return SEVERITIES.get(String(level)) ?? null;
}

function rows({ severities, contains = [], excludes = [], window, service }: Conditions): string[] {
  return [
    ...ROWS,
    `where TimeGenerated >= ${kqlTime(window.fromMs)} and TimeGenerated < ${kqlTime(window.toMs)}`,
    ...(service === undefined ? [] : [`where AppRoleName contains ${kqlString(service)}`]),
    ...(severities === undefined ? [] : [`where SeverityLevel in (${severities.map((severity) => LEVELS[severity]).join(", ")})`]),
    ...contains.map((text) => `where Message contains ${kqlString(text)}`),
    ...excludes.map((text) => `where Message !contains ${kqlString(text)}`),
  ];
}

/** What is the same for a whole workspace is one value; any other field is one of the entry's own properties. */
function valueExpression(countBy: string): string {
  switch (countBy) {
    case "region":
    case "account":
    case "provider":
    case "source":
      return '""';
    case "severity":
      return "tostring(SeverityLevel)";
    case "service":
      return "AppRoleName";
    case "message":
      return "Message";
    default:
      return `tostring(Properties[${kqlString(countBy)}])`;
  }
}
