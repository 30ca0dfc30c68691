import type { CodeOf, Text } from "../../errors/index.ts";

/** Something wrong with a plan: fed back to the model that drafted it, or told to a person. */
export interface Problem {
  /** A question's code where another wording is needed, a plan's where another plan is. */
  readonly code: CodeOf<"PlanError"> | CodeOf<"QuestionError">;
  /** Where: `steps.cpu.input.metrics.0`. */
  readonly path: string;
  /** What is wrong, in English. */
  readonly message: string;
  /** The same in both languages. */
  readonly text: Text;
}

export function problem(code: Problem["code"], path: string, text: Text): Problem {
  return { code, path, message: text.en, text };
}

/** `Did you mean a, b?`, or what there is, for the end of a sentence. */
export function suggestion(near: readonly string[], known: readonly string[]): Text {
  const names = near.length > 0 ? near : known.slice(0, 12);
  if (names.length === 0) return { en: "", zh: "" };
  return near.length > 0
    ? { en: ` Did you mean ${names.join(", ")}?`, zh: `是否想用：${names.join("、")}？` }
    : { en: ` There are: ${names.join(", ")}.`, zh: `可用的有：${names.join("、")}。` };
}

/** All problems in one line. */
export function problemList(problems: readonly Problem[]): Text {
  const shown = problems.slice(0, 5);
  return {
    en: shown.map(({ path, text }) => `${path}: ${text.en}`).join(" "),
    zh: shown.map(({ path, text }) => `${path}：${text.zh}`).join(""),
  };
}
