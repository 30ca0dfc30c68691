import { randomUUID } from "node:crypto";
import type { CallCircumstances, CloudCall, CloudReply, CloudRequest, SignatureVerdict } from "../cloud.ts";
import { readToken } from "./access-token.ts";
import { AzureError } from "./azure-error.ts";
import type { AzureRequest, AzureRoute, AzureService, TokenProblem } from "./service.ts";

interface TokenState {
  readonly verdict: SignatureVerdict;
  /** Absent where the token is good. */
  readonly problem?: TokenProblem;
  readonly audience: string;
}

/** Takes requests for Azure: finds the service by the host name, the operation by the path, and answers. */
export class AzureCalls {
  readonly #services: readonly AzureService[];

  constructor(services: readonly AzureService[]) {
    this.#services = services;
  }

  speaks(request: CloudRequest): boolean {
    const host = hostOf(request);
    return this.#services.some((service) => service.host.test(host));
  }

  open(raw: CloudRequest): CloudCall {
    const request = readRequest(raw);
    const ofHost = this.#services.filter((service) => service.host.test(request.host));
    const routed = ofHost.map((service) => ({ service, route: service.route(request) })).find(({ route }) => route !== undefined);
    const service = routed?.service ?? ofHost[0];
    if (service === undefined) throw new Error(`No service at ${request.host}.`);
    const token = service.verify === undefined ? tokenOf(request, service) : { verdict: service.verify(request), audience: "" };
    const route = routed?.route;
    const operation = route?.operation ?? "unknown";
    return {
      operation,
      qualifiedOperation: `${service.id}.${operation}`,
      account: route?.account ?? null,
      region: route?.region ?? null,
      signature: token.verdict,
      continues: route?.continues ?? false,
      answer: (circumstances) => answer(service, request, route, token, circumstances),
    };
  }
}

function answer(
  service: AzureService,
  request: AzureRequest,
  route: AzureRoute | undefined,
  token: TokenState,
  circumstances: CallCircumstances,
): CloudReply {
  const requestId = randomUUID();
  const { wording } = service;
  try {
    if (token.problem !== undefined) throw wording.unauthenticated(token.problem, token.audience);
    const operation = route === undefined ? undefined : service.operations[route.operation];
    if (route === undefined || operation === undefined) throw wording.notFound(request);
    if (circumstances.denied) throw wording.denied(route);
    const { fault } = circumstances;
    if (fault === "throttle") throw wording.throttled();
    if (fault === "500") throw wording.failed();
    if (fault === "expired") throw wording.unauthenticated("expired", "");
    const { status = 200, headers, body } = operation(request, circumstances);
    return reply(status, body, { ...headers }, requestId);
  } catch (error) {
    if (!(error instanceof AzureError)) throw error;
    return reply(error.status, error.body, error.headers, requestId);
  }
}

function reply(
  status: number,
  body: Readonly<Record<string, unknown>> | undefined,
  headers: Readonly<Record<string, string>>,
  requestId: string,
): CloudReply {
  if (body === undefined) return { status, headers: { "x-ms-request-id": requestId, ...headers }, body: "" };
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "x-ms-request-id": requestId, ...headers },
    body: JSON.stringify(body),
  };
}

function tokenOf(request: AzureRequest, service: AzureService): TokenState {
  const header = request.headers.authorization;
  if (header === undefined) return { verdict: "missing", problem: "missing", audience: "" };
  const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
  const read = token === undefined ? "malformed" : readToken(token);
  if (read === "malformed" || read === "wrong") return { verdict: read, problem: read, audience: "" };
  const { audience, expiresAtMs } = read;
  if (expiresAtMs <= Date.now()) return { verdict: "expired", problem: "expired", audience };
  const known = service.audiences?.includes(audience.replace(/\/+$/, "")) ?? false;
  return known ? { verdict: "ok", audience } : { verdict: "wrong", problem: "audience", audience };
}

function hostOf({ headers }: Pick<CloudRequest, "headers">): string {
  return (headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
}

function readRequest(request: CloudRequest): AzureRequest {
  const [path = "/", query = ""] = request.target.split("?", 2);
  const text = request.body.toString("utf8");
  return {
    method: request.method,
    host: hostOf(request),
    path: decoded(path),
    query: new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value])),
    search: query,
    headers: request.headers,
    json: parsed(text),
    text,
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
