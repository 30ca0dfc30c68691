/** An access key as it may be shown: `AKIA…7Q2X`. Short ones are hidden altogether. */
export function maskKey(key: string): string {
  return key.length < 12 ? "…" : `${key.slice(0, 4)}…${key.slice(-4)}`;
}

/** The name of a user or a service account as it may be shown: `re…@project.iam.gserviceaccount.com`. */
export function maskEmail(email: string): string {
  return email.replace(/^(.{0,2})[^@]*/, "$1…");
}
