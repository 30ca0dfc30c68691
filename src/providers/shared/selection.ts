interface Selection {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

/** Whether something of these names is meant, whatever their case. */
export function isSelected(selection: Selection | undefined, names: readonly (string | undefined)[]): boolean {
  return !isAmong(selection?.exclude, names) && (selection?.include === undefined || isAmong(selection.include, names));
}

/** Whether one of the names is one of the wanted ones, whatever their case. */
export function isAmong(wanted: readonly string[] | undefined, names: readonly (string | undefined)[]): boolean {
  if (wanted === undefined) return false;
  const known = new Set(names.map((name) => name?.toLowerCase()));
  return wanted.some((name) => known.has(name.toLowerCase()));
}
