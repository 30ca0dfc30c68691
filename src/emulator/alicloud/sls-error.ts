/** A refusal in the words of Log Service ("Error codes" of its API reference). */
export class SlsError extends Error {
  override readonly name = "SlsError";
  readonly code: string;
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
