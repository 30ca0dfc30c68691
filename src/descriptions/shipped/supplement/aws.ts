/** AWS operations of services whose clients are seldom installed. Names and types: AWS API references. */
export const AWS: Readonly<Record<string, string>> = {
  servicequotas: `
service 2019-06-24 aws-json-1.1 target=ServiceQuotasV20190624
ListServices POST read
  # Lists the services that have quotas, with their codes.
  < NextToken, MaxResults: int
  > NextToken, Services: [{ ServiceCode, ServiceName }]
ListServiceQuotas POST read
  # Lists the quotas of a service as they hold for this account, with values, units and whether they can be raised.
  < ServiceCode!, NextToken, MaxResults: int, QuotaCode, QuotaAppliedAtLevel: 'ACCOUNT' | 'RESOURCE' | 'ALL'
  > NextToken, Quotas: [Quota]
ListAWSDefaultServiceQuotas POST read
  # Lists the default quotas of a service, before any increase.
  < ServiceCode!, NextToken, MaxResults: int
  > NextToken, Quotas: [Quota]
GetServiceQuota POST read
  # One quota of this account by its code.
  < ServiceCode!, QuotaCode!, ContextId
  > Quota: Quota
GetAWSDefaultServiceQuota POST read
  # The default value of one quota.
  < ServiceCode!, QuotaCode!
  > Quota: Quota
ListRequestedServiceQuotaChangeHistory POST read
  # Lists the requests to raise quotas and what became of them.
  < ServiceCode, Status: QuotaRequestStatus, NextToken, MaxResults: int, QuotaRequestedAtLevel: 'ACCOUNT' | 'RESOURCE' | 'ALL'
  > NextToken, RequestedQuotas: [QuotaRequest]
GetRequestedServiceQuotaChange POST read
  # One request to raise a quota.
  < RequestId!
  > RequestedQuota: QuotaRequest
RequestServiceQuotaIncrease POST write
  # Asks for a higher quota.
  < ServiceCode!, QuotaCode!, DesiredValue!: number, ContextId
  > RequestedQuota: QuotaRequest
type Quota = { ServiceCode, ServiceName, QuotaArn, QuotaCode, QuotaName, Value: number, Unit, Adjustable: bool, GlobalQuota: bool,
  UsageMetric: { MetricNamespace, MetricName, MetricDimensions: { *: string }, MetricStatisticRecommendation },
  Period: { PeriodValue: int, PeriodUnit }, ErrorReason: { ErrorCode, ErrorMessage }, QuotaAppliedAtLevel,
  QuotaContext: { ContextScope, ContextScopeType, ContextId }, Description }
type QuotaRequest = { Id, CaseId, ServiceCode, ServiceName, QuotaCode, QuotaName, DesiredValue: number, Status: QuotaRequestStatus,
  Created: time, LastUpdated: time, Requester, QuotaArn, GlobalQuota: bool, Unit }
type QuotaRequestStatus = 'PENDING' | 'CASE_OPENED' | 'APPROVED' | 'DENIED' | 'CASE_CLOSED' | 'NOT_APPROVED' | 'INVALID_REQUEST'
`,
  secretsmanager: `
service 2017-10-17 aws-json-1.1 target=secretsmanager
ListSecrets POST read
  # Lists secrets with their names, rotation, last use and tags, not their values.
  < IncludePlannedDeletion: bool, MaxResults: int, NextToken, SortOrder: 'asc' | 'desc',
    Filters: [{ Key: 'description' | 'name' | 'tag-key' | 'tag-value' | 'primary-region' | 'owning-service' | 'all', Values: [string] }]
  > SecretList: [Secret], NextToken
DescribeSecret POST read
  # Details of a secret without its value: rotation, versions, last access.
  < SecretId!
  > ARN, Name, Description, KmsKeyId, RotationEnabled: bool, RotationLambdaARN, RotationRules: RotationRules, LastRotatedDate: time,
    LastChangedDate: time, LastAccessedDate: time, DeletedDate: time, NextRotationDate: time, Tags: [Tag],
    VersionIdsToStages: { *: [string] }, OwningService, CreatedDate: time, PrimaryRegion
ListSecretVersionIds POST read
  # Lists the versions of a secret and their stages.
  < SecretId!, MaxResults: int, NextToken, IncludeDeprecated: bool
  > Versions: [{ VersionId, VersionStages: [string], LastAccessedDate: time, CreatedDate: time, KmsKeyIds: [string] }], NextToken, ARN, Name
GetResourcePolicy POST read
  # The policy that says who may use a secret.
  < SecretId!
  > ARN, Name, ResourcePolicy
GetSecretValue POST sensitive
  # The secret itself.
  < SecretId!, VersionId, VersionStage
  > ARN, Name, VersionId, SecretBinary: bytes, SecretString, VersionStages: [string], CreatedDate: time
RotateSecret POST write
  # Begins the rotation of a secret.
  < SecretId!, ClientRequestToken, RotationLambdaARN, RotateImmediately: bool
  > ARN, Name, VersionId
type Secret = { ARN, Name, Description, KmsKeyId, RotationEnabled: bool, RotationLambdaARN, RotationRules: RotationRules,
  LastRotatedDate: time, LastChangedDate: time, LastAccessedDate: time, DeletedDate: time, NextRotationDate: time, Tags: [Tag],
  SecretVersionsToStages: { *: [string] }, OwningService, CreatedDate: time, PrimaryRegion }
type RotationRules = { AutomaticallyAfterDays: int, Duration, ScheduleExpression }
type Tag = { Key, Value }
`,
};
