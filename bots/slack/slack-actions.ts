import type { Language } from "nephoscope";

/** Ids of buttons and forms. Their values carry ids only; the language is of the labels around them. */
export const ACTIONS = {
  approve: "nephoscope_approve",
  reject: "nephoscope_reject",
  revise: "nephoscope_revise",
  stop: "nephoscope_stop",
  feedback: "nephoscope_feedback",
} as const;

export const REVISE_FORM = "nephoscope_revise_form";
export const REVISE_INPUT = "nephoscope_revise_input";

export function reviseAction(language: Language): string {
  return `${ACTIONS.revise}_${language}`;
}
