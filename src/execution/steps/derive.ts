import { type Batch, type Cell, type Column, type Row, type Tool, type ToolInput, tableDeriveSchema } from "../../contracts/index.ts";
import { PlanError, QuestionError } from "../../errors/index.ts";
import { accessNumbers } from "../column-access.ts";

type Derivation = ToolInput<"table.derive">["columns"][number];

/** Adds columns calculated from two others, as rows come. Where a part is missing, or the divisor is 0, the result is too. */
export const tableDerive: Tool<typeof tableDeriveSchema> = {
  name: "table.derive",
  description: "adds a difference, ratio or percent change of two columns",
  effect: "read",
  streaming: true,
  input: tableDeriveSchema,
  async execute({ rows: { from }, columns: derivations }, context) {
    const dataset = await context.dataset(from);
    const columns = [...dataset.columns];
    const calculations = derivations.map((derivation) => {
      const calculate = calculation(columns, derivation);
      columns.push(derivedColumn(columns, derivation));
      return calculate;
    });

    async function* batches(): AsyncGenerator<Batch> {
      let done = 0;
      for await (const page of dataset.batches()) {
        const rows = page.rows.map((row) => {
          let wider = row;
          // One after the other, so that a derived column can be used by the next.
          for (const calculate of calculations) wider = { ...wider, cells: [...wider.cells, calculate(wider)] };
          return wider;
        });
        done += rows.length;
        context.progress({ done, rows: done });
        yield { ...page, rows, receipt: [] };
      }
    }
    return { columns, batches: batches() };
  },
};

function calculation(columns: readonly Column[], { operation, left, right }: Derivation): (row: Row) => Cell {
  const [a, b] = [accessNumbers(columns, left), accessNumbers(columns, right)];
  if (a.column.unit !== b.column.unit && operation !== "ratio") throw unitsDiffer(a.column, b.column);
  return (row) => {
    const [x, y] = [a.read(row), b.read(row)];
    if (typeof x !== "number" || typeof y !== "number") return null;
    if (operation === "difference") return x - y;
    if (y === 0) return null;
    return operation === "ratio" ? x / y : ((x - y) / y) * 100;
  };
}

function derivedColumn(columns: readonly Column[], { as, operation, left }: Derivation): Column {
  if (columns.some(({ name }) => name === as)) throw nameTaken(as);
  const unit =
    operation === "percent-change" ? "percent" : operation === "difference" ? accessNumbers(columns, left).column.unit : undefined;
  return { name: as, type: "number", ...(unit === undefined ? {} : { unit }) };
}

function unitsDiffer(left: Column, right: Column): QuestionError {
  return new QuestionError({
    code: "UNIT_MISMATCH",
    message: {
      en: `${left.name} (${left.unit ?? "no unit"}) and ${right.name} (${right.unit ?? "no unit"}) cannot be compared.`,
      zh: `${left.name}（${left.unit ?? "无单位"}）与 ${right.name}（${right.unit ?? "无单位"}）无法比较。`,
    },
    hint: { en: "Compare columns of the same unit.", zh: "请比较单位相同的列。" },
  });
}

function nameTaken(name: string): PlanError {
  return new PlanError({
    code: "TOOL_INPUT_INVALID",
    message: { en: `There is a column ${name} already.`, zh: `已经存在名为 ${name} 的列。` },
    hint: { en: "Give the derived column another name.", zh: "请为新列换一个名称。" },
    details: { column: name },
  });
}
