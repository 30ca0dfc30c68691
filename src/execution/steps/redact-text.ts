/** What may be a secret or tell who somebody is, in the order in which it is looked for. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "[email]"],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, "[token]"],
  [/\b(?:bearer|basic)\s+\S+/gi, "[token]"],
  [/\b(?:password|passwd|secret|token|api[-_]?key|authorization)\b["']?\s*[:=]\s*\S+/gi, "[secret]"],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, "[address]"],
  [/\b(?:[\da-f]{1,4}:){4,7}[\da-f]{1,4}\b/gi, "[address]"],
  [/\b\d{11,19}\b/g, "[number]"],
  [/\b(?=[\w/+-]*\d)(?=[\w/+-]*[a-z])[\w/+-]{20,}={0,2}/gi, "[token]"],
];

/** A text with what looks like secrets, addresses and long numbers taken out. */
export function redactText(text: string): string {
  return PATTERNS.reduce((redacted, [pattern, name]) => redacted.replace(pattern, name), text);
}
