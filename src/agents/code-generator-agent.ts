import type { CodeProblem, Model, ModelMessage, ModelReply } from "../contracts/index.ts";
import { type CodeRequest, codeCorrectionPrompt, codeQuestionPrompt, codeSystemPrompt } from "./prompts/code.ts";

export type WrittenCode = { readonly ok: true; readonly code: string } | { readonly ok: false; readonly problem: CodeProblem };

const MAX_REPLY_TOKENS = 4_000;

/** Writes a program that answers a question with operations of a cloud's API. */
export class CodeGeneratorAgent {
  readonly #model: Model;

  constructor(options: { readonly model: Model }) {
    this.#model = options.model;
  }

  /** One attempt, one model call. Throws `ModelError`; an aborted signal rejects with its reason. */
  async write(request: CodeRequest, signal: AbortSignal): Promise<WrittenCode> {
    const messages: ModelMessage[] = [
      { role: "system", content: codeSystemPrompt({ writes: request.writes ?? false }) },
      { role: "user", content: codeQuestionPrompt(request) },
      ...request.attempts.flatMap((attempt): ModelMessage[] => [
        { role: "assistant", content: `\`\`\`ts\n${attempt.code}\n\`\`\`` },
        { role: "user", content: codeCorrectionPrompt(attempt.problems) },
      ]),
    ];
    const reply = await this.#model.complete({ messages, json: false, maxTokens: MAX_REPLY_TOKENS }, signal);
    return readCode(reply);
  }
}

/** The one program of a reply: out of its fence, thoughts before it left out. */
function readCode({ text, finishReason }: Pick<ModelReply, "text" | "finishReason">): WrittenCode {
  if (finishReason === "length") return unusable("The reply was cut off at its length limit. Write a shorter program.");
  if (finishReason === "refused") return unusable("The reply is a refusal, no program.");
  const answer = text.replace(/^[\s\S]*<\/think>/i, "");
  const blocks = [...answer.matchAll(/```[a-zA-Z]*[ \t]*\r?\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
  if (blocks.length > 1) return unusable("The reply has several code blocks. Answer with exactly one.");
  const code = (blocks[0] ?? (answer.includes("```") ? "" : answer)).replaceAll("\r\n", "\n").trim();
  if (code === "") return unusable("The reply has no program. Answer with one ```ts block and nothing else.");
  return { ok: true, code };
}

function unusable(message: string): WrittenCode {
  return { ok: false, problem: { stage: "reply", message, line: null, column: null } };
}
