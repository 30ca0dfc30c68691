import { createHash } from "node:crypto";
import { z } from "zod";
import type { Shown } from "../shared/chat-platform.ts";
import type { Look } from "./slack-message.ts";

const pieceSchema = z.object({
  /** Timestamp of the message: its id in the channel. */
  ts: z.string().optional(),
  /** Of what was posted last, so that the same is not posted twice. */
  signature: z.string().optional(),
  /** Began to be posted; whether it was is open until `ts` or `done` stands here. */
  sending: z.literal(true).optional(),
  /** A stream that has not been stopped. */
  streaming: z.literal(true).optional(),
  /** A file that is in the thread, or a chart that cannot be drawn. */
  done: z.enum(["posted", "impossible"]).optional(),
});

export type Piece = z.infer<typeof pieceSchema>;

const shownSchema = z.object({
  /** Of messages whose blocks Slack refused. */
  looks: z.record(z.string(), z.enum(["new", "classic", "brief"])).default({}),
  pieces: z.record(z.string(), pieceSchema).default({}),
});

/** What stands in the thread, kept so that another process can go on. */
export interface ShownPieces {
  look(piece: string): Look;
  get(piece: string): Piece;
  /** Without the store: a definite failure has left nothing behind. */
  forget(piece: string): void;
  /** Kept in the store when it resolves. */
  keep(piece: string, value: Piece): Promise<void>;
  keepLook(piece: string, look: Look): Promise<void>;
}

export function shownPieces(shown: Shown, save: (shown: Shown) => Promise<void>): ShownPieces {
  const parsed = shownSchema.parse(shown);
  const kept = new Map(Object.entries(parsed.pieces));
  const looks = new Map(Object.entries(parsed.looks));
  const write = (): Promise<void> => save({ looks: Object.fromEntries(looks), pieces: Object.fromEntries(kept) });
  return {
    look: (piece) => looks.get(piece) ?? "new",
    get: (piece) => kept.get(piece) ?? {},
    forget(piece) {
      kept.delete(piece);
    },
    keep(piece, value) {
      kept.set(piece, value);
      return write();
    },
    keepLook(piece, look) {
      looks.set(piece, look);
      return write();
    },
  };
}

export function signatureOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}
