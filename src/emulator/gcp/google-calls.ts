import type { CallCircumstances, CloudCall, CloudReply, CloudRequest } from "../cloud.ts";
import { type Authentication, authenticate } from "./authentication.ts";
import { GoogleError, invalidArgument } from "./google-error.ts";
import { GCP_FLEET_PLAN } from "./native-names.ts";
import { isTokenRequest, openTokenCall } from "./oauth.ts";
import { notFound, pageLost, projectDenied, scopeInsufficient, throttled, tokenRefusal, unavailable } from "./refusals.ts";
import type { GoogleMethod, GoogleReply, GoogleService } from "./service.ts";
import type { ServiceAccount } from "./service-account.ts";
import { wireError, wireReply } from "./wire.ts";

const PROJECTS: ReadonlySet<string> = new Set(GCP_FLEET_PLAN.accounts.map((account) => account.id));
/** How paths of the emulated services begin, for calls that no method answers. */
const OURS = /^\/(compute\/v1\/|v3\/projects|v2\/(projects\/|entries)|v1\/projects\/|sql\/v1)/;

interface Route {
  readonly service: GoogleService;
  readonly method: GoogleMethod;
  readonly path: Readonly<Record<string, string>>;
}

/** Takes requests for Google Cloud: finds service and method by verb and path, checks the token, and answers. */
export class GoogleCalls {
  readonly #services: readonly GoogleService[];
  readonly #account: ServiceAccount;

  constructor(services: readonly GoogleService[], account: ServiceAccount) {
    this.#services = services;
    this.#account = account;
  }

  /** Meant for a Google host, or with a path that only Google's services have. */
  speaks(request: CloudRequest): boolean {
    return request.headers.host?.endsWith(".googleapis.com") === true || isTokenRequest(request) || OURS.test(request.target);
  }

  open(request: CloudRequest): CloudCall {
    if (isTokenRequest(request)) return openTokenCall(request, this.#account);
    const { pathname, searchParams: query } = new URL(request.target, "http://127.0.0.1");
    const route = this.#route(request, pathname);
    const body = parseBody(request);
    const authentication = authenticate(request, this.#account, route?.service, route?.method);
    const projects = route === undefined ? [] : projectsOf(route, body);
    const token = pageTokenOf(query, body);
    return {
      operation: route?.method.name ?? "unknown",
      qualifiedOperation: route === undefined ? "unknown.unknown" : `${route.service.id}.${route.method.name}`,
      account: projects[0] ?? null,
      region: route?.method.regionOf?.(route.path) ?? null,
      signature: authentication.verdict,
      continues: token !== "",
      answer: (circumstances) => answer({ route, authentication, projects, query, body, token, circumstances }),
    };
  }

  #route(request: CloudRequest, pathname: string): Route | undefined {
    for (const service of this.#services) {
      for (const method of service.methods) {
        if (method.verb !== request.method) continue;
        const match = method.path.exec(pathname);
        if (match === null) continue;
        const groups = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decoded(value ?? "")]);
        return { service, method, path: Object.fromEntries(groups) };
      }
    }
    return undefined;
  }
}

interface OpenCall {
  readonly route: Route | undefined;
  readonly authentication: Authentication;
  readonly projects: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly token: string;
  readonly circumstances: CallCircumstances;
}

function answer({ route, authentication, projects, query, body, token, circumstances }: OpenCall): CloudReply {
  try {
    if (route === undefined) throw notFound();
    const { service, method, path } = route;
    const { fault, nowMs } = circumstances;
    if (authentication.verdict !== "ok") throw tokenRefusal(authentication.verdict, service, method);
    if (!authentication.scoped) throw scopeInsufficient(service, method);
    if (fault === "throttle") throw throttled(service, projects[0] ?? null);
    if (fault === "500") throw unavailable();
    if (fault === "expired") throw tokenRefusal("expired", service, method);
    if (body === undefined) throw invalidArgument("Invalid JSON payload received. Unexpected token.");
    const unknown = projects.find((project) => !PROJECTS.has(project));
    if (unknown !== undefined) throw projectDenied(service, method, unknown);
    if (fault === "lost-page" && !circumstances.repeat) throw pageLost(service, token);
    const reply = method.answer({
      method,
      project: projects[0] ?? "",
      path,
      query,
      body,
      numericEnums: (query.get("$alt") ?? query.get("alt"))?.includes("enum-encoding=int") === true,
      nowMs,
      denies: (region) => circumstances.denies(region),
    });
    return wireReply(fault === "lost-page" ? repeatPage(reply, token) : reply);
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    return wireError(route?.service, error);
  }
}

/** The reply with the request's own page token as the next one: a list that goes round in circles. */
function repeatPage(reply: GoogleReply, token: string): GoogleReply {
  const parsed = typeof reply === "string" ? (JSON.parse(reply) as Record<string, unknown>) : reply;
  return { ...parsed, nextPageToken: token };
}

function projectsOf({ method, path }: Route, body: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  if (path.project !== undefined) return [path.project];
  return method.projectsOf?.(body ?? {}) ?? [];
}

function pageTokenOf(query: URLSearchParams, body: Readonly<Record<string, unknown>> | undefined): string {
  const inBody = body?.pageToken;
  return typeof inBody === "string" ? inBody : (query.get("pageToken") ?? "");
}

/** Undefined for what is no JSON object. */
function parseBody({ body }: CloudRequest): Readonly<Record<string, unknown>> | undefined {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** What cannot be decoded stays as it is: no project has such an id. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
