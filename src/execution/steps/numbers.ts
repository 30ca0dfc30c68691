/** The sum, the same in whatever order the numbers came. */
export function sumOf(values: readonly number[]): number {
  // Smallest first, with the rounding error carried along (Neumaier's variant of Kahan's summation).
  let sum = 0;
  let lost = 0;
  for (const value of values.toSorted((a, b) => a - b)) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** The quantile at `ratio` (0 to 1) of ascending numbers, linear between neighbours; null of none. */
export function quantileOf(ascending: readonly number[], ratio: number): number | null {
  const position = (ascending.length - 1) * ratio;
  const [below, above] = [ascending[Math.floor(position)], ascending[Math.ceil(position)]];
  if (below === undefined || above === undefined) return null;
  return below === above ? below : below + (above - below) * (position - Math.floor(position));
}
