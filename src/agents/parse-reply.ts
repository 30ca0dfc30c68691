import { jsonrepair } from "jsonrepair";
import type { z } from "zod";
import type { ModelReply } from "../contracts/index.ts";
import { type Problem, problem } from "./validation/problem.ts";
import { schemaProblems } from "./validation/schema-problems.ts";

export type ParsedReply<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] };

/**
 * Reads the JSON object a model was asked for: out of fences and prose, with small faults repaired, checked against a schema.
 * What was cut is never repaired: half a plan would become a shorter one that looks whole.
 */
export function parseReply<Schema extends z.ZodType>(
  reply: Pick<ModelReply, "text" | "finishReason">,
  schema: Schema,
): ParsedReply<z.infer<Schema>> {
  if (reply.finishReason === "length")
    return failed("The reply was cut off at its length limit. Answer shorter.", "回复因长度限制被截断。");
  const candidates = objectsIn(withoutReasoning(reply.text));
  if (candidates === undefined)
    return failed("The JSON object is not complete: its brackets or quotes do not close.", "JSON 对象不完整：括号或引号没有闭合。");
  const [candidate, ...others] = candidates;
  if (candidate === undefined) return failed("The reply has no JSON object. Answer with one, and nothing else.", "回复中没有 JSON 对象。");
  if (others.length > 0) return failed("The reply has several JSON objects. Answer with exactly one.", "回复中有多个 JSON 对象。");
  const value = readObject(candidate);
  if (value === undefined) return failed("The reply is not valid JSON.", "回复不是有效的 JSON。");
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [first, ...rest] = schemaProblems(schema, value, "");
  return first === undefined ? failed("The reply does not fit.", "回复不符合要求。") : { ok: false, problems: [first, ...rest] };
}

function failed(en: string, zh: string): ParsedReply<never> {
  return { ok: false, problems: [problem("PLAN_INVALID", "reply", { en, zh })] };
}

/** Some models think aloud before they answer; what they consider there is no answer. */
function withoutReasoning(text: string): string {
  return text.replace(/^[\s\S]*<\/think>/i, "");
}

/**
 * The outermost `{…}` of a text, fences and prose left out; undefined when a bracket or quote does not close as it should.
 * Brackets within strings do not count, in single quotes either: models write them.
 */
function objectsIn(text: string): string[] | undefined {
  const objects: string[] = [];
  let open: string[] = [];
  let start = 0;
  let quote: string | undefined;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (quote !== undefined) {
      if (character === "\\") index++;
      else if (character === quote) {
        // An apostrophe in single quotes: repairing it would change what was written.
        if (quote === "'" && !endsString(text, index)) return undefined;
        quote = undefined;
      }
      continue;
    }
    if (open.length === 0) {
      if (character !== "{") continue;
      start = index;
      open = ["}"];
      continue;
    }
    if (character === '"' || character === "'") quote = character;
    else if (character === "{") open.push("}");
    else if (character === "[") open.push("]");
    else if (character === "}" || character === "]") {
      if (open.pop() !== character) return undefined;
      if (open.length === 0) objects.push(text.slice(start, index + 1));
    }
  }
  return open.length === 0 ? objects : undefined;
}

function endsString(text: string, index: number): boolean {
  return /^\s*[:,}\]]/.test(text.slice(index + 1, index + 40));
}

function readObject(text: string): unknown {
  return parseJson(text) ?? parseJson(repaired(text));
}

function repaired(text: string): string {
  try {
    return jsonrepair(text);
  } catch {
    return "";
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
