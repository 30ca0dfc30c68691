import type { IncomingHttpHeaders } from "node:http";

/** A request as it came over the wire. */
export interface Exchange {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A reply as it came over the wire, uncompressed. */
export interface TapedReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}
