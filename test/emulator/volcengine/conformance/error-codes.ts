/** Codes of the gateway with their numbers and statuses: "Common error codes" (docs.byteplus.com/byteplus-platform/reference/common-error-codes). */
export const GATEWAY_CODES: Readonly<Record<string, readonly [number: number, status: number]>> = {
  MissingParameter: [100_002, 400],
  MissingAuthenticationToken: [100_003, 401],
  InvalidTimestamp: [100_006, 400],
  ServiceNotFound: [100_007, 404],
  InvalidActionOrVersion: [100_008, 404],
  InvalidAccessKey: [100_009, 401],
  SignatureDoesNotMatch: [100_010, 401],
  AccessDenied: [100_013, 403],
  FlowLimitExceeded: [100_018, 429],
  InternalError: [100_023, 500],
  InvalidAuthorization: [100_024, 400],
  InvalidSecretToken: [100_026, 401],
};

/** Codes of the services themselves, from the references of their operations. */
export const SERVICE_CODES: Readonly<Record<string, readonly string[]>> = {
  ecs: [
    "InvalidArgument",
    "InvalidInstance.NotFound",
    "LimitExceeded.MaximumRegionIds",
    "LimitExceeded.MaximumInstanceIds",
    "LimitExceeded.MaximumTagFilters",
  ],
  storage_ebs: ["InvalidArgument", "MissingVolumeID", "VolumeNotFound", "IncorrectDiskStatus"],
  vpc: ["InvalidArgument", "InvalidSecurityGroup.NotFound"],
  sts: ["InvalidTRN", "InvalidParameter"],
  rds_mysql: ["InvalidArgument"],
  rds_postgresql: ["InvalidArgument"],
  alb: ["InvalidArgument"],
  volc_observe: ["InvalidParameter", "InvalidArgument"],
};

/** Codes of the log service that occur here: the constants of volc-sdk-golang, `service/tls`. */
export const TLS_CODES: ReadonlySet<string> = new Set([
  "ProjectNotExists",
  "TopicNotExist",
  "InvalidArgument",
  "ErrInternalServerError",
  "SqlSyntaxError",
  "SearchSyntaxError",
  "InvalidAccessKeyId",
  "InvalidSecurityToken",
  "AuthorizationQueryParametersError",
  "SignatureDoesNotMatch",
  "RequestTimeTooSkewed",
  "AuthFailed",
  "AccessDenied",
  "MethodNotSupport",
  "ExceedQPSLimit",
]);
