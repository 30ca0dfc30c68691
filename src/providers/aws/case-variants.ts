/** EC2 takes up to 200 values in a filter (EC2 user guide, "Filtering considerations"); seven letters have 128 spellings. */
const MOST_LETTERS = 7;

/**
 * EC2 filter patterns that together match a text in every mix of upper and lower case, and may match more. Filter values are
 * case-sensitive; `?` stands for one character, `*` for any number, `\` makes them plain (EC2 API reference, "Filter").
 */
export function caseVariants(text: string): string[] {
  let variants = [""];
  let letters = 0;
  for (const character of text) {
    const spellings = spellingsOf(character, letters < MOST_LETTERS);
    if (spellings.length > 1) letters++;
    variants = variants.flatMap((start) => spellings.map((spelling) => start + spelling));
  }
  return variants;
}

function spellingsOf(character: string, expand: boolean): string[] {
  if (/[a-z]/i.test(character)) return expand ? [character.toLowerCase(), character.toUpperCase()] : ["?"];
  if (/[*?\\]/.test(character)) return [`\\${character}`];
  // Other letters may change their length with their case (ß, SS).
  return character.toLowerCase() === character.toUpperCase() ? [character] : ["*"];
}
