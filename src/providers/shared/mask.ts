/** An access key as it may be shown: `AKIA…7Q2X`. Short ones are hidden altogether. */
export function maskKey(key: string): string {
  return key.length < 12 ? "…" : `${key.slice(0, 4)}…${key.slice(-4)}`;
}
