import type { Section, SectionColumn } from "./section.ts";

const BETTER = { less: "less ↓", more: "more ↑" };

/** A section as text for a terminal. Below each title stand its unit and, with an arrow, which is better. */
export function renderSection(section: Section): string {
  const { title, about, columns, rows, notes } = section;
  const heads = columns.map((column) => [column.title, column.unit ?? "", column.better === undefined ? "" : BETTER[column.better]]);
  const cells = rows.map(({ values }) => columns.map((column) => cellText(values[column.key] ?? null, column)));
  const widths = columns.map((_, index) =>
    Math.max(...(heads[index] ?? []).map((line) => line.length), ...cells.map((row) => row[index]?.length ?? 0)),
  );
  const isText = columns.map(({ key }) => rows.every(({ values }) => typeof values[key] !== "number"));
  const line = (texts: readonly string[]) =>
    texts.map((text, index) => (isText[index] ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0))).join("  ");

  return [
    `== ${title} ==`,
    ...about,
    "",
    ...[0, 1, 2].map((level) => line(heads.map((head) => head[level] ?? ""))).filter((text) => text.trim() !== ""),
    widths.map((width) => "-".repeat(width)).join("  "),
    ...cells.map((row, index) => `${line(row)}${remarkOf(rows[index]?.remark)}`),
    ...(notes.length > 0 ? ["", ...notes] : []),
  ]
    .map((text) => text.trimEnd())
    .join("\n");
}

function remarkOf(remark: string | undefined): string {
  return remark === undefined ? "" : `  ${remark}`;
}

function cellText(value: string | number | null, { digits = 0 }: SectionColumn): string {
  if (value === null) return "-";
  if (typeof value === "string") return value;
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
