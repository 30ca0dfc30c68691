import { KnowledgeError, OrchestratorError, type Text } from "../../errors/index.ts";

export function indexIsClosed(): KnowledgeError {
  return new KnowledgeError({
    code: "KNOWLEDGE_UNAVAILABLE",
    message: { en: "The index of API operations was closed.", zh: "API 操作索引已关闭。" },
  });
}

/** After the lexical part was synced. */
export function vectorsNotSynced(keeper: string, cause: unknown): KnowledgeError {
  const reason = reasonOf(cause);
  return new KnowledgeError({
    code: "KNOWLEDGE_UNAVAILABLE",
    message: {
      en: `Vectors could not be synced (${keeper}): ${reason.en} The index of words is up to date, and answers alone meanwhile.`,
      zh: `无法同步向量（${keeper}）：${reason.zh} 词语索引已是最新，在此期间由它单独作答。`,
    },
    hint: {
      en: "Check that Chroma and the embedding model answer, then run: nephoscope knowledge sync. What was done is not done again.",
      zh: "请确认 Chroma 与向量模型可以访问，然后执行：nephoscope knowledge sync。已完成的部分不会重做。",
    },
    cause,
  });
}

/** What an answer says when it was found by words alone. */
export function foundByWordsOnly(keeper: string, cause: unknown): Text {
  const reason = reasonOf(cause);
  return {
    en: `Operations were looked up by words alone: ${keeper} did not answer (${reason.en})`,
    zh: `仅按词语检索了 API 操作：${keeper} 没有应答（${reason.zh}）`,
  };
}

export function vectorsBehind(held: number, total: number): Text {
  return {
    en: `Vectors of ${held} of ${total} documents are there: a sync was interrupted, or is going on. Run: nephoscope knowledge sync`,
    zh: `${total} 个文档中只有 ${held} 个有向量：同步曾被中断，或正在进行。请执行：nephoscope knowledge sync`,
  };
}

function reasonOf(cause: unknown): Text {
  if (OrchestratorError.isInstance(cause)) return cause.text;
  const message = cause instanceof Error ? cause.message : String(cause);
  return { en: message, zh: message };
}
