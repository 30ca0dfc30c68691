import { createSign } from "node:crypto";
import { type CallRecord, startEmulator, type Truth } from "../../../src/emulator/index.ts";

export const MAIN = "nimbus-main-417203";
export const PAYMENTS = "nimbus-payments-418851";

/** A moment a little after a five-minute boundary, within which every point of the five minutes before 09:00 is visible. */
export const NOW_MS = Date.parse("2026-03-10T09:03:20Z");
export const WINDOW = { from: "2026-03-10T08:55:00Z", to: "2026-03-10T09:00:00Z" } as const;
export const CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";

interface GcpCredentials {
  readonly credentials: { readonly client_email: string; readonly private_key: string; readonly private_key_id: string };
  readonly projects: readonly { readonly id: string; readonly name: string }[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: replies are looked at field by field
  readonly body: any;
}

type Query = Readonly<Record<string, string | number | readonly string[]>>;

export interface StartedGcp {
  readonly url: string;
  readonly credentials: GcpCredentials;
  /** A token the service account signs for itself, for every API. */
  readonly token: string;
  get(path: string, query?: Query, token?: string): Promise<Answer>;
  post(path: string, body: unknown, token?: string): Promise<Answer>;
  delete(path: string, token?: string): Promise<Answer>;
  /** Every page of a GET, oldest first. */
  pages(path: string, query?: Query): Promise<readonly Answer[]>;
  truth(window?: { readonly from: string; readonly to: string }): Promise<Truth>;
  calls(): Promise<readonly CallRecord[]>;
  control(path: string, body: unknown): Promise<unknown>;
}

export interface StartOptions {
  readonly now?: () => number;
  readonly instances?: number | undefined;
  readonly faults?: readonly string[];
  readonly deny?: readonly string[];
}

/** An emulator that whoever asked for it stops. */
export async function openGcp({ instances = 120, ...options }: StartOptions = {}): Promise<StartedGcp & { close(): Promise<void> }> {
  const emulator = await startEmulator({ providers: ["gcp"], now: () => NOW_MS, instances, ...options });
  const json = async (path: string) => (await fetch(`${emulator.url}/_emulator/${path}`)).json();
  const { gcp: credentials } = (await json("credentials")) as { gcp: GcpCredentials };
  const own = signedToken(credentials, { scope: CLOUD_PLATFORM });
  const send = async (path: string, token: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = { ...(token === "" ? {} : { authorization: `Bearer ${token}` }), ...init.headers };
    const response = await fetch(emulator.url + path, { ...init, headers });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
  };
  const get = (path: string, query: Query = {}, token = own) => send(withQuery(path, query), token);
  return {
    url: emulator.url,
    close: emulator.close,
    credentials,
    token: own,
    get,
    post: (path, body, token = own) => send(path, token, { method: "POST", body: JSON.stringify(body) }),
    delete: (path, token = own) => send(path, token, { method: "DELETE" }),
    pages: async (path, query = {}) => {
      const pages = [await get(path, query)];
      for (let token = pages[0]?.body.nextPageToken; token !== undefined; token = pages.at(-1)?.body.nextPageToken) {
        pages.push(await get(path, { ...query, pageToken: token }));
        if (pages.length > 500) throw new Error("The pages do not end.");
      }
      return pages;
    },
    truth: async (window = WINDOW) => (await json(`truth?from=${window.from}&to=${window.to}`)) as Truth,
    calls: async () => ((await json("calls")) as { calls: CallRecord[] }).calls,
    control: async (path, body) =>
      (await fetch(`${emulator.url}/_emulator/${path}`, { method: "POST", body: JSON.stringify(body) })).json(),
  };
}

/** A JSON Web Token as RFC 7519 and RFC 7515 have it, written without the vendor's packages. */
export function signedToken(
  { credentials }: GcpCredentials,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = {},
  privateKey = credentials.private_key,
): string {
  const nowS = Math.floor(Date.now() / 1_000);
  const defaults = { iss: credentials.client_email, sub: credentials.client_email, iat: nowS, exp: nowS + 3_600 };
  const parts = [
    { alg: "RS256", typ: "JWT", kid: credentials.private_key_id, ...header },
    { ...defaults, ...claims },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  const signature = createSign("RSA-SHA256").update(parts.join(".")).sign(privateKey, "base64url");
  return [...parts, signature].join(".");
}

function withQuery(path: string, query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (typeof value === "object" ? value : [value]).map((one): [string, string] => [name, String(one)]),
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}
