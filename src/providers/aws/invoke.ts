import type { OperationRequest, ProviderContext } from "../../contracts/index.ts";
import { orPageLost } from "../shared/page-request.ts";
import type { Accounts } from "./accounts.ts";
import type { ServiceName } from "./clients.ts";
import { refusesToken } from "./errors.ts";
import { invokeByDescription } from "./invoke-by-description.ts";
import { placeOf } from "./place-of.ts";
import { fromSdk, toSdk } from "./sdk-values.ts";

const WITH_CLIENT: ReadonlySet<string> = new Set<ServiceName>(["ec2", "cloudwatch", "logs", "xray", "rds", "lambda", "elb", "sts"]);

/** Sends one request of any operation: by the service's own client where its package is one of ours, else as its description says. */
export function invokeOperation(accounts: Accounts) {
  const send = async (request: OperationRequest, context: ProviderContext): Promise<unknown> => {
    const { service, name } = request.operation;
    if (!WITH_CLIENT.has(service)) return await invokeByDescription(accounts, request, context);
    const connection = await accounts.connect(service as ServiceName, placeOf(request), context);
    const Command = (connection.sdk as unknown as Readonly<Record<string, CommandClass | undefined>>)[`${name}Command`];
    // An older package may not know it yet.
    if (Command === undefined) return await invokeByDescription(accounts, request, context);
    const input = toSdk(request.input, request.operation.input) as object;
    return await connection.call(
      name,
      (client, options) => (client as unknown as AnyClient).send(new Command(input), options),
      (reply) => fromSdk(reply),
    );
  };
  return (request: OperationRequest, context: ProviderContext) => orPageLost(request, refusesToken, () => send(request, context));
}

type CommandClass = new (input: object) => object;
interface AnyClient {
  send(command: object, options: object): Promise<object>;
}
