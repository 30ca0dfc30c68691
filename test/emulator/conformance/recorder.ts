import type { AwsWorld } from "../aws-world.ts";
import { type RawReply, sendRaw } from "./raw-call.ts";
import { WIRE_SERVICES, type WireInput, type WireService, type WireServiceId, wireMessage } from "./wire-services.ts";

export interface RecordedReply extends Pick<RawReply, "status" | "headers" | "body"> {
  readonly id: WireServiceId;
  readonly operation: string;
}

const REGION = "us-east-1";

export interface Recorder {
  readonly replies: readonly RecordedReply[];
  call(id: WireServiceId, operation: string, input?: WireInput, region?: string): Promise<RecordedReply>;
}

export function recorder(world: AwsWorld): Recorder {
  const { endpoint, credentials } = world.clientOptions(REGION);
  const replies: RecordedReply[] = [];
  return {
    replies,
    call: async (id, operation, input = {}, region = REGION) => {
      const service: WireService = WIRE_SERVICES[id];
      const message = wireMessage(service, operation, input);
      const reply = await sendRaw({ ...message, url: endpoint, signingName: service.signingName, region, credentials });
      const recorded = { id, operation, ...reply };
      replies.push(recorded);
      return recorded;
    },
  };
}

/** The text of the first element of this name. */
export function xmlText({ body, operation }: RecordedReply, name: string): string {
  const found = new RegExp(`<${name}>([^<]+)</${name}>`).exec(body)?.[1];
  if (found === undefined) throw new TypeError(`${operation} has no ${name}: ${body.slice(0, 300)}`);
  return found;
}

/** A member that has to be there. */
export function jsonMember({ body, operation }: RecordedReply, name: string): unknown {
  const found = (JSON.parse(body) as Record<string, unknown>)[name];
  if (found === undefined) throw new TypeError(`${operation} has no ${name}: ${body.slice(0, 300)}`);
  return found;
}
