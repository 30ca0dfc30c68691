import type { QuestionError } from "../errors/index.ts";

/** Refusals that rest on words the grammar knows, in a question whose other words it may not know. */
const BY_WORDS: ReadonlySet<string> = new Set(["QUESTION_WRITE_REQUEST", "QUESTION_OFF_TOPIC"]);
const ASKS =
  /\b(which|what|who|whose|when|where|how (many|much|old|long)|list|show|find|count|any|is there|are there)\b|哪|谁|什么|多少|几个|是否|有没有|列出|查询|查看|显示|统计|吗/i;

/**
 * Whether a model may look at what the grammar refused. "哪些云盘没有绑定快照策略" has a verb of change in it and asks for none; "delete all snapshots" is
 * no question, and stays refused unless the operator lets code change things.
 */
export function deservesSecondOpinion(question: string, { code }: QuestionError, writes: boolean): boolean {
  if (writes && code === "QUESTION_WRITE_REQUEST") return true;
  return BY_WORDS.has(code) && ASKS.test(question);
}
