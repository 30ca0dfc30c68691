/** A refusal in the words of an RPC-style API. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: string;
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
