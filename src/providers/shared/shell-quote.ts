/** A text as one word of a POSIX shell, whatever is in it: names come from clouds, and people paste them. */
export function shellQuote(text: string): string {
  return /^[\w/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
