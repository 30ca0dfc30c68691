import { createHash } from "node:crypto";
import { z } from "zod";
import type { Shown } from "../shared/chat-platform.ts";

const pieceSchema = z.object({
  /** Of the message. */
  id: z.string().optional(),
  /** Of what was posted last, so that the same is not posted twice. */
  signature: z.string().optional(),
  /** A stream that has not been ended; `text` is what was streamed, which every later piece has to begin with. */
  stream: z.object({ id: z.string(), startedMs: z.number(), text: z.string(), told: z.array(z.string()) }).optional(),
  /** Teams refused a stream, or it has died. */
  noStream: z.literal(true).optional(),
});

export type Piece = z.infer<typeof pieceSchema>;

/** What stands in the conversation, kept so that another process can go on. */
export interface PostedPieces {
  get(piece: string): Piece;
  /** Kept in the store when it resolves. */
  keep(piece: string, value: Piece): Promise<void>;
}

export function postedPieces(shown: Shown, save: (shown: Shown) => Promise<void>): PostedPieces {
  const kept = new Map(Object.entries(z.record(z.string(), pieceSchema).parse(shown)));
  return {
    get: (piece) => kept.get(piece) ?? {},
    keep(piece, value) {
      kept.set(piece, value);
      return save(Object.fromEntries(kept));
    },
  };
}

export function signatureOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}
