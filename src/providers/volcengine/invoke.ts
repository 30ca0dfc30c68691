import type { OperationDescription, OperationRequest, ProviderContext } from "../../contracts/index.ts";
import { flatParameters } from "../shared/flat-parameters.ts";
import { orPageLost } from "../shared/page-request.ts";
import type { Accounts } from "./accounts.ts";
import { failure, refusesToken } from "./errors.ts";
import type { Operation } from "./operations.ts";
import { HOME_REGION } from "./regions.ts";

/** Sends one request of any operation of the Open API, by the generic client of the vendor's package. */
export function invokeOperation(accounts: Accounts) {
  const send = async ({ operation, scope, input }: OperationRequest, context: ProviderContext): Promise<unknown> => {
    const { account, region } = scope;
    const declared = declare(operation);
    const sent = declared.method === "GET" ? flatQuery(operation, input) : input;
    const connection = await accounts.connect({ account, region: region === "*" ? HOME_REGION : region }, context);
    return await connection.call(declared, sent, (result) => result);
  };
  return (request: OperationRequest, context: ProviderContext) => orPageLost(request, refusesToken, () => send(request, context));
}

function declare({ id, service, name, version, wire }: OperationDescription): Operation<object, unknown> {
  const serviceName = wire.signingName ?? service;
  const { method, protocol } = wire;
  const words = [serviceName, name, version].every((word) => /^[A-Za-z0-9_-]{1,63}$/.test(word));
  if (protocol !== "volcengine-rpc" || (method !== "GET" && method !== "POST") || !words) {
    throw failure("PROVIDER_NOT_FOUND", { en: `${id} cannot be sent as it is described.`, zh: `无法按接口说明发送 ${id}。` });
  }
  return { service, serviceName, version, name, method, contentType: method === "POST" ? "json" : "urlencode" };
}

function flatQuery({ input: shape }: OperationDescription, input: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(input).flatMap(([name, value]) => flatParameters(shape.fields[name]?.wireName ?? name, value)));
}
