/** What a reply that is an error says about itself. */
export interface VendorError {
  /** From the outermost to the innermost, which is the most telling one. */
  readonly codes: readonly string[];
  readonly messages: readonly string[];
}

const DEEPEST = 5;

/**
 * Reads the body of an error in any of Azure's shapes: `{error: {code, message, details, innererror}}` of Resource Manager, Resource Graph,
 * Log Analytics and metrics:getBatch, the same without the envelope (metrics of a subscription), and `{error, error_description}` of
 * Microsoft Entra ID. Bodies that are something else, such as a proxy's page, say nothing.
 */
export function replyError(body: string | undefined): VendorError {
  const parsed = parsedObject(body);
  if (parsed === undefined) return { codes: [], messages: [] };
  const { error, error_description: description } = parsed;
  if (typeof error === "string") return { codes: [error], messages: typeof description === "string" ? [description] : [] };
  const codes: string[] = [];
  const messages: string[] = [];
  let level: unknown = error ?? parsed;
  for (let depth = 0; depth < DEEPEST && isObject(level); depth++) {
    if (typeof level.code === "string") codes.push(level.code);
    // Resource Graph's own sentence only asks for a correlation id; what is wrong stands in the details.
    if (typeof level.message === "string" && !messages.includes(level.message)) messages.push(level.message);
    level = level.innererror ?? (Array.isArray(level.details) ? level.details[0] : undefined);
  }
  return { codes, messages };
}

function parsedObject(body: string | undefined): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(body ?? "");
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
