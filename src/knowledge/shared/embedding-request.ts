import { z } from "zod";
import type { Runtime } from "../../contracts/index.ts";
import { badReply, refused, unreachable } from "./embedding-failures.ts";
import type { EmbeddingSettings } from "./embedding-settings.ts";
import { within } from "./within.ts";

const REQUEST_TIMEOUT_MS = 30_000;
const MAX_ATTEMPTS = 4;
const FIRST_WAIT_MS = 500;
/** A server that asks for more is as good as down. */
const MAX_WAIT_MS = 30_000;

/** `POST /embeddings` of OpenAI (https://platform.openai.com/docs/api-reference/embeddings) and SiliconFlow. */
const replySchema = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.number()).min(1) })),
});

/** One vector for each text, in their order. Tries again when the server is busy. Throws `KNOWLEDGE_UNAVAILABLE`. */
export async function requestEmbeddings(
  settings: EmbeddingSettings,
  texts: readonly string[],
  { clock, random }: Runtime,
  signal: AbortSignal,
): Promise<readonly (readonly number[])[]> {
  for (let attempt = 1; ; attempt++) {
    const reply = await within(clock, REQUEST_TIMEOUT_MS, signal, (limited) => send(settings, texts, limited)).catch((error: unknown) => {
      signal.throwIfAborted();
      return error instanceof Error ? error : new Error(String(error));
    });
    if (!(reply instanceof Error) && reply.status < 300) return vectorsOf(settings, texts.length, reply.body);
    const failure = reply instanceof Error ? unreachable(settings, reply) : refused(settings, reply.status, reply.body);
    const busy = reply instanceof Error || reply.status === 429 || reply.status >= 500;
    const asked = reply instanceof Error ? undefined : retryAfterMs(reply.retryAfter, clock.now());
    const waitMs = asked ?? FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + random());
    if (!busy || attempt === MAX_ATTEMPTS || waitMs > MAX_WAIT_MS) throw failure;
    await clock.sleep(waitMs, signal);
  }
}

async function send({ baseUrl, apiKey, model }: EmbeddingSettings, texts: readonly string[], signal: AbortSignal) {
  const response = await fetch(`${baseUrl}/embeddings`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }) },
    // Said openly: what is asked for in base64 and read as floats has a quarter of the length.
    body: JSON.stringify({ model, input: texts, encoding_format: "float" }),
    redirect: "error",
    signal,
  });
  return { status: response.status, retryAfter: response.headers.get("retry-after"), body: await response.text() };
}

function vectorsOf(settings: EmbeddingSettings, count: number, body: string): readonly (readonly number[])[] {
  const reply = replySchema.safeParse(parsed(body));
  if (!reply.success) throw badReply(settings, z.prettifyError(reply.error));
  const vectors = reply.data.data.toSorted((a, b) => a.index - b.index);
  if (vectors.length !== count || vectors.some(({ index }, place) => index !== place)) {
    throw badReply(settings, `${vectors.length} vectors for ${count} texts`);
  }
  return vectors.map(({ embedding }) => embedding);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfterMs(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  const seconds = Number(value);
  if (seconds >= 0) return seconds * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
