/** A name as it stands before Chinese text: Latin words are set off by a blank, Chinese ones are not. */
export function spacedName(name: string): string {
  return /[\x21-\x7e]$/.test(name) ? `${name} ` : name;
}
