import type { Json, ObjectShape, OperationDescription, PartialScope } from "../contracts/index.ts";

/** `project-names`: what Cloud Logging takes instead of a project (`entries.list`, "resourceNames"). */
type Place = "account" | "region" | "project-names";
type Places = Readonly<Record<string, Place>>;

/**
 * Parameters that say which account or region is meant. The core gives them, from the approved scope: a program can't name another
 * place. Kept here and not in descriptions, because those come from outside.
 */
const SCOPE_PARAMETERS: Readonly<Record<string, Places>> = {
  azure: { subscriptionId: "account", location: "region" },
  gcp: { project: "account", projectId: "account", projectsId: "account", resourceNames: "project-names" },
  alicloud: { RegionId: "region" },
};

/**
 * Parameters with which a harmless read gives away what it otherwise hides, or answers for accounts that nobody approved (API references of
 * CloudWatch, CloudWatch Logs and Cloud Asset Inventory; Alibaba Cloud, "Common parameters").
 */
const REVEALING: Readonly<Record<string, readonly string[]>> = {
  alicloud: ["OwnerId", "OwnerAccount", "ResourceOwnerId", "ResourceOwnerAccount"],
  "aws.cloudwatch": ["IncludeLinkedAccounts", "OwningAccount"],
  "aws.logs": ["unmask", "accountIdentifiers", "includeLinkedAccounts"],
  "gcp.cloudasset": ["readMask"],
};

/** Names of requests themselves: what is asked, in which version. */
const OF_THE_REQUEST: readonly string[] = ["Action", "Version"];

/**
 * The operation as programs see it: without what the core fills in, without page tokens, as pages are followed for them, and without what
 * would make it a sensitive one.
 */
export function asSeenByProgram(operation: OperationDescription): OperationDescription {
  const hidden = new Set([...Object.keys(placesOf(operation)), ...pageParameters(operation), ...revealing(operation)]);
  const fields = Object.fromEntries(Object.entries(operation.input.fields).filter(([name]) => !hidden.has(name)));
  const input: ObjectShape = { type: "object", fields };
  return { ...operation, input };
}

/** The program's arguments, with those that name the scope. */
export function withScope(
  operation: OperationDescription,
  input: Readonly<Record<string, Json>>,
  scope: PartialScope,
): Readonly<Record<string, Json>> {
  const { fields } = operation.input;
  const given = (name: string, place: Place) =>
    place === "project-names" ? fields[name]?.required === true : Object.hasOwn(fields, name) && scope[place] !== "*";
  const places = Object.entries(placesOf(operation)).filter(([name, place]) => given(name, place));
  return { ...input, ...Object.fromEntries(places.map(([name, place]) => [name, argumentFor(place, scope)])) };
}

function argumentFor(place: Place, scope: PartialScope): Json {
  return place === "project-names" ? [`projects/${scope.account}`] : scope[place];
}

/** Parameters with which pages are asked for. */
function pageParameters({ pagination }: OperationDescription): string[] {
  if (pagination?.by === "token") return [pagination.inputToken];
  return pagination?.by === "number" ? [pagination.page] : [];
}

function revealing({ provider, service }: OperationDescription): readonly string[] {
  return [...(REVEALING[provider] ?? []), ...(REVEALING[`${provider}.${service}`] ?? [])];
}

/** Whether a name on the wire is one that programs must not give, however the description calls it. */
export function isReservedName(operation: OperationDescription, wireName: string): boolean {
  const reserved = [...Object.keys(placesOf(operation)), ...revealing(operation), ...OF_THE_REQUEST];
  return reserved.some((name) => name.toLowerCase() === wireName.toLowerCase());
}

/** An account in a resource name (`arn:aws:logs:eu-west-1:111122223333:…`) that is not the scope's. Other clouds' are looked for where requests are made. */
export function otherAccountIn(input: Json, { provider, account }: PartialScope): string | undefined {
  if (provider !== "aws") return undefined;
  if (typeof input === "string") return [...input.matchAll(ARN)].map(([, named]) => named).find((named) => named !== account);
  if (typeof input !== "object" || input === null) return undefined;
  const parts = Object.entries(input as Readonly<Record<string, Json>>).flat();
  return parts.map((part) => otherAccountIn(part, { provider, account, region: "*" })).find((named) => named !== undefined);
}

const ARN = /\barn:[a-z-]+:[a-z0-9-]*:[a-z0-9-]*:(\d{12}):/g;

function placesOf({ provider, reach }: OperationDescription): Places {
  const { location, ...places } = SCOPE_PARAMETERS[provider] ?? {};
  // Elsewhere `location` is a field of what is written.
  return location !== undefined && reach === "region" ? { ...places, location } : places;
}
