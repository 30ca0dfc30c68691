/** `STATUS CODE` of every error that the vendor published and the emulator uses, by the service that says it. */
export const ERROR_CODES: Readonly<Record<string, readonly string[]>> = {
  // The gateway before all services in RPC style: "Common error codes" (help.aliyun.com, API error center, product "public").
  gateway: [
    "400 MissingAccessKeyId",
    "404 InvalidAccessKeyId.NotFound",
    "400 IncompleteSignature",
    "400 SignatureDoesNotMatch",
    "400 SignatureNonceUsed",
    "400 InvalidTimeStamp.Expired",
    "400 InvalidSecurityToken.Expired",
    "400 InvalidVersion",
    "404 InvalidAction.NotFound",
    "404 InvalidRegionId.NotFound",
    "400 Throttling.User",
    "503 ServiceUnavailable",
    "403 Forbidden.RAM",
  ],
  // ECS API description 2014-05-26, error codes of the two operations and of the others that page and filter alike.
  ecs: [
    "404 InvalidAcceptLanguage.NotFound",
    "400 MissingParameter",
    "404 InvalidOperation.NotSupportedEndpoint",
    "400 InvalidParam.PageSize",
    "400 InvalidParam.PageNumber",
    "400 InvalidParameter",
    "400 InvalidParameter.NextToken",
    "400 InvalidParameter.MaxResults",
    "404 InvalidStatus.NotFound",
    "400 InvalidInstanceIds.Malformed",
    "403 InvalidParameter.TooManyInstanceIds",
    "400 InvalidTag.Mismatch",
    "400 InvalidTagCount",
    "400 DryRunOperation",
  ],
  // CMS API description 2019-01-01.
  cms: [
    "400 MissingNamespace",
    "400 MissingMetricName",
    "400 ParameterInvalid",
    "400 InvalidParameter",
    "403 AccessForbidden",
    "404 ResourceNotFound",
  ],
  // AssumeRole reference, "Error codes".
  sts: [
    "400 MissingRoleArn",
    "400 MissingRoleSessionName",
    "400 InvalidParameter.RoleArn",
    "400 InvalidParameter.RoleSessionName",
    "400 InvalidParameter.DurationSeconds",
    "403 NoPermission",
    "404 EntityNotExist.Role",
  ],
  // RDS error center.
  rds: ["400 MissingRegionId", "400 InvalidPageSize.Malformed", "400 InvalidNextToken", "400 InvalidTags.Malformed"],
  // Log Service, "Error codes".
  sls: [
    "400 ParameterInvalid",
    "400 PostBodyInvalid",
    "400 InvalidTimeRange",
    "400 InvalidHost",
    "400 RequestTimeExpired",
    "401 Unauthorized",
    "401 SecurityTokenExpired",
    "401 SignatureNotMatch",
    "403 ReadQuotaExceed",
    "404 ProjectNotExist",
    "404 LogStoreNotExist",
    "404 InvalidAPI",
    "500 InternalServerError",
  ],
};
