import type { Identity } from "./credentials.ts";

/** One call of Log Service whose signature has been verified. */
export interface SlsRequest {
  readonly operation: string;
  readonly account: string;
  readonly identity: Identity;
  /** Of the endpoint's name. */
  readonly region: string;
  /** Of the host name; undefined at the region's own endpoint. */
  readonly project: string | undefined;
  /** Of the path. */
  readonly logstore: string;
  /** Of the query string, and of the body where it is a JSON object. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly nowMs: number;
}

export interface SlsReply {
  /** Becomes JSON. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the operation compresses its replies for those who accept it. */
  readonly compresses?: boolean;
}

/** Throws SlsError for what the service refuses. */
export type SlsOperation = (request: SlsRequest) => SlsReply;
