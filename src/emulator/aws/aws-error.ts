/** A refusal in the vendor's words; the wire form is the protocol's. */
export class AwsError extends Error {
  override readonly name = "AwsError";
  readonly code: string;
  readonly status: number;
  /** For services that answer old `query` clients too: the code those know, sent as `x-amzn-query-error`. */
  readonly queryCode: string | undefined;
  /** Further members of the error shape. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    options: { readonly status?: number; readonly queryCode?: string; readonly fields?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message);
    this.code = code;
    this.status = options.status ?? 400;
    this.queryCode = options.queryCode;
    this.fields = options.fields ?? {};
  }
}
