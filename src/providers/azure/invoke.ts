import type { OperationDescription, OperationRequest, ProviderContext } from "../../contracts/index.ts";
import { orPageLost } from "../shared/page-request.ts";
import { otherAccount, refuseOtherAccounts, restRequest } from "../shared/rest-request.ts";
import type { Clients } from "./clients.ts";
import type { Cloud } from "./clouds.ts";
import { failure, refusesToken } from "./errors.ts";

/** Subscriptions in resource ids: `/subscriptions/00000000-…/resourceGroups/…`. */
const SUBSCRIPTION = /\bsubscriptions\/+([^/'"\s&?,)]+)/gi;

/** Sends one request of any operation as its Swagger description says: to Azure Resource Manager, or to the query endpoint of Log Analytics. */
export function invokeOperation(cloud: Cloud, clients: Clients) {
  const send = async ({ operation, scope, input, link }: OperationRequest, context: ProviderContext): Promise<unknown> => {
    const inScope = withSubscriptions(operation, input, scope.account);
    const { method, path, query, body } = restRequest(operation, inScope);
    refuseOtherAccounts(operation, [inScope, path], scope.account, SUBSCRIPTION);
    const host = hostOf(operation, cloud);
    const first = new URL(`${host}${path}`);
    for (const [name, value] of query) first.searchParams.append(name, value);
    // The version of Log Analytics stands in its paths.
    if (host === cloud.resourceManager) first.searchParams.set("api-version", operation.version);
    const request =
      link === undefined ? { url: first, method, body } : { url: nextPage(link, first, scope.account), method: "GET" as const };
    return await clients.send(
      { body: undefined, ...request, audience: host, operation: `${operation.service}.${operation.name}`, place: scope },
      context,
    );
  };
  return (request: OperationRequest, context: ProviderContext) => orPageLost(request, refusesToken, () => send(request, context));
}

/** The only service that is not asked at Resource Manager; its tokens are for itself. */
function hostOf({ service }: OperationDescription, cloud: Cloud): string {
  return service === "loganalytics" ? cloud.logs : cloud.resourceManager;
}

/**
 * Resource Graph asks every subscription that the caller may read, unless it is told which (REST reference, "Resources": `subscriptions`),
 * or a whole management group.
 */
function withSubscriptions(operation: OperationDescription, input: OperationRequest["input"], account: string): OperationRequest["input"] {
  const { subscriptions, managementGroups, ...rest } = input;
  const named = [...listOf(subscriptions), ...listOf(managementGroups)].find((id) => id.toLowerCase() !== account.toLowerCase());
  if (named !== undefined) throw otherAccount(operation, named, account);
  return Object.hasOwn(operation.input.fields, "subscriptions") ? { ...rest, subscriptions: [account] } : input;
}

function listOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => item !== undefined && item !== null).map(String);
}

/** The reply says where its next page is: only the host that was asked, and the same subscription, may be meant. */
function nextPage(link: string, first: URL, account: string): URL {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  const subscriptions = [...decodeURI(url?.pathname ?? "").matchAll(SUBSCRIPTION)].map(([, id = ""]) => id.toLowerCase());
  const isSameHost = url?.origin === first.origin && url.username === "" && url.password === "";
  const isSamePlace = subscriptions.every((id) => id === account.toLowerCase()) && subscriptions.length === countOf(first);
  if (url !== undefined && isSameHost && isSamePlace) return url;
  throw failure("PROVIDER_PAGE_LOST", {
    en: "Azure names a next page that is not of the same service and subscription.",
    zh: "Azure 返回的下一页地址不属于同一服务和同一订阅。",
  });
}

function countOf(url: URL): number {
  return [...url.pathname.matchAll(SUBSCRIPTION)].length;
}
