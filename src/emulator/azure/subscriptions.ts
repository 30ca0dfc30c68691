import type { Fleet } from "../fleet.ts";
import { armWording } from "./arm-wording.ts";
import { armError } from "./azure-error.ts";
import { AZURE_TENANT } from "./native-names.ts";
import type { AzureService } from "./service.ts";

export const ARM_HOST = /^management\.azure\.com$/;
export const ARM_AUDIENCES = ["https://management.azure.com", "https://management.core.windows.net"] as const;

/** Azure Resource Manager: the subscriptions that the caller can see. */
export function subscriptionsService(fleet: Fleet): AzureService {
  return {
    id: "subscriptions",
    host: ARM_HOST,
    audiences: ARM_AUDIENCES,
    wording: armWording("Microsoft.Resources/subscriptions/read"),
    route: ({ method, path }) =>
      method === "GET" && /^\/subscriptions\/?$/i.test(path) ? { operation: "ListSubscriptions", account: null, region: null } : undefined,
    operations: {
      ListSubscriptions: ({ query }) => {
        requireApiVersion(query);
        return {
          body: {
            value: fleet.accounts.map(({ id, name }) => subscriptionShape(id, name)),
            count: { type: "Total", value: fleet.accounts.length },
          },
        };
      },
    },
  };
}

function subscriptionShape(subscriptionId: string, displayName: string) {
  return {
    id: `/subscriptions/${subscriptionId}`,
    authorizationSource: "RoleBased",
    managedByTenants: [],
    subscriptionId,
    tenantId: AZURE_TENANT,
    displayName,
    state: "Enabled",
    subscriptionPolicies: { locationPlacementId: "Public_2014-09-01", quotaId: "EnterpriseAgreement_2014-09-01", spendingLimit: "Off" },
  };
}

/** Throws where the version is missing or not one that is emulated. */
export function requireApiVersion(query: ReadonlyMap<string, string>, known?: readonly string[]): void {
  const version = query.get("api-version");
  if (version === undefined)
    throw armError(400, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.");
  if (!/^\d{4}-\d\d-\d\d(-preview)?$/.test(version) || (known !== undefined && !known.includes(version)))
    throw armError(
      400,
      "InvalidApiVersionParameter",
      `The api-version '${version}' is invalid. The supported versions are '${(known ?? ["2022-12-01", "2020-01-01"]).join(",")}'.`,
    );
}
