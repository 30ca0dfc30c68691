import type ts from "typescript";
import { syntaxRules } from "./allowed-syntax.ts";
import type { TypeScript } from "./compiler.ts";
import { plainName } from "./constant.ts";
import type { ProblemList } from "./problem-list.ts";

/** What must be seen before a person reads the code: characters that are not shown, or that show the code in another order. */
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}]|(?![\t\n\r])\p{Cc}/gu;
/** Comments in scripts, and operators to the compiler: what runs would not be what was checked. */
const HTML_COMMENT = /<!--|-->/g;
const COMPILER_DIRECTIVE = /@ts-(?:ignore|expect-error|nocheck|check)\b/g;

/** Ways to code that is not in the code. */
const FORBIDDEN_NAMES = new Set([
  "eval",
  "Function",
  "globalThis",
  "Reflect",
  "Proxy",
  "arguments",
  "require",
  "module",
  "exports",
  "this",
]);
const FORBIDDEN_PROPERTIES = new Set([
  "constructor",
  "prototype",
  "__proto__",
  "__defineGetter__",
  "__defineSetter__",
  "__lookupGetter__",
  "getPrototypeOf",
  "setPrototypeOf",
  "getOwnPropertyDescriptor",
  "getOwnPropertyDescriptors",
  "defineProperty",
  "defineProperties",
]);

const CALL_FORM = 'Write cloud.call("provider", "service", "Operation", { name: value }).';

/**
 * Rules that make the set of calls known before the program runs, and the code readable for who approves it. Needs no types. Returns whether
 * the compiler may look at the types.
 */
export function checkPolicy(typescript: TypeScript, source: ts.SourceFile, problems: ProblemList): boolean {
  const policy = new Policy(typescript, problems);
  for (const { index } of source.text.matchAll(INVISIBLE))
    problems.add("policy", index, "Invisible and control characters are not allowed: write them as escapes.");
  for (const { index } of source.text.matchAll(HTML_COMMENT))
    problems.add("policy", index, "`<!--` and `-->` are not allowed: put spaces between the operators.");
  for (const { index } of source.text.matchAll(COMPILER_DIRECTIVE))
    problems.add("policy", index, "Comments that silence the compiler are not allowed.");
  for (const { pos } of [
    ...source.referencedFiles,
    ...source.typeReferenceDirectives,
    ...source.libReferenceDirectives,
    ...source.amdDependencies.map(() => ({ pos: 0 })),
  ]) {
    problems.add("policy", pos, "`///` references are not allowed.");
  }
  policy.visit(source);
  return !policy.computesTypes;
}

class Policy {
  readonly #typescript: TypeScript;
  readonly #problems: ProblemList;
  readonly #rules: ReturnType<typeof syntaxRules>;
  computesTypes = false;

  constructor(typescript: TypeScript, problems: ProblemList) {
    this.#typescript = typescript;
    this.#problems = problems;
    this.#rules = syntaxRules(typescript);
  }

  visit(node: ts.Node): void {
    const refusal = this.#rules.refusal(node);
    if (this.#rules.computesTypes(node)) this.computesTypes = true;
    if (refusal !== undefined) {
      this.#problems.refuse(node, refusal);
      return;
    }
    this.#checkNode(node);
    this.#typescript.forEachChild(node, (child) => this.visit(child));
  }

  #checkNode(node: ts.Node): void {
    const { isIdentifier, isElementAccessExpression, isStringLiteralLike, isFunctionLike, isPropertyName } = this.#typescript;
    if (isIdentifier(node)) this.#checkIdentifier(node);
    else if (isElementAccessExpression(node) && isStringLiteralLike(node.argumentExpression))
      this.#checkProperty(node, node.argumentExpression.text);
    else if (isFunctionLike(node)) this.#checkFunction(node);
    else if (isStringLiteralLike(node) && isPropertyName(node) && isNamed(node)) this.#checkProperty(node, node.text);
  }

  #checkIdentifier(node: ts.Identifier): void {
    if (this.#isPropertyName(node)) this.#checkProperty(node, node.text);
    else if (FORBIDDEN_NAMES.has(node.text)) this.#refuse(node, `\`${node.text}\` is not allowed.`);
    else if (node.text === "cloud") this.#checkCloud(node);
    else if (node.text === "console") this.#checkConsole(node);
  }

  #checkProperty(node: ts.Node, name: string): void {
    if (FORBIDDEN_PROPERTIES.has(name)) this.#refuse(node, `The property \`${name}\` is not allowed.`);
  }

  #checkFunction(node: ts.SignatureDeclaration): void {
    const { isFunctionDeclaration, isMethodDeclaration } = this.#typescript;
    if ((isFunctionDeclaration(node) || isMethodDeclaration(node)) && node.body === undefined)
      this.#refuse(node, "Functions need a body: overloads are not allowed.");
  }

  /** `cloud` stands for nothing but the object of `cloud.call(…)`. */
  #checkCloud(node: ts.Identifier): void {
    const call = this.#methodCall(node, "call");
    if (call === undefined) {
      this.#refuse(node, `\`cloud\` can only be called: it cannot be declared, passed on, taken apart or given another name. ${CALL_FORM}`);
      return;
    }
    const [provider, service, operation, parameters, ...more] = call.arguments;
    if (more.length > 0 || call.typeArguments !== undefined)
      this.#refuse(call, `cloud.call takes four arguments and no type arguments. ${CALL_FORM}`);
    for (const [name, argument] of [
      ["provider", provider],
      ["service", service],
      ["operation", operation],
    ] as const) {
      if (argument === undefined || !this.#typescript.isStringLiteral(argument)) {
        this.#refuse(
          argument ?? call,
          `The ${name} of cloud.call must be a string literal, so that all operations are known before it runs. ${CALL_FORM}`,
        );
      }
    }
    if (parameters === undefined || !this.#typescript.isObjectLiteralExpression(parameters)) {
      this.#refuse(
        parameters ?? call,
        `The parameters of cloud.call must be an object literal at the call, so that their names are known before it runs. ${CALL_FORM}`,
      );
      return;
    }
    for (const property of parameters.properties) this.#checkParameter(property);
  }

  #checkParameter(property: ts.ObjectLiteralElementLike): void {
    const { isPropertyAssignment, isShorthandPropertyAssignment } = this.#typescript;
    const isPlain =
      isShorthandPropertyAssignment(property) ||
      (isPropertyAssignment(property) && plainName(this.#typescript, property.name) !== undefined);
    if (!isPlain) {
      this.#refuse(
        property,
        "Parameters of cloud.call are written `name: value`: no spread, no computed names, no methods. Give `undefined` for one to leave out.",
      );
    }
  }

  #checkConsole(node: ts.Identifier): void {
    if (this.#methodCall(node, "log") === undefined) this.#refuse(node, "`console` has only `console.log(…)`.");
  }

  /** The call in `node.method(…)`. */
  #methodCall(node: ts.Identifier, method: string): ts.CallExpression | undefined {
    const { isPropertyAccessExpression, isCallExpression } = this.#typescript;
    const access = node.parent;
    if (!isPropertyAccessExpression(access) || access.expression !== node || access.name.text !== method || access.questionDotToken)
      return undefined;
    const call = access.parent;
    return isCallExpression(call) && call.expression === access && !call.questionDotToken ? call : undefined;
  }

  /** A name after a dot or in a type or an object, which refers to nothing of the program. */
  #isPropertyName(node: ts.Identifier): boolean {
    const { parent } = node;
    const {
      isPropertyAccessExpression,
      isQualifiedName,
      isBindingElement,
      isPropertyAssignment,
      isPropertySignature,
      isMethodSignature,
      isMethodDeclaration,
      isNamedTupleMember,
    } = this.#typescript;
    if (isPropertyAccessExpression(parent)) return parent.name === node;
    if (isQualifiedName(parent)) return parent.right === node;
    if (isBindingElement(parent)) return parent.propertyName === node;
    if (isPropertyAssignment(parent) || isPropertySignature(parent) || isMethodSignature(parent) || isMethodDeclaration(parent))
      return parent.name === node;
    return isNamedTupleMember(parent) && parent.name === node;
  }

  #refuse(node: ts.Node, message: string): void {
    this.#problems.add("policy", node, message);
  }
}

/** Whether a string is the name of a property and not its value. */
function isNamed(node: ts.Node): boolean {
  const { parent } = node;
  return ("name" in parent && parent.name === node) || ("propertyName" in parent && parent.propertyName === node);
}
