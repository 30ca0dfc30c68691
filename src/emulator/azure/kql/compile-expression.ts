import { compileBinary } from "./binary-operators.ts";
import { SCALAR_FUNCTIONS } from "./functions.ts";
import { semanticError, unresolved } from "./kql-error.ts";
import { compileList } from "./list-operators.ts";
import type { Scalar, Scope } from "./scalar.ts";
import type { Expression } from "./syntax.ts";
import { isNumeric, type KqlRow } from "./value.ts";

/** Makes an expression ready to be evaluated. @throws KqlError for names and types that do not fit. */
export function compileExpression(expression: Expression, scope: Scope): Scalar {
  switch (expression.kind) {
    case "literal": {
      const { type, value } = expression;
      return { type, constant: true, of: () => value };
    }
    case "name":
      return compileName(expression.name, scope);
    case "member":
      return compileMember(expression, scope);
    case "index": {
      const object = dynamicOf(compileExpression(expression.object, scope));
      const index = compileExpression(expression.index, scope);
      return {
        type: "dynamic",
        constant: object.constant && index.constant,
        of: (row) => memberOf(object.of(row), index.of(row) as string | number),
      };
    }
    case "call":
      return compileCall(expression, scope);
    case "binary":
      return compileBinary(expression.operator, compileExpression(expression.left, scope), compileExpression(expression.right, scope));
    case "list":
      return compileList(
        expression.operator,
        compileExpression(expression.left, scope),
        expression.items.map((item) => compileExpression(item, scope)),
      );
    case "negative": {
      const operand = compileExpression(expression.operand, scope);
      if (!isNumeric(operand.type) && operand.type !== "timespan")
        throw semanticError("SEM0089", `Operator '-' cannot be applied to a value of type ${operand.type}`);
      return {
        ...operand,
        type: operand.type === "int" ? "long" : operand.type,
        columnName: undefined,
        of: (row) => negated(operand.of(row)),
      };
    }
    case "star":
      throw semanticError("SEM0001", "'*' is not a scalar expression");
  }
}

function compileName(name: string, scope: Scope): Scalar {
  const index = scope.columns.findIndex((column) => column.name === name);
  const column = scope.columns[index];
  if (column !== undefined) return { type: column.type, constant: false, columnName: name, of: (row: KqlRow) => row[index] };
  const definition = scope.lets.get(name);
  if (definition === undefined || "source" in definition) throw unresolved("column or scalar expression", name);
  return { ...compileExpression(definition, { ...scope, columns: [] }), columnName: name };
}

function compileMember({ object, key }: Extract<Expression, { kind: "member" }>, scope: Scope): Scalar {
  const parent = dynamicOf(compileExpression(object, scope));
  return {
    type: "dynamic",
    constant: parent.constant,
    columnName: parent.columnName === undefined ? String(key) : `${parent.columnName}_${key}`,
    of: (row) => memberOf(parent.of(row), key),
  };
}

function compileCall(call: Extract<Expression, { kind: "call" }>, scope: Scope): Scalar {
  const aggregate = scope.aggregate?.(call);
  if (aggregate !== undefined) return aggregate;
  const make = Object.hasOwn(SCALAR_FUNCTIONS, call.name) ? SCALAR_FUNCTIONS[call.name] : undefined;
  if (make === undefined) throw semanticError("SEM0260", `Unknown function: '${call.name}'.`);
  return make(
    call.name,
    call.arguments.map((argument) => compileExpression(argument, scope)),
    scope,
  );
}

function dynamicOf(scalar: Scalar): Scalar {
  if (scalar.type === "dynamic") return scalar;
  throw semanticError("SEM0045", `Path expression source must be of type dynamic, and not ${scalar.type}.`);
}

/** A member of an object or an item of an array; negative indexes count from the end. Null where there is none. */
function memberOf(object: unknown, key: string | number): unknown {
  if (typeof object !== "object" || object === null) return null;
  if (Array.isArray(object)) return typeof key === "number" ? (object.at(key) ?? null) : null;
  return Object.hasOwn(object, key) ? ((object as Record<string, unknown>)[key] ?? null) : null;
}

function negated(value: unknown): number | null {
  return value === null ? null : -Number(value);
}
