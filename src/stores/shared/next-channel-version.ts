/**
 * The version of a LangGraph channel after `current`: a number that sorts as text, with a random end. A thread that goes on twice from one
 * checkpoint gives two values the same number, and savers that keep one value a version would mix them up. `random` is uniform in [0, 1).
 */
export function nextChannelVersion(current: string | number | undefined, random: () => number): string {
  const next = current === undefined ? 1 : Number.parseInt(String(current), 10) + 1;
  const end = Math.floor(random() * 2 ** 48);
  return `${String(next).padStart(10, "0")}.${end.toString(36).padStart(10, "0")}`;
}
