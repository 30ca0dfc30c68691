import { z } from "zod";
import { brokenReply, type Endpoint, refusedByModel, refusedByServer, unreachable } from "./failures.ts";

type Fetch = typeof globalThis.fetch;

/**
 * `fetch` for the vendor's client, which turns bodies it does not know into "400 status code (no body)": reads every reply itself and
 * throws what is wrong with it as a `ModelError`, with what the server said.
 */
export function checkedFetch(endpoint: Endpoint, now: () => number): Fetch {
  return async (input, init) => {
    let response: Response;
    let body: string;
    try {
      response = await globalThis.fetch(input, { ...init, headers: ownHeaders(init?.headers) });
      body = await response.text();
    } catch (error) {
      throw unreachable(endpoint, error);
    }
    if (!response.ok) throw refusedByServer(endpoint, response.status, saidBy(body), retryAfterMs(response.headers, now));
    const completion = completionSchema.safeParse(parsed(body));
    if (!completion.success) throw brokenReply(endpoint, saidBy(body));
    const refusal = completion.data.choices[0]?.message.refusal;
    if (refusal) throw refusedByModel(endpoint, refusal);
    return new Response(body, { status: response.status, headers: { "content-type": "application/json" } });
  };
}

/** The vendor's client adds its own account's organization and project from the environment; they are nobody else's business. */
function ownHeaders(sent: RequestInit["headers"]): Headers {
  const headers = new Headers(sent);
  headers.delete("openai-organization");
  headers.delete("openai-project");
  return headers;
}

const completionSchema = z.looseObject({
  choices: z.array(z.looseObject({ message: z.looseObject({ refusal: z.string().nullish() }) })).min(1),
});

/** OpenAI: `{ error: { message } }`; SiliconFlow: `{ code, message, data }` or a bare string; others: anything. */
const errorSchema = z.union([
  z.looseObject({ error: z.looseObject({ message: z.string() }) }).transform(({ error }) => error.message),
  z.looseObject({ error: z.string() }).transform(({ error }) => error),
  z.looseObject({ message: z.string(), code: z.union([z.number(), z.string()]).nullish() }).transform(codeAndMessage),
  z.string(),
]);

function codeAndMessage({ code, message }: { code?: number | string | null | undefined; message: string }): string {
  return code === null || code === undefined ? message : `${message} (${code})`;
}

function saidBy(body: string): string {
  const known = errorSchema.safeParse(parsed(body));
  if (known.success) return known.data;
  // A page of HTML tells nobody anything.
  return body.trimStart().startsWith("<") ? "" : body;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** `retry-after-ms` is OpenAI's; `Retry-After` is seconds or a date (RFC 9110, 10.2.3). */
function retryAfterMs(headers: Headers, now: () => number): number | undefined {
  const exact = Number(headers.get("retry-after-ms") ?? Number.NaN);
  if (exact >= 0) return exact;
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  const seconds = Number(value);
  if (seconds >= 0) return seconds * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now());
}
