import type ts from "typescript";
import type { ApprovedCall, Json, ProgramOperation } from "../../contracts/index.ts";
import { nearest } from "../../errors/index.ts";
import type { TypeScript } from "./compiler.ts";
import { constantOf, plainName } from "./constant.ts";
import type { ProblemList } from "./problem-list.ts";

export interface FoundCalls {
  readonly calls: readonly ApprovedCall[];
  /** Those that are called, in the order they were given. */
  readonly operations: readonly ProgramOperation[];
}

/** Every place that calls, with what is known of its arguments. Names that no operation has are problems, with those that come near. */
export function findCalls(
  typescript: TypeScript,
  source: ts.SourceFile,
  operations: readonly ProgramOperation[],
  problems: ProblemList,
): FoundCalls {
  const byId = new Map(operations.map((operation) => [operation.operation.id, operation]));
  const calls: ApprovedCall[] = [];
  let provider: string | undefined;
  const visit = (node: ts.Node): void => {
    typescript.forEachChild(node, visit);
    const call = cloudCall(typescript, node);
    if (call === undefined) return;
    const known = byId.get(call.id);
    if (known === undefined) {
      problems.add("types", call.nameNode, unknownOperation(call, operations));
      problems.settle(node);
      return;
    }
    provider ??= known.operation.provider;
    if (known.operation.provider !== provider) {
      problems.add("policy", node, `A program calls one cloud: this calls ${known.operation.provider}, a call before it ${provider}.`);
    }
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    calls.push({ operation: call.id, ...argumentsOf(typescript, call.parameters), line });
  };
  visit(source);
  const called = new Set(calls.map(({ operation }) => operation));
  return {
    calls: calls.sort((a, b) => a.line - b.line),
    operations: [...byId.values()].filter(({ operation }) => called.has(operation.id)),
  };
}

interface CloudCall {
  readonly id: string;
  readonly provider: string;
  readonly service: string;
  readonly name: string;
  readonly nameNode: ts.Node;
  readonly parameters: ts.ObjectLiteralExpression;
}

/** `node` where it is a call of the form that policy asks for. */
function cloudCall(typescript: TypeScript, node: ts.Node): CloudCall | undefined {
  const { isCallExpression, isPropertyAccessExpression, isIdentifier, isStringLiteral, isObjectLiteralExpression } = typescript;
  if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return undefined;
  const { expression, name } = node.expression;
  if (!isIdentifier(expression) || expression.text !== "cloud" || name.text !== "call") return undefined;
  const [provider, service, operation, parameters] = node.arguments;
  if (provider === undefined || service === undefined || operation === undefined || parameters === undefined) return undefined;
  if (!isStringLiteral(provider) || !isStringLiteral(service) || !isStringLiteral(operation) || !isObjectLiteralExpression(parameters))
    return undefined;
  return {
    id: `${provider.text}.${service.text}.${operation.text}`,
    provider: provider.text,
    service: service.text,
    name: operation.text,
    nameNode: operation,
    parameters,
  };
}

function argumentsOf(typescript: TypeScript, { properties }: ts.ObjectLiteralExpression): Pick<ApprovedCall, "literals" | "varying"> {
  const literals: [string, Json][] = [];
  const varying: string[] = [];
  for (const property of properties) {
    const name = property.name === undefined ? undefined : plainName(typescript, property.name as ts.PropertyName);
    if (name === undefined) continue;
    const constant = typescript.isPropertyAssignment(property) ? constantOf(typescript, property.initializer) : undefined;
    if (constant === undefined) varying.push(name);
    else literals.push([name, constant.value]);
  }
  return { literals: Object.fromEntries(literals), varying };
}

function unknownOperation({ provider, service, name }: CloudCall, operations: readonly ProgramOperation[]): string {
  const all = operations.map(({ operation }) => operation);
  const inPlace = all.filter((operation) => operation.provider === provider && operation.service === service);
  const elsewhere = all.filter((operation) => operation.name === name);
  const near = elsewhere.length > 0 ? elsewhere : nearestOperations(name, inPlace.length > 0 ? inPlace : all);
  const names = (near.length > 0 ? near : all)
    .slice(0, 5)
    .map((operation) => `("${operation.provider}", "${operation.service}", "${operation.name}")`);
  return `There is no operation ("${provider}", "${service}", "${name}"). ${names.length === 0 ? "No operation is declared." : `Declared are ${names.join(", ")}.`}`;
}

function nearestOperations(name: string, operations: readonly ProgramOperation["operation"][]): ProgramOperation["operation"][] {
  return nearest(
    name,
    operations.map((operation) => operation.name),
  ).flatMap((near) => operations.filter((operation) => operation.name === near));
}
