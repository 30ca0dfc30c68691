import type ts from "typescript";
import type { TypeScript } from "./compiler.ts";

/** All syntax a program may be made of, by its name in TypeScript's tree; what is not here is refused. */
const ALLOWED = [
  // Statements
  ["SourceFile", "EndOfFileToken", "Block", "EmptyStatement", "ExpressionStatement", "IfStatement", "DoStatement", "WhileStatement"],
  ["ForStatement", "ForInStatement", "ForOfStatement", "ContinueStatement", "BreakStatement", "ReturnStatement", "SwitchStatement"],
  ["CaseBlock", "CaseClause", "DefaultClause", "LabeledStatement", "ThrowStatement", "TryStatement", "CatchClause"],
  ["VariableStatement", "VariableDeclarationList", "VariableDeclaration", "FunctionDeclaration", "Parameter"],
  ["ObjectBindingPattern", "ArrayBindingPattern", "BindingElement", "OmittedExpression"],
  // Expressions
  ["Identifier", "StringLiteral", "NumericLiteral", "BigIntLiteral", "NoSubstitutionTemplateLiteral", "RegularExpressionLiteral"],
  ["TrueKeyword", "FalseKeyword", "NullKeyword", "TemplateExpression", "TemplateHead", "TemplateMiddle", "TemplateTail", "TemplateSpan"],
  ["ArrayLiteralExpression", "ObjectLiteralExpression", "PropertyAssignment", "ShorthandPropertyAssignment", "SpreadElement"],
  ["SpreadAssignment", "MethodDeclaration", "ComputedPropertyName", "PropertyAccessExpression", "ElementAccessExpression"],
  ["CallExpression", "NewExpression", "ParenthesizedExpression", "FunctionExpression", "ArrowFunction", "TypeOfExpression"],
  ["VoidExpression", "AwaitExpression", "DeleteExpression", "YieldExpression", "PrefixUnaryExpression", "PostfixUnaryExpression"],
  ["BinaryExpression", "ConditionalExpression", "AsExpression", "SatisfiesExpression", "NonNullExpression"],
  ["InKeyword", "InstanceOfKeyword", "AsyncKeyword", "AwaitKeyword", "ReadonlyKeyword"],
  // Types
  ["InterfaceDeclaration", "TypeAliasDeclaration", "PropertySignature", "MethodSignature", "IndexSignature", "CallSignature"],
  ["TypeReference", "TypeLiteral", "ArrayType", "TupleType", "NamedTupleMember", "OptionalType", "RestType", "UnionType"],
  ["IntersectionType", "LiteralType", "ParenthesizedType", "TypeOperator", "IndexedAccessType", "TypeQuery", "QualifiedName"],
  ["FunctionType", "TypeParameter", "TypePredicate", "StringKeyword", "NumberKeyword", "BooleanKeyword", "BigIntKeyword"],
  ["SymbolKeyword", "ObjectKeyword", "UndefinedKeyword", "UnknownKeyword", "NeverKeyword", "VoidKeyword"],
].flat();

/** Types that compute types can keep the compiler busy for as long as they like. */
const COMPUTING_TYPES = ["ConditionalType", "MappedType", "InferType", "TemplateLiteralType"];

/** What the commonest of them are called by who writes them, and what to do instead. */
const ADVICE: Readonly<Record<string, string>> = {
  ImportDeclaration: "Imports are not allowed: a program is one file that sees `cloud.call`, `console.log` and the language.",
  ImportEqualsDeclaration: "Imports are not allowed: a program is one file that sees `cloud.call`, `console.log` and the language.",
  ImportType: "Import types are not allowed.",
  ImportKeyword: "`import()` is not allowed: a program is one file that sees `cloud.call`, `console.log` and the language.",
  MetaProperty: "`import.meta` and `new.target` are not allowed.",
  ExportDeclaration: "Exports are not allowed: declare `main` without `export`.",
  ExportAssignment: "Exports are not allowed: declare `main` without `export`.",
  ExportKeyword: "`export` is not allowed: declarations stand without it.",
  DeclareKeyword: "`declare` is not allowed: everything a program sees is declared already.",
  EnumDeclaration: "Enums are not allowed: use a union of string literals.",
  ModuleDeclaration: "Namespaces are not allowed.",
  ClassDeclaration: "Classes are not allowed: use functions and interfaces.",
  ClassExpression: "Classes are not allowed: use functions and interfaces.",
  Decorator: "Decorators are not allowed.",
  DebuggerStatement: "`debugger` is not allowed.",
  WithStatement: "`with` is not allowed.",
  AnyKeyword: "`any` is not allowed: it hides mistakes. Use the declared types, or `unknown` and narrow it.",
  TypeAssertionExpression: "`<Type>value` is not allowed: write `value as Type`.",
  ThisKeyword: "`this` is not allowed: pass values as parameters.",
  TaggedTemplateExpression: "Tagged templates are not allowed: call the function.",
  GetAccessor: "Accessors are not allowed: use a property or a function.",
  SetAccessor: "Accessors are not allowed: use a property or a function.",
};

export interface SyntaxRules {
  /** Why the node may not stand in a program; undefined: it may. */
  refusal(node: ts.Node): string | undefined;
  /** Whether the compiler had better not look at it. */
  computesTypes(node: ts.Node): boolean;
}

export function syntaxRules({ SyntaxKind }: TypeScript): SyntaxRules {
  const kinds = SyntaxKind as unknown as Readonly<Record<string, ts.SyntaxKind>>;
  const allowed = new Set(ALLOWED.map((name) => kinds[name]));
  const computing = new Set(COMPUTING_TYPES.map((name) => kinds[name]));
  const names = new Map(Object.keys(ADVICE).map((name) => [kinds[name], name]));
  const isPunctuation = ({ kind }: ts.Node) => kind >= SyntaxKind.FirstPunctuation && kind <= SyntaxKind.LastPunctuation;
  return {
    computesTypes: ({ kind }) => computing.has(kind),
    refusal(node) {
      if (allowed.has(node.kind) || isPunctuation(node)) return undefined;
      const advice = ADVICE[names.get(node.kind) ?? ""];
      if (advice !== undefined) return advice;
      if (computing.has(node.kind)) return "Types that compute types are not allowed: write the type out.";
      return `This syntax (${SyntaxKind[node.kind]}) is not allowed.`;
    },
  };
}
