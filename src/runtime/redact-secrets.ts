import type { Runtime } from "../contracts/index.ts";

const REDACTED = "[redacted]";

/** What is a secret by its own look, whoever issued it. The first group, where there is one, stays. */
const PATTERNS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  // Passwords in addresses, whatever the scheme.
  /(\b[a-z][a-z\d+.-]*:\/\/[^\s:/@]*:)[^\s/@]+(?=@)/gi,
  // Slack: bot, user, configuration and app-level tokens (https://docs.slack.dev/authentication/tokens).
  /\bxox[a-z](?:\.xox[a-z])?-[\w-]{6,}/gi,
  /\bxapp-[\w-]{6,}/gi,
  // Whoever has the address of a Slack webhook or `response_url` can post with it.
  /(\bhttps:\/\/hooks\.slack(?:-gov)?\.com\/)[\w/-]+/gi,
  // JSON Web Tokens: what Bot Framework, Entra ID and Google hand out.
  /\beyJ[\w-]{6,}\.[\w-]+\.[\w-]*/g,
  // Long ones: "basic monitoring" is no credential.
  /\b(bearer|basic)\s+[\w+/=.:~-]{16,}/gi,
  // Ids of access keys: AWS, Alibaba Cloud, Volcengine.
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z\d]{16}\b/g,
  /\bLTAI[A-Za-z\d]{12,}\b/g,
  /\bAKLT[\w-]{12,}={0,2}/g,
  // Google: API keys, access and refresh tokens.
  /\bAIza[\w-]{35}/g,
  /\b(?:ya29\.|1\/\/)[\w-]{20,}/g,
  /\bsk-[\w-]{12,}/g,
  /\bgh[pousr]_\w{20,}/g,
  // Signed addresses: AWS, Azure SAS, Google, Alibaba Cloud.
  /([?&;](?:X-Amz-(?:Signature|Security-Token|Credential)|X-Goog-Signature|Signature|SignatureNonce|sig|code|access_token|token)=)[^&\s"']+/gi,
  // `password=…`, `"client_secret": "…"`, `AccountKey=…`, `Authorization: …`.
  /\b((?:[\w-]*[_-])?(?:password|passwd|pwd|secret|token|api[-_]?key|account[-_]?key|access[-_]?key|private[-_]?key|authorization|cookie)["']?\s*[:=]\s*["']?)(?!\[redacted\])[^\s"',;&)}\]]{4,}/gi,
];

/** Names of variables and fields whose values are secrets. */
const SECRET_NAME =
  /secret|token|password|passwd|passphrase|credential|authorization|cookie|signature|(?:api|access|account|private)_?key|connection_?string|_key$/i;

/** Names that look so and hold something else: paths, sizes, the public halves of pairs. */
const PLAIN_NAME = /(?:_file|_path|_dir|_folder|_url|_uri|_sock|_?id|tokens|_limit|_budget)$|^google_application_credentials$/i;

/** Takes secrets out of a value: of texts, of fields by their name, at any depth. What comes out is JSON-safe. */
export type Redact = (value: unknown) => unknown;

/** Shorter values are too likely to stand in ordinary words. */
const MIN_SECRET_LENGTH = 8;
const MAX_DEPTH = 6;
const MAX_ITEMS = 100;
/** A line of a log is for reading: longer texts are cut, and say by how much. */
const MAX_TEXT_LENGTH = 4_000;

/**
 * Redacts whatever looks like a secret, and the value of every variable of `env` whose name says that it is one, also as it stands in
 * addresses, in JSON and in base64.
 */
export function createRedactor(env: Runtime["env"]): Redact {
  const forms = secretsOf(env).flatMap(formsOf);
  // The longest first: a secret may begin with another.
  const known = [...new Set(forms)].sort((a, b) => b.length - a.length);
  const redactText = (text: string): string => {
    let redacted = text;
    for (const secret of known) redacted = redacted.replaceAll(secret, REDACTED);
    for (const pattern of PATTERNS) {
      redacted = redacted.replace(pattern, (_match, kept: unknown) =>
        typeof kept === "string" ? `${kept}${/^\w+$/.test(kept) ? " " : ""}${REDACTED}` : REDACTED,
      );
    }
    return cut(redacted);
  };
  const redact = (value: unknown, name: string, depth: number): unknown => {
    switch (typeof value) {
      case "string":
        return isSecretName(name) && value !== "" ? REDACTED : redactText(value);
      case "bigint":
      case "symbol":
        return redactText(String(value));
      case "number":
        return Number.isFinite(value) ? value : String(value);
      case "boolean":
        return value;
      case "object":
        if (value === null) return null;
        break;
      default:
        return undefined;
    }
    if (depth >= MAX_DEPTH) return "[deeper]";
    if (value instanceof Error) return redact(factsOf(value), name, depth);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (Array.isArray(value)) {
      const items = value.slice(0, MAX_ITEMS).map((item) => redact(item, name, depth + 1) ?? null);
      return value.length > MAX_ITEMS ? [...items, `… and ${value.length - MAX_ITEMS} more`] : items;
    }
    const entries = Object.entries(value);
    const kept = entries.slice(0, MAX_ITEMS).map(([key, inner]) => [redactText(key), redact(inner, key, depth + 1)]);
    return Object.fromEntries(entries.length > MAX_ITEMS ? [...kept, ["…", `${entries.length - MAX_ITEMS} more`]] : kept);
  };
  return (value) => redact(value, "", 0);
}

/** Values of the environment that nobody may see. */
function secretsOf(env: Runtime["env"]): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (value === undefined) return [];
    // An address may hold a password whatever its variable is called.
    const passwords = [...value.matchAll(/:\/\/[^\s:/@]*:([^\s/@]+)@/g)].flatMap(([, found = ""]) => [found, decoded(found)]);
    const whole = isSecretName(name) ? [value, value.trim(), ...insideOf(value)] : [];
    return [...passwords, ...whole];
  });
}

/** Secrets inside of a variable that holds a JSON document, such as a service account's key. */
function insideOf(value: string): string[] {
  if (!value.trimStart().startsWith("{")) return [];
  try {
    const fields = Object.entries(JSON.parse(value) as object);
    return fields.flatMap(([name, inner]) => (typeof inner === "string" && isSecretName(name) ? [inner, ...inner.split("\n")] : []));
  } catch {
    return [];
  }
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !PLAIN_NAME.test(name);
}

function formsOf(secret: string): string[] {
  if (secret.length < MIN_SECRET_LENGTH) return [];
  const base64 = Buffer.from(secret).toString("base64").replace(/=+$/, "");
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Vendors' errors carry whole requests, with their headers: only what describes the failure is taken. */
function factsOf(error: Error): Readonly<Record<string, unknown>> {
  const { name, message, cause } = error;
  const code = "code" in error ? error.code : undefined;
  const status = "status" in error ? error.status : undefined;
  const facts = { name, message, ...(typeof code === "string" || typeof code === "number" ? { code } : {}) };
  return { ...facts, ...(typeof status === "number" ? { status } : {}), ...(cause instanceof Error ? { cause } : {}) };
}

function cut(text: string): string {
  return text.length <= MAX_TEXT_LENGTH ? text : `${text.slice(0, MAX_TEXT_LENGTH)}… (${text.length - MAX_TEXT_LENGTH} more characters)`;
}
