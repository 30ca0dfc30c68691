import { randomUUID } from "node:crypto";
import type { CallCircumstances, CloudCall, CloudReply, CloudRequest } from "../cloud.ts";
import { AwsError } from "./aws-error.ts";
import { losePage } from "./lost-page.ts";
import { AWS_DISABLED_REGIONS, AWS_FLEET_PLAN } from "./native-names.ts";
import { readCall, type WireCall } from "./read-call.ts";
import { denied, expired, internalError, pageLost, regionDisabled, signatureRefusal, throttled } from "./refusals.ts";
import { type AwsService, isXml } from "./service.ts";
import { SignatureVerifier, type VerifiedSignature } from "./signature.ts";
import { wireError, wireReply } from "./wire.ts";

const ENABLED_REGIONS: ReadonlySet<string> = new Set(
  AWS_FLEET_PLAN.regions.map((region) => region.id).filter((region) => !(AWS_DISABLED_REGIONS as readonly string[]).includes(region)),
);
// AWS's own template for denying regions leaves these out (Control Tower guide, "Region deny control"); nobody can be denied GetCallerIdentity.
const NEVER_DENIED: ReadonlySet<string> = new Set(["GetCallerIdentity", "AssumeRole", "DescribeRegions"]);

/** Takes requests for AWS: finds the service by the signature's scope, the operation by the protocol, and answers. */
export class AwsCalls {
  readonly #services: ReadonlyMap<string, AwsService>;
  readonly #verifier = new SignatureVerifier();

  constructor(services: readonly AwsService[]) {
    this.#services = new Map(services.map((service) => [service.signingName, service]));
  }

  /** Signed for AWS, or at least shaped like one of its protocols. */
  speaks(request: CloudRequest): boolean {
    const { headers, body } = request;
    return (
      headers.authorization?.startsWith("AWS4-HMAC-SHA256") === true ||
      headers["x-amz-target"] !== undefined ||
      headers["x-amz-date"] !== undefined ||
      body.subarray(0, 7).toString("latin1") === "Action="
    );
  }

  open(request: CloudRequest): CloudCall {
    const signature = this.#verifier.verify(request);
    const service = this.#services.get(signature.scope?.service ?? "");
    const wire = readCall(request, service);
    const pageTokenName = service?.pageToken?.input ?? "NextToken";
    return {
      operation: wire.operation,
      qualifiedOperation: `${service?.id ?? signature.scope?.service ?? "unknown"}.${wire.operation}`,
      account: signature.identity?.account ?? null,
      region: signature.scope?.region ?? null,
      signature: signature.verdict,
      continues: typeof wire.input[pageTokenName] === "string",
      answer: (circumstances) => answer(service, wire, signature, circumstances),
    };
  }
}

function answer(
  service: AwsService | undefined,
  wire: WireCall,
  signature: VerifiedSignature,
  circumstances: CallCircumstances,
): CloudReply {
  const requestId = randomUUID();
  const { protocol, operation } = wire;
  try {
    if (signature.verdict !== "ok") throw signatureRefusal(signature.verdict, protocol, signature.date);
    const { scope, identity } = signature;
    if (wire.problem !== undefined) throw wire.problem;
    if (service === undefined || scope === undefined || identity === undefined) throw unknownOperation(wire);
    if (!ENABLED_REGIONS.has(scope.region)) throw regionDisabled(protocol);
    const handler = Object.hasOwn(service.operations, operation) ? service.operations[operation] : undefined;
    if (handler === undefined) throw unknownOperation(wire);
    if (circumstances.denied && !NEVER_DENIED.has(operation)) throw denied(service, protocol, operation, identity.arn);
    const { fault } = circumstances;
    if (fault === "throttle") throw throttled(service, protocol);
    if (fault === "500") throw internalError(protocol);
    if (fault === "expired") throw expired(protocol);
    if (fault === "lost-page" && !circumstances.repeat) throw pageLost(service);
    const request = {
      operation,
      protocol,
      account: identity.account,
      identity,
      region: scope.region,
      input: wire.input,
      nowMs: circumstances.nowMs,
      requestId,
    };
    const reply = handler(request);
    return wireReply(service, protocol, operation, fault === "lost-page" ? losePage(service, request, reply) : reply, requestId);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return wireError(service, protocol, error, requestId);
  }
}

function unknownOperation(wire: WireCall): AwsError {
  return isXml(wire.protocol)
    ? new AwsError("InvalidAction", `The action ${wire.operation} is not valid for this web service.`)
    : new AwsError("UnknownOperationException", `The operation ${wire.operation} is not known.`, {
        status: wire.protocol === "rest-json" ? 404 : 400,
      });
}
