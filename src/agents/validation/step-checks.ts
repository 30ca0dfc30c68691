import {
  COUNT_COLUMN,
  type Column,
  type PlanningFacts,
  RESOURCE_KINDS,
  TOOL_COLUMNS,
  type ToolInput,
  type ToolName,
} from "../../contracts/index.ts";
import { nearest } from "../../errors/index.ts";
import { checkFilter } from "./conditions.ts";
import { type Problem, problem, suggestion } from "./problem.ts";
import { columnOf, metricColumn, metricDefinition, type Shape, type ShapeColumn } from "./shape.ts";
import { checkWhere } from "./where.ts";
import { checkWindow } from "./window.ts";

/** What a check of one step may look at. */
export interface StepContext {
  readonly facts: PlanningFacts;
  /** Of the step's input. */
  readonly path: string;
  /** What an earlier step yields; undefined where that step is wrong itself. */
  shapeOf(reference: { readonly from: string }): Shape | undefined;
  report(...problems: readonly Problem[]): void;
}

type StepCheck<Name extends ToolName> = (input: ToolInput<Name>, context: StepContext) => Shape | undefined;

const plainRows = (columns: readonly Column[]): Shape => ({ columns, open: false, resources: false, kind: null });

/** For each tool: reports what is wrong with an input that fits its schema, and tells what the step will yield. */
export const STEP_CHECKS: { readonly [Name in ToolName]: StepCheck<Name> } = {
  "resources.list": (input, { facts, path, report }) => {
    report(...checkWhere(input.where, facts, `${path}.where`));
    const tags = (input.where?.tags ?? []).map(({ key }): Column => ({ name: `tag:${key}`, type: "string" }));
    return { columns: [...TOOL_COLUMNS["resources.list"], ...tags], open: false, resources: true, kind: input.kind };
  },

  "metrics.query": (input, context) => {
    const { facts, path, report } = context;
    report(...checkWindow(input.window, facts, `${path}.window`));
    const rows = context.shapeOf(input.resources);
    if (rows !== undefined && !rows.resources) {
      report(
        problem("PLAN_INVALID", `${path}.resources`, {
          en: "Metrics belong to resources: these rows are none. Refer to resources.list, or to a filter or sort of it.",
          zh: "指标属于资源：这些行不是资源。请引用 resources.list，或它的筛选、排序结果。",
        }),
      );
    }
    input.metrics.forEach((metric, index) => {
      report(...checkMetric(metric, input.statistic, rows, facts, `${path}.metrics.${index}`));
    });
    return rows && { ...rows, columns: [...rows.columns, ...input.metrics.map((metric) => metricColumn(facts, metric, input.suffix))] };
  },

  "logs.query": (input, { facts, path, report }) => {
    report(...checkWhere(input.where, facts, `${path}.where`), ...checkWindow(input.window, facts, `${path}.window`));
    if (input.native !== undefined) return { columns: [], open: true, resources: false, kind: null };
    if (input.countBy !== undefined) return plainRows([{ name: input.countBy, type: "string" }, COUNT_COLUMN]);
    return plainRows(TOOL_COLUMNS["logs.query"]);
  },

  "traces.query": (input, { facts, path, report }) => {
    report(...checkWhere(input.where, facts, `${path}.where`), ...checkWindow(input.window, facts, `${path}.window`));
    return plainRows(TOOL_COLUMNS["traces.query"][input.view]);
  },

  "alarms.list": (input, { facts, path, report }) => {
    report(...checkWhere(input.where, facts, `${path}.where`));
    return plainRows(TOOL_COLUMNS["alarms.list"]);
  },

  "code.run": (input, { facts, path, report }) => {
    report(...checkWhere(input.where, facts, `${path}.where`));
    // Its columns are known once the code is written.
    return { columns: [], open: true, resources: false, kind: null };
  },

  "results.load": (input, { facts }) => {
    const { previous } = facts;
    // Another run's columns are in the store; that it exists is found out when the plan runs.
    if (previous?.runId !== input.runId) return { columns: [], open: true, resources: true, kind: null };
    return { columns: previous.columns, open: false, resources: previous.kind !== null, kind: previous.kind };
  },

  "table.filter": (input, context) => {
    const rows = context.shapeOf(input.rows);
    if (rows !== undefined) context.report(...checkFilter(input, rows, context.path, unknownColumn));
    return rows;
  },

  "table.aggregate": (input, context) => {
    const rows = context.shapeOf(input.rows);
    if (rows === undefined) return undefined;
    const groups = input.groupBy.map((name, index) => requireColumn(name, rows, `${context.path}.groupBy.${index}`, context));
    const measures = input.measures.map((measure, index): ShapeColumn => {
      const path = `${context.path}.measures.${index}`;
      if (measure.function === "count") {
        if (measure.column !== undefined) requireColumn(measure.column, rows, path, context);
        const usual = measure.column === undefined ? COUNT_COLUMN.name : `count(${measure.column})`;
        return { ...COUNT_COLUMN, name: measure.as ?? usual };
      }
      if (measure.column === undefined) {
        context.report(
          problem("TOOL_INPUT_INVALID", path, { en: `${measure.function} needs a column.`, zh: `${measure.function} 需要指定列。` }),
        );
        return { name: measure.as ?? measure.function, type: "number" };
      }
      const column = requireNumbers(measure.column, rows, path, context);
      return { ...column, name: measure.as ?? `${measure.function}(${measure.column})`, type: "number" };
    });
    const columns = [...groups, ...measures];
    const repeated = columns.map(({ name }) => name).find((name, index, names) => names.indexOf(name) !== index);
    if (repeated !== undefined) context.report(repeatedColumn(repeated, context.path));
    return plainRows(columns);
  },

  "table.sort": (input, context) => {
    const rows = context.shapeOf(input.rows);
    if (rows !== undefined) {
      input.by.forEach(({ column }, index) => {
        requireColumn(column, rows, `${context.path}.by.${index}`, context);
      });
    }
    return rows;
  },

  "table.join": (input, context) => {
    const left = context.shapeOf(input.left);
    const right = context.shapeOf(input.right);
    if (left === undefined || right === undefined) return undefined;
    input.on.forEach((name, index) => {
      for (const side of [left, right]) requireColumn(name, side, `${context.path}.on.${index}`, context);
    });
    const added = right.columns.filter(({ name }) => !left.columns.some((column) => column.name === name));
    return { ...left, columns: [...left.columns, ...added], open: left.open || right.open };
  },

  "table.derive": (input, context) => {
    const rows = context.shapeOf(input.rows);
    if (rows === undefined) return undefined;
    const columns = [...rows.columns];
    input.columns.forEach(({ as, operation, left, right }, index) => {
      const path = `${context.path}.columns.${index}`;
      const sides = [left, right].map((name) => requireNumbers(name, { ...rows, columns }, path, context));
      const [first, second] = sides;
      const comparable = operation === "ratio" || first?.unitUnknown || second?.unitUnknown || first?.unit === second?.unit;
      if (!comparable) {
        context.report(
          problem("UNIT_MISMATCH", path, {
            en: `${left} is in ${first?.unit ?? "no unit"}, ${right} in ${second?.unit ?? "no unit"}.`,
            zh: `${left} 的单位是 ${first?.unit ?? "（无）"}，而 ${right} 的单位是 ${second?.unit ?? "（无）"}。`,
          }),
        );
      }
      if (columns.some(({ name }) => name === as)) context.report(repeatedColumn(as, path));
      const unit = operation === "difference" ? first?.unit : operation === "percent-change" ? "percent" : undefined;
      const unitUnknown = operation === "difference" && first?.unitUnknown === true;
      columns.push({ name: as, type: "number", ...(unit === undefined ? {} : { unit }), ...(unitUnknown ? { unitUnknown } : {}) });
    });
    return { ...rows, columns };
  },

  "table.analyze": (input, context) => context.shapeOf(input.rows),
};

function checkMetric(name: string, statistic: string, rows: Shape | undefined, facts: PlanningFacts, path: string): Problem[] {
  const definition = metricDefinition(facts, name);
  if (definition === undefined) return isNative(name) ? [] : [unknownMetric(name, rows, facts, path)];
  const kind = rows?.kind ?? null;
  if (kind !== null && !definition.of.includes(kind)) return [unknownMetric(name, rows, facts, path)];
  if (statistic === "sum" && definition.kind !== "total") {
    return [
      problem("TOOL_INPUT_INVALID", path, {
        en: `The sum of ${name} over time means nothing: it is a ${definition.kind}. Use average, maximum or minimum.`,
        zh: `${name} 不是累计量，按时间求和没有意义。请使用 average、maximum 或 minimum。`,
      }),
    ];
  }
  if (/^p\d/.test(statistic) && definition.kind === "total") {
    return [
      problem("TOOL_INPUT_INVALID", path, {
        en: `${statistic} of ${name} over time means nothing: it is a total. Use sum, average (per minute), maximum or minimum.`,
        zh: `${name} 是累计量，没有 ${statistic} 这样的百分位数。请使用 sum、average（每分钟）、maximum 或 minimum。`,
      }),
    ];
  }
  return [];
}

/** `AWS/EC2:CPUUtilization`: clouds' own names have a namespace. Whether the metric exists, its cloud knows. */
function isNative(name: string): boolean {
  return /^[^\s:/]+([/:][^\s:/]+)+$/.test(name);
}

function unknownMetric(name: string, rows: Shape | undefined, facts: PlanningFacts, path: string): Problem {
  const kind = rows?.kind ?? null;
  const fitting = Object.entries(facts.metrics)
    .filter(([, definition]) => kind === null || definition.of.includes(kind))
    .map(([metric]) => metric);
  const near = suggestion(nearest(name, fitting), fitting);
  const of = kind === null ? { en: "", zh: "" } : { en: ` of ${RESOURCE_KINDS[kind].plural.en}`, zh: RESOURCE_KINDS[kind].plural.zh };
  return problem("METRIC_UNKNOWN", path, {
    en: `No metric${of.en} is called ${name}.${near.en}`,
    zh: `${of.zh}没有名为 ${name} 的指标。${near.zh}`,
  });
}

function unknownColumn(name: string, shape: Shape, path: string): Problem {
  const names = shape.columns.map((column) => column.name);
  const near = suggestion(nearest(name, names), names);
  return problem("PLAN_INVALID", path, {
    en: `The rows have no column ${name}.${near.en}`,
    zh: `这些行没有名为 ${name} 的列。${near.zh}`,
  });
}

function requireColumn(name: string, shape: Shape, path: string, { report }: StepContext): ShapeColumn {
  const column = columnOf(shape, name);
  if (column === undefined) report(unknownColumn(name, shape, path));
  return { type: "string", ...column, name };
}

function requireNumbers(name: string, shape: Shape, path: string, context: StepContext): ShapeColumn {
  const column = requireColumn(name, shape, path, context);
  const known = columnOf(shape, name)?.type;
  if (known !== undefined && known !== "number") {
    context.report(problem("PLAN_INVALID", path, { en: `The column ${name} does not hold numbers.`, zh: `列 ${name} 不是数值。` }));
  }
  return column;
}

function repeatedColumn(name: string, path: string): Problem {
  return problem("PLAN_INVALID", path, { en: `There would be two columns ${name}.`, zh: `会出现两个名为 ${name} 的列。` });
}
