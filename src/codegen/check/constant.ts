import type ts from "typescript";
import type { Json } from "../../contracts/index.ts";
import type { TypeScript } from "./compiler.ts";

/** The JSON that an expression stands for where it is known without running it: literals, and lists and objects of them. */
export function constantOf(typescript: TypeScript, node: ts.Expression): { readonly value: Json } | undefined {
  if (typescript.isStringLiteral(node) || typescript.isNoSubstitutionTemplateLiteral(node)) return { value: node.text };
  if (typescript.isNumericLiteral(node)) return finite(Number(node.text));
  if (typescript.isPrefixUnaryExpression(node)) return signed(typescript, node);
  if (node.kind === typescript.SyntaxKind.TrueKeyword) return { value: true };
  if (node.kind === typescript.SyntaxKind.FalseKeyword) return { value: false };
  if (node.kind === typescript.SyntaxKind.NullKeyword) return { value: null };
  if (typescript.isParenthesizedExpression(node) || typescript.isAsExpression(node) || typescript.isSatisfiesExpression(node)) {
    return constantOf(typescript, node.expression);
  }
  if (typescript.isArrayLiteralExpression(node)) return constantList(typescript, node);
  if (typescript.isObjectLiteralExpression(node)) return constantObject(typescript, node);
  return undefined;
}

/** What a property is called where that is known without running; `__proto__` is no property but the prototype. */
export function plainName(typescript: TypeScript, name: ts.PropertyName): string | undefined {
  const known = typescript.isIdentifier(name) || typescript.isStringLiteral(name) || typescript.isNoSubstitutionTemplateLiteral(name);
  return known && name.text !== "__proto__" ? name.text : undefined;
}

function signed(typescript: TypeScript, { operator, operand }: ts.PrefixUnaryExpression): { readonly value: Json } | undefined {
  if (operator !== typescript.SyntaxKind.MinusToken && operator !== typescript.SyntaxKind.PlusToken) return undefined;
  if (!typescript.isNumericLiteral(operand)) return undefined;
  return finite(operator === typescript.SyntaxKind.MinusToken ? -Number(operand.text) : Number(operand.text));
}

/** JSON has neither infinity nor a negative zero. */
function finite(value: number): { readonly value: Json } | undefined {
  return Number.isFinite(value) ? { value: value === 0 ? 0 : value } : undefined;
}

function constantList(typescript: TypeScript, { elements }: ts.ArrayLiteralExpression): { readonly value: Json } | undefined {
  const value: Json[] = [];
  for (const element of elements) {
    const constant = constantOf(typescript, element);
    if (constant === undefined) return undefined;
    value.push(constant.value);
  }
  return { value };
}

function constantObject(typescript: TypeScript, { properties }: ts.ObjectLiteralExpression): { readonly value: Json } | undefined {
  const value = new Map<string, Json>();
  for (const property of properties) {
    if (!typescript.isPropertyAssignment(property)) return undefined;
    const name = plainName(typescript, property.name);
    const constant = constantOf(typescript, property.initializer);
    if (name === undefined || constant === undefined || value.has(name)) return undefined;
    value.set(name, constant.value);
  }
  return { value: Object.fromEntries(value) };
}
