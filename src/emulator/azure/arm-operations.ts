import type { Fleet } from "../fleet.ts";
import { armWording, authorizationFailed } from "./arm-wording.ts";
import { armError } from "./azure-error.ts";
import type { AzureCircumstances, AzureReply, AzureRequest, AzureRoute, AzureService } from "./service.ts";
import { ARM_AUDIENCES, ARM_HOST, requireApiVersion } from "./subscriptions.ts";

/** A call that is authenticated and allowed, of a known subscription, with a version that the provider supports. */
export interface ArmCall {
  readonly operation: string;
  /** The subscription, lower case. */
  readonly account: string;
  /** Groups of the operation's path. */
  readonly path: Readonly<Record<string, string>>;
  readonly request: AzureRequest;
  readonly circumstances: AzureCircumstances;
}

/** An operation of a resource provider behind Azure Resource Manager. */
export interface ArmOperation {
  /** The `operationId` of the provider's specification. */
  readonly name: string;
  readonly method: "GET" | "POST" | "DELETE";
  /** A group `account` holds the subscription; matched in any case. */
  readonly path: RegExp;
  /** The permission it takes: `Microsoft.Compute/disks/read`. */
  readonly action: string;
  /** `Microsoft.Compute/disks`: what errors call it. */
  readonly type: string;
  readonly versions: readonly string[];
  /** Where what it is about lies; null where that is nowhere or everywhere. */
  region?(path: Readonly<Record<string, string>>): string | null;
  /** Throws an `AzureError` for what the provider refuses. */
  answer(call: ArmCall): AzureReply;
}

/** A resource provider's operations as one service at management.azure.com. */
export function armService(id: string, fleet: Fleet, operations: readonly ArmOperation[]): AzureService {
  const known = new Set(fleet.accounts.map((account) => account.id));
  const byName = new Map(operations.map((operation) => [operation.name, operation]));
  return {
    id,
    host: ARM_HOST,
    audiences: ARM_AUDIENCES,
    wording: { ...armWording(""), denied: (route) => authorizationFailed(byName.get(route.operation)?.action ?? "", route) },
    route: (request) => routeOf(operations, request),
    operations: Object.fromEntries(
      operations.map((operation) => [
        operation.name,
        (request: AzureRequest, circumstances: AzureCircumstances) => {
          const path = groupsOf(operation, request);
          const account = path.account?.toLowerCase() ?? "";
          requireSupported(operation, request.query, operation.region?.(path) ?? null);
          if (!known.has(account)) throw authorizationFailed(operation.action, { account });
          return operation.answer({ operation: operation.name, account, path, request, circumstances });
        },
      ]),
    ),
  };
}

/** What is not there: "Resolve resource not found errors". */
export function resourceNotFound(type: string, group: string, name: string): ReturnType<typeof armError> {
  return armError(
    404,
    "ResourceNotFound",
    `The Resource '${type}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

function routeOf(operations: readonly ArmOperation[], request: AzureRequest): AzureRoute | undefined {
  const operation = operations.find(({ method, path }) => method === request.method && path.test(request.path));
  if (operation === undefined) return undefined;
  const path = groupsOf(operation, request);
  return {
    operation: operation.name,
    account: path.account?.toLowerCase() ?? null,
    region: operation.region?.(path) ?? null,
    continues: request.query.has("$skiptoken"),
  };
}

function groupsOf({ path }: ArmOperation, request: AzureRequest): Readonly<Record<string, string>> {
  return { ...path.exec(request.path)?.groups };
}

/** "Resolve errors for resource provider registration": what is somewhere and what is not are refused in different words. */
function requireSupported({ type, versions }: ArmOperation, query: ReadonlyMap<string, string>, region: string | null): void {
  requireApiVersion(query);
  const version = query.get("api-version") ?? "";
  if (versions.includes(version)) return;
  const [namespace, ...rest] = type.split("/");
  const supported = `The supported api-versions are '${versions.join(", ")}'.`;
  if (region === null)
    throw armError(
      404,
      "InvalidResourceType",
      `The resource type '${rest.join("/")}' could not be found in the namespace '${namespace}' for api version '${version}'. ${supported}`,
    );
  throw armError(
    400,
    "NoRegisteredProviderFound",
    `No registered resource provider found for location '${region}' and API version '${version}' for type '${rest.join("/")}'. ${supported}`,
  );
}
