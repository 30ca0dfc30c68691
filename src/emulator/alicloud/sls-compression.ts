import { deflateSync } from "node:zlib";
import type { CloudReply } from "../cloud.ts";
import { lz4Block } from "./lz4-block.ts";

/** The encodings GetLogsV2 offers. What it calls gzip is a zlib stream: the vendor's own packages read it with `inflate`. */
const ENCODERS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  lz4: lz4Block,
  gzip: (body) => deflateSync(body),
  deflate: (body) => deflateSync(body),
};

/** The body in the first encoding that the client accepts and Log Service offers; as it is where there is none. */
export function compressed(text: string, acceptEncoding: string | undefined): Pick<CloudReply, "headers" | "body"> {
  const wanted = (acceptEncoding ?? "").split(",").map((one) => one.split(";")[0]?.trim().toLowerCase() ?? "");
  const name = wanted.find((one) => Object.hasOwn(ENCODERS, one));
  const encode = name === undefined ? undefined : ENCODERS[name];
  if (name === undefined || encode === undefined) return { headers: {}, body: text };
  const raw = Buffer.from(text, "utf8");
  return { headers: { "x-log-compresstype": name, "x-log-bodyrawsize": String(raw.length) }, body: encode(raw) };
}
