/** A 32-bit hash of numbers and strings: the emulator's only source of chance, so that a world follows from its seed. */
export function hash(...parts: readonly (number | string)[]): number {
  let state = 0x9e3779b9;
  for (const part of parts) {
    if (typeof part === "number") {
      state = mix(state ^ (part | 0)) ^ Math.trunc(part / 0x1_0000_0000);
    } else {
      for (let index = 0; index < part.length; index++) state = Math.imul(state ^ part.charCodeAt(index), 0x01000193);
    }
    state = mix(state);
  }
  return state >>> 0;
}

/** Uniform in [0, 1), from the same parts always the same. */
export function chance(...parts: readonly (number | string)[]): number {
  return hash(...parts) / 0x1_0000_0000;
}

/** One of `items`, from the same parts always the same. */
export function pick<Items extends readonly [unknown, ...unknown[]]>(items: Items, ...parts: readonly (number | string)[]): Items[number] {
  return items[hash(...parts) % items.length];
}

/** Lower-case hexadecimal digits, `length` of them. */
export function hexDigits(length: number, ...parts: readonly (number | string)[]): string {
  let digits = "";
  for (let index = 0; digits.length < length; index++)
    digits += hash(...parts, index)
      .toString(16)
      .padStart(8, "0");
  return digits.slice(0, length);
}

/** Uniform in [0, 1) for a key and a minute: the hot path of every series, hence without rest parameters. */
export function noise(key: number, minute: number, salt: number): number {
  return (mix(mix(key ^ Math.imul(minute, 0x9e3779b1)) + Math.imul(salt, 0x85ebca6b)) >>> 0) / 0x1_0000_0000;
}

// The finaliser of MurmurHash3.
function mix(value: number): number {
  let state = value | 0;
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return state ^ (state >>> 16);
}
