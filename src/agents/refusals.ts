import { type CodeOf, ERROR_CODES, ModelError, QuestionError, type Text } from "../errors/index.ts";
import type { PlannerReply } from "./planner-reply.ts";
import { type Problem, problemList } from "./validation/problem.ts";

type Refusal = Extract<PlannerReply, { kind: "refusal" }>;

const MAX_EXPLANATION_LENGTH = 240;

const REFUSALS: { readonly [Reason in Refusal["reason"]]: { code: CodeOf<"QuestionError">; message: Text; hint: Text } } = {
  "off-topic": {
    code: "QUESTION_OFF_TOPIC",
    message: { en: "This is no question about what runs in a cloud.", zh: "这不是关于云上资源运行情况的问题。" },
    hint: {
      en: "Ask about servers, databases, functions, load balancers, metrics, logs, traces or alarms.",
      zh: "可以询问服务器、数据库、函数、负载均衡、指标、日志、链路或告警。",
    },
  },
  write: {
    code: "QUESTION_WRITE_REQUEST",
    message: { en: "This asks to change something. nephoscope only reads.", zh: "这是要求做出更改。nephoscope 只读取，不做任何更改。" },
    hint: {
      en: "Ask which resources are concerned, and change them with your own tools.",
      zh: "可以先查询涉及哪些资源，再用您自己的工具进行更改。",
    },
  },
  unclear: {
    code: "QUESTION_NOT_UNDERSTOOD",
    message: { en: "The question could not be made into a plan.", zh: "无法把这个问题转换为查询计划。" },
    hint: { en: "Word it differently, for example: which servers have CPU over 80%", zh: "请换一种问法，例如：列出 CPU > 80% 的服务器" },
  },
  contradictory: {
    code: "QUESTION_CONTRADICTORY",
    message: { en: "The conditions of the question exclude each other.", zh: "问题中的条件互相矛盾。" },
    hint: { en: "Drop one of them.", zh: "请去掉其中一个条件。" },
  },
};

/** What the model refused, in our words; its own are added where only it knows what is missing. */
export function refusedQuestion({ reason, explanation }: Refusal): QuestionError {
  const { code, message, hint } = REFUSALS[reason];
  const said = reason === "unclear" || reason === "contradictory" ? oneLine(explanation ?? "") : "";
  return new QuestionError({
    code,
    message: said === "" ? message : { en: `${message.en} The model says: ${said}`, zh: `${message.zh}模型说明：${said}` },
    hint,
  });
}

/** A question about clouds for which there is no tool. */
export function noTool(goal: string): QuestionError {
  const said = oneLine(goal);
  return new QuestionError({
    code: "QUESTION_NOT_UNDERSTOOD",
    message: {
      en: `No tool answers this${said === "" ? "." : `: ${said}`}`,
      zh: `没有工具可以回答这个问题${said === "" ? "。" : `：${said}`}`,
    },
    hint: REFUSALS["off-topic"].hint,
  });
}

export function questionTooLong(length: number, limit: number): QuestionError {
  return new QuestionError({
    code: "QUESTION_NOT_UNDERSTOOD",
    message: {
      en: `The question has ${length} characters; the model is asked at most ${limit}.`,
      zh: `问题有 ${length} 个字符；最多只能向模型提交 ${limit} 个。`,
    },
    hint: { en: "Ask more briefly, without pasted text.", zh: "请简短提问，不要粘贴大段文本。" },
  });
}

const QUESTION_CODES: ReadonlySet<string> = new Set(ERROR_CODES.QuestionError);

/** After the last correction: the question's fault where every problem is one of the question, else the model's. */
export function unusableReplies(modelId: string, problems: readonly [Problem, ...Problem[]], replies: number): QuestionError | ModelError {
  const list = problemList(problems);
  if (problems.every(({ code }) => QUESTION_CODES.has(code))) {
    return new QuestionError({
      code: problems[0].code as CodeOf<"QuestionError">,
      message: {
        en: problems.map(({ text }) => text.en).join(" "),
        zh: problems.map(({ text }) => text.zh).join(""),
      },
      hint: REFUSALS.unclear.hint,
    });
  }
  return new ModelError({
    code: "MODEL_OUTPUT_INVALID",
    modelId,
    message: {
      en: `${modelId} made no usable plan in ${replies} replies. The last one: ${list.en}`,
      zh: `${modelId} 在 ${replies} 次回复中都没有给出可用的计划。最后一次的问题：${list.zh}`,
    },
    hint: {
      en: "Word the question more simply, or use another model (NEPHOSCOPE_LLM_MODEL).",
      zh: "请把问题问得更简单，或换一个模型（NEPHOSCOPE_LLM_MODEL）。",
    },
    details: { replies, problems: problems.length },
  });
}

/** What a model wrote is shown as one short line, whatever it holds. */
function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return line.length > MAX_EXPLANATION_LENGTH ? `${line.slice(0, MAX_EXPLANATION_LENGTH)}…` : line;
}
