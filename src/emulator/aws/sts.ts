import { AwsError } from "./aws-error.ts";
import { AWS_PAYMENTS_ROLE, openSession, roleIdOf } from "./credentials.ts";
import { AWS_MAIN_ACCOUNT } from "./native-names.ts";
import type { AwsRequest, AwsServiceFactory } from "./service.ts";
import { outputXml } from "./xml.ts";

/** AWS STS: who am I, and may I be somebody else. */
export const stsService: AwsServiceFactory = () => ({
  id: "sts",
  signingName: "sts",
  protocols: ["query"],
  iamPrefix: "sts",
  query: { version: "2011-06-15", namespace: "https://sts.amazonaws.com/doc/2011-06-15/" },
  operations: { GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole },
});

function getCallerIdentity({ identity }: AwsRequest): string {
  return outputXml({ Arn: identity.arn, UserId: identity.userId, Account: identity.account });
}

function assumeRole({ identity, input }: AwsRequest): string {
  const roleArn = text(input.RoleArn);
  const session = text(input.RoleSessionName);
  const seconds = Number(input.DurationSeconds ?? 3_600);
  if (roleArn === undefined || session === undefined) {
    throw new AwsError(
      "ValidationError",
      `1 validation error detected: Value null at '${roleArn === undefined ? "roleArn" : "roleSessionName"}' failed to satisfy constraint: Member must not be null`,
    );
  }
  if (!/^[\w+=,.@-]{2,64}$/.test(session)) {
    throw new AwsError(
      "ValidationError",
      `1 validation error detected: Value '${session}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    );
  }
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200) {
    throw new AwsError(
      "ValidationError",
      `1 validation error detected: Value '${input.DurationSeconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value between 900 and 43200`,
    );
  }
  // AWS does not tell whether a role is unknown or merely does not trust the caller.
  if (roleArn !== AWS_PAYMENTS_ROLE || identity.account !== AWS_MAIN_ACCOUNT) {
    throw new AwsError("AccessDenied", `User: ${identity.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`, {
      status: 403,
    });
  }
  const [, , , , account = "", path = ""] = roleArn.split(":");
  const role = path.slice("role/".length);
  const expiresAtMs = Math.floor(Date.now() / 1_000) * 1_000 + seconds * 1_000;
  const credentials = openSession(account, role, session, expiresAtMs);
  return outputXml({
    AssumedRoleUser: { AssumedRoleId: `${roleIdOf(role)}:${session}`, Arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}` },
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: new Date(expiresAtMs),
    },
  });
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
