/** Deeper than any API's, and far from where a recursion over it would end the process. */
const MAX_DEPTH = 100;

/**
 * Why a value that was read from JSON is not to be handed on: a key `__proto__`, which a copy by assignment would turn into a prototype,
 * or a depth that overflows the stack of whoever walks it.
 */
export function unsafeJson(value: unknown): string | undefined {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return `it is more than ${MAX_DEPTH} levels deep`;
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== "object" || item === null) continue;
      if (Object.hasOwn(item, "__proto__")) return "it has a key __proto__";
      for (const child of Object.values(item)) if (typeof child === "object") next.push(child);
    }
    level = next;
  }
  return undefined;
}
