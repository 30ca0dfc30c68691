import type { Fleet } from "./fleet.ts";
import { chance, hash, hexDigits, noise, pick } from "./hash.ts";
import type { TruthTrace } from "./truth-rows.ts";

const MINUTE_MS = 60_000;

type Status = TruthTrace["status"];

/** A service's part in a request. */
export interface TraceSegment {
  /** 16 hexadecimal digits. */
  readonly id: string;
  readonly service: string;
  /** Index of the calling segment; null for the first one, which took the request. */
  readonly parent: number | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly status: Status;
  readonly httpStatus: number;
  readonly method: string;
  readonly path: string;
}

/** One request on its way through the services. */
export interface TraceData {
  /** 24 hexadecimal digits, unique in the fleet. */
  readonly key: string;
  readonly account: string;
  readonly region: string;
  readonly segments: readonly [TraceSegment, ...TraceSegment[]];
  readonly startMs: number;
  /** Of the segment that ended last: work may go on after the caller has its response. */
  readonly endMs: number;
  /** When the cloud had taken it in; it cannot be found before. */
  readonly ingestedMs: number;
  readonly clientIp: string;
}

interface Application {
  readonly routes: readonly [readonly [method: string, path: string], ...(readonly [string, string])[]];
  readonly calls: readonly string[];
  /** Most requests in a minute. */
  readonly most: number;
}

/** The services that are traced, what they serve and whom they call. */
const TRACED_SERVICES: Readonly<Record<string, Application>> = {
  checkout: {
    routes: [
      ["POST", "/checkout"],
      ["GET", "/cart"],
    ],
    calls: ["auth", "billing"],
    most: 4,
  },
  catalog: { routes: [["GET", "/products"]], calls: ["search"], most: 4 },
  search: {
    routes: [
      ["GET", "/search"],
      ["GET", "/suggest"],
    ],
    calls: [],
    most: 3,
  },
  auth: { routes: [["POST", "/login"]], calls: [], most: 2 },
  billing: { routes: [["POST", "/payments"]], calls: ["auth"], most: 2 },
};
const HTTP_STATUS: Readonly<Record<Status, readonly [number, ...number[]]>> = {
  ok: [200, 201, 204],
  error: [400, 404, 403],
  throttle: [429],
  fault: [500, 502, 503],
};

/** The traced services that take requests in a place: those with a machine there. */
function tracedServicesOf(fleet: Fleet, account: string, region: string): readonly string[] {
  const there = new Set(fleet.of(account, region, "virtual-machine").map((machine) => machine.application));
  return Object.keys(TRACED_SERVICES).filter((service) => there.has(service));
}

/** Requests that began in a minute (minutes since the epoch), in no order. A pure function: there is no history to keep. */
export function tracesOf(fleet: Fleet, account: string, region: string, minute: number): readonly TraceData[] {
  const traces: TraceData[] = [];
  for (const service of tracedServicesOf(fleet, account, region)) {
    const key = hash(fleet.seed, fleet.provider, account, region, "traces", service);
    const count = Math.floor(noise(key, minute, 30) * ((TRACED_SERVICES[service]?.most ?? 0) + 1));
    for (let index = 0; index < count; index++) traces.push(traceOf({ account, region, service, seed: hash(key, minute, index), minute }));
  }
  return traces;
}

/** Requests of a place that began in `[fromMs, toMs)`, oldest first. */
export function tracesBetween(fleet: Fleet, account: string, region: string, fromMs: number, toMs: number): readonly TraceData[] {
  const traces: TraceData[] = [];
  for (let minute = Math.floor(fromMs / MINUTE_MS); minute * MINUTE_MS < toMs; minute++) {
    for (const trace of tracesOf(fleet, account, region, minute)) if (trace.startMs >= fromMs && trace.startMs < toMs) traces.push(trace);
  }
  return traces.sort((left, right) => left.startMs - right.startMs || (left.key < right.key ? -1 : 1));
}

function traceOf(origin: { account: string; region: string; service: string; seed: number; minute: number }): TraceData {
  const { seed } = origin;
  const startMs = origin.minute * MINUTE_MS + Math.floor(chance(seed, "moment") * MINUTE_MS);
  const responseMs = Math.round(20 * 400 ** (chance(seed, "duration") ** 1.6));
  const status = statusOf(chance(seed, "status"));
  const [method, path] = pick(TRACED_SERVICES[origin.service]?.routes ?? [["GET", "/"]], seed, "route");
  const root: TraceSegment = {
    id: hexDigits(16, seed, "segment", origin.service),
    service: origin.service,
    parent: null,
    startMs,
    endMs: startMs + responseMs,
    status,
    httpStatus: pick(HTTP_STATUS[status], seed, "http"),
    method,
    path,
  };
  const segments: [TraceSegment, ...TraceSegment[]] = [root, ...downstream(root, 0, seed)];
  const endMs = Math.max(...segments.map((segment) => segment.endMs));
  return {
    key: hexDigits(24, seed, "trace"),
    account: origin.account,
    region: origin.region,
    segments,
    startMs,
    endMs,
    ingestedMs: endMs + 2_000 + Math.floor(chance(seed, "lag") * 13_000),
    clientIp: `198.51.100.${hash(seed, "client") % 256}`,
  };
}

/** The calls of one segment. Their failures may be handled: the request then still ends well. */
function downstream(caller: TraceSegment, parent: number, seed: number): TraceSegment[] {
  const calls = (TRACED_SERVICES[caller.service]?.calls ?? []).filter((service) => chance(seed, "calls", service) < 0.7);
  const length = caller.endMs - caller.startMs;
  return calls.map((service, index) => {
    const startMs = caller.startMs + Math.floor((length * index) / (calls.length + 1));
    // About one call in eight is asynchronous and goes on after the response.
    const late = chance(seed, "late", service) < 0.12;
    const endMs = late
      ? caller.endMs + 50 + Math.floor(chance(seed, "rest", service) * 1_500)
      : startMs + Math.floor(length / (calls.length + 1));
    const status = caller.status === "fault" && index === 0 ? "fault" : chance(seed, "handled", service) < 0.04 ? "error" : "ok";
    const [method, path] = pick(TRACED_SERVICES[service]?.routes ?? [["GET", "/"]], seed, "call", service);
    return {
      id: hexDigits(16, seed, "segment", service),
      service,
      parent,
      startMs,
      endMs,
      status,
      httpStatus: HTTP_STATUS[status][0],
      method,
      path,
    };
  });
}

function statusOf(position: number): Status {
  if (position < 0.04) return "fault";
  if (position < 0.09) return "error";
  return position < 0.11 ? "throttle" : "ok";
}

/** Every request of the whole fleet that began in `[fromMs, toMs)`. `idOf` gives the id as the cloud's API does. */
export function traceTruth(fleet: Fleet, fromMs: number, toMs: number, idOf: (trace: TraceData) => string): TruthTrace[] {
  const places = fleet.accounts.flatMap((account) => fleet.regions.map((region) => ({ account: account.id, region: region.id })));
  return places.flatMap(({ account, region }) =>
    tracesBetween(fleet, account, region, fromMs, toMs).map((trace) => {
      const [root] = trace.segments;
      return {
        provider: fleet.provider,
        account,
        region,
        id: idOf(trace),
        service: root.service,
        operation: `${root.method} ${root.path}`,
        timestampMs: trace.startMs,
        durationMs: trace.endMs - trace.startMs,
        status: root.status,
      };
    }),
  );
}
