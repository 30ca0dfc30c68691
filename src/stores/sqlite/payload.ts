import { promisify } from "node:util";
import { deflate, inflate } from "node:zlib";
import type { StoreError } from "../../errors/index.ts";
import { damagedStore } from "../shared/store-failures.ts";

/** JSON as it lies in a column: text while it is short, deflated above that. */
export type Payload = string | Uint8Array;

const COMPRESS_ABOVE_CHARACTERS = 1024;
const compress = promisify(deflate);
const decompress = promisify(inflate);

export async function encodePayload(value: unknown): Promise<Payload> {
  const json = JSON.stringify(value);
  return json.length > COMPRESS_ABOVE_CHARACTERS ? compress(json, { level: 3 }) : json;
}

/** What `encodePayload` wrote, as `Value`; a column that holds anything else is a damaged store. */
export async function decodePayload<Value>(payload: unknown, what: string): Promise<Value> {
  try {
    if (typeof payload === "string") return JSON.parse(payload);
    if (payload instanceof Uint8Array) return JSON.parse((await decompress(payload)).toString("utf8"));
  } catch (error) {
    throw damaged(what, error);
  }
  throw damaged(what);
}

function damaged(what: string, cause?: unknown): StoreError {
  return damagedStore(
    what,
    { en: "The file is damaged: move it away, a new one is made.", zh: "文件已损坏：请移走该文件，会自动新建。" },
    cause,
  );
}
