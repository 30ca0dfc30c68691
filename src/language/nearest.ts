/** The candidates most like the word, nearest first: those that contain it or are contained, then by edit distance. */
export function nearest(word: string, candidates: readonly string[], count: number): string[] {
  const wanted = word.toLowerCase().slice(0, 60);
  return candidates
    .map((candidate) => ({ candidate, score: scoreOf(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.score - b.score)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

function scoreOf(wanted: string, candidate: string): number {
  const distance = editDistance(wanted, candidate) / Math.max(wanted.length, candidate.length, 1);
  return wanted.length > 2 && (candidate.includes(wanted) || wanted.includes(candidate)) ? distance / 4 : distance;
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
