import type ts from "typescript";
import type { TypeScript } from "./compiler.ts";

/**
 * The program without its types, every other character where it was. Works on the tree that was checked, so that what runs is what was
 * looked at, and knows only the syntax that programs may be made of.
 */
export function eraseTypes(typescript: TypeScript, source: ts.SourceFile): string {
  const eraser = new Eraser(typescript, source);
  eraser.visit(source);
  return eraser.text();
}

class Eraser {
  readonly #typescript: TypeScript;
  readonly #source: ts.SourceFile;
  readonly #characters: string[];

  constructor(typescript: TypeScript, source: ts.SourceFile) {
    this.#typescript = typescript;
    this.#source = source;
    this.#characters = source.text.split("");
  }

  text(): string {
    return this.#characters.join("");
  }

  visit(node: ts.Node): void {
    const { isInterfaceDeclaration, isTypeAliasDeclaration, isAsExpression, isSatisfiesExpression, isNonNullExpression } = this.#typescript;
    if (isInterfaceDeclaration(node) || isTypeAliasDeclaration(node)) {
      this.#blankStatement(node);
      return;
    }
    this.#typescript.forEachChild(node, (child) => {
      if (!this.#typescript.isTypeNode(child)) this.visit(child);
    });
    if (isAsExpression(node) || isSatisfiesExpression(node) || isNonNullExpression(node)) this.#blankEnd(node, node.expression.end);
    else if (this.#typescript.isVariableDeclaration(node)) this.#blankAnnotation(node.name.end, node.type, node);
    else if (this.#typescript.isParameter(node)) this.#blankAnnotation(node.name.end, node.type ?? node.questionToken, node);
    else if (this.#typescript.isCallExpression(node) || this.#typescript.isNewExpression(node)) this.#blankTypeArguments(node);
    else if (this.#typescript.isFunctionLike(node)) this.#blankSignature(node);
  }

  /** With a semicolon in its place: what follows must not join what stands before. */
  #blankStatement(node: ts.Node): void {
    const start = node.getStart(this.#source);
    this.#blank(start, node.end);
    this.#characters[start] = ";";
  }

  #blankAnnotation(from: number, last: ts.Node | undefined, owner: ts.Node): void {
    if (last === undefined) return;
    this.#blank(from, last.end);
    if (last.end === owner.end) this.#endStatement(owner);
  }

  #blankEnd(node: ts.Node, from: number): void {
    this.#blank(from, node.end);
    this.#endStatement(node);
  }

  /** A statement that ended with a type and no semicolon could go on in the next line without it. */
  #endStatement(node: ts.Node): void {
    const { isVariableStatement, isExpressionStatement, isReturnStatement, isThrowStatement } = this.#typescript;
    for (let outer = node.parent; outer !== undefined && outer.end === node.end; outer = outer.parent) {
      if (isVariableStatement(outer) || isExpressionStatement(outer) || isReturnStatement(outer) || isThrowStatement(outer)) {
        this.#characters[node.end - 1] = ";";
        return;
      }
    }
  }

  #blankTypeArguments(node: ts.CallExpression | ts.NewExpression): void {
    const { LessThanToken, GreaterThanToken } = this.#typescript.SyntaxKind;
    if (node.typeArguments !== undefined) this.#blank(this.#token(node, LessThanToken).start, this.#token(node, GreaterThanToken).end);
  }

  #blankSignature(node: ts.SignatureDeclaration): void {
    const { LessThanToken, OpenParenToken, CloseParenToken } = this.#typescript.SyntaxKind;
    const isArrow = this.#typescript.isArrowFunction(node);
    if (node.typeParameters !== undefined) {
      const from = this.#token(node, LessThanToken).start;
      const parenthesis = this.#token(node, OpenParenToken).start;
      this.#blank(from, parenthesis + 1);
      // Behind `async` no line may end.
      this.#characters[isArrow ? from : parenthesis] = "(";
    }
    if (node.type !== undefined) {
      const parenthesis = this.#token(node, CloseParenToken).start;
      this.#blank(parenthesis, node.type.end);
      // Nor before an arrow.
      this.#characters[isArrow ? node.type.end - 1 : parenthesis] = ")";
    }
  }

  /** Of the node itself, not of what is in it. */
  #token(node: ts.Node, kind: ts.SyntaxKind): { readonly start: number; readonly end: number } {
    const token = node.getChildren(this.#source).find((child) => child.kind === kind);
    if (token === undefined) throw new Error(`The parser left out a token of kind ${kind}.`);
    return { start: token.getStart(this.#source), end: token.end };
  }

  #blank(from: number, to: number): void {
    for (let position = from; position < to; position++) {
      if (!/[\n\r\u2028\u2029]/.test(this.#characters[position] ?? "\n")) this.#characters[position] = " ";
    }
  }
}
