import type ts from "typescript";
import { type ProgramColumn, UNITS, type Unit } from "../../contracts/index.ts";
import type { CompiledProgram, TypeScript } from "./compiler.ts";
import { plainName } from "./constant.ts";
import { docComment } from "./doc-comment.ts";
import type { ProblemList } from "./problem-list.ts";

/** The core puts these before the columns of a program. */
const SCOPE_COLUMNS: ReadonlySet<string> = new Set(["provider", "account", "region"]);

const EXAMPLE = "Declare the columns of the result: interface Row { name: string; size: number | null }.";

/** The columns that `Row` declares. */
export function rowColumns({ typescript, source, checker }: CompiledProgram, problems: ProblemList): readonly ProgramColumn[] {
  const rows = source.statements.filter(
    (statement) =>
      (typescript.isInterfaceDeclaration(statement) || typescript.isTypeAliasDeclaration(statement)) && statement.name.text === "Row",
  );
  const [row] = rows;
  if (row === undefined || !typescript.isInterfaceDeclaration(row) || rows.length > 1) {
    problems.add(
      "policy",
      row ?? 0,
      row === undefined ? `There is no interface Row. ${EXAMPLE}` : `Row must be declared once, as an interface. ${EXAMPLE}`,
    );
    return [];
  }
  if (row.heritageClauses !== undefined || row.typeParameters !== undefined)
    problems.add("policy", row.name, "Row extends nothing and has no type parameters.");
  if (row.members.length === 0) problems.add("policy", row, `Row has no fields. ${EXAMPLE}`);
  return row.members.flatMap((member) => columnOf(typescript, checker, member, problems) ?? []);
}

function columnOf(
  typescript: TypeScript,
  checker: ts.TypeChecker,
  member: ts.TypeElement,
  problems: ProblemList,
): ProgramColumn | undefined {
  const name = member.name === undefined ? undefined : plainName(typescript, member.name);
  if (!typescript.isPropertySignature(member) || name === undefined) {
    problems.add("policy", member, "Row has plain fields only: no methods, no index signatures.");
    return undefined;
  }
  if (SCOPE_COLUMNS.has(name)) {
    problems.add("policy", member, `Leave \`${name}\` out of Row: provider, account and region are put before each row.`);
    return undefined;
  }
  if (member.questionToken !== undefined)
    problems.add("policy", member, `\`${name}\` of Row must not be optional: write \`${name}: … | null\` and give null.`);
  const cell = cellType(typescript, checker.getTypeAtLocation(member));
  if (cell === undefined) {
    problems.add(
      "policy",
      member,
      `\`${name}\` of Row must be string, number or boolean, or one of them with null: flatten or join what is nested.`,
    );
    return undefined;
  }
  const unit = unitOf(typescript, member, name, cell.type, problems);
  const isTime = docComment(typescript, member).tags.has("time");
  if (isTime && cell.type !== "string")
    problems.add("policy", member, `\`${name}\` of Row has @time and so must be a string, ISO 8601: new Date(milliseconds).toISOString().`);
  return { name, type: isTime ? "time" : cell.type, ...(unit === undefined ? {} : { unit }), ...(cell.nullable ? { nullable: true } : {}) };
}

function unitOf(typescript: TypeScript, member: ts.Node, name: string, type: string, problems: ProblemList): Unit | undefined {
  const tag = docComment(typescript, member).tags.get("unit");
  if (tag === undefined) return undefined;
  const unit = UNITS.find((known) => known === tag);
  if (unit === undefined)
    problems.add(
      "policy",
      member,
      `\`${name}\` of Row has an unknown unit "${tag.slice(0, 40)}". Units are ${UNITS.join(", ")}; without one leave @unit out.`,
    );
  else if (type !== "number") problems.add("policy", member, `\`${name}\` of Row has a unit and so must be a number.`);
  return unit;
}

/** What the cells of a type are; undefined where it is none that a cell can have. */
function cellType(
  { TypeFlags }: TypeScript,
  type: ts.Type,
): { readonly type: "string" | "number" | "boolean"; readonly nullable: boolean } | undefined {
  const parts = type.isUnion() ? type.types : [type];
  const values = parts.filter((part) => !(part.flags & (TypeFlags.Null | TypeFlags.Undefined)));
  const nullable = parts.some((part) => part.flags & TypeFlags.Null);
  for (const [cell, flag] of [
    ["string", TypeFlags.StringLike],
    ["number", TypeFlags.NumberLike],
    ["boolean", TypeFlags.BooleanLike],
  ] as const) {
    if (values.length > 0 && values.every((part) => part.flags & flag)) return { type: cell, nullable };
  }
  return undefined;
}
