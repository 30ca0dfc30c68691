/** Delimiters of an index unless it is told otherwise (Log Service, "Create indexes", default delimiters). */
export const DEFAULT_DELIMITERS: readonly string[] = [...", '\";=()[]{}?@&<>/:\n\t\r"];
const DELIMITERS: ReadonlySet<string> = new Set(DEFAULT_DELIMITERS);

/** A word of a text; the index does not tell upper case from lower case. Chinese is cut into its characters. */
export function wordsOf(text: string): readonly string[] {
  return cut(text.toLowerCase(), (character) => DELIMITERS.has(character));
}

/** The words of a search term, in which `*` and `?` stay what they are. */
export function termWordsOf(term: string): readonly string[] {
  return cut(term.toLowerCase(), (character) => character !== "?" && DELIMITERS.has(character));
}

function cut(text: string, isDelimiter: (character: string) => boolean): readonly string[] {
  const words: string[] = [];
  let word = "";
  const end = () => {
    if (word !== "") words.push(word);
    word = "";
  };
  for (const character of text) {
    if (isDelimiter(character)) end();
    else if (/\p{Script=Han}/u.test(character)) {
      end();
      words.push(character);
    } else word += character;
  }
  end();
  return words;
}

/** Whether one list of words stands in the other without a gap. */
export function containsPhrase(words: readonly string[], phrase: readonly string[]): boolean {
  if (phrase.length === 0) return true;
  for (let start = 0; start + phrase.length <= words.length; start++) {
    if (phrase.every((word, index) => words[start + index] === word)) return true;
  }
  return false;
}
