import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ConnectorLimits } from "./connector-limits.ts";
import { accountOf, type FakeTenant } from "./fake-tenant.ts";
import { type OpenStream, streamInfoOf, streamRefusal } from "./stream-rules.ts";

export type Activity = Readonly<Record<string, unknown>>;
export type Operation = "send" | "update" | "delete" | "member" | "members" | "team" | "channels";

export interface Message {
  readonly id: string;
  readonly conversation: string;
  /** As it stands there now. */
  activity: Activity;
  updates: number;
  stream: OpenStream | null;
}

interface ConnectorCall {
  readonly operation: Operation;
  readonly conversation: string;
  readonly body: Activity;
  readonly status: number | "reset-before" | "reset-after";
}

/** `reset-after`: it was done, and the answer got lost. */
export interface ConnectorFault {
  /** @defaultValue all */
  readonly operation?: Operation;
  readonly kind: 412 | 429 | 500 | 502 | 504 | "reset-before" | "reset-after";
  /** So many matching calls go well first. @defaultValue 0 */
  readonly skip?: number;
  /** @defaultValue always */
  readonly times?: number;
}

export interface FakeConnector extends AsyncDisposable {
  /** The bot's `serviceUrl`. */
  readonly url: string;
  readonly messages: readonly Message[];
  readonly calls: readonly ConnectorCall[];
  addFault(fault: ConnectorFault): void;
  clearFaults(): void;
  /** Resolves once it holds; looked at after every call. */
  until(holds: () => boolean): Promise<void>;
}

/**
 * The Bot Connector as Teams hosts it, for one bot. Paths are those of `botframework-connector` 4.23.3
 * (lib/connectorApi/operations/conversations.js, lib/teams/operations/teams.js); statuses:
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
 */
export async function startFakeConnector(tenant: FakeTenant, options: { readonly rateLimits: boolean }): Promise<FakeConnector> {
  const messages: Message[] = [];
  const calls: ConnectorCall[] = [];
  const limits = new ConnectorLimits();
  let faults: { readonly fault: ConnectorFault; met: number }[] = [];
  let waiting: { readonly holds: () => boolean; readonly resolve: () => void }[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    const body: Activity = text === "" ? {} : JSON.parse(text);
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname).replace(/^\/+/, "/");
    const routed = route(request.method ?? "", path);
    if (routed === null) return answer(response, { status: 404, body: { error: { code: "NotFound" } } });
    const { operation, conversation, activityId } = routed;
    const told = (status: ConnectorCall["status"]) => {
      calls.push({ operation, conversation, body, status });
      waiting = waiting.filter(({ holds, resolve }) => !holds() || void resolve());
    };
    const reset = (status: "reset-before" | "reset-after") => {
      told(status);
      request.socket.destroy();
    };
    const fault = takeFault(operation);
    if (fault?.kind === "reset-before") return reset(fault.kind);
    const result = refused(operation, conversation, text, fault) ?? act(operation, conversation, activityId, body);
    if (fault?.kind === "reset-after") return reset(fault.kind);
    // What waits sees what this call did once it has been answered.
    answer(response, result);
    told(result.status);
  }

  function refused(operation: Operation, conversation: string, text: string, fault: ConnectorFault | undefined): Result | undefined {
    if (typeof fault?.kind === "number") {
      const headers = fault.kind === 429 ? { "retry-after": "1" } : {};
      return { status: fault.kind, headers, body: { error: { code: "Fault", message: `Status ${fault.kind} was asked for` } } };
    }
    if (options.rateLimits) {
      const isWrite = operation === "send" || operation === "update" || operation === "delete";
      const waitSeconds = limits.take(isWrite ? "write" : "read", conversation, Date.now());
      const error = { code: "Throttled", message: "Too many requests" };
      if (waitSeconds > 0) return { status: 429, headers: { "retry-after": String(waitSeconds) }, body: { error } };
    }
    // 100 KB of UTF-16: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
    if (text.length * 2 > 100_000) return failed(413, "MessageSizeTooBig", "Message size too large.");
    return undefined;
  }

  function act(operation: Operation, conversation: string, id: string, body: Activity): Result {
    const members = tenant.membersOf(conversation);
    const message = messages.find((one) => one.id === id && one.conversation === conversation);
    switch (operation) {
      case "send":
        return members === undefined ? failed(404, "ConversationNotFound") : send(conversation, body);
      case "update":
        if (message === undefined) return failed(404, "ActivityNotFoundInConversation");
        message.activity = body;
        message.updates += 1;
        return { status: 200, body: { id } };
      case "delete":
        if (message === undefined) return failed(404, "ActivityNotFoundInConversation");
        messages.splice(messages.indexOf(message), 1);
        return { status: 200, body: {} };
      case "member": {
        const member = members?.find((person) => person.aadObjectId === id || person.id === id);
        return member === undefined ? failed(404, "MemberNotFoundInConversation") : { status: 200, body: accountOf(member) };
      }
      case "members":
        return members === undefined ? failed(404, "ConversationNotFound") : { status: 200, body: { members: members.map(accountOf) } };
      case "team":
        return { status: 200, body: tenant.team(conversation) ?? {} };
      case "channels":
        return { status: 200, body: { conversations: tenant.channelsOf(conversation) } };
    }
  }

  function send(conversation: string, body: Activity): Result {
    const nowMs = Date.now();
    const info = streamInfoOf(body);
    const text = typeof body.text === "string" ? body.text : "";
    const message = messages.find((one) => one.id === info?.streamId && one.conversation === conversation);
    if (info !== undefined) {
      const isPersonal = tenant.chats.get(conversation)?.kind === "personal";
      const refusal = streamRefusal(body, info, { isPersonal, open: message?.stream ?? undefined, nowMs });
      if (refusal !== undefined) return failed(refusal.status, refusal.code, refusal.message);
    }
    if (info?.streamId === undefined || message?.stream == null) {
      const id = String(1_700_000_000_000 + messages.length);
      const stream =
        info === undefined ? null : { startedMs: nowMs, atMs: nowMs, sequence: 1, text: info.streamType === "streaming" ? text : "" };
      messages.push({ id, conversation, activity: body, updates: 0, stream });
      return { status: 201, body: { id } };
    }
    message.activity = body;
    message.updates += 1;
    if (info.streamType === "final") message.stream = null;
    else {
      message.stream.sequence = info.streamSequence ?? message.stream.sequence;
      message.stream.atMs = nowMs;
      if (info.streamType === "streaming") message.stream.text = text;
    }
    return { status: 202, body: {} };
  }

  function takeFault(operation: Operation): ConnectorFault | undefined {
    for (const rule of faults) {
      const { fault } = rule;
      const skip = fault.skip ?? 0;
      if ((fault.operation ?? operation) !== operation || rule.met >= skip + (fault.times ?? Number.POSITIVE_INFINITY)) continue;
      rule.met += 1;
      if (rule.met > skip) return fault;
    }
    return undefined;
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    messages,
    calls,
    addFault: (fault) => void faults.push({ fault, met: 0 }),
    clearFaults() {
      faults = [];
    },
    async until(holds) {
      if (!holds()) await new Promise<void>((resolve) => waiting.push({ holds, resolve }));
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Result {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function failed(status: number, code: string, message: string = code): Result {
  return { status, body: { error: { code, message } } };
}

function answer(response: ServerResponse, { status, body, headers }: Result): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

interface Routed {
  readonly operation: Operation;
  /** Or the team. */
  readonly conversation: string;
  /** Or the member. */
  readonly activityId: string;
}

const ROUTES: readonly (readonly [string, RegExp, Operation])[] = [
  ["POST", /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/, "send"],
  ["PUT", /^\/v3\/conversations\/([^/]+)\/activities\/([^/]+)$/, "update"],
  ["DELETE", /^\/v3\/conversations\/([^/]+)\/activities\/([^/]+)$/, "delete"],
  ["GET", /^\/v3\/conversations\/([^/]+)\/members\/([^/]+)$/, "member"],
  ["GET", /^\/v3\/conversations\/([^/]+)\/(?:paged)?members$/, "members"],
  ["GET", /^\/v3\/teams\/([^/]+)\/conversations$/, "channels"],
  ["GET", /^\/v3\/teams\/([^/]+)$/, "team"],
];

function route(method: string, path: string): Routed | null {
  for (const [wanted, pattern, operation] of ROUTES) {
    const found = method === wanted ? pattern.exec(path) : null;
    if (found !== null) return { operation, conversation: found[1] ?? "", activityId: found[2] ?? "" };
  }
  return null;
}
