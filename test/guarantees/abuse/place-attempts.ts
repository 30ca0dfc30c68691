import { type CloudId, OTHER_ACCOUNTS, PLACES } from "./abuse-world.ts";
import { type BrokerAttempt, called, operationIs } from "./broker-attempts.ts";

/** An ordinary list of each cloud, as its call log names it. */
const LISTS = {
  aws: ["aws.ec2.DescribeVolumes", "ec2.DescribeVolumes"],
  azure: ["azure.compute.Disks_List", "compute.Disks_List"],
  gcp: ["gcp.compute.disks.aggregatedList", "compute.disks.aggregatedList"],
  alicloud: ["alicloud.ecs.DescribeDisks", "ecs.DescribeDisks"],
  volcengine: ["volcengine.storage_ebs.DescribeVolumes", "storage_ebs.DescribeVolumes"],
} as const satisfies Record<CloudId, readonly [id: string, seen: string]>;

const REGIONS: Readonly<Record<CloudId, string>> = {
  aws: "eu-west-1",
  azure: "westeurope",
  gcp: "europe-west1",
  alicloud: "cn-shanghai",
  volcengine: "cn-shanghai",
};

const CLOUDS = Object.keys(LISTS) as readonly CloudId[];

function elsewhere(name: string, cloud: CloudId, setting: Partial<BrokerAttempt["setting"]>, account: string): BrokerAttempt {
  const [id, seen] = LISTS[cloud];
  return {
    name,
    guard: "approved-scope",
    setting: { cloud, operations: [{ id }], calls: [{ operation: id }], ...setting },
    calls: [called(id)],
    ends: "CALL_NOT_APPROVED",
    isIt: ({ provider, operation, account: of }) => provider === cloud && operation === seen && of === account,
  };
}

const ACCOUNTS = CLOUDS.map((cloud) => {
  const account = OTHER_ACCOUNTS[cloud];
  return elsewhere(`another account of ${cloud}`, cloud, { scope: { ...PLACES[cloud], account } }, account);
});

const OTHER_REGIONS = CLOUDS.map((cloud) =>
  elsewhere(`another region of ${cloud}`, cloud, { scope: { ...PLACES[cloud], region: REGIONS[cloud] } }, PLACES[cloud].account),
);

const SCOPES: readonly BrokerAttempt[] = [
  elsewhere("a consent for nowhere", "aws", { approvedScopes: [] }, PLACES.aws.account),
  elsewhere(
    "a consent for another cloud's account of the same number",
    "aws",
    { approvedScopes: [{ ...PLACES.aws, provider: "alicloud" }] },
    PLACES.aws.account,
  ),
  elsewhere(
    "a consent for the account as a whole, in a region",
    "gcp",
    { approvedScopes: [{ ...PLACES.gcp, region: "*" }] },
    PLACES.gcp.account,
  ),
  elsewhere(
    "a consent with the account's name in upper case",
    "gcp",
    {
      approvedScopes: [{ ...PLACES.gcp, account: PLACES.gcp.account.toUpperCase() }],
    },
    PLACES.gcp.account,
  ),
];

const ARN = `arn:aws:logs:us-east-1:${OTHER_ACCOUNTS.aws}:log-group:payments`;

function named(what: string, id: string, input: Record<string, unknown>): BrokerAttempt {
  return {
    name: `another account in ${what}`,
    guard: "approved-scope",
    setting: { cloud: "aws", operations: [{ id }], calls: [{ operation: id, varying: Object.keys(input) }] },
    calls: [called(id, input)],
    ends: "CALL_NOT_APPROVED",
    isIt: operationIs(id.replace("aws.", "")),
  };
}

const RESOURCE_NAMES: readonly BrokerAttempt[] = [
  named("a resource name", "aws.logs.DescribeSubscriptionFilters", { logGroupName: ARN }),
  named("the end of a text", "aws.logs.DescribeSubscriptionFilters", { logGroupName: `x, ${ARN}` }),
  named("a name of China's partition", "aws.logs.DescribeSubscriptionFilters", { logGroupName: ARN.replace("arn:aws:", "arn:aws-cn:") }),
  named("the second name of a text", "aws.logs.DescribeSubscriptionFilters", {
    logGroupName: `${ARN.replace(OTHER_ACCOUNTS.aws, PLACES.aws.account)} ${ARN}`,
  }),
  named("a filter", "aws.ec2.DescribeVolumes", { Filters: [{ Name: "tag:key", Values: ["a", ARN] }] }),
];

export const PLACE_ATTEMPTS: readonly BrokerAttempt[] = [...ACCOUNTS, ...OTHER_REGIONS, ...SCOPES, ...RESOURCE_NAMES];
