import type { ProviderContext } from "../../contracts/index.ts";
import { sharedWork } from "../shared/shared-work.ts";
import type { Connection } from "./clients.ts";
import { required } from "./errors.ts";

interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

export interface AssumedRole {
  /** As SDK clients want them; to be called only after `refresh`. */
  credentials(): Promise<RoleCredentials>;
  /** Assumes the role where that was not done, or is about to run out. */
  refresh(context: ProviderContext): Promise<void>;
}

const SESSION_NAME = "nephoscope";
/** The default of AssumeRole, which every role allows (STS API reference). */
const SESSION_MS = 3_600_000;
/** The SDK asks for new credentials five minutes before they expire; ours are renewed before it does. */
const RENEW_BEFORE_MS = 6 * 60_000;

/** Credentials of a role by AssumeRole calls of our own, so that they are counted and retried like every other request. */
export function assumedRole(
  roleArn: string,
  externalId: string | undefined,
  connect: (context: ProviderContext) => Promise<Connection<"sts">>,
): AssumedRole {
  let current: RoleCredentials | undefined;
  let renewAtMs = 0;

  async function renew(context: ProviderContext): Promise<void> {
    const { sdk, call } = await connect(context);
    const startedMs = context.runtime.clock.now();
    const input = { RoleArn: roleArn, RoleSessionName: SESSION_NAME, ...(externalId === undefined ? {} : { ExternalId: externalId }) };
    current = await call(
      "AssumeRole",
      (client, send) => client.send(new sdk.AssumeRoleCommand(input), send),
      ({ Credentials: given }) => ({
        accessKeyId: required(given?.AccessKeyId, "AssumeRole", "AccessKeyId"),
        secretAccessKey: required(given?.SecretAccessKey, "AssumeRole", "SecretAccessKey"),
        sessionToken: required(given?.SessionToken, "AssumeRole", "SessionToken"),
        expiration: required(given?.Expiration, "AssumeRole", "Expiration"),
      }),
    );
    // By our own clock: a machine whose clock runs ahead would else assume the role before every request.
    renewAtMs = startedMs + SESSION_MS - RENEW_BEFORE_MS;
  }

  const renewed = sharedWork(renew, { keep: false });

  return {
    credentials: async () => required(current, "AssumeRole", "Credentials"),
    async refresh(context) {
      if (context.runtime.clock.now() < renewAtMs) return;
      await renewed(context);
    },
  };
}
