import { assumedRoleTrn, openSession, roleIdOf, VOLCENGINE_PAYMENTS_ROLE } from "./credentials.ts";
import { chinaTime, VOLCENGINE_MAIN_ACCOUNT } from "./native-names.ts";
import { accessDenied } from "./refusals.ts";
import type { VolcengineReply, VolcengineRequest, VolcengineServiceFactory } from "./service.ts";
import { VolcengineError } from "./volcengine-error.ts";

const LEAST_SECONDS = 3_600;
const MOST_SECONDS = 43_200;

/** Volcengine STS (volcengine.com/docs/6257): who am I, and may I be somebody else. */
export const stsService: VolcengineServiceFactory = () => ({
  id: "sts",
  protocol: "open-api",
  versions: ["2018-01-01"],
  operations: {
    GetCallerIdentity: { parameters: {}, handle: getCallerIdentity },
    AssumeRole: {
      parameters: {
        RoleTrn: { TypeName: "string", Required: true },
        RoleSessionName: { TypeName: "string", Required: true },
        DurationSeconds: { TypeName: "integer" },
        Policy: { TypeName: "string" },
      },
      handle: assumeRole,
    },
  },
});

function getCallerIdentity({ identity }: VolcengineRequest): VolcengineReply {
  return { AccountId: Number(identity.account), Trn: identity.trn, IdentityType: identity.type, IdentityId: identity.identityId };
}

function assumeRole({ identity, input }: VolcengineRequest): VolcengineReply {
  const roleTrn = String(input.RoleTrn);
  const session = String(input.RoleSessionName);
  const seconds = Number(input.DurationSeconds ?? LEAST_SECONDS);
  const [, account, role] = /^trn:iam::(\d+):role\/([\w.-]+)$/.exec(roleTrn) ?? [];
  if (account === undefined || role === undefined) throw new VolcengineError("InvalidTRN", `TRN '${roleTrn}' is not valid.`);
  if (!/^[\w=,.@-]{1,64}$/.test(session)) throw new VolcengineError("InvalidParameter", `Invalid RoleSessionName '${session}'.`);
  if (seconds < LEAST_SECONDS || seconds > MOST_SECONDS)
    throw new VolcengineError(
      "InvalidParameter",
      `Invalid DurationSeconds ${seconds}: must be between ${LEAST_SECONDS} and ${MOST_SECONDS}.`,
    );
  // Whether a role is unknown or merely does not trust the caller is not told.
  if (roleTrn !== VOLCENGINE_PAYMENTS_ROLE || identity.account !== VOLCENGINE_MAIN_ACCOUNT) throw accessDenied("sts:AssumeRole", roleTrn);
  const startMs = Math.floor(Date.now() / 1_000) * 1_000;
  const expiresAtMs = startMs + seconds * 1_000;
  const credentials = openSession(account, role, session, expiresAtMs);
  return {
    Credentials: {
      CurrentTime: chinaTime(startMs),
      ExpiredTime: chinaTime(expiresAtMs),
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
    },
    AssumedRoleUser: { Trn: assumedRoleTrn(account, role, session), AssumedRoleId: `${roleIdOf(role)}:${session}` },
  };
}
