/** A field as a declaration file writes it. */
export interface DeclaredField {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly documentation: string;
}

export interface Declaration {
  readonly documentation: string;
  readonly extends: readonly string[];
  readonly fields: readonly DeclaredField[];
  /** Values of an enum, or of a union of strings. */
  readonly values: readonly string[];
}

const OPENING = /^(?:export )?(?:declare )?(?:interface|class|enum|const) (\w+)(?: extends ([\w.$, <>"|]+?))?(?:: )? ?\{$/;
const ALIAS = /^export type (\w+) = (.+);$/;
const FIELD = /^ {4}(?:readonly )?(?:"([^"]+)"|([\w$]+))(\?)?: (.+?);$/;
const ENUM_MEMBER = /^ {4}(?:readonly )?"?[\w$]+"?(?: =|:) "([^"]*)"[,;]?$/;

/**
 * Interfaces, classes and enums of a declaration file that a generator wrote: one declaration begins each line without indentation, its
 * members are indented by four. Read by lines, as the compiler takes seconds for EC2's 80,000 of them and would have to be installed.
 */
export function readDeclarations(text: string): Map<string, Declaration> {
  const declarations = new Map<string, Declaration>();
  let open: { name: string; documentation: string; extends: string[]; fields: DeclaredField[]; values: string[] } | undefined;
  let comment: string[] | undefined;
  let documentation = "";
  for (const line of text.split("\n")) {
    const trimmed = line.trim();
    if (comment !== undefined || trimmed.startsWith("/**")) {
      comment = [...(comment ?? []), trimmed];
      if (!trimmed.endsWith("*/")) continue;
      documentation = documentationOf(comment);
      comment = undefined;
      continue;
    }
    if (open !== undefined && line.startsWith("}")) {
      declarations.set(open.name, open);
      open = undefined;
    } else if (open === undefined) {
      open = openingOf(line, documentation);
      const alias = ALIAS.exec(line);
      if (alias?.[1] !== undefined && !declarations.has(alias[1])) declarations.set(alias[1], aliasOf(alias[2] ?? "", documentation));
    } else {
      readMember(line, documentation, open);
    }
    if (trimmed !== "") documentation = "";
  }
  return declarations;
}

function openingOf(line: string, documentation: string) {
  const match = OPENING.exec(line);
  if (match?.[1] === undefined) return undefined;
  return { name: match[1], documentation, extends: (match[2] ?? "").match(/\w+/g) ?? [], fields: [], values: [] };
}

function readMember(line: string, documentation: string, open: { fields: DeclaredField[]; values: string[] }): void {
  const value = ENUM_MEMBER.exec(line)?.[1];
  if (value !== undefined) {
    open.values.push(value);
    return;
  }
  const match = FIELD.exec(line);
  const name = match?.[1] ?? match?.[2];
  if (name !== undefined) open.fields.push({ name, type: match?.[4] ?? "", optional: match?.[3] !== undefined, documentation });
}

/** `type Colour = "red" | "green";` has values; others are what they stand for, as if they extended it. */
function aliasOf(type: string, documentation: string): Declaration {
  const parts = type.split(" | ");
  const values = parts.flatMap((part) => /^"([^"]*)"$/.exec(part)?.[1] ?? []);
  if (values.length === parts.length) return { documentation, extends: [], fields: [], values };
  return { documentation, extends: /^\w+$/.test(type) ? [type] : [], fields: [], values: [] };
}

/** The words of a comment, up to its tags. `@remarks` is a heading of its own. */
function documentationOf(lines: readonly string[]): string {
  const words: string[] = [];
  for (const line of lines) {
    const text = line.replace(/^\/?\*+\/?|\*+\/$/g, "").trim();
    if (/^@(?!remarks)/.test(text)) break;
    words.push(text.replace(/^@remarks/, ""));
  }
  return words.join("\n").trim();
}
