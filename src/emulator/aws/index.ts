import type { CloudFactory } from "../cloud.ts";
import { buildFleet } from "../fleet.ts";
import { AwsCalls } from "./aws-calls.ts";
import { noAwsChanges } from "./aws-changes.ts";
import { AWS_ACCESS_KEY_ID, AWS_PAYMENTS_ROLE, AWS_SECRET_ACCESS_KEY } from "./credentials.ts";
import { AWS_FLEET_PLAN, AWS_PAYMENTS_ACCOUNT } from "./native-names.ts";
import { AWS_SERVICES, awsTruth } from "./services.ts";

/** The emulated AWS: every registered service over one fleet. */
export const awsCloud: CloudFactory = {
  id: "aws",
  create: (seed, instances) => {
    const fleet = buildFleet(AWS_FLEET_PLAN, seed, instances);
    const changes = noAwsChanges();
    const services = AWS_SERVICES.map((factory) => factory(fleet, changes));
    const calls = new AwsCalls(services);
    return {
      id: "aws",
      fleet,
      truth: awsTruth(changes),
      operations: services.flatMap((service) => Object.keys(service.operations)),
      credentials: {
        accessKeyId: AWS_ACCESS_KEY_ID,
        secretAccessKey: AWS_SECRET_ACCESS_KEY,
        region: "us-east-1",
        accounts: fleet.accounts.map(({ id, name }) => ({
          id,
          name,
          ...(id === AWS_PAYMENTS_ACCOUNT ? { roleArn: AWS_PAYMENTS_ROLE } : {}),
        })),
      },
      speaks: (request) => calls.speaks(request),
      open: (request) => calls.open(request),
    };
  },
};
