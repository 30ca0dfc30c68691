import type ts from "typescript";
import type { Field, Json, ObjectShape, Shape } from "../../contracts/index.ts";
import { mismatches } from "../fit-shape.ts";
import type { CompiledProgram } from "./compiler.ts";
import { constantOf } from "./constant.ts";
import { docComment } from "./doc-comment.ts";
import type { ProblemList } from "./problem-list.ts";

export interface ProgramInput {
  readonly parameters: ObjectShape;
  readonly input: Readonly<Record<string, Json>>;
}

const NONE: ProgramInput = { parameters: { type: "object", fields: {} }, input: {} };
const MAX_DEPTH = 6;
const EXAMPLE = "Write interface Input { days: number } and const input: Input = { days: 7 }, and let main take (input: Input).";

/** What may be given anew when the program is run again, and the values it was written for. */
export function programInput(compiled: CompiledProgram, problems: ProblemList): ProgramInput {
  const { typescript, source, checker } = compiled;
  const declared = source.statements.filter(
    (statement) =>
      (typescript.isInterfaceDeclaration(statement) || typescript.isTypeAliasDeclaration(statement)) && statement.name.text === "Input",
  );
  const [declaration] = declared;
  const constant = inputConstant(compiled);
  if (declaration === undefined && constant === undefined) return NONE;
  if (declaration === undefined || !typescript.isInterfaceDeclaration(declaration) || declared.length > 1 || constant === undefined) {
    problems.add(
      "policy",
      declaration ?? constant ?? 0,
      `Parameters need both: one interface Input, and a constant with their values. ${EXAMPLE}`,
    );
    return NONE;
  }
  if (declaration.heritageClauses !== undefined || declaration.typeParameters !== undefined)
    problems.add("policy", declaration.name, "Input extends nothing and has no type parameters.");
  refuseUses(compiled, constant, problems);
  const parameters: ObjectShape = {
    type: "object",
    fields: fieldsOf(compiled, checker.getTypeAtLocation(declaration), declaration, problems, 0),
  };
  return { parameters, input: inputValue(compiled, constant, parameters, problems) };
}

function inputConstant({ typescript, source }: CompiledProgram): ts.VariableDeclaration | undefined {
  return source.statements
    .filter(typescript.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .find(({ name }) => typescript.isIdentifier(name) && name.text === "input");
}

function inputValue(
  { typescript, source }: CompiledProgram,
  constant: ts.VariableDeclaration,
  parameters: ObjectShape,
  problems: ProblemList,
): Readonly<Record<string, Json>> {
  if (constant.type?.getText(source) !== "Input")
    problems.add("policy", constant, `The constant input must be declared as Input. ${EXAMPLE}`);
  const value = constant.initializer === undefined ? undefined : constantOf(typescript, constant.initializer)?.value;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    problems.add(
      "policy",
      constant,
      `The constant input must be an object of literals: values that are computed belong into main. ${EXAMPLE}`,
    );
    return {};
  }
  for (const mismatch of mismatches(value, parameters, "input")) problems.add("policy", constant, `${mismatch}.`);
  return value as Readonly<Record<string, Json>>;
}

/** The constant holds the values of today; a later run is given others, through the parameter of `main`. */
function refuseUses({ typescript, source, checker }: CompiledProgram, constant: ts.VariableDeclaration, problems: ProblemList): void {
  const symbol = checker.getSymbolAtLocation(constant.name);
  const visit = (node: ts.Node): void => {
    if (typescript.isIdentifier(node) && node.text === "input" && node !== constant.name) {
      const used = typescript.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node);
      if (used === symbol)
        problems.add(
          "policy",
          node,
          "Use the parameter of main, `main(input: Input)`, and hand it on: the constant input holds the first values only.",
        );
    }
    typescript.forEachChild(node, visit);
  };
  visit(source);
}

function fieldsOf(
  compiled: CompiledProgram,
  type: ts.Type,
  at: ts.Node,
  problems: ProblemList,
  depth: number,
): Readonly<Record<string, Field>> {
  const { typescript, checker } = compiled;
  const fields = checker.getPropertiesOfType(type).map((property): [string, Field] => {
    const node = property.valueDeclaration ?? at;
    const doc = docComment(typescript, node);
    const isOptional = (property.flags & typescript.SymbolFlags.Optional) !== 0;
    const shape = shapeOf(compiled, checker.getTypeOfSymbolAtLocation(property, node), node, problems, depth + 1);
    const timed: Shape = shape.type === "string" && doc.tags.has("time") ? { ...shape, format: "date-time" } : shape;
    const description = doc.text.slice(0, 200);
    return [property.name, { shape: timed, ...(isOptional ? {} : { required: true }), ...(description === "" ? {} : { description }) }];
  });
  return Object.fromEntries(fields);
}

function shapeOf(compiled: CompiledProgram, type: ts.Type, at: ts.Node, problems: ProblemList, depth: number): Shape {
  const { typescript, checker } = compiled;
  const { TypeFlags } = typescript;
  const parts = (type.isUnion() ? type.types : [type]).filter((part) => !(part.flags & TypeFlags.Undefined));
  const [only] = parts;
  if (parts.length > 0 && parts.every((part) => part.isStringLiteral())) return { type: "string", values: parts.map((part) => part.value) };
  if (parts.length > 0 && parts.every((part) => part.flags & TypeFlags.BooleanLike)) return { type: "boolean" };
  if (only !== undefined && parts.length === 1 && depth <= MAX_DEPTH) {
    if (only.flags & TypeFlags.String) return { type: "string" };
    if (only.flags & TypeFlags.Number) return { type: "number" };
    if (checker.isArrayType(only)) {
      const [items] = checker.getTypeArguments(only as ts.TypeReference);
      if (items !== undefined) return { type: "list", items: shapeOf(compiled, items, at, problems, depth + 1) };
    }
    const values = checker.getIndexInfoOfType(only, typescript.IndexKind.String)?.type;
    if (values !== undefined) return { type: "map", values: shapeOf(compiled, values, at, problems, depth + 1) };
    if (only.flags & TypeFlags.Object && only.getCallSignatures().length === 0 && !checker.isTupleType(only)) {
      return { type: "object", fields: fieldsOf(compiled, only, at, problems, depth) };
    }
  }
  problems.add(
    "policy",
    at,
    "Fields of Input are strings, unions of string literals, numbers, booleans, and lists and objects of them; one that may be absent is optional (`?`).",
  );
  return { type: "unknown" };
}
