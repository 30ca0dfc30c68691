import { request as httpRequest } from "node:http";
import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import { ClientSecretCredential } from "@azure/identity";
import { type CallRecord, type Emulator, type EmulatorOptions, startEmulator, type Truth } from "../../../src/emulator/index.ts";

/** A Monday noon, UTC, and a bit: what the world's clock shows unless a test turns it. Every minute before noon is visible. */
export const NOW_MS = Date.UTC(2026, 7, 24, 12, 3, 20);
export const NOON_MS = Date.UTC(2026, 7, 24, 12);
export const MAIN = "3f9d2b10-6c1e-4a55-8f01-00000000a001";
export const PAYMENTS = "3f9d2b10-6c1e-4a55-8f01-00000000b002";
export const TENANT = "7c1f0e2a-5b43-4d6e-9a10-0000000000aa";

interface AzureCredentials {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly subscriptions: readonly { readonly id: string; readonly name: string }[];
}

interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface AzureWorld {
  readonly emulator: Emulator;
  readonly credentials: AzureCredentials;
  /** For the vendor's clients: they see the vendor's hosts, the connection goes to the emulator. */
  readonly httpClient: HttpClient;
  readonly credential: ClientSecretCredential;
  truth(fromMs: number, toMs: number): Promise<Truth>;
  calls(): Promise<readonly CallRecord[]>;
  setRules(rules: { readonly faults?: readonly string[]; readonly deny?: readonly string[] }): Promise<void>;
  /** A token without any SDK; the scope is an audience without `/.default`. */
  token(audience: string): Promise<string>;
  raw(url: string, options?: RawOptions): Promise<RawReply>;
}

export interface RawOptions {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function startAzureWorld(options: EmulatorOptions = {}): Promise<AzureWorld> {
  const emulator = await startEmulator({ providers: ["azure"], now: () => NOW_MS, ...options });
  const { azure: credentials } = await getJson<{ azure: AzureCredentials }>(`${emulator.url}/_emulator/credentials`);
  const httpClient = redirected(emulator.url);
  const raw = (url: string, options?: RawOptions) => sendRaw(emulator.url, url, options);
  return {
    emulator,
    credentials,
    httpClient,
    credential: new ClientSecretCredential(credentials.tenantId, credentials.clientId, credentials.clientSecret, {
      httpClient,
      retryOptions: { maxRetries: 0 },
    }),
    truth: (fromMs, toMs) => {
      const query = new URLSearchParams({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });
      return getJson(`${emulator.url}/_emulator/truth?${query}`);
    },
    calls: async () => (await getJson<{ calls: CallRecord[] }>(`${emulator.url}/_emulator/calls`)).calls,
    setRules: async (rules) => {
      const reply = await fetch(`${emulator.url}/_emulator/faults`, {
        method: "POST",
        body: JSON.stringify({ faults: [], deny: [], ...rules }),
      });
      if (!reply.ok) throw new Error(await reply.text());
    },
    token: async (audience) => {
      const form = {
        grant_type: "client_credentials",
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
        scope: `${audience}/.default`,
      };
      const reply = await raw(`https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`, {
        method: "POST",
        body: new URLSearchParams(form).toString(),
      });
      return (JSON.parse(reply.body) as { access_token: string }).access_token;
    },
    raw,
  };
}

/** The pipeline sees the vendor's address; only the connection goes elsewhere, with the vendor's name in `Host`. */
function redirected(emulatorUrl: string): HttpClient {
  const inner = createDefaultHttpClient();
  return {
    sendRequest: (request) => {
      const url = new URL(request.url);
      request.headers.set("host", url.host);
      request.url = `${emulatorUrl}${url.pathname}${url.search}`;
      request.allowInsecureConnection = true;
      return inner.sendRequest(request);
    },
  };
}

function sendRaw(emulatorUrl: string, url: string, { method = "GET", token, body, headers }: RawOptions = {}): Promise<RawReply> {
  const { host, pathname, search } = new URL(url);
  const text = typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${emulatorUrl}${pathname}${search}`,
      { method, headers: { host, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers } },
      async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString("utf8") });
      },
    );
    request.on("error", reject);
    request.end(text);
  });
}

async function getJson<Body>(url: string): Promise<Body> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Body;
}
