import type { ProviderContext } from "../../contracts/index.ts";
import { sharedWork } from "../shared/shared-work.ts";
import type { Connection } from "./clients.ts";
import type { Credentials } from "./credentials.ts";
import { required } from "./errors.ts";
import { assumeRole } from "./operations.ts";

const OPERATION = "AssumeRole";
const SESSION_NAME = "nephoscope";
/** The default of AssumeRole (volcengine.com/docs/6257, STS). */
const SESSION_SECONDS = 3_600;
/** A run that begins with the keys must be able to end with them. */
const RENEW_BEFORE_MS = 6 * 60_000;

/** Keys of a role, assumed where that was not done, or is about to run out. */
export type AssumedRole = (context: ProviderContext) => Promise<Credentials>;

/** Keys of a role by AssumeRole calls of our own, so that they are counted and retried like every other request. */
export function assumedRole(roleTrn: string, connect: (context: ProviderContext) => Promise<Connection>): AssumedRole {
  let current: Credentials | undefined;
  let renewAtMs = 0;

  const renewed = sharedWork(
    async (context: ProviderContext) => {
      const startedMs = context.runtime.clock.now();
      const connection = await connect(context);
      const input = { RoleTrn: roleTrn, RoleSessionName: SESSION_NAME, DurationSeconds: SESSION_SECONDS };
      current = await connection.call(assumeRole, input, ({ Credentials: given }) => ({
        accessKeyId: required(given?.AccessKeyId, OPERATION, "AccessKeyId"),
        secretAccessKey: required(given?.SecretAccessKey, OPERATION, "SecretAccessKey"),
        sessionToken: required(given?.SessionToken, OPERATION, "SessionToken"),
        source: roleTrn,
      }));
      // By our own clock: a machine whose clock runs ahead would else assume the role before every request.
      renewAtMs = startedMs + SESSION_SECONDS * 1_000 - RENEW_BEFORE_MS;
      return current;
    },
    { keep: false },
  );

  return async (context) => (current !== undefined && context.runtime.clock.now() < renewAtMs ? current : renewed(context));
}
