import type { ProviderContext } from "../../contracts/index.ts";
import { sharedWork } from "../shared/shared-work.ts";
import type { Connection } from "./clients.ts";
import { required } from "./errors.ts";
import type { Keys } from "./send-rpc.ts";

export interface AssumedRole {
  /** To be called only after `refresh`. */
  keys(): Promise<Keys>;
  /** Assumes the role where that was not done, or is about to run out. */
  refresh(context: ProviderContext): Promise<void>;
}

interface AssumeRoleReply {
  readonly Credentials?: { readonly AccessKeyId?: string; readonly AccessKeySecret?: string; readonly SecurityToken?: string };
}

const OPERATION = "AssumeRole";
const SESSION_NAME = "nephoscope";
/** The default of AssumeRole, which every role allows (STS API reference). */
const SESSION_MS = 3_600_000;
const RENEW_BEFORE_MS = 5 * 60_000;

/** Keys of a role by AssumeRole calls of our own, so that they are counted and retried like every other request. */
export function assumedRole(
  roleArn: string,
  externalId: string | undefined,
  connect: (context: ProviderContext) => Connection,
): AssumedRole {
  let current: Keys | undefined;
  let renewAtMs = 0;

  async function renew(context: ProviderContext): Promise<void> {
    const startedMs = context.runtime.clock.now();
    const query = { RoleArn: roleArn, RoleSessionName: SESSION_NAME, ExternalId: externalId };
    current = await connect(context).rpc("sts", OPERATION, query, ({ Credentials: given }: AssumeRoleReply) => ({
      accessKeyId: required(given?.AccessKeyId, OPERATION, "AccessKeyId"),
      accessKeySecret: required(given?.AccessKeySecret, OPERATION, "AccessKeySecret"),
      securityToken: required(given?.SecurityToken, OPERATION, "SecurityToken"),
    }));
    // By our own clock: a machine whose clock runs ahead would else assume the role before every request.
    renewAtMs = startedMs + SESSION_MS - RENEW_BEFORE_MS;
  }

  const renewed = sharedWork(renew, { keep: false });

  return {
    keys: async () => required(current, OPERATION, "Credentials"),
    async refresh(context) {
      if (context.runtime.clock.now() < renewAtMs) return;
      await renewed(context);
    },
  };
}
