import type { Model, ModelReply, ModelRequest } from "../../contracts/index.ts";
import { ModelError, OrchestratorError } from "../../errors/index.ts";

/**
 * One turn of the script: a text, a reply, an error to throw, `"hang"` (never answers, until the call is aborted), or a function of
 * the request that returns one of these.
 */
export type ScriptedReply = ScriptedTurn | ((request: ModelRequest) => ScriptedTurn);
type ScriptedTurn = string | Partial<ModelReply> | Error;

/** A model that says what it was told to, in order. */
export interface ScriptedModel extends Model {
  /** Every request so far, the unexpected ones included. */
  readonly requests: readonly ModelRequest[];
  /** Throws when replies are left that nobody asked for. */
  done(): void;
}

/** For tests and demonstrations: an unexpected call throws. Usage is counted, one token for four bytes, as a server would. */
export function scripted(replies: readonly ScriptedReply[], options: { readonly id?: string } = {}): ScriptedModel {
  const requests: ModelRequest[] = [];
  return {
    contractVersion: "model-v1",
    id: options.id ?? "scripted",
    requests,
    async complete(request, signal) {
      signal.throwIfAborted();
      const scriptedReply = replies[requests.length];
      requests.push(structuredClone(request));
      if (scriptedReply === undefined) throw unexpectedCall(requests.length, replies.length);
      const turn = typeof scriptedReply === "function" ? scriptedReply(request) : scriptedReply;
      if (turn instanceof Error) throw turn;
      if (turn === "hang") return untilAborted(signal);
      const reply = toReply(request, turn);
      if (reply.text.trim() === "") throw emptyReply(this.id);
      return reply;
    },
    done() {
      const left = replies.length - requests.length;
      if (left > 0)
        throw scriptError(
          `${left} of ${replies.length} scripted replies were not asked for.`,
          `脚本中有 ${left} 条回复没有用到（共 ${replies.length} 条）。`,
        );
    },
  };
}

function toReply(request: ModelRequest, turn: string | Partial<ModelReply>): ModelReply {
  const reply = typeof turn === "string" ? { text: turn } : turn;
  const text = reply.text ?? "";
  return {
    text,
    finishReason: reply.finishReason ?? "stop",
    usage: reply.usage ?? {
      promptTokens: request.messages.reduce((tokens, { content }) => tokens + countTokens(content), 0),
      completionTokens: countTokens(text),
    },
  };
}

function countTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4);
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** As every driver treats one. */
function emptyReply(modelId: string): ModelError {
  return new ModelError({
    code: "MODEL_UNAVAILABLE",
    modelId,
    message: { en: `${modelId} sent an empty reply.`, zh: `${modelId} 的回复是空的。` },
    hint: { en: "Ask again, or use another model.", zh: "请重试，或换一个模型。" },
  });
}

function unexpectedCall(call: number, scriptedCalls: number): OrchestratorError {
  return scriptError(
    `Call ${call} of the scripted model was not expected: the script has ${scriptedCalls}.`,
    `脚本模型被意外调用第 ${call} 次：脚本只有 ${scriptedCalls} 条回复。`,
  );
}

function scriptError(en: string, zh: string): OrchestratorError {
  return new OrchestratorError({
    code: "INTERNAL",
    message: { en, zh },
    hint: { en: "Correct the script, or what calls the model.", zh: "请修正脚本，或修正调用模型的代码。" },
  });
}
