import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { Resource, ResourceLister, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import type { Connection } from "./clients.ts";
import { PROVIDER_ID, required } from "./errors.ts";
import { pagesOf } from "./paging.ts";

const OPERATION = "ListFunctions";
/** ListFunctions gives no more at a time, whatever is asked for (Lambda API reference). */
const PAGE_SIZE = 50;

const WITHOUT_TAGS = {
  en: "Tags of Lambda functions cost one request each, so they were not read: nothing in the question needs them.",
  zh: "读取 Lambda 函数的标签需要逐个请求，问题不需要标签，因此没有读取。",
};

/**
 * Lambda functions. The list has no tags, and Lambda allows about 15 requests a second for all such reads together (Lambda quotas):
 * they are read only where they are needed.
 */
export function listFunctions(accounts: Accounts): ResourceLister {
  return async function* (scope, where, context) {
    const connection = await accounts.connect("lambda", scope, context);
    const { sdk, call } = connection;
    const withTags = where.readTags === true || (where.tags?.length ?? 0) > 0;
    let listed = 0;
    const list = pagesOf(OPERATION, (token) =>
      call(
        OPERATION,
        (client, send) =>
          client.send(new sdk.ListFunctionsCommand({ MaxItems: PAGE_SIZE, ...(token === undefined ? {} : { Marker: token }) }), send),
        (reply) => ({
          page: required(reply.Functions, OPERATION, "Functions").map(named),
          next: reply.NextMarker,
        }),
      ),
    );
    for await (const functions of list) {
      listed += functions.length;
      const tags = withTags ? await Promise.all(functions.map((found) => tagsOf(connection, found.arn))) : [];
      yield functions.map((found, index) => resourceOf(found, tags[index] ?? {}, scope));
    }
    if (!withTags && listed > 0) context.note(WITHOUT_TAGS);
  };
}

interface NamedFunction {
  readonly id: string;
  readonly arn: string;
  readonly configuration: FunctionConfiguration;
}

function named(configuration: FunctionConfiguration): NamedFunction {
  const id = required(configuration.FunctionName, OPERATION, "FunctionName");
  return { id, arn: required(configuration.FunctionArn, OPERATION, "FunctionArn"), configuration };
}

function tagsOf({ sdk, call }: Connection<"lambda">, arn: string): Promise<Readonly<Record<string, string>>> {
  return call(
    "ListTags",
    (client, send) => client.send(new sdk.ListTagsCommand({ Resource: arn }), send),
    (reply) => required(reply.Tags, "ListTags", "Tags"),
  );
}

function resourceOf({ id, configuration }: NamedFunction, tags: Readonly<Record<string, string>>, scope: Scope): Resource {
  const attributes: Record<string, string | number> = {};
  if (configuration.Runtime) attributes.runtime = configuration.Runtime;
  if (configuration.MemorySize) attributes.memoryMb = configuration.MemorySize;
  if (configuration.Timeout) attributes.timeoutSeconds = configuration.Timeout;
  const place = { provider: PROVIDER_ID, account: scope.account, region: scope.region };
  // ListFunctions tells no state: what it lists can be called.
  return { ...place, kind: "function", id, name: id, state: "available", tags, attributes };
}
