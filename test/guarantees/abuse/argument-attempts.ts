import type { ApprovedCall, Json } from "../../../src/contracts/index.ts";
import { OTHER_ACCOUNTS } from "./abuse-world.ts";
import { type BrokerAttempt, called } from "./broker-attempts.ts";

const REFUSED = "CALL_NOT_APPROVED";

interface Arguments {
  readonly id: string;
  readonly sites: readonly Partial<ApprovedCall>[];
  readonly given: unknown;
  readonly behind?: BrokerAttempt["behind"];
}

function attempt(guard: BrokerAttempt["guard"], name: string, { id, sites, given, behind }: Arguments): BrokerAttempt {
  const [cloud] = id.split(".");
  return {
    name,
    guard,
    ...(behind === undefined ? {} : { behind }),
    setting: {
      cloud: cloud as BrokerAttempt["setting"]["cloud"],
      operations: [{ id }],
      calls: sites.map((site) => ({ operation: id, ...site })),
    },
    calls: [called(id, given)],
    ends: REFUSED,
    isIt: ({ provider }) => provider === cloud,
  };
}

const VOLUMES = "aws.ec2.DescribeVolumes";
const SNAPSHOTS = "aws.ec2.DescribeSnapshots";
const DASHBOARDS = "aws.cloudwatch.ListDashboards";
const FILTERS = [{ Name: "encrypted", Values: ["false"] }];
const SHAPE = ["parameter-shape"] as const;

const CHANGED: Readonly<Record<string, Arguments>> = {
  "a text that was literal, changed": {
    id: DASHBOARDS,
    sites: [{ literals: { DashboardNamePrefix: "checkout" } }],
    given: { DashboardNamePrefix: "payments" },
  },
  "a text that was literal, in another case": {
    id: DASHBOARDS,
    sites: [{ literals: { DashboardNamePrefix: "checkout" } }],
    given: { DashboardNamePrefix: "Checkout" },
  },
  "a text that was literal, made longer": {
    id: DASHBOARDS,
    sites: [{ literals: { DashboardNamePrefix: "checkout" } }],
    given: { DashboardNamePrefix: "checkout " },
  },
  "a text that was literal, left out": { id: DASHBOARDS, sites: [{ literals: { DashboardNamePrefix: "checkout" } }], given: {} },
  "a number that was literal, changed": { id: VOLUMES, sites: [{ literals: { MaxResults: 5 } }], given: { MaxResults: 1_000 } },
  "a number that was literal, as text": {
    id: VOLUMES,
    sites: [{ literals: { MaxResults: 5 } }],
    given: { MaxResults: "5" },
    behind: SHAPE,
  },
  "a filter that was literal, with another value": {
    id: VOLUMES,
    sites: [{ literals: { Filters: FILTERS } }],
    given: { Filters: [{ Name: "encrypted", Values: ["true"] }] },
  },
  "a filter that was literal, with one more value": {
    id: VOLUMES,
    sites: [{ literals: { Filters: FILTERS } }],
    given: { Filters: [{ Name: "encrypted", Values: ["false", "true"] }] },
  },
  "a list that was literal, in another order": {
    id: SNAPSHOTS,
    sites: [{ literals: { OwnerIds: ["self", "amazon"] } }],
    given: { OwnerIds: ["amazon", "self"] },
  },
  "one parameter more": { id: VOLUMES, sites: [{}], given: { MaxResults: 5 } },
  "one parameter more, beside those that vary": {
    id: VOLUMES,
    sites: [{ varying: ["MaxResults"] }],
    given: { MaxResults: 5, VolumeIds: ["vol-1"] },
  },
  "the arguments of two places in the code, mixed": {
    id: SNAPSHOTS,
    sites: [{ literals: { OwnerIds: ["self"], MaxResults: 5 } }, { literals: { OwnerIds: ["amazon"], MaxResults: 1_000 } }],
    given: { OwnerIds: ["self"], MaxResults: 1_000 },
  },
  "a parameter of another place in the code": {
    id: SNAPSHOTS,
    sites: [{ literals: { OwnerIds: ["self"] } }, { varying: ["SnapshotIds"] }],
    given: { OwnerIds: ["self"], SnapshotIds: ["snap-1"] },
  },
  "a parameter in another case": { id: VOLUMES, sites: [{ varying: ["MaxResults"] }], given: { maxresults: 5 }, behind: SHAPE },
  "a parameter __proto__": { id: VOLUMES, sites: [{}], given: JSON.parse(`{"__proto__":{"MaxResults":5}}`), behind: SHAPE },
  "a parameter constructor": { id: VOLUMES, sites: [{}], given: { constructor: 1 }, behind: SHAPE },
  "a parameter toString": { id: VOLUMES, sites: [{}], given: { toString: "x" }, behind: SHAPE },
  "a parameter hasOwnProperty": { id: VOLUMES, sites: [{}], given: { hasOwnProperty: true }, behind: SHAPE },
  "a literal that only its prototype has": {
    id: VOLUMES,
    sites: [{ literals: { MaxResults: 5 } }],
    given: JSON.parse(`{"__proto__":{"MaxResults":5}}`),
    behind: SHAPE,
  },
};

function misfit(id: string, given: Record<string, Json>): Arguments {
  return { id, sites: [{ varying: Object.keys(given) }], given };
}

const MISFITS: Readonly<Record<string, Arguments>> = {
  "a number as text": misfit(VOLUMES, { MaxResults: "5" }),
  "a text where yes or no belongs": misfit(VOLUMES, { DryRun: "no" }),
  "nothing where a number belongs": misfit(VOLUMES, { MaxResults: null }),
  "an object where a text belongs": misfit(DASHBOARDS, { DashboardNamePrefix: { $ne: null } }),
  "a list where a text belongs": misfit(DASHBOARDS, { DashboardNamePrefix: ["checkout"] }),
  "a text where a list belongs": misfit(VOLUMES, { VolumeIds: "vol-1" }),
  "a field that no filter has": misfit(VOLUMES, { Filters: [{ Name: "encrypted", Values: ["false"], Evil: 1 }] }),
  "a word that the description does not know": misfit("aws.logs.FilterLogEvents", { logGroupName: "/x", interleaved: "yes" }),
  "what is required, left out": misfit("aws.cloudwatch.GetDashboard", {}),
  "a page token": misfit(VOLUMES, { NextToken: "AAAA" }),
  "a page token of Google": misfit("gcp.compute.disks.aggregatedList", { pageToken: "AAAA" }),
  "a page number": misfit("volcengine.storage_ebs.DescribeVolumes", { PageNumber: 7 }),
  "that data are shown unmasked": misfit("aws.logs.FilterLogEvents", { logGroupName: "/x", unmask: true }),
  "that a log's data are shown unmasked": misfit("aws.logs.GetLogEvents", { logGroupName: "/x", logStreamName: "y", unmask: true }),
  "all versions of a resource": misfit("gcp.cloudasset.searchAllResources", { readMask: "versionedResources" }),
  "log groups of linked accounts": misfit("aws.logs.DescribeLogGroups", { includeLinkedAccounts: true }),
  "log groups of another account": misfit("aws.logs.DescribeLogGroups", { accountIdentifiers: [OTHER_ACCOUNTS.aws] }),
  "metrics of another account": misfit("aws.cloudwatch.ListMetrics", { OwningAccount: OTHER_ACCOUNTS.aws }),
  "metrics of linked accounts": misfit("aws.cloudwatch.ListMetrics", { IncludeLinkedAccounts: true }),
  "another subscription": misfit("azure.compute.Disks_List", { subscriptionId: OTHER_ACCOUNTS.azure }),
  "another project": misfit("gcp.compute.disks.aggregatedList", { project: OTHER_ACCOUNTS.gcp }),
  "another region": misfit("alicloud.ecs.DescribeDisks", { RegionId: "cn-shanghai" }),
};

export const ARGUMENT_ATTEMPTS: readonly BrokerAttempt[] = [
  ...Object.entries(CHANGED).map(([name, given]) => attempt("approved-parameters", name, given)),
  ...Object.entries(MISFITS).map(([name, given]) => attempt("parameter-shape", name, given)),
];
