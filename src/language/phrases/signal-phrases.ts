import { HAN } from "../text/normalise.ts";
import { senseOf } from "../text/token.ts";
import { freeText, freeWord, has, type PhraseContext, type PhraseMatch, sense, skip, skipLight } from "./phrase-context.ts";

/** `logs of checkout`, `checkout error logs`, `the auth service`, `checkout 服务`, `/aws/lambda/resize`. */
export function service(context: PhraseContext, at: number): PhraseMatch | undefined {
  if (context.domain !== "logs" && context.domain !== "traces") return undefined;
  const to = context.domain === "traces" && context.tokens[at]?.lower === "to";
  const prefixed = (to || has(context, at, "glue", "from")) && !HAN.test(context.tokens[at]?.text ?? "");
  let start = prefixed ? skipLight(context, at + 1) : at;
  const worded = isServiceWord(context, start);
  if (worded) start = skipLight(context, start + 1);
  if (has(context, start, "logGroup")) return serviceOf(start + 1, context.tokens[start]?.text ?? "");
  const name = freeWord(context, start) ?? (isServiceWord(context, start + 1) ? freeText(context, start) : undefined);
  if (name === undefined) return undefined;
  const after = skipLight(context, start + 1);
  if (!worded && isServiceWord(context, after)) return serviceOf(after + 1, name);
  const beforeSignal = has(context, skip(context, start + 1, "failed"), "logs", "severity", "traces", "requests", "superlative");
  const quoted = has(context, start, "quoted");
  // "How many errors did checkout have".
  const asked = ["did", "does", "has"].includes(context.tokens[at - 1]?.lower ?? "");
  if (asked || worded || prefixed || (beforeSignal && !quoted) || (context.language === "zh" && !quoted)) return serviceOf(start + 1, name);
  return undefined;
}

function isServiceWord(context: PhraseContext, at: number): boolean {
  return sense(context, at, "tagKey")?.logService === true || has(context, at, "services");
}

function serviceOf(end: number, name: string): PhraseMatch {
  return { end, element: { type: "service", name } };
}

/** `by errors`: figures of a group are always counts of entries. */
export function bySeverity(context: PhraseContext, at: number): PhraseMatch | undefined {
  const severity = has(context, at, "by") ? sense(context, skip(context, at + 1, "count"), "severity") : undefined;
  if (context.domain !== "logs" || severity?.noun !== true) return undefined;
  return { end: skip(context, at + 1, "count") + 1, element: { type: "severity", severities: severity.severities, counted: false } };
}

/** `containing "payment declined"`, `without timeout`, `包含支付失败的`. */
export function messageText(context: PhraseContext, at: number): PhraseMatch | undefined {
  if (context.domain !== "logs") return undefined;
  const said = sense(context, at, "quoted");
  if (said !== undefined && has(context, at + 1, "glue") && has(context, skipLight(context, at + 2), "logs")) {
    return { end: at + 1, element: { type: "text", excludes: false, value: said.value } };
  }
  const contains = sense(context, at, "contains");
  const excludes =
    contains?.negated ??
    (has(context, at, "lacking", "except") || (has(context, at, "not") && sense(context, at + 1, "contains")?.negated === false));
  if (contains === undefined && !excludes) return undefined;
  const start = skipLight(context, contains === undefined && has(context, at, "not") ? at + 2 : at + 1);
  const quoted = sense(context, start, "quoted");
  if (quoted !== undefined) return { end: start + 1, element: { type: "text", excludes, value: quoted.value } };
  if (contains === undefined && !has(context, at, "not")) return undefined;
  return plainText(context, start, excludes);
}

const TEXT_SENSES: ReadonlySet<string> = new Set([
  "severity",
  "failed",
  "metric",
  "metricUnknown",
  "requests",
  "cloud",
  "write",
  "state",
  "service",
  "quantity",
]);

/** One word, a number, or in Chinese what stands before 的. */
function plainText(context: PhraseContext, at: number, excludes: boolean): PhraseMatch | undefined {
  let end = at;
  for (; end < at + 5; end += 1) {
    const token = context.tokens[end];
    if (token === undefined || (freeText(context, end) === undefined && !token.senses.some((each) => TEXT_SENSES.has(each.is)))) break;
    if (has(context, end, "logs", "not", "or", "and", "lacking", "except") || senseOf(token, "quantity")?.measure !== undefined) break;
    if (!HAN.test(token.text)) {
      if (end === at) end += 1;
      break;
    }
  }
  const first = context.tokens[at];
  const last = context.tokens[end - 1];
  if (end === at || first === undefined || last === undefined) return undefined;
  return { end, element: { type: "text", excludes, value: context.text.slice(first.start, last.end) } };
}
