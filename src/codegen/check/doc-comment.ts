import type ts from "typescript";
import type { TypeScript } from "./compiler.ts";

/** The doc comment of a declaration. */
export interface DocComment {
  /** What stands before the first tag, on one line; empty where there is none. */
  readonly text: string;
  /** The text behind each tag, by its name. */
  readonly tags: ReadonlyMap<string, string>;
}

/**
 * Reads the comment before a declaration or behind it on its line. The compiler's own reading knows only those on lines of their own, and
 * small interfaces are written on one.
 */
export function docComment(typescript: TypeScript, node: ts.Node): DocComment {
  const { text } = node.getSourceFile();
  const start = node.getStart();
  const before = [
    ...(typescript.getTrailingCommentRanges(text, node.pos) ?? []),
    ...(typescript.getLeadingCommentRanges(text, node.pos) ?? []),
  ];
  const own = before.filter(({ pos, end }) => !isBehindAnother(text, node.pos, pos) || !text.slice(end, start).includes("\n"));
  const behind = (typescript.getTrailingCommentRanges(text, node.end) ?? []).filter(({ end }) => /^[\s}]*?(?:\n|$)/.test(text.slice(end)));
  return parsed([...own, ...behind].map(({ pos, end }) => text.slice(pos, end)).filter((comment) => comment.startsWith("/**")));
}

/** Whether a comment stands on the line on which the declaration before ends. */
function isBehindAnother(text: string, end: number, comment: number): boolean {
  return end > 0 && !text.slice(end, comment).includes("\n") && text[end - 1] !== "{";
}

function parsed(comments: readonly string[]): DocComment {
  const content = comments
    .map((comment) => comment.slice(3, -2))
    .join("\n")
    .replace(/^\s*\*+/gm, "");
  const [text = "", ...tags] = content.split(/(?:^|(?<=\s))@(?=[a-z])/i);
  const pairs = tags.map((tag): [string, string] => {
    const [name = ""] = /^\w+/.exec(tag) ?? [];
    return [name, tag.slice(name.length).replace(/\s+/g, " ").trim()];
  });
  return { text: text.replace(/\s+/g, " ").trim(), tags: new Map(pairs) };
}
