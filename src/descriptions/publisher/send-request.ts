import { lookup } from "node:dns";
import { request } from "node:https";
import type { LookupFunction } from "node:net";
import { isPrivateAddress } from "./private-address.ts";

export interface PublishedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Sends one GET; follows nothing. Rejects with whatever the connection says. */
export type SendRequest = (url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<PublishedReply>;

/** A name that resolves to an address inside this network. */
export class PrivateAddressError extends Error {
  override readonly name = "PrivateAddressError";
}

/** Sends over TLS, to public addresses only: the very address that is connected to is checked, not one that was asked for before. */
export function sendOverTls(resolve: typeof lookup = lookup): SendRequest {
  const guarded: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, "", 0);
      const inside = addresses.find(({ address }) => isPrivateAddress(address));
      if (inside !== undefined) return callback(new PrivateAddressError(`${hostname} resolves to ${inside.address}`), "", 0);
      const [first] = addresses;
      if (options.all) return callback(null, addresses);
      return callback(null, first?.address ?? "", first?.family ?? 4);
    });
  };
  return (url, headers, signal) =>
    new Promise((fulfil, reject) => {
      const sent = request(url, { headers, signal, lookup: guarded, method: "GET" }, (reply) =>
        fulfil({ status: reply.statusCode ?? 0, headers: reply.headers, body: reply }),
      );
      sent.on("error", reject);
      sent.end();
    });
}
