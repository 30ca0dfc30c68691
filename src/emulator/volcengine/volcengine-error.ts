/** A refusal in the vendor's words; the wire form is the protocol's. */
export class VolcengineError extends Error {
  override readonly name = "VolcengineError";
  readonly code: string;
  /** HTTP status; 200 for the services that tell their own errors inside replies that look well. */
  readonly status: number;
  /** The gateway's number; absent where the service itself refuses. */
  readonly number: number | undefined;

  constructor(code: string, message: string, options: { readonly status?: number; readonly number?: number } = {}) {
    super(message);
    this.code = code;
    this.status = options.status ?? 400;
    this.number = options.number;
  }
}
