/** The two languages nephoscope speaks. */
export type Language = "zh" | "en";

/** A sentence in both languages. What a person may read is never written in one only. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}
