const LEAST_MATCH = 4;
/** The last five bytes are always literals, and the last match begins at least twelve bytes before the end (LZ4 block format, "End of block"). */
const LAST_LITERALS = 5;
const LAST_MATCH_BEGINS = 12;
const FARTHEST = 65_535;
const HASH_BITS = 14;

/** Compresses into one raw LZ4 block: no frame, no size in front. */
export function lz4Block(input: Buffer): Buffer {
  const parts: Buffer[] = [];
  const seen = new Int32Array(1 << HASH_BITS).fill(-1);
  let literalsFrom = 0;
  let position = 0;
  while (position < input.length - LAST_MATCH_BEGINS) {
    const slot = hashOf(input, position);
    const candidate = seen[slot] ?? -1;
    seen[slot] = position;
    if (candidate < 0 || position - candidate > FARTHEST || input.readUInt32LE(candidate) !== input.readUInt32LE(position)) {
      position++;
      continue;
    }
    const length = matchLength(input, candidate, position);
    parts.push(sequence(input.subarray(literalsFrom, position), position - candidate, length));
    position += length;
    literalsFrom = position;
  }
  parts.push(sequence(input.subarray(literalsFrom), 0, 0));
  return Buffer.concat(parts);
}

function hashOf(input: Buffer, position: number): number {
  return Math.imul(input.readUInt32LE(position), 2_654_435_761) >>> (32 - HASH_BITS);
}

function matchLength(input: Buffer, candidate: number, position: number): number {
  const end = input.length - LAST_LITERALS;
  let length = LEAST_MATCH;
  while (position + length < end && input[candidate + length] === input[position + length]) length++;
  return length;
}

/** Token, literals, and where `length` is not 0 the match that follows them. */
function sequence(literals: Buffer, offset: number, length: number): Buffer {
  const matched = length === 0 ? 0 : length - LEAST_MATCH;
  const token = (Math.min(literals.length, 15) << 4) | Math.min(matched, 15);
  const head = [token, ...extension(literals.length)];
  const tail = length === 0 ? [] : [offset & 255, offset >>> 8, ...extension(matched)];
  return Buffer.concat([Buffer.from(head), literals, Buffer.from(tail)]);
}

function extension(length: number): number[] {
  if (length < 15) return [];
  const rest = length - 15;
  return [...new Array<number>(Math.floor(rest / 255)).fill(255), rest % 255];
}
