import { createHash } from "node:crypto";
import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hexDigits, pick } from "../hash.ts";
import { pagePosition, pageToken } from "../page-token.ts";
import { AwsError } from "./aws-error.ts";
import type { AwsOperation, AwsRoute, AwsServiceFactory } from "./service.ts";

/** ListFunctions returns no more, however many are asked for (API reference, ListFunctions). */
const FUNCTIONS_A_PAGE = 50;
const MOST_ASKED = 10_000;
const RUNTIMES = ["nodejs22.x", "python3.13", "java21"] as const;
const TAGS_PATH = "/2017-03-31/tags/";

/** AWS Lambda: functions and their tags. */
export const lambdaService: AwsServiceFactory = (fleet) => ({
  id: "lambda",
  signingName: "lambda",
  protocols: ["rest-json"],
  iamPrefix: "lambda",
  pageToken: { input: "Marker", reply: "NextMarker", refused: invalidMarker },
  throttled: () =>
    new AwsError("TooManyRequestsException", "Rate exceeded", { status: 429, fields: { Reason: "CallerRateLimitExceeded" } }),
  route,
  operations: { ListFunctions: listFunctions(fleet), ListTags: listTags(fleet) },
});

function route(method: string, path: string, query: URLSearchParams): AwsRoute | undefined {
  if (method !== "GET") return undefined;
  if (/^\/2015-03-31\/functions\/?$/.test(path)) return { operation: "ListFunctions", input: Object.fromEntries(query) };
  if (path.startsWith(TAGS_PATH)) return { operation: "ListTags", input: { Resource: decodeURIComponent(path.slice(TAGS_PATH.length)) } };
  return undefined;
}

function listFunctions(fleet: Fleet): AwsOperation {
  return ({ account, region, input }) => {
    const { Marker: marker, MaxItems: asked = FUNCTIONS_A_PAGE, FunctionVersion: version } = input;
    const limit = Number(asked);
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ASKED)
      throw invalid(
        `1 validation error detected: Value '${String(asked)}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and ${MOST_ASKED}`,
      );
    if (version !== undefined) throw invalid("FunctionVersion is not supported by this emulator");
    const functions = fleet.of(account, region, "function").toSorted((left, right) => (left.name < right.name ? -1 : 1));
    const binding = [account, region];
    const from = pagePosition(typeof marker === "string" ? marker : undefined, binding);
    if (from === undefined) throw invalidMarker();
    const to = from + Math.min(limit, FUNCTIONS_A_PAGE);
    return {
      Functions: functions.slice(from, to).map(functionShape),
      ...(to < functions.length ? { NextMarker: pageToken(to, binding) } : {}),
    };
  };
}

function listTags(fleet: Fleet): AwsOperation {
  return ({ account, region, input }) => {
    const arn = String(input.Resource);
    const found = fleet.of(account, region, "function").find((candidate) => functionArn(candidate) === arn);
    if (found === undefined)
      throw new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, { status: 404, fields: { Type: "User" } });
    return { Tags: found.tags };
  };
}

/** `FunctionConfiguration` as ListFunctions gives it: without `State`, which only GetFunction tells (API reference, ListFunctions). */
function functionShape(resource: FleetResource): Readonly<Record<string, unknown>> {
  const { key, name, account } = resource;
  const runtime = pick(RUNTIMES, key, "runtime");
  return {
    FunctionName: name,
    FunctionArn: functionArn(resource),
    Runtime: runtime,
    Role: `arn:aws:iam::${account}:role/${resource.application}-function`,
    Handler: runtime.startsWith("java") ? "com.example.Handler::handleRequest" : "index.handler",
    CodeSize: 200_000 + Math.floor(chance(key, "size") * 9_000_000),
    Description: "",
    Timeout: 30,
    MemorySize: pick([128, 256, 512, 1_024], key, "memory"),
    LastModified: new Date(Date.UTC(2025, 0, 1) + Math.floor(chance(key, "modified") * 365) * 86_400_000)
      .toISOString()
      .replace("Z", "+0000"),
    CodeSha256: createHash("sha256")
      .update(hexDigits(16, key, "code"))
      .digest("base64"),
    Version: "$LATEST",
    TracingConfig: { Mode: "PassThrough" },
    RevisionId: [8, 4, 4, 4, 12].map((length) => hexDigits(length, key, "revision", length)).join("-"),
    PackageType: "Zip",
    Architectures: [chance(key, "architecture") < 0.5 ? "arm64" : "x86_64"],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
    LoggingConfig: { LogFormat: "Text", LogGroup: `/aws/lambda/${name}` },
  };
}

function functionArn({ account, region, name }: FleetResource): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

function invalidMarker(): AwsError {
  return invalid("Invalid Marker");
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message, { fields: { Type: "User" } });
}
