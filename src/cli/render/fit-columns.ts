/** A column of a table that may have to give way. */
export interface FitColumn {
  /** The width its widest cell takes. */
  readonly natural: number;
  /** As narrow as it may be cut. `natural`: it is shown whole or not at all. */
  readonly minimum: number;
  /** Columns of low importance give way first. */
  readonly importance: number;
  /** All rows say the same: it can be said once. */
  readonly constant: boolean;
}

export interface Fit {
  /** Indices of the columns that stay, with their widths, in order. */
  readonly shown: readonly { readonly index: number; readonly width: number }[];
  /** Constant columns said once below the table. */
  readonly constant: readonly number[];
  /** Columns there was no room for. */
  readonly hidden: readonly number[];
}

/**
 * Makes columns fit into `available`: says constant ones once, cuts long texts, and only then leaves columns out; the least important
 * first each time. One column always stays, cut to the room there is.
 */
export function fitColumns(columns: readonly FitColumn[], available: number, gap: number): Fit {
  const widths = columns.map((column) => column.natural);
  const order = columns.map((_, index) => index).sort((left, right) => importance(left) - importance(right));
  const gone = new Set<number>();
  const constant: number[] = [];
  const hidden: number[] = [];

  function importance(index: number): number {
    return columns[index]?.importance ?? 0;
  }
  function excess(): number {
    const left = widths.filter((_, index) => !gone.has(index));
    return left.reduce((sum, width) => sum + width, 0) + gap * Math.max(0, left.length - 1) - available;
  }
  function leaveOut(index: number, list: number[]): void {
    gone.add(index);
    list.push(index);
  }

  for (const index of order) {
    if (excess() > 0 && columns[index]?.constant && gone.size < columns.length - 1) leaveOut(index, constant);
  }
  for (const index of order) {
    const over = excess();
    const width = widths[index] ?? 0;
    if (over > 0 && !gone.has(index)) widths[index] = Math.max(columns[index]?.minimum ?? width, width - over);
  }
  for (const index of order) {
    if (excess() > 0 && !gone.has(index) && gone.size < columns.length - 1) leaveOut(index, hidden);
  }
  // A wide column that had to go may have made room for narrower ones that went before it.
  for (const index of [...order].reverse().filter((index) => hidden.includes(index))) {
    const minimum = columns[index]?.minimum ?? 0;
    if (-excess() < minimum + gap) continue;
    gone.delete(index);
    hidden.splice(hidden.indexOf(index), 1);
    widths[index] = minimum;
  }
  const last = order.find((index) => !gone.has(index));
  if (last !== undefined && excess() > 0) widths[last] = Math.max(1, available);
  // Room that leaving a column out has freed goes back to what was cut, the most important first.
  for (const index of [...order].reverse()) {
    if (!gone.has(index)) widths[index] = Math.min(columns[index]?.natural ?? 0, (widths[index] ?? 0) + Math.max(0, -excess()));
  }
  const ascending = (left: number, right: number) => left - right;
  return {
    shown: columns.flatMap((_, index) => (gone.has(index) ? [] : [{ index, width: widths[index] ?? 0 }])),
    constant: constant.sort(ascending),
    hidden: hidden.sort(ascending),
  };
}
