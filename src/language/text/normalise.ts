/**
 * Brings a question into one form: NFKC (full-width letters and digits become plain), straight quotes, single spaces. Percentages that
 * Chinese writes before the number (百分之八十) become `%80`.
 */
export function normalise(question: string): string {
  return question
    .normalize("NFKC")
    .replace(/[‘’]/g, "'")
    .replace(/[「『“”]/g, '"')
    .replace(/[」』]/g, '"')
    .replace(/\p{Cf}/gu, "")
    .replace(/(?<!超)过半(?!小时|个|天|年|分钟)/g, "超过50%")
    .replace(/百分之 ?(?=[\d零一二三四五六七八九十百])/g, "%")
    .replace(/\b(top)(?=\d)/gi, "$1 ")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

/** Lower case of the same length, so that positions stay valid. */
export function lowerCase(text: string): string {
  return text.replace(/\p{Lu}/gu, (letter) => {
    const lower = letter.toLowerCase();
    return lower.length === letter.length ? lower : letter;
  });
}

export const HAN = /\p{Script=Han}/u;

/** Whether the character belongs to a word that is divided from its neighbours by spaces. */
export function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_]/u.test(character) && !HAN.test(character);
}
