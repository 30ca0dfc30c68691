import { crc32, deflateSync } from "node:zlib";

/** RGBA of a pixel at a place within the icon; both from 0 to 1. */
type Painter = (x: number, y: number) => readonly [number, number, number, number];

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const BLUE = [29, 53, 87, 255] as const;
const WHITE = [255, 255, 255, 255] as const;
const NOTHING = [255, 255, 255, 0] as const;

/** A cloud over the ring of an instrument, white on blue: Teams wants 192 × 192. */
export function colourIcon(): Uint8Array {
  return png(192, (x, y) => (isDrawn(x, y) ? WHITE : BLUE));
}

/** The same in white on nothing: Teams wants 32 × 32. */
export function outlineIcon(): Uint8Array {
  return png(32, (x, y) => (isDrawn(x, y) ? WHITE : NOTHING));
}

function isDrawn(x: number, y: number): boolean {
  const within = (cx: number, cy: number, radius: number): boolean => (x - cx) ** 2 + (y - cy) ** 2 < radius ** 2;
  const ring = within(0.5, 0.5, 0.42) && !within(0.5, 0.5, 0.36);
  const cloud =
    within(0.4, 0.52, 0.12) || within(0.54, 0.46, 0.15) || within(0.65, 0.54, 0.1) || (x > 0.4 && x < 0.65 && y > 0.52 && y < 0.64);
  return ring || cloud;
}

/** 8-bit RGBA, no filters: https://www.w3.org/TR/png/#11IHDR */
function png(size: number, paint: Painter): Uint8Array {
  const rows = Buffer.alloc(size * (1 + size * 4));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) rows.set(paint((x + 0.5) / size, (y + 0.5) / size), y * (1 + size * 4) + 1 + x * 4);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from(SIGNATURE), chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
