import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";
import type { Member, Schema } from "./schema.ts";

const LIB = join(dirname(createRequire(import.meta.url).resolve("@volcengine/openapi/package.json")), "lib");

/** The interfaces of one declaration file of the vendor's SDK, as schemas. */
export class SdkTypings {
  readonly #declarations = new Map<string, ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration>();
  readonly #schemas = new Map<string, Schema>();

  /** `file` is relative to the SDK's `lib`. */
  constructor(file: string) {
    const source = ts.createSourceFile(file, readFileSync(join(LIB, file), "utf8"), ts.ScriptTarget.Latest);
    for (const statement of source.statements) {
      if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isEnumDeclaration(statement))
        this.#declarations.set(statement.name.text, statement);
    }
  }

  schema(name: string): Schema {
    const known = this.#schemas.get(name);
    if (known !== undefined) return known;
    const declaration = this.#declarations.get(name);
    if (declaration === undefined) throw new TypeError(`The SDK declares no ${name}.`);
    if (ts.isEnumDeclaration(declaration)) return { type: "string" };
    if (ts.isTypeAliasDeclaration(declaration)) return this.#schemaOf(declaration.type, name);
    const members = new Map<string, Member>();
    const schema: Schema = { type: "structure", name, members };
    // Known before its members are: some hold their own kind.
    this.#schemas.set(name, schema);
    for (const clause of declaration.heritageClauses ?? [])
      for (const parent of clause.types) this.#addMembers(members, this.schema((parent.expression as ts.Identifier).text));
    this.#addMembers(members, this.#structure(declaration.members, name));
    return schema;
  }

  #addMembers(members: Map<string, Member>, schema: Schema): void {
    if (schema.type === "structure") for (const [name, member] of schema.members) members.set(name, member);
  }

  #structure(members: ts.NodeArray<ts.TypeElement>, name: string): Schema {
    // `{ [key: string]: any }` is how the SDK writes that it does not know.
    if (members.some(ts.isIndexSignatureDeclaration)) return { type: "any" };
    const properties = members.filter(ts.isPropertySignature).map((member) => {
      const key = (member.name as ts.Identifier).text;
      const schema = member.type === undefined ? { type: "any" as const } : this.#schemaOf(member.type, `${name}.${key}`);
      return [key, { schema, required: member.questionToken === undefined }] as const;
    });
    return { type: "structure", name, members: new Map(properties) };
  }

  #schemaOf(type: ts.TypeNode, name: string): Schema {
    switch (type.kind) {
      case ts.SyntaxKind.StringKeyword:
        return { type: "string" };
      case ts.SyntaxKind.NumberKeyword:
        return { type: "number" };
      case ts.SyntaxKind.BooleanKeyword:
        return { type: "boolean" };
    }
    if (ts.isArrayTypeNode(type)) return { type: "list", item: this.#schemaOf(type.elementType, name) };
    if (ts.isTypeLiteralNode(type)) return this.#structure(type.members, name);
    if (ts.isUnionTypeNode(type) && type.types.every(ts.isLiteralTypeNode)) return { type: "string" };
    if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return { type: "any" };
    const [first, second] = type.typeArguments ?? [];
    if (type.typeName.text === "Array" && first !== undefined) return { type: "list", item: this.#schemaOf(first, name) };
    if (type.typeName.text === "Record" && second !== undefined) return { type: "map", value: this.#schemaOf(second, name) };
    return this.schema(type.typeName.text);
  }
}
