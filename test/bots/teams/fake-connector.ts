import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A message as the connector keeps it. */
interface Posted {
  readonly id: string;
  readonly conversation: string;
  activity: Record<string, unknown>;
  updates: number;
}

interface ConnectorCall {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly authorization: string | undefined;
}

/** The part of the Bot Connector that the bot uses, with faults on demand. */
export interface FakeConnector extends AsyncDisposable {
  readonly url: string;
  readonly posted: Posted[];
  readonly calls: ConnectorCall[];
  readonly members: Map<string, Record<string, unknown>[]>;
  readonly channels: Map<string, Record<string, unknown>[]>;
  /** Fails what matches, so often. */
  fail(fault: {
    readonly method?: string;
    readonly path?: RegExp;
    readonly status: number | "reset";
    readonly retryAfter?: string;
    readonly body?: unknown;
    times: number;
  }): void;
}

export async function fakeConnector(): Promise<FakeConnector> {
  const posted: Posted[] = [];
  const calls: ConnectorCall[] = [];
  const members = new Map<string, Record<string, unknown>[]>();
  const channels = new Map<string, Record<string, unknown>[]>();
  const faults: Parameters<FakeConnector["fail"]>[0][] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    const body = text === "" ? {} : JSON.parse(text);
    const url = new URL(request.url ?? "/", "http://localhost");
    const path = decodeURIComponent(url.pathname).replace(/^\/+/, "/");
    const method = request.method ?? "";
    calls.push({ method, path, body, authorization: request.headers.authorization });
    const end = (status: number, value: unknown = {}, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(JSON.stringify(value));
    };
    const fault = faults.find((each) => each.times > 0 && (each.method ?? method) === method && (each.path ?? /./).test(path));
    if (fault !== undefined) {
      fault.times--;
      if (fault.status === "reset") return void request.socket.destroy();
      return end(
        fault.status,
        fault.body ?? { error: { code: "Fault", message: "fault" } },
        fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter },
      );
    }
    const [, conversation = "", rest = ""] = /^\/v3\/conversations\/([^/]+)\/(.*)$/.exec(path) ?? [];
    if (method === "POST" && rest === "activities") return end(201, { id: take(conversation, body) });
    const update = posted.find(({ id }) => rest === `activities/${id}`);
    if (method === "PUT" && update !== undefined) {
      update.activity = body;
      update.updates++;
      return end(200, { id: update.id });
    }
    if (method === "GET" && rest === "pagedmembers") return end(200, { members: members.get(conversation) ?? [] });
    if (method === "GET" && rest.startsWith("members/")) {
      const member = members.get(conversation)?.find(({ aadObjectId }) => aadObjectId === rest.slice("members/".length));
      return member === undefined ? end(404, { error: { code: "MemberNotFoundInConversation" } }) : end(200, member);
    }
    const [, team = "", list] = /^\/v3\/teams\/([^/]+)(\/conversations)?$/.exec(path) ?? [];
    if (method === "GET" && list !== undefined) return end(200, { conversations: channels.get(team) ?? [] });
    if (method === "GET" && team !== "") return end(200, { id: team, name: "Team", aadGroupId: `group-of-${team}` });
    end(404, { error: { code: "NotFound" } });
  }

  function take(conversation: string, body: Record<string, unknown>): string {
    const stream = streamOf(body);
    const known = stream?.streamId === undefined ? undefined : posted.find(({ id }) => id === stream.streamId);
    if (known !== undefined) {
      known.activity = body;
      known.updates++;
      return known.id;
    }
    const id = `m${posted.length + 1}`;
    posted.push({ id, conversation, activity: body, updates: 0 });
    return id;
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    posted,
    calls,
    members,
    channels,
    fail: (fault) => void faults.push(fault),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The entity that makes a message part of a stream. */
export function streamOf(
  activity: Record<string, unknown>,
): { streamType?: string; streamId?: string; streamSequence?: number } | undefined {
  const entities = Array.isArray(activity.entities) ? activity.entities : [];
  return entities.find((entity) => entity?.type === "streaminfo");
}
