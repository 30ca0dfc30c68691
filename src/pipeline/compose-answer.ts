import type {
  Answer,
  AnswerSeries,
  AnswerTable,
  AnswerWindow,
  Plan,
  Provider,
  Receipt,
  ResolvedWindow,
  Row,
  RowLink,
  Table,
  ToolInput,
} from "../contracts/index.ts";
import { spaced, toZonedIso } from "./wording/format.ts";
import { headline } from "./wording/headline.ts";
import { nothingMatched, nothingRead } from "./wording/nothing-matched.ts";
import { warningsOf } from "./wording/warnings.ts";
import { withoutValue } from "./wording/without-value.ts";

/** Series of at most so many rows go into an answer; a chart of more is unreadable, and the document would grow with the fleet. */
const MAX_SERIES_ROWS = 200;

export interface AnswerParts {
  readonly plan: Plan;
  readonly providers: readonly Provider[];
  readonly table: Table;
  readonly receipt: Receipt;
  readonly window: ResolvedWindow | null;
  /** Prose of analysis steps. */
  readonly texts: readonly string[];
}

/** Puts the answer together: the warning first, then the sentence, then what a model made of it. */
export function composeAnswer(parts: AnswerParts): Answer {
  const { plan, table, receipt } = parts;
  const warnings = warningsOf(receipt, plan.language);
  const sentence = sentenceOf(parts);
  return {
    text: [...warnings, spaced(sentence), ...parts.texts].join("\n"),
    table: answerTable(parts),
    series: answerSeries(table),
    warnings,
  };
}

function sentenceOf(parts: AnswerParts): string {
  // Rows whose values nobody could read are no answer to a question about values.
  if (parts.table.rows.length === 0 || nothingRead(parts.receipt)) return nothingMatched(parts);
  return [headline(parts), withoutValue(parts)].join(parts.plan.language === "zh" ? "" : " ").trim();
}

function answerTable({ plan, providers, table, window }: AnswerParts): AnswerTable {
  const metrics = plan.steps.find((step) => step.tool === "metrics.query")?.input as ToolInput<"metrics.query"> | undefined;
  return {
    columns: table.columns,
    rows: table.rows.map((row) => row.cells),
    links: table.rows.map((row) => linkOf(row, providers, metrics, window)),
  };
}

function linkOf(
  row: Row,
  providers: readonly Provider[],
  metrics: ToolInput<"metrics.query"> | undefined,
  window: ResolvedWindow | null,
): RowLink | null {
  const { resource } = row;
  const provider = providers.find(({ id }) => id === resource?.provider);
  if (resource === undefined || provider === undefined) return null;
  const [name] = metrics?.metrics ?? [];
  const native =
    name === undefined
      ? undefined
      : (provider.metrics?.catalogue.find((metric) => metric.metric === name && metric.kind === resource.kind) ??
        provider.metrics?.parseNative(name, resource.kind));
  const query =
    native === undefined || metrics === undefined || window === null
      ? null
      : (provider.metrics?.nativeQuery({ resource, metric: native }, { statistic: metrics.statistic, window }) ?? null);
  return { console: provider.consoleUrl?.(resource) ?? null, query };
}

function answerSeries(table: Table): AnswerSeries[] | null {
  const series = table.rows.slice(0, MAX_SERIES_ROWS).flatMap((row, index) =>
    (row.series ?? []).map(
      (one): AnswerSeries => ({
        row: index,
        column: one.column,
        unit: table.columns.find(({ name }) => name === one.column)?.unit ?? null,
        points: one.points,
      }),
    ),
  );
  return series.length === 0 ? null : series;
}

export function answerWindow(window: ResolvedWindow | null, timezone: string): AnswerWindow | null {
  if (window === null) return null;
  return {
    from: toZonedIso(window.fromMs, timezone),
    to: toZonedIso(window.toMs, timezone),
    timezone,
    statistic: window.statistic,
    periodMs: window.periodMs,
  };
}
