import type { CloudFactory } from "../cloud.ts";
import { buildFleet } from "../fleet.ts";
import { noChanges } from "./alicloud-changes.ts";
import { ALICLOUD_ACCESS_KEY_ID, ALICLOUD_ACCESS_KEY_SECRET, ALICLOUD_PAYMENTS_ROLE } from "./credentials.ts";
import { ALICLOUD_FLEET_PLAN, ALICLOUD_PAYMENTS_ACCOUNT } from "./native-names.ts";
import { RpcCalls } from "./rpc-calls.ts";
import { ALICLOUD_RPC_SERVICES, alicloudTruth } from "./services.ts";
import { SlsCalls } from "./sls-calls.ts";

/** The emulated Alibaba Cloud: services in RPC style and Log Service over one fleet. */
export const alicloudCloud: CloudFactory = {
  id: "alicloud",
  create: (seed, instances) => {
    const fleet = buildFleet(ALICLOUD_FLEET_PLAN, seed, instances);
    const changes = noChanges();
    const services = ALICLOUD_RPC_SERVICES.map((factory) => factory(fleet, changes));
    const rpc = new RpcCalls(services);
    const sls = new SlsCalls(fleet);
    return {
      id: "alicloud",
      fleet,
      truth: alicloudTruth(changes),
      operations: [...services.map((service) => service.operations), sls.operations].flatMap(Object.keys),
      credentials: {
        accessKeyId: ALICLOUD_ACCESS_KEY_ID,
        accessKeySecret: ALICLOUD_ACCESS_KEY_SECRET,
        accounts: fleet.accounts.map(({ id, name }) => ({
          id,
          name,
          ...(id === ALICLOUD_PAYMENTS_ACCOUNT ? { roleArn: ALICLOUD_PAYMENTS_ROLE } : {}),
        })),
      },
      speaks: (request) => rpc.speaks(request) || sls.speaks(request),
      open: (request) => (rpc.speaks(request) ? rpc : sls).open(request),
    };
  },
};
