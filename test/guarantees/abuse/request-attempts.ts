import { type CloudId, type Described, OTHER_ACCOUNTS, PLACES } from "./abuse-world.ts";

/** What stands in the providers, behind the broker: it holds whatever a description or a reply says. */
export const REQUEST_GUARDS = {
  "pinned-host": "hosts are a label, checked, below the vendor's own names",
  "own-account": "arguments name no other account, wherever they stand",
  "own-place": "a value stays in its place in the path",
  "own-page": "a next page is of the same service and account",
} as const;

/** A request that ought to go where nobody approved. */
export interface RequestAttempt {
  readonly name: string;
  readonly guard: keyof typeof REQUEST_GUARDS;
  readonly cloud: CloudId;
  readonly operation: Described;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly link?: string;
  readonly ends: string;
  /** The address that comes out where nobody checks, in which `goal` then stands; absent: it is sent past the guard. */
  readonly unchecked?: string;
  readonly goal?: { readonly host?: string; readonly path?: string };
}

const LABELS: Readonly<Record<string, readonly [label: string, host: string]>> = {
  "a host of its own": ["evil.com/", "evil.com"],
  "a host before a fragment": ["evil.com#", "evil.com"],
  "a host before a query": ["evil.com?", "evil.com"],
  "a host with a port": ["evil.com:8443/", "evil.com"],
  "a host behind a user": ["compute@evil.com/", "evil.com"],
  "a host behind a backslash": ["evil.com\\", "evil.com"],
  "the address of instance metadata": ["169.254.169.254/", "169.254.169.254"],
  "the name of instance metadata": ["metadata.google.internal/", "metadata.google.internal"],
  "instance metadata as one number": ["2852039166/", "169.254.169.254"],
  "instance metadata in IPv6": ["[fd00:ec2::254]/", "[fd00:ec2::254]"],
  "this machine": ["localhost/", "localhost"],
  "a host in full-width letters": ["\uff45vil.com/", "evil.com"],
  "a host behind a line break": ["evil.com/\n", "evil.com"],
};

const HOSTS = Object.entries(LABELS).map(
  ([what, [endpoint, host]]): RequestAttempt => ({
    name: `a description with ${what}`,
    guard: "pinned-host",
    cloud: "gcp",
    operation: { id: "gcp.compute.disks.aggregatedList", lies: { wire: { endpoint } } },
    input: { project: PLACES.gcp.account },
    ends: "PROVIDER_NOT_FOUND",
    unchecked: `https://${endpoint}.googleapis.com/compute/v1`,
    goal: { host },
  }),
);

const AWS_HOSTS = ["evil.com/", "169.254.169.254/", "quotas@evil.com/"].map(
  (endpoint): RequestAttempt => ({
    name: `a description of AWS with the host ${endpoint}`,
    guard: "pinned-host",
    cloud: "aws",
    operation: { id: "aws.servicequotas.ListServiceQuotas", lies: { wire: { endpoint, signingName: "servicequotas" } } },
    input: { ServiceCode: "ec2" },
    ends: "PROVIDER_NOT_FOUND",
    unchecked: `https://${endpoint}.us-east-1.amazonaws.com/`,
    goal: { host: endpoint.replace(/^.*@|\/$/g, "") },
  }),
);

const OTHER = OTHER_ACCOUNTS.gcp;
const OWN = PLACES.gcp.account;

function google(what: string, id: string, input: Readonly<Record<string, unknown>>): RequestAttempt {
  return { name: what, guard: "own-account", cloud: "gcp", operation: { id }, input, ends: "PROVIDER_FORBIDDEN" };
}

const ENTRIES = "gcp.logging.entries.list";
const PROJECTS: readonly RequestAttempt[] = [
  google("another project in a list of names", ENTRIES, { resourceNames: [`projects/${OTHER}`] }),
  google("another project beside the own one", ENTRIES, { resourceNames: [`projects/${OWN}`, `projects/${OTHER}`] }),
  google("another project in a filter", ENTRIES, { resourceNames: [`projects/${OWN}`], filter: `logName="projects/${OTHER}/logs/x"` }),
  google("another project, encoded", ENTRIES, { resourceNames: [`projects%2F${OTHER}`] }),
  google("another project behind two slashes", ENTRIES, { resourceNames: [`projects//${OTHER}`] }),
  google("a whole organization", ENTRIES, { resourceNames: ["organizations/123456789012"] }),
  google("a whole folder", ENTRIES, { resourceNames: ["folders/123456789012"] }),
  google("a billing account", ENTRIES, { resourceNames: ["billingAccounts/012345-567890-ABCDEF"] }),
  google("another project in a filter of disks", "gcp.compute.disks.aggregatedList", { project: OWN, filter: `projects/${OTHER}/zones` }),
];

const AZURE_OTHER = OTHER_ACCOUNTS.azure;
const SETTINGS = "azure.monitor.DiagnosticSettings_List";

function azure(what: string, id: string, input: Readonly<Record<string, unknown>>): RequestAttempt {
  return { name: what, guard: "own-account", cloud: "azure", operation: { id }, input, ends: "PROVIDER_FORBIDDEN" };
}

const SUBSCRIPTIONS: readonly RequestAttempt[] = [
  azure("another subscription in a resource id", SETTINGS, { resourceUri: `/subscriptions/${AZURE_OTHER}/resourceGroups/x` }),
  azure("another subscription in upper case", SETTINGS, { resourceUri: `/SUBSCRIPTIONS/${AZURE_OTHER.toUpperCase()}/resourceGroups/x` }),
  azure("another subscription, encoded", SETTINGS, { resourceUri: `subscriptions%2F${AZURE_OTHER}` }),
  azure("another subscription in a list", "azure.resourcegraph.Resources", { query: "Resources", subscriptions: [AZURE_OTHER] }),
];

function climbing(what: string, value: string, path: string): RequestAttempt {
  return {
    name: `a value that climbs: ${what}`,
    guard: "own-place",
    cloud: "gcp",
    operation: { id: "gcp.secretmanager.projects.secrets.get" },
    input: { projectsId: OWN, secretsId: value },
    ends: "PROVIDER_NOT_FOUND",
    unchecked: `https://secretmanager.googleapis.com/v1/projects/${OWN}/secrets/${value}`,
    goal: { path },
  };
}

const CLIMBS: readonly RequestAttempt[] = [
  climbing("to another project", `../../${OTHER}/secrets/x`, `/v1/projects/${OTHER}/secrets/x`),
  climbing("to another kind", "../serviceAccounts", `/v1/projects/${OWN}/serviceAccounts`),
  climbing("with encoded dots", "%2e%2e/serviceAccounts", `/v1/projects/${OWN}/serviceAccounts`),
  climbing("with backslashes", "..\\serviceAccounts", `/v1/projects/${OWN}/serviceAccounts`),
  climbing("to the list", ".", `/v1/projects/${OWN}/secrets/`),
  climbing("with a line break between the dots", ".\n./serviceAccounts", `/v1/projects/${OWN}/serviceAccounts`),
  {
    name: "a resource id that climbs to another subscription",
    guard: "own-place",
    cloud: "azure",
    operation: { id: SETTINGS },
    input: { resourceUri: `subscriptions/${PLACES.azure.account}/../../providers` },
    ends: "PROVIDER_NOT_FOUND",
    unchecked: `https://management.azure.com/subscriptions/${PLACES.azure.account}/../../providers`,
    goal: { path: "/providers" },
  },
  {
    name: "a resource id with another subscription behind two slashes",
    guard: "own-place",
    cloud: "azure",
    operation: { id: SETTINGS },
    input: { resourceUri: `x/subscriptions//${AZURE_OTHER}` },
    ends: "PROVIDER_NOT_FOUND",
    unchecked: `https://management.azure.com/x/subscriptions//${AZURE_OTHER}`,
    goal: { path: `/x/subscriptions//${AZURE_OTHER}` },
  },
];

const PAGE = `/subscriptions/${PLACES.azure.account}/providers/Microsoft.Compute/disks?$skiptoken=1`;

function page(what: string, link: string, goal: NonNullable<RequestAttempt["goal"]>): RequestAttempt {
  return {
    name: `a next page ${what}`,
    guard: "own-page",
    cloud: "azure",
    operation: { id: "azure.compute.Disks_List" },
    input: { subscriptionId: PLACES.azure.account },
    link,
    ends: "PROVIDER_PAGE_LOST",
    unchecked: link,
    goal,
  };
}

const PAGES: readonly RequestAttempt[] = [
  page("of another host", `https://evil.com${PAGE}`, { host: "evil.com" }),
  page("of a host that ends alike", `https://management.azure.com.evil.com${PAGE}`, { host: "management.azure.com.evil.com" }),
  page("behind a user", `https://management.azure.com@evil.com${PAGE}`, { host: "evil.com" }),
  page("of instance metadata", `http://169.254.169.254${PAGE}`, { host: "169.254.169.254" }),
  page("without encryption", `http://management.azure.com${PAGE}`, { path: new URL(`http://x${PAGE}`).pathname }),
  page("of another port", `https://management.azure.com:8443${PAGE}`, { path: new URL(`http://x${PAGE}`).pathname }),
  page("with a user", `https://me@management.azure.com${PAGE}`, { host: "management.azure.com" }),
  page("of another subscription", `https://management.azure.com${PAGE.replace(PLACES.azure.account, AZURE_OTHER)}`, {
    path: `/subscriptions/${AZURE_OTHER}/providers/Microsoft.Compute/disks`,
  }),
  page("that climbs to another subscription", `https://management.azure.com${PAGE.replace("/providers", `/../${AZURE_OTHER}/providers`)}`, {
    path: `/subscriptions/${AZURE_OTHER}/providers/Microsoft.Compute/disks`,
  }),
  page("of no subscription", "https://management.azure.com/providers/Microsoft.Management/managementGroups", {
    path: "/providers/Microsoft.Management/managementGroups",
  }),
  page("that is a file", "file:///etc/passwd", { path: "/etc/passwd" }),
];

export const REQUEST_ATTEMPTS: readonly RequestAttempt[] = [...HOSTS, ...AWS_HOSTS, ...PROJECTS, ...SUBSCRIPTIONS, ...CLIMBS, ...PAGES];
