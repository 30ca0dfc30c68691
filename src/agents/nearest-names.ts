/** The names most like `wanted`, best first: those that begin with the same word, or differ in at most half of their letters. */
export function nearestNames(wanted: string, names: Iterable<string>, count = 3): string[] {
  const lower = wanted.toLowerCase();
  return [...new Set(names)]
    .map((name) => ({ name, distance: distanceOf(lower, name.toLowerCase()) }))
    .filter(
      ({ name, distance }) => firstWord(name) === firstWord(lower) || distance <= Math.max(2, Math.max(name.length, wanted.length) / 2),
    )
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}

/** `cpu` of `cpu.utilization`; of a word alone, the whole. */
function firstWord(name: string): string {
  return name.toLowerCase().split(/[.:/]/, 1).join("");
}

/** Edit distance; what is contained whole is near. */
function distanceOf(a: string, b: string): number {
  if (a.length > 2 && b.length > 2 && (a.includes(b) || b.includes(a))) return 1;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
