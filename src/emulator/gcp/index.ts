import type { CloudFactory } from "../cloud.ts";
import { buildFleet } from "../fleet.ts";
import { GcpChanges } from "./changes.ts";
import { GoogleCalls } from "./google-calls.ts";
import { GCP_FLEET_PLAN } from "./native-names.ts";
import { TOKEN_OPERATION } from "./oauth.ts";
import { ServiceAccount } from "./service-account.ts";
import { GCP_SERVICES, gcpTruth } from "./services.ts";

/** The emulated Google Cloud: every registered API over one fleet. Its service account lasts as long as the factory, tokens with it. */
export function createGcpCloud(): CloudFactory {
  const account = new ServiceAccount();
  return {
    id: "gcp",
    create: (seed, instances) => {
      const fleet = buildFleet(GCP_FLEET_PLAN, seed, instances);
      const changes = new GcpChanges();
      const services = GCP_SERVICES.map((factory) => factory(fleet, changes));
      const calls = new GoogleCalls(services, account);
      return {
        id: "gcp",
        get fleet() {
          return changes.current(fleet);
        },
        truth: gcpTruth(changes),
        operations: [TOKEN_OPERATION, ...services.flatMap((service) => service.methods.map((method) => method.name))],
        get credentials() {
          return { credentials: account.credentials, projects: fleet.accounts.map(({ id, name }) => ({ id, name })) };
        },
        speaks: (request) => calls.speaks(request),
        open: (request) => calls.open(request),
      };
    },
  };
}
