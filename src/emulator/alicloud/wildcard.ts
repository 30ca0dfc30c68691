/** A pattern for a whole text, in which some characters stand for any number of others or for exactly one; everything else is itself. */
export function wildcardPattern(text: string, wildcards: { readonly many: string; readonly one?: string }): RegExp {
  const parts = [...text].map((character) => {
    if (character === wildcards.many) return ".*";
    return character === wildcards.one ? "." : character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`, "su");
}
