import type { OperationDescription, OperationRequest, ProviderContext } from "../../contracts/index.ts";
import { flatParameters } from "../shared/flat-parameters.ts";
import { orPageLost } from "../shared/page-request.ts";
import { otherAccount, restRequest, textOf } from "../shared/rest-request.ts";
import type { Accounts } from "./accounts.ts";
import type { SlsRequest } from "./clients.ts";
import { hostOfService } from "./endpoints.ts";
import { failure, hostLabel, refusesToken } from "./errors.ts";
import { refusesOffset } from "./paging.ts";

/** Sends one request of any operation in the style that its description names: RPC, or REST of the log service. */
export function invokeOperation(accounts: Accounts) {
  const send = async ({ operation, scope, input }: OperationRequest, context: ProviderContext): Promise<unknown> => {
    const { account, region } = scope;
    refuseOtherRegion(operation, input, region);
    // Both stand in headers, and a description comes from outside.
    if (![operation.name, operation.version].every((word) => /^[A-Za-z0-9._-]{1,100}$/.test(word))) throw notSpoken(operation);
    const place = { account, region: region === "*" ? HOME_REGION : region };
    switch (operation.wire.protocol) {
      case "alicloud-rpc": {
        const host = hostOfService(operation.service, operation.wire.endpoint, place.region);
        const query = rpcQuery(operation, input);
        return await (await accounts.connect(place, context)).anyRpc(operation, host, query);
      }
      case "alicloud-sls": {
        const request = slsRequest(operation, input);
        return await (await accounts.connect(place, context)).anySls(operation.name, operation.version, request);
      }
      default:
        throw notSpoken(operation);
    }
  };
  return (request: OperationRequest, context: ProviderContext) =>
    orPageLost(
      request,
      (error) => refusesToken(error) || refusesOffset(error),
      () => send(request, context),
    );
}

/** Where operations of the whole account are asked; every account has it. */
const HOME_REGION = "cn-hangzhou";

/** The connection says which region is asked. */
function refuseOtherRegion(operation: OperationDescription, { RegionId }: Readonly<Record<string, unknown>>, region: string): void {
  if (RegionId !== undefined && RegionId !== region && region !== "*") throw otherAccount(operation, String(RegionId), region);
}

/** Lists and objects are flat where the description says so, else JSON. */
function rpcQuery({ input: shape }: OperationDescription, input: Readonly<Record<string, unknown>>): Record<string, string> {
  const query: [string, string][] = [];
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || value === null) continue;
    const field = shape.fields[name];
    const wireName = field?.wireName ?? name;
    if (field?.flattened) query.push(...flatParameters(wireName, value));
    else query.push([wireName, textOf(value)]);
  }
  return Object.fromEntries(query);
}

function slsRequest(operation: OperationDescription, { project, ...input }: Readonly<Record<string, unknown>>): SlsRequest {
  const { method, path, query, headers, body } = restRequest(operation, input, "json");
  const hostMap: Record<string, string> = project === undefined ? {} : { project: hostLabel(String(project)) };
  return { method, pathname: path, query: Object.fromEntries(query), headers, hostMap, ...(body === undefined ? {} : { body }) };
}

function notSpoken({ id, wire }: OperationDescription): Error {
  return failure("PROVIDER_NOT_FOUND", {
    en: `${id} is described in a way that cannot be sent (${wire.protocol}).`,
    zh: `无法按接口说明发送 ${id}（${wire.protocol}）。`,
  });
}
