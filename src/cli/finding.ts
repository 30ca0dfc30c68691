/** One thing that `doctor` looked at. */
export interface Finding {
  readonly kind: "cloud" | "model" | "store" | "knowledge" | "code" | "node" | "configuration" | "timezone" | "package" | "bot" | "access";
  readonly name: string;
  readonly status: "ok" | "failed" | "not-configured" | "missing";
  /** Where it comes from, secrets masked. */
  readonly source: string;
  readonly detail: string | null;
  /** Of several lines where there is more to do. */
  readonly hint: string | null;
}
