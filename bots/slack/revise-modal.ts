import type { ModalView } from "@slack/types";
import type { Language } from "nephoscope";
import { LABELS } from "./labels.ts";
import { LIMITS } from "./limits.ts";
import { REVISE_FORM, REVISE_INPUT } from "./slack-actions.ts";
import type { ReviseForm } from "./slack-clicks.ts";

/** The form that asks what to change in a program. */
export function reviseModal(language: Language, form: ReviseForm): ModalView {
  const labels = LABELS[language];
  const text = (words: string) => ({ type: "plain_text", text: words, emoji: false }) as const;
  return {
    type: "modal",
    callback_id: REVISE_FORM,
    private_metadata: JSON.stringify(form),
    title: text(labels.reviseTitle),
    submit: text(labels.reviseSend),
    close: text(labels.cancel),
    blocks: [
      {
        type: "input",
        label: text(labels.reviseLabel),
        element: { type: "plain_text_input", action_id: REVISE_INPUT, multiline: true, min_length: 1, max_length: LIMITS.modalInput },
      },
    ],
  };
}
