import type { Fleet } from "../fleet.ts";
import { pagePosition, pageToken } from "../page-token.ts";
import { AwsError } from "./aws-error.ts";
import { kmsKeyArn } from "./native-names.ts";
import { type AwsSecret, secretsOf } from "./secret-data.ts";
import type { AwsRequest, AwsServiceFactory } from "./service.ts";

/** `MaxResults` is between 1 and 100 (the vendor's model of ListSecrets). */
const MOST_SECRETS = 100;

type FilterTest = (secret: AwsSecret, value: string) => boolean;

/** "Filters … are prefix matches, and not case-sensitive for … " differs by key: here a value matches from the start of a text (API reference, Filter). */
const FILTERS: Readonly<Record<string, FilterTest>> = {
  name: ({ name }, value) => name.startsWith(value),
  description: ({ description }, value) => description.toLowerCase().startsWith(value.toLowerCase()),
  "tag-key": ({ tags }, value) => Object.keys(tags).some((key) => key.startsWith(value)),
  "tag-value": ({ tags }, value) => Object.values(tags).some((text) => text.startsWith(value)),
};

/** AWS Secrets Manager. */
export const secretsManagerService: AwsServiceFactory = (fleet) => ({
  id: "secretsmanager",
  signingName: "secretsmanager",
  protocols: ["json-1.1"],
  iamPrefix: "secretsmanager",
  targetPrefix: "secretsmanager",
  pageToken: { input: "NextToken", reply: "NextToken", refused: invalidToken },
  operations: {
    ListSecrets: (request) => listSecrets(fleet, request),
    GetSecretValue: (request) => getSecretValue(fleet, request),
  },
});

function listSecrets(fleet: Fleet, { account, region, operation, input }: AwsRequest) {
  const { MaxResults: maxResults = MOST_SECRETS, NextToken: token, Filters: filters = [], SortOrder: order = "desc" } = input;
  if (typeof maxResults !== "number" || !Number.isInteger(maxResults) || maxResults < 1 || maxResults > MOST_SECRETS)
    throw invalidParameter(`MaxResults must be between 1 and ${MOST_SECRETS}.`);
  const tests = (filters as readonly { Key?: unknown; Values?: unknown }[]).map(({ Key: key, Values: values }) => {
    const test = FILTERS[String(key)];
    if (test === undefined || !Array.isArray(values)) throw invalidParameter(`The filter ${String(key)} is not valid.`);
    return (secret: AwsSecret) => values.some((value) => test(secret, String(value)));
  });
  const newestLast = secretsOf(fleet, account, region).toSorted((left, right) => left.createdMs - right.createdMs);
  const matching = (order === "asc" ? newestLast : newestLast.reverse()).filter((secret) => tests.every((test) => test(secret)));
  const binding = [account, region, operation, filters, order];
  const position = pagePosition(typeof token === "string" ? token : undefined, binding);
  if (position === undefined) throw invalidToken();
  const end = position + maxResults;
  return {
    SecretList: matching.slice(position, end).map((secret) => secretShape(secret, account, region)),
    ...(end < matching.length ? { NextToken: pageToken(end, binding) } : {}),
  };
}

function getSecretValue(fleet: Fleet, { account, region, input }: AwsRequest) {
  const { SecretId: id, VersionId: version, VersionStage: stage = "AWSCURRENT" } = input;
  if (typeof id !== "string") throw invalidParameter("You must provide a value for SecretId.");
  const secret = secretsOf(fleet, account, region).find(({ arn, name }) => arn === id || name === id);
  if (secret === undefined || (version ?? secret.versionId) !== secret.versionId || stage !== "AWSCURRENT")
    throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: secret.versionId,
    SecretString: secret.value,
    VersionStages: ["AWSCURRENT"],
    CreatedDate: secret.changedMs / 1_000,
  };
}

function secretShape(secret: AwsSecret, account: string, region: string): Readonly<Record<string, unknown>> {
  const { rotationDays, changedMs, createdMs } = secret;
  const rotation = {
    RotationLambdaARN: `arn:aws:lambda:${region}:${account}:function:rotate-secret`,
    RotationRules: { AutomaticallyAfterDays: rotationDays },
    LastRotatedDate: changedMs / 1_000,
  };
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: kmsKeyArn(account, region),
    RotationEnabled: rotationDays !== null,
    ...(rotationDays === null ? {} : rotation),
    LastChangedDate: changedMs / 1_000,
    CreatedDate: createdMs / 1_000,
    Tags: Object.entries(secret.tags).map(([Key, Value]) => ({ Key, Value })),
    SecretVersionsToStages: { [secret.versionId]: ["AWSCURRENT"] },
  };
}

function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

function invalidToken(): AwsError {
  return new AwsError("InvalidNextTokenException", "The specified NextToken is not valid.");
}
