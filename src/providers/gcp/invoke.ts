import type { OperationRequest, ProviderContext } from "../../contracts/index.ts";
import { orPageLost } from "../shared/page-request.ts";
import { endpointLabel, refuseOtherAccounts, restRequest } from "../shared/rest-request.ts";
import type { Clients } from "./clients.ts";
import { refusesToken } from "./errors.ts";

/** Projects in resource names (AIP-122), `projects/nimbus-main-417203/secrets/…`, and what stands above them: that is wider than any scope. */
const PROJECT = /\bprojects\/+([^/'"\s&?,)]+)|\b(?:organizations|folders|billingAccounts)\/+[^/'"\s]+/g;

/** Sends one request of any operation as plain REST, as its discovery document says. */
export function invokeOperation(clients: Clients) {
  const send = async ({ operation, scope, input }: OperationRequest, context: ProviderContext): Promise<unknown> => {
    const { account, region } = scope;
    const { method, path, query, body } = restRequest(operation, input);
    // The path as a whole, too: a name may be put together from several arguments. Without its verb (`:searchAllResources`).
    refuseOtherAccounts(operation, [input, path.replace(/:[A-Za-z]+$/, "")], account, PROJECT);
    const url = new URL(`https://${endpointLabel(operation)}.googleapis.com${path}`);
    for (const [name, value] of query) url.searchParams.append(name, value);
    return await clients.call(context, {
      operation: `${operation.service}.${operation.name}`,
      scope: { account, region },
      send: () => clients.send(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: JSON_BODY }) }),
      read: (reply: object) => reply,
    });
  };
  return (request: OperationRequest, context: ProviderContext) => orPageLost(request, refusesToken, () => send(request, context));
}

const JSON_BODY = { "content-type": "application/json" };
