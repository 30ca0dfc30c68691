import { canonicalJson, type Json, type OperationDescription } from "../contracts/index.ts";
import { ProviderError, type Text } from "../errors/index.ts";

/** A reply with all its pages, or marked as cut. */
export interface WholeReply {
  readonly value: unknown;
  readonly truncated: boolean;
}

/** Set in a reply that is not whole. */
export const TRUNCATED_FIELD = "nephoscope:truncated";

type Input = Readonly<Record<string, Json>>;
/** Sends one request; `page` counts from 0. */
type SendPage = (input: Input, link: string | undefined, page: number) => Promise<unknown>;

/**
 * Follows the pages of a reply and joins their items in the first one, up to so many pages and bytes of JSON. Throws `PROVIDER_PAGE_LOST`
 * where a token repeats.
 */
export async function readPages(
  operation: OperationDescription,
  input: Input,
  send: SendPage,
  limits: { readonly maxPages: number; readonly maxReplyBytes: number },
): Promise<WholeReply> {
  const { pagination } = operation;
  const first = await send(firstInput(operation, input), undefined, 0);
  if (pagination === undefined || !isRecord(first)) return { value: first, truncated: false };
  const items: unknown[] = [];
  let isMap = false;
  const whole = (truncated: boolean): WholeReply => {
    const joined = isMap ? joinedMap(items as readonly (readonly [string, unknown])[]) : items;
    return { value: withItems(first, pagination.items, joined, truncated), truncated };
  };
  // What does not fit would be refused as a whole on its way into the sandbox.
  let room = limits.maxReplyBytes - sizeOf(withItems(first, pagination.items, [0], true));
  const take = (page: Readonly<Record<string, unknown>>): boolean => {
    isMap ||= isRecord(valueAt(page, pagination.items));
    for (const item of listAt(page, pagination.items)) {
      room -= sizeOf(item) + 1;
      if (room < 0) return false;
      items.push(item);
    }
    return true;
  };
  if (!take(first)) return whole(true);
  let reply: Readonly<Record<string, unknown>> = first;
  const seen = new Set<string>();
  for (let page = 1; ; page++) {
    const next = nextPage(operation, input, reply, items.length, page);
    if (next === undefined) return whole(false);
    if (page >= limits.maxPages) return whole(true);
    if (seen.has(next.key)) throw repeats(operation, next.key);
    seen.add(next.key);
    const following = await send(next.input, next.link, page);
    if (!isRecord(following)) return whole(true);
    // Numbered pages end with an empty one where the total is not told; else rows of the pages before are missing.
    if (pagination.by === "number" && listAt(following, pagination.items).length === 0) {
      const total = totalOf(following, pagination.total);
      if (total > items.length) throw endsEarly(operation, items.length, total);
      return whole(false);
    }
    if (!take(following)) return whole(true);
    reply = following;
  }
}

interface NextPage {
  readonly key: string;
  readonly input: Input;
  readonly link?: string;
}

function firstInput({ pagination }: OperationDescription, input: Input): Input {
  // The largest page there is: fewest requests.
  if (pagination?.by !== "number") return input;
  return { [pagination.size]: pagination.maxSize, ...input, [pagination.page]: pagination.counts === "items" ? 0 : 1 };
}

function nextPage(
  { pagination }: OperationDescription,
  input: Input,
  reply: Readonly<Record<string, unknown>>,
  count: number,
  page: number,
): NextPage | undefined {
  switch (pagination?.by) {
    case "token": {
      const token = valueAt(reply, pagination.outputToken);
      if (!token) return undefined;
      const key = typeof token === "string" ? token : canonicalJson(token);
      return { key, input: { ...input, [pagination.inputToken]: token as Json } };
    }
    case "link": {
      const link = valueAt(reply, pagination.link);
      return typeof link === "string" && link !== "" ? { key: link, input, link } : undefined;
    }
    case "number": {
      const size = Number(input[pagination.size] ?? pagination.maxSize);
      const total = totalOf(reply, pagination.total);
      const last = Number.isFinite(total) ? count >= total : listAt(reply, pagination.items).length < size;
      if (last) return undefined;
      const next = pagination.counts === "items" ? count : page + 1;
      return { key: String(next), input: { ...input, [pagination.size]: size, [pagination.page]: next } };
    }
    default:
      return undefined;
  }
}

/** NaN where the reply does not tell it. */
function totalOf(reply: unknown, path: string | undefined): number {
  return path === undefined ? Number.NaN : Number(valueAt(reply, path) ?? Number.NaN);
}

/** The value behind a dotted path. */
function valueAt(reply: unknown, path: string): unknown {
  let value: unknown = reply;
  for (const name of path.split(".")) {
    if (!isRecord(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/** The items of a page: those of a list, or of a map by key, as Google's aggregated lists have them. */
function listAt(reply: unknown, path: string): unknown[] {
  const value = valueAt(reply, path);
  if (isRecord(value)) return Object.entries(value);
  return Array.isArray(value) ? [...value] : [];
}

function withItems(reply: Readonly<Record<string, unknown>>, path: string, items: unknown, truncated: boolean): unknown {
  const mark = truncated ? { [TRUNCATED_FIELD]: true } : {};
  return { ...replaceAt(reply, path.split("."), items), ...mark };
}

function replaceAt(
  reply: Readonly<Record<string, unknown>>,
  [name = "", ...rest]: readonly string[],
  items: unknown,
): Record<string, unknown> {
  const before = reply[name];
  if (rest.length > 0) return { ...reply, [name]: replaceAt(isRecord(before) ? before : {}, rest, items) };
  if (Array.isArray(items) && items.length === 0 && before === undefined) return { ...reply };
  return { ...reply, [name]: items };
}

/** Pages of a map may go on with a key of the page before. */
function joinedMap(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const whole = new Map<string, unknown>();
  for (const [key, value] of entries) {
    const before = whole.get(key);
    whole.set(key, isRecord(before) && isRecord(value) ? mergedLists(before, value) : value);
  }
  return Object.fromEntries(whole);
}

function mergedLists(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const lists = Object.entries(b).map(([name, value]) => {
    const before = a[name];
    return [name, Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value] as const;
  });
  return { ...a, ...Object.fromEntries(lists) };
}

function repeats(operation: OperationDescription, token: string): ProviderError {
  return pageLost(operation, {
    en: `handed out the page token ${token.slice(0, 40)} twice`,
    zh: `重复返回了分页标记 ${token.slice(0, 40)}`,
  });
}

function endsEarly(operation: OperationDescription, seen: number, total: number): ProviderError {
  return pageLost(operation, {
    en: `ended after ${seen} of ${total} entries, so the rest is missing`,
    zh: `在第 ${seen} 条后结束（共 ${total} 条），其余部分缺失`,
  });
}

function pageLost({ id, provider }: OperationDescription, what: Text): ProviderError {
  return new ProviderError({
    code: "PROVIDER_PAGE_LOST",
    providerId: provider,
    message: { en: `${id} ${what.en}.`, zh: `${id} ${what.zh}。` },
    hint: { en: "Ask again.", zh: "请重试。" },
  });
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
