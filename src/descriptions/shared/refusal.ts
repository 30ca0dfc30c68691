import { KnowledgeError } from "../../errors/index.ts";

/** A description that is not used, and why. */
export function refusal(source: string, reason: { readonly en: string; readonly zh: string }, cause?: unknown): KnowledgeError {
  return new KnowledgeError({
    code: "DESCRIPTION_REFUSED",
    message: {
      en: `The API description from ${source} was refused: ${reason.en}`,
      zh: `来自 ${source} 的 API 描述被拒绝：${reason.zh}`,
    },
    hint: {
      en: "Nothing of it is used; another source is asked instead. Run `nephoscope knowledge sync` later, or update nephoscope.",
      zh: "其内容不会被使用，将改用其他来源。请稍后执行 nephoscope knowledge sync，或升级 nephoscope。",
    },
    details: { source },
    ...(cause === undefined ? {} : { cause }),
  });
}
