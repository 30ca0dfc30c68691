import { randomUUID } from "node:crypto";
import type { CallCircumstances, CloudCall, CloudReply, CloudRequest } from "../cloud.ts";
import { hexDigits } from "../hash.ts";
import { VOLCENGINE_FLEET_PLAN } from "./native-names.ts";
import { checkParameters } from "./parameters.ts";
import { readCall, type WireCall } from "./read-call.ts";
import {
  accessDenied,
  flowLimitExceeded,
  internalError,
  invalidActionOrVersion,
  invalidArgument,
  serviceNotFound,
  sessionExpired,
  signatureRefusal,
} from "./refusals.ts";
import type { VolcengineOperation, VolcengineReply, VolcengineService } from "./service.ts";
import { SignatureVerifier, type VerifiedSignature } from "./signature.ts";
import { VolcengineError } from "./volcengine-error.ts";
import { type Envelope, wireError, wireReply } from "./wire.ts";

const REGIONS: ReadonlySet<string> = new Set(VOLCENGINE_FLEET_PLAN.regions.map((region) => region.id));
/** Services that know no regions: they answer whatever the scope says. */
const GLOBAL_SERVICES: ReadonlySet<string> = new Set(["sts"]);
const NEVER_DENIED: ReadonlySet<string> = new Set(["GetCallerIdentity", "AssumeRole", "DescribeRegions"]);

/** Takes requests for Volcengine: finds the service by the signature's scope, the operation by the protocol, and answers. */
export class VolcengineCalls {
  readonly #services: ReadonlyMap<string, VolcengineService>;
  readonly #verifier = new SignatureVerifier();

  constructor(services: readonly VolcengineService[]) {
    this.#services = new Map(services.map((service) => [service.id, service]));
  }

  /** Signed for Volcengine, or at least shaped like one of its protocols. */
  speaks({ headers }: CloudRequest): boolean {
    return (
      headers.authorization?.startsWith("HMAC-SHA256 ") === true ||
      headers["x-tls-apiversion"] !== undefined ||
      headers["x-date"] !== undefined ||
      /(^|\.)(volcengineapi|volces|ivolces)\.com$/.test(headers.host ?? "")
    );
  }

  open(request: CloudRequest): CloudCall {
    const signature = this.#verifier.verify(request);
    const { scope, identity, verdict } = signature;
    const wire = readCall(request, scope?.service ?? "");
    const service = this.#services.get(scope?.service.toLowerCase() ?? "");
    const operation = service && operationOf(service, wire);
    const token = operation?.pageToken?.input;
    return {
      operation: wire.operation,
      qualifiedOperation: `${service?.id ?? scope?.service ?? "unknown"}.${wire.operation}`,
      account: identity?.account ?? null,
      region: scope?.region ?? null,
      signature: verdict,
      continues: token !== undefined && typeof wire.input[token] === "string" && wire.input[token] !== "",
      answer: (circumstances) => answer({ service, operation, wire, signature }, circumstances),
    };
  }
}

interface OpenedCall {
  readonly service: VolcengineService | undefined;
  readonly operation: VolcengineOperation | undefined;
  readonly wire: WireCall;
  readonly signature: VerifiedSignature;
}

function operationOf(service: VolcengineService, wire: WireCall): VolcengineOperation | undefined {
  return Object.hasOwn(service.operations, wire.operation) && service.versions.includes(wire.version)
    ? service.operations[wire.operation]
    : undefined;
}

function answer(call: OpenedCall, circumstances: CallCircumstances): CloudReply {
  const { wire, signature, service } = call;
  const { scope } = signature;
  const envelope = { wire, service: scope?.service ?? "", region: scope?.region ?? "", requestId: requestId() };
  try {
    admit(call, circumstances);
  } catch (error) {
    return refusal(envelope, error, undefined);
  }
  try {
    return wireReply(envelope, serve(call, circumstances));
  } catch (error) {
    return refusal(envelope, error, service);
  }
}

/** What the gateway in front of the services looks at. */
function admit({ service, operation, wire, signature }: OpenedCall, { denied, fault }: CallCircumstances): void {
  const { verdict, scope, identity } = signature;
  if (verdict !== "ok") throw signatureRefusal(verdict, scope?.accessKeyId ?? "");
  if (wire.problem !== undefined) throw wire.problem;
  const { service: signed = "", region = "" } = scope ?? {};
  if (service === undefined || service.protocol !== wire.protocol) throw serviceNotFound(signed);
  if (!REGIONS.has(region) && !GLOBAL_SERVICES.has(service.id)) throw serviceNotFound(`${signed}.${region}`);
  if (operation === undefined) throw invalidActionOrVersion(wire.operation, wire.version);
  if (denied && !NEVER_DENIED.has(wire.operation))
    throw accessDenied(`${signed}:${wire.operation}`, `trn:${service.id}:${region}:${identity?.account ?? ""}:*`);
  if (fault === "expired") throw sessionExpired();
}

function serve({ operation, wire, signature }: OpenedCall, { fault, repeat, nowMs }: CallCircumstances): VolcengineReply {
  const { scope, identity } = signature;
  if (operation === undefined || scope === undefined || identity === undefined) throw internalError();
  if (fault === "throttle") throw flowLimitExceeded();
  if (fault === "500") throw internalError();
  if (fault === "lost-page" && !repeat)
    throw invalidArgument(`The specified argument ${operation.pageToken?.input ?? "NextToken"} is invalid.`);
  checkParameters(wire.input, operation.parameters);
  const { account } = identity;
  const reply = operation.handle({ operation: wire.operation, account, identity, region: scope.region, input: wire.input, nowMs });
  return fault === "lost-page" ? goRound(operation, wire, reply) : reply;
}

/** The reply with the request's own page token as the next one: a list that goes round in circles. */
function goRound({ pageToken }: VolcengineOperation, { input }: WireCall, reply: VolcengineReply): VolcengineReply {
  if (pageToken === undefined) return reply;
  const members = typeof reply === "string" ? (JSON.parse(reply) as Record<string, unknown>) : reply;
  return { ...members, [pageToken.reply]: input[pageToken.input] };
}

function refusal(envelope: Envelope, error: unknown, byService: VolcengineService | undefined): CloudReply {
  if (!(error instanceof VolcengineError)) throw error;
  return wireError(envelope, error, byService);
}

/** `20240131235959` and twenty hexadecimal digits, as the vendor's look. */
function requestId(): string {
  return new Date().toISOString().replace(/\D/g, "").slice(0, 14) + hexDigits(20, randomUUID()).toUpperCase();
}
