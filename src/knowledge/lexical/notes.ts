import type { Text } from "../../errors/index.ts";

export function wordsNotTranslated(words: readonly string[]): Text {
  const listed = words.slice(0, 10).join("、");
  return {
    en: `Not translated for the index of API operations: ${listed}`,
    zh: `以下词语在 API 操作索引的词表中没有译名：${listed}`,
  };
}

export function notFullySynced(providers: readonly string[]): Text {
  return {
    en: `The index of API operations is not complete for ${providers.join(", ")}: a sync was interrupted, or is going on. Run: nephoscope knowledge sync`,
    zh: `${providers.join("、")} 的 API 操作索引不完整：同步曾被中断，或正在进行。请执行：nephoscope knowledge sync`,
  };
}

export function queryCut(maxLength: number): Text {
  return {
    en: `Only the first ${maxLength} characters of the question were looked up in the index of API operations.`,
    zh: `仅用问题的前 ${maxLength} 个字符检索 API 操作索引。`,
  };
}
