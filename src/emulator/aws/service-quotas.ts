import { pagePosition, pageToken } from "../page-token.ts";
import { AwsError } from "./aws-error.ts";
import { quotasOf } from "./quota-data.ts";
import type { AwsRequest, AwsServiceFactory } from "./service.ts";

/** `MaxResults` is between 1 and 100 (the vendor's model of ListServiceQuotas). */
const MOST_QUOTAS = 100;

/** AWS Service Quotas. */
export const serviceQuotasService: AwsServiceFactory = () => ({
  id: "servicequotas",
  signingName: "servicequotas",
  protocols: ["json-1.1"],
  iamPrefix: "servicequotas",
  targetPrefix: "ServiceQuotasV20190624",
  pageToken: { input: "NextToken", reply: "NextToken", refused: invalidToken },
  throttled: () => new AwsError("TooManyRequestsException", "Rate exceeded"),
  operations: { ListServiceQuotas: listServiceQuotas },
});

function listServiceQuotas({ account, region, operation, input }: AwsRequest) {
  const { ServiceCode: service, MaxResults: maxResults = MOST_QUOTAS, NextToken: token } = input;
  if (typeof service !== "string") throw illegal("The request is missing the required parameter ServiceCode.");
  if (typeof maxResults !== "number" || !Number.isInteger(maxResults) || maxResults < 1 || maxResults > MOST_QUOTAS)
    throw illegal(`MaxResults must be between 1 and ${MOST_QUOTAS}.`);
  const quotas = quotasOf(account, region).filter((quota) => quota.service === service);
  if (quotas.length === 0)
    throw new AwsError("NoSuchResourceException", "The request failed because the specified service does not exist.");
  const binding = [account, region, operation, service];
  const position = pagePosition(typeof token === "string" ? token : undefined, binding);
  if (position === undefined) throw invalidToken();
  const end = position + maxResults;
  return {
    Quotas: quotas.slice(position, end).map(({ code, name, serviceName, value, unit, adjustable, usage }) => ({
      ServiceCode: service,
      ServiceName: serviceName,
      QuotaArn: `arn:aws:servicequotas:${region}:${account}:${service}/${code}`,
      QuotaCode: code,
      QuotaName: name,
      Value: value,
      Unit: unit,
      Adjustable: adjustable,
      GlobalQuota: false,
      ...(usage === null
        ? {}
        : {
            UsageMetric: {
              MetricNamespace: "AWS/Usage",
              MetricName: "ResourceCount",
              MetricDimensions: { Class: usage.class, Resource: usage.resource, Service: "EC2", Type: "Resource" },
              MetricStatisticRecommendation: "Maximum",
            },
          }),
    })),
    ...(end < quotas.length ? { NextToken: pageToken(end, binding) } : {}),
  };
}

function illegal(message: string): AwsError {
  return new AwsError("IllegalArgumentException", message);
}

function invalidToken(): AwsError {
  return new AwsError("InvalidPaginationTokenException", "The specified pagination token is not valid.");
}
