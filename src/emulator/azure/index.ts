import type { CloudFactory } from "../cloud.ts";
import { buildFleet } from "../fleet.ts";
import { AzureCalls } from "./azure-calls.ts";
import { AzureChanges } from "./changes.ts";
import { AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, entraService } from "./entra.ts";
import { AZURE_FLEET_PLAN, AZURE_TENANT } from "./native-names.ts";
import { azureServices, azureTruth } from "./services.ts";

/** The emulated Azure: every registered service over one fleet. */
export const azureCloud: CloudFactory = {
  id: "azure",
  create: (seed, instances) => {
    const fleet = buildFleet(AZURE_FLEET_PLAN, seed, instances);
    const changes = new AzureChanges();
    const services = [entraService, ...azureServices(fleet, changes)];
    const calls = new AzureCalls(services);
    return {
      id: "azure",
      get fleet() {
        return changes.current(fleet);
      },
      truth: azureTruth(changes),
      operations: services.flatMap((service) => Object.keys(service.operations)),
      credentials: {
        tenantId: AZURE_TENANT,
        clientId: AZURE_CLIENT_ID,
        clientSecret: AZURE_CLIENT_SECRET,
        subscriptions: fleet.accounts.map(({ id, name }) => ({ id, name })),
      },
      speaks: (request) => calls.speaks(request),
      open: (request) => calls.open(request),
    };
  },
};
