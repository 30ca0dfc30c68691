/**
 * The names most like `wanted`, best first, for hints: those that begin with the same word (`cpu` of `cpu.utilization`), contain it,
 * or differ in at most half of their letters.
 */
export function nearest(wanted: string, names: Iterable<string>, count = 3): string[] {
  // Longer than any name; keeps a pasted page from costing time.
  const lower = wanted.toLowerCase().slice(0, 100);
  return [...new Set(names)]
    .map((name) => ({ name, distance: distanceOf(lower, name.toLowerCase()) }))
    .filter(
      ({ name, distance }) => firstWord(name) === firstWord(lower) || distance <= Math.max(2, Math.max(name.length, lower.length) / 2),
    )
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}

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
