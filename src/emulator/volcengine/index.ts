import type { CloudFactory } from "../cloud.ts";
import { buildFleet } from "../fleet.ts";
import { VOLCENGINE_ACCESS_KEY_ID, VOLCENGINE_PAYMENTS_ROLE, VOLCENGINE_SECRET_ACCESS_KEY } from "./credentials.ts";
import { VOLCENGINE_FLEET_PLAN, VOLCENGINE_PAYMENTS_ACCOUNT } from "./native-names.ts";
import { VOLCENGINE_SERVICES, volcengineTruth } from "./services.ts";
import { VolcengineCalls } from "./volcengine-calls.ts";
import { noVolcengineChanges } from "./volcengine-changes.ts";

/** The emulated Volcengine: every registered service over one fleet. */
export const volcengineCloud: CloudFactory = {
  id: "volcengine",
  create: (seed, instances) => {
    const fleet = buildFleet(VOLCENGINE_FLEET_PLAN, seed, instances);
    const changes = noVolcengineChanges();
    const services = VOLCENGINE_SERVICES.map((factory) => factory(fleet, changes));
    const calls = new VolcengineCalls(services);
    return {
      id: "volcengine",
      fleet,
      truth: volcengineTruth(changes),
      // Two services may have operations of one name.
      operations: [...new Set(services.flatMap((service) => Object.keys(service.operations)))],
      credentials: {
        accessKeyId: VOLCENGINE_ACCESS_KEY_ID,
        secretAccessKey: VOLCENGINE_SECRET_ACCESS_KEY,
        accounts: fleet.accounts.map(({ id, name }) => ({
          id,
          name,
          ...(id === VOLCENGINE_PAYMENTS_ACCOUNT ? { roleTrn: VOLCENGINE_PAYMENTS_ROLE } : {}),
        })),
      },
      speaks: (request) => calls.speaks(request),
      open: (request) => calls.open(request),
    };
  },
};
