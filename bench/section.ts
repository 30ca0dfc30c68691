/** One table of the report. */
export interface Section {
  readonly title: string;
  /** What was measured and how, line by line. */
  readonly about: readonly string[];
  readonly columns: readonly SectionColumn[];
  readonly rows: readonly SectionRow[];
  readonly notes: readonly string[];
}

export interface SectionColumn {
  readonly key: string;
  readonly title: string;
  readonly unit?: string;
  /** Absent where neither is better. */
  readonly better?: "less" | "more";
  /** Digits after the point. @defaultValue 0 */
  readonly digits?: number;
}

/** By column key. `null`: not measured. `remark` stands at the end of the line. */
export interface SectionRow {
  readonly values: Readonly<Record<string, string | number | null>>;
  readonly remark?: string;
}
