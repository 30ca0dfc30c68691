import { ALICLOUD_PAYMENTS_ROLE, openSession, roleIdOf } from "./credentials.ts";
import { ALICLOUD_MAIN_ACCOUNT } from "./native-names.ts";
import { RpcError } from "./rpc-error.ts";
import type { RpcRequest, RpcServiceFactory } from "./rpc-service.ts";

/** STS: who am I, and may I be somebody else. */
export const stsService: RpcServiceFactory = () => ({
  id: "sts",
  version: "2015-04-01",
  endpoint: "sts",
  operations: { GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole },
  pageLost: () => new RpcError(400, "InvalidParameter", "The specified parameter is not valid."),
  denied: noPermission,
});

function getCallerIdentity({ identity }: RpcRequest): Record<string, unknown> {
  return {
    IdentityType: identity.type,
    AccountId: identity.account,
    Arn: identity.arn,
    PrincipalId: identity.principalId,
    ...(identity.roleId === undefined ? { UserId: identity.userId } : { RoleId: identity.roleId }),
  };
}

function assumeRole({ identity, input }: RpcRequest): Record<string, unknown> {
  const { RoleArn: roleArn, RoleSessionName: session, DurationSeconds: duration = "3600" } = input;
  // Codes of the AssumeRole reference, "Error codes".
  if (roleArn === undefined) throw new RpcError(400, "MissingRoleArn", "RoleArn is mandatory for this action.");
  if (session === undefined) throw new RpcError(400, "MissingRoleSessionName", "RoleSessionName is mandatory for this action.");
  if (!/^[\w.@-]{2,64}$/.test(session))
    throw new RpcError(400, "InvalidParameter.RoleSessionName", "The parameter RoleSessionName is wrongly formed.");
  if (!/^acs:ram::\d{16}:role\/[\w.-]{1,64}$/.test(roleArn))
    throw new RpcError(400, "InvalidParameter.RoleArn", "The parameter RoleArn is wrongly formed.");
  const seconds = Number(duration);
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 3_600)
    throw new RpcError(400, "InvalidParameter.DurationSeconds", "The Min/Max value of DurationSeconds is 15min/1hr.");
  if (roleArn !== ALICLOUD_PAYMENTS_ROLE) throw new RpcError(404, "EntityNotExist.Role", "The specified Role not exists .");
  if (identity.account !== ALICLOUD_MAIN_ACCOUNT) throw noPermission();
  const [, , , account = "", path = ""] = roleArn.split(":");
  const role = path.slice("role/".length);
  const expiresAtMs = Math.floor(Date.now() / 1_000) * 1_000 + seconds * 1_000;
  const credentials = openSession(account, role, session, expiresAtMs);
  return {
    AssumedRoleUser: { AssumedRoleId: `${roleIdOf(role)}:${session}`, Arn: `${roleArn}/${session}` },
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      AccessKeySecret: credentials.accessKeySecret,
      SecurityToken: credentials.securityToken,
      Expiration: `${new Date(expiresAtMs).toISOString().slice(0, 19)}Z`,
    },
  };
}

function noPermission(): RpcError {
  return new RpcError(403, "NoPermission", "You are not authorized to do this action. You should be authorized by RAM.");
}
