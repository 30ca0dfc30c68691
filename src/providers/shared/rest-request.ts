import type { Field, OperationDescription } from "../../contracts/index.ts";
import { ProviderError } from "../../errors/index.ts";

/** A REST request without its host. */
export interface RestRequest {
  readonly method: OperationDescription["wire"]["method"];
  /** Encoded, with a leading slash, without the query. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; absent where the request has none. */
  readonly body?: unknown;
}

type Input = Readonly<Record<string, unknown>>;

/** How a list stands in a query: a parameter for each of its items, or one with the list as JSON. */
type QueryLists = "repeated" | "json";

/** Puts the input where the description says it stands. Throws `PROVIDER_NOT_FOUND` for values that would make another request. */
export function restRequest(operation: OperationDescription, input: Input, lists: QueryLists = "repeated"): RestRequest {
  const { wire } = operation;
  const [template = "/", constantQuery = ""] = (wire.path ?? "/").split("?");
  const query: [string, string][] = [...new URLSearchParams(constantQuery)];
  const headers: Record<string, string> = {};
  const members: Record<string, unknown> = {};
  let whole: unknown;
  const inPath = new Set<string>();
  const path = template.replace(/\{(\+?)([^{}]+?)\}/g, (_match, severalSegments: string, name: string) => {
    inPath.add(name);
    return encodedLabel(operation, name, givenValue(operation, input, name), severalSegments === "+");
  });
  for (const [name, value] of Object.entries(input)) {
    const field = operation.input.fields[name];
    const wireName = field?.wireName ?? name;
    if (value === undefined || value === null || inPath.has(name) || inPath.has(wireName)) continue;
    switch (locationOf(operation, field)) {
      case "path":
        break;
      case "query":
        for (const item of Array.isArray(value) && lists === "repeated" ? value : [value]) query.push([wireName, textOf(item)]);
        break;
      case "header":
        headers[wireName.toLowerCase()] = headerValue(operation, name, value);
        break;
      case "body":
        whole = value;
        break;
      case "member":
        members[wireName] = value;
    }
  }
  const body = whole ?? (Object.keys(members).length > 0 ? members : undefined);
  return { method: wire.method, path: path.startsWith("/") ? path : `/${path}`, query, headers, ...(body === undefined ? {} : { body }) };
}

/** `body`: the value is the whole body; `member`: a part of it. Requests without a body take everything in the query. */
function locationOf({ wire }: OperationDescription, field: Field | undefined): NonNullable<Field["location"]> | "member" {
  if (field?.location !== undefined) return field.location;
  return wire.method === "GET" || wire.method === "HEAD" || wire.method === "DELETE" ? "query" : "member";
}

function givenValue(operation: OperationDescription, input: Input, placeholder: string): unknown {
  if (Object.hasOwn(input, placeholder)) return input[placeholder];
  const named = Object.entries(operation.input.fields).find(([, field]) => field.wireName === placeholder);
  return named === undefined ? undefined : input[named[0]];
}

/**
 * Slashes stay where the label stands for several segments (`{+resourceUri}`). No value may climb out of its place, also not behind a
 * server that decodes paths before it splits them.
 */
function encodedLabel(operation: OperationDescription, name: string, value: unknown, severalSegments: boolean): string {
  const text = textOf(value ?? "");
  if (hasControlCharacter(text)) throw unusable(operation, name);
  const parts = text.replace(/^\/+/, "").split(/[/\\]|%2f|%5c/i);
  if (parts.some((part) => part === "" || /^(\.|%2e){1,2}$/i.test(part))) throw unusable(operation, name);
  const segments = severalSegments ? text.replace(/^\/+/, "").split("/") : [text];
  return segments.map(encodeURIComponent).join("/");
}

function headerValue(operation: OperationDescription, name: string, value: unknown): string {
  const text = textOf(value);
  const wireName = operation.input.fields[name]?.wireName ?? name;
  if (/[^\x20-\x7e]/.test(text) || !/^[A-Za-z0-9-]{1,100}$/.test(wireName) || OWN_HEADERS.test(wireName)) throw unusable(operation, name);
  return text;
}

/** Set by us or by the signer. */
const OWN_HEADERS =
  /^(host|authorization|cookie|connection|content-length|content-type|transfer-encoding|proxy-.*|x-amz-(date|target|security-token))$/i;

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < " " || character === "\x7f");
}

export function textOf(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function unusable({ id, provider }: OperationDescription, name: string): ProviderError {
  return new ProviderError({
    code: "PROVIDER_NOT_FOUND",
    providerId: provider,
    message: { en: `${id}: the value of ${name} cannot stand in a request.`, zh: `${id}：${name} 的值不能用于请求。` },
    hint: { en: "Give the name or id as the cloud spells it.", zh: "请使用云厂商给出的名称或编号。" },
  });
}

/** Every text in a value, for checks that look for other accounts. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item);
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield key;
      yield* textsIn(item);
    }
  }
}

/** Refuses arguments that name an account other than the scope's: `pattern` captures the account in a text. Throws `PROVIDER_FORBIDDEN`. */
export function refuseOtherAccounts(operation: OperationDescription, input: unknown, account: string, pattern: RegExp): void {
  for (const text of textsIn(input)) {
    for (const [whole, named = whole] of decoded(text).matchAll(pattern)) {
      if (named.toLowerCase() !== account.toLowerCase()) throw otherAccount(operation, named, account);
    }
  }
}

export function otherAccount({ id, provider }: OperationDescription, named: string, account: string): ProviderError {
  return new ProviderError({
    code: "PROVIDER_FORBIDDEN",
    providerId: provider,
    message: {
      en: `${id}: the arguments name ${named}, and the call is for ${account}.`,
      zh: `${id}：参数中指定了 ${named}，而本次调用针对 ${account}。`,
    },
    hint: { en: "Ask about that account by itself.", zh: "请单独查询该账号。" },
  });
}

/** Servers may decode what they are given; what cannot be decoded stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A label of a host name; descriptions come from outside. */
export function endpointLabel({ id, provider, wire, service }: OperationDescription): string {
  const label = wire.endpoint ?? service;
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) return label;
  throw new ProviderError({
    code: "PROVIDER_NOT_FOUND",
    providerId: provider,
    message: { en: `${id}: the description names no usable host.`, zh: `${id}：接口说明没有给出可用的主机名。` },
    hint: { en: "Refresh the descriptions: nephoscope knowledge sync", zh: "请更新接口说明：nephoscope knowledge sync" },
  });
}
