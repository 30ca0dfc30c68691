import type { LogSeverity } from "../../contracts/index.ts";
import { fieldOf, LEVEL_FIELDS, MESSAGE_FIELDS, SERVICE_FIELDS, severityOfLevel, severityOfText } from "../shared/log-vocabulary.ts";

export interface ParsedLine {
  readonly message: string;
  readonly service: string | null;
  readonly severity: LogSeverity | null;
}

/** What a line says about itself. `group` is the log group, which names the service where the line does not. */
export function parseLine(text: string, group: string): ParsedLine {
  const fields = fieldsOf(text);
  const level = fieldOf(fields, LEVEL_FIELDS);
  return {
    message: fieldOf(fields, MESSAGE_FIELDS) ?? text.trimEnd(),
    service: fieldOf(fields, SERVICE_FIELDS) ?? serviceOfGroup(group),
    severity: level === undefined ? severityOfText(text) : severityOfLevel(level),
  };
}

/** `/aws/lambda/resize-images` → `resize-images`: the last part of the name. */
export function serviceOfGroup(group: string): string | null {
  return group.split("/").findLast((part) => part !== "") ?? null;
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
