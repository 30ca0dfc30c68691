import type ts from "typescript";
import type { TypeScript } from "./compiler.ts";
import type { ProblemList } from "./problem-list.ts";

/** Nothing happens before `main` is called: outside of functions stand declarations only. */
export function checkTopLevel(typescript: TypeScript, source: ts.SourceFile, problems: ProblemList): void {
  const { isInterfaceDeclaration, isTypeAliasDeclaration, isFunctionDeclaration, isVariableStatement, isEmptyStatement } = typescript;
  for (const statement of source.statements) {
    if (isVariableStatement(statement)) {
      checkVariables(typescript, statement, problems);
    } else if (
      !problems.hasAt(statement.getStart(source)) &&
      !(
        isInterfaceDeclaration(statement) ||
        isTypeAliasDeclaration(statement) ||
        isFunctionDeclaration(statement) ||
        isEmptyStatement(statement)
      )
    ) {
      problems.add(
        "policy",
        statement,
        "Only interfaces, types, functions and constants stand outside of functions: move this into `main`.",
      );
    }
  }
}

function checkVariables(typescript: TypeScript, statement: ts.VariableStatement, problems: ProblemList): void {
  const { flags, declarations } = statement.declarationList;
  if (!(flags & typescript.NodeFlags.Const)) problems.add("policy", statement, "Outside of functions only `const` is allowed.");
  for (const { initializer } of declarations) {
    if (initializer !== undefined && !isInert(typescript, initializer)) {
      problems.add("policy", initializer, "Outside of functions a `const` holds a literal or a function: compute the value in `main`.");
    }
  }
}

/** Whether evaluating it does nothing but make a value. */
function isInert(typescript: TypeScript, node: ts.Node): boolean {
  const {
    isArrowFunction,
    isFunctionExpression,
    isMethodDeclaration,
    isTypeNode,
    isToken,
    isIdentifier,
    isNewExpression,
    isBinaryExpression,
  } = typescript;
  if (isFunctionExpression(node) || isArrowFunction(node) || isMethodDeclaration(node)) return true;
  if (isTypeNode(node) || isToken(node) || isIdentifier(node)) return true;
  const { FirstAssignment, LastAssignment } = typescript.SyntaxKind;
  if (isBinaryExpression(node) && node.operatorToken.kind >= FirstAssignment && node.operatorToken.kind <= LastAssignment) return false;
  if (isNewExpression(node) && !(isIdentifier(node.expression) && ["Set", "Map"].includes(node.expression.text))) return false;
  return (
    isSimple(typescript, node) && typescript.forEachChild(node, (child) => (isInert(typescript, child) ? undefined : true)) === undefined
  );
}

function isSimple(typescript: TypeScript, node: ts.Node): boolean {
  const kinds = [
    typescript.isNewExpression,
    typescript.isLiteralExpression,
    typescript.isArrayLiteralExpression,
    typescript.isObjectLiteralExpression,
    typescript.isPropertyAssignment,
    typescript.isShorthandPropertyAssignment,
    typescript.isSpreadElement,
    typescript.isSpreadAssignment,
    typescript.isParenthesizedExpression,
    typescript.isAsExpression,
    typescript.isSatisfiesExpression,
    typescript.isPrefixUnaryExpression,
    typescript.isBinaryExpression,
    typescript.isConditionalExpression,
    typescript.isTemplateExpression,
    typescript.isTemplateSpan,
    typescript.isPropertyAccessExpression,
  ];
  return kinds.some((isKind) => isKind(node));
}
