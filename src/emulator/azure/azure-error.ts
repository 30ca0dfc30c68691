/** A refusal in the vendor's words and shape. */
export class AzureError extends Error {
  override readonly name = "AzureError";
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, body: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.body = body;
    this.headers = headers;
  }
}

/** The shape of Azure Resource Manager and of the data planes that follow it (`ErrorResponse` of common-types v3). */
export function armError(
  status: number,
  code: string,
  message: string,
  { details, headers }: { readonly details?: readonly object[]; readonly headers?: Readonly<Record<string, string>> } = {},
): AzureError {
  const error = { code, message, ...(details === undefined ? {} : { details }) };
  // "x-ms-error-code" is the exception header of the operations' specifications.
  return new AzureError(status, code, { error }, { "x-ms-error-code": code, ...headers });
}
