import { randomUUID } from "node:crypto";
import type { CallCircumstances, CloudCall, CloudReply, CloudRequest } from "../cloud.ts";
import { Acs3Verifier } from "./acs3-signature.ts";
import { isRegion } from "./native-names.ts";
import { RpcError } from "./rpc-error.ts";
import { faultRefusal, signatureRefusal, unknownAction, unknownVersion } from "./rpc-refusals.ts";
import type { RpcReply, RpcRequest, RpcService } from "./rpc-service.ts";
import type { VerifiedSignature } from "./verified-signature.ts";

/** `ecs.cn-hangzhou.aliyuncs.com`: the endpoint's label and, where it stands for one, the region. `ecs-cn-hangzhou.…` serves several. */
const ENDPOINT = /^([a-z]+)(?:-vpc|-cn-hangzhou)?(?:\.([a-z]+(?:-[a-z0-9]+)+))?\.aliyuncs\.com(?::\d+)?$/;
// About the caller or about all regions: they belong to none.
const EVERYWHERE: ReadonlySet<string> = new Set(["GetCallerIdentity", "AssumeRole", "DescribeRegions"]);

interface WireCall {
  readonly service: RpcService | undefined;
  /** Whether the endpoint's name is that of another service. */
  readonly misdirected: boolean;
  readonly operation: string;
  readonly region: string;
  readonly input: Readonly<Record<string, string>>;
  readonly host: string;
}

/** Takes requests in RPC style: finds the service by version and action, the region by the endpoint, and answers. */
export class RpcCalls {
  readonly #services: readonly RpcService[];
  readonly #verifier = new Acs3Verifier();

  constructor(services: readonly RpcService[]) {
    this.#services = services;
  }

  /** Signed with ACS3, or at least carrying the headers of version 3. */
  speaks({ headers }: CloudRequest): boolean {
    return headers["x-acs-action"] !== undefined || headers.authorization?.startsWith("ACS3-") === true;
  }

  open(request: CloudRequest): CloudCall {
    const signature = this.#verifier.verify(request);
    const wire = this.#read(request);
    return {
      operation: wire.operation,
      qualifiedOperation: `${wire.service?.id ?? "unknown"}.${wire.operation}`,
      account: signature.identity?.account ?? null,
      region: wire.region === "" ? null : wire.region,
      signature: signature.verdict,
      continues: (wire.input.NextToken ?? "") !== "" || Number(wire.input.Page ?? wire.input.PageNumber ?? 1) > 1,
      answer: (circumstances) => answer(wire, signature, circumstances),
    };
  }

  #read({ target, headers, body }: CloudRequest): WireCall {
    const host = headers.host ?? "";
    const operation = headers["x-acs-action"] ?? "unknown";
    const service = this.#services.find(({ version }) => version === headers["x-acs-version"]);
    const [, label, named] = ENDPOINT.exec(host) ?? [];
    const form = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true ? body.toString("utf8") : "";
    const input: Record<string, string> = {};
    for (const text of [target.split("?", 2)[1] ?? "", form]) {
      for (const [name, value] of new URLSearchParams(text)) input[name] = value;
    }
    return {
      service,
      misdirected: label !== undefined && service !== undefined && label !== service.endpoint,
      operation,
      region: EVERYWHERE.has(operation) ? "" : (named ?? input.RegionId ?? ""),
      input,
      host,
    };
  }
}

function answer(wire: WireCall, signature: VerifiedSignature, circumstances: CallCircumstances): CloudReply {
  const requestId = randomUUID().toUpperCase();
  try {
    const { service, operation, region, input } = wire;
    const { identity } = signature;
    if (signature.verdict !== "ok" || identity === undefined) throw signatureRefusal(signature);
    if (service === undefined || wire.misdirected) throw unknownVersion();
    const handler = Object.hasOwn(service.operations, operation) ? service.operations[operation] : undefined;
    if (handler === undefined) throw unknownAction();
    if (!EVERYWHERE.has(operation) && !isRegion(region))
      throw new RpcError(404, "InvalidRegionId.NotFound", "The specified RegionId does not exist.");
    if (circumstances.denied) throw service.denied();
    const { fault, nowMs } = circumstances;
    // Lists with page numbers have no token to hand out again.
    const repeats = fault === "lost-page" && circumstances.repeat && input.NextToken !== undefined;
    if (fault !== undefined && !repeats) throw faultRefusal(service, fault);
    const request = { operation, account: identity.account, identity, region, input, nowMs, requestId };
    const reply = handler(request);
    return json(200, bodyOf(repeats ? samePageAgain(request, reply) : reply, requestId), requestId);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return json(error.status, errorBody(error, wire.host, requestId), requestId);
  }
}

function bodyOf(reply: RpcReply, requestId: string): string {
  if (typeof reply === "string") return `{"RequestId":"${requestId}",${reply}}`;
  return JSON.stringify({ RequestId: requestId, ...reply });
}

/** The reply with the request's own page token as the next one: a list that goes round in circles. */
function samePageAgain({ input }: RpcRequest, reply: RpcReply): RpcReply {
  const NextToken = input.NextToken ?? "";
  if (typeof reply !== "string") return { ...reply, NextToken };
  return `${reply.replace(/,"NextToken":"[^"]*"$/, "")},"NextToken":${JSON.stringify(NextToken)}`;
}

function errorBody({ code, message }: RpcError, host: string, requestId: string): string {
  return JSON.stringify({
    RequestId: requestId,
    Message: message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}&requestId=${requestId}`,
    HostId: host,
    Code: code,
  });
}

function json(status: number, body: string, requestId: string): CloudReply {
  return { status, headers: { "content-type": "application/json;charset=utf-8", "x-acs-request-id": requestId }, body };
}
