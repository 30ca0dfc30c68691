import type { Section, SectionRow } from "../section.ts";
import { PROVIDERS } from "./described-documents.ts";
import { type Finding, recall } from "./measure-recall.ts";
import type { Half } from "./questions.ts";

const PLACES = [1, 5, 10];
const MODES = ["known", "all"] as const;
const LANGUAGES = [
  ["en", "English"],
  ["zh", "Chinese"],
] as const;

const ABOUT: Record<Half, string> = {
  open: "The table that glossary, synonyms and weights were made with: it flatters them.",
  blind: "Written by somebody who never saw the system, and not looked at while it was made.",
};

/** Recall by language and cloud. Questions whose answer is not described count as missed. */
export function recallSection(half: Half, findings: Readonly<Record<"known" | "all", readonly Finding[]>>): Section {
  const row = (language: string, provider: string, belongs: (finding: Finding) => boolean): SectionRow => {
    const known = findings.known.filter(belongs);
    const cells = MODES.flatMap((mode) => PLACES.map((places) => [`${mode}${places}`, recall(findings[mode].filter(belongs), places)]));
    const undescribed = known.filter(({ described }) => !described).length;
    return { values: { language, provider, questions: known.length, undescribed, ...Object.fromEntries(cells) } };
  };
  return {
    title: `Retrieval of operations: ${half} questions`,
    about: [ABOUT[half]],
    columns: [
      { key: "language", title: "language" },
      { key: "provider", title: "cloud" },
      { key: "questions", title: "questions" },
      { key: "undescribed", title: "not described" },
      ...MODES.flatMap((mode) =>
        PLACES.map((places) => ({
          key: `${mode}${places}`,
          title: `@${places} ${mode === "known" ? "its cloud" : "all clouds"}`,
          unit: "%",
          better: "more" as const,
        })),
      ),
    ],
    rows: [
      ...LANGUAGES.flatMap(([language, title]) => [
        ...PROVIDERS.map((provider) =>
          row(title, provider, ({ question }) => question.language === language && question.provider === provider),
        ),
        row(title, "all", ({ question }) => question.language === language),
      ]),
      row("both", "all", () => true),
    ],
    notes: [],
  };
}
