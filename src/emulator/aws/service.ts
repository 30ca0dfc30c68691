import type { Fleet } from "../fleet.ts";
import type { AwsChanges } from "./aws-changes.ts";
import type { AwsError } from "./aws-error.ts";
import type { Identity } from "./credentials.ts";

/** The wire protocols, by the names of the vendor's Smithy models. */
export type AwsProtocol = "ec2-query" | "query" | "json-1.0" | "json-1.1" | "rest-json";

/** Whether the protocol is one of the two that answer in XML. */
export function isXml(protocol: AwsProtocol): boolean {
  return protocol === "query" || protocol === "ec2-query";
}

/** One call whose signature has been verified and whose region is enabled. */
export interface AwsRequest {
  readonly operation: string;
  readonly protocol: AwsProtocol;
  /** Of the credentials: the account the reply is about. */
  readonly account: string;
  readonly identity: Identity;
  /** Of the credential scope: the region the reply is about. */
  readonly region: string;
  /**
   * Members by their wire names. `json`: the body. `query` and `ec2-query`: a tree of the parameters, everything a string, numbered
   * members as arrays (`Filter.1.Value.2` → `Filter[0].Value[1]`, `Dimensions.member.1.Name` → `Dimensions[0].Name`,
   * `Filters.Filter.1.Name` → `Filters.Filter[0].Name`). `rest-json`: the body with what {@link AwsService.route} found in path and query laid over it.
   */
  readonly input: Readonly<Record<string, unknown>>;
  /** The world's time, in milliseconds since the epoch. */
  readonly nowMs: number;
  readonly requestId: string;
}

/** `query` and `ec2-query`: the XML inside the result element. `json`: the output with times as epoch seconds. */
export type AwsReply = string | Readonly<Record<string, unknown>>;

/** Throws {@link AwsError} for what the vendor refuses. */
export type AwsOperation = (request: AwsRequest) => AwsReply;

export interface AwsRoute {
  readonly operation: string;
  /** Members that stand in the path or the query string. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** One AWS service: its operations, and how it is spoken to. */
export interface AwsService {
  /** As call logs name it: `ec2`, `cloudwatch`, `logs`. */
  readonly id: string;
  /** The service name in the credential scope of a signature: `monitoring` for CloudWatch. Chooses the service. */
  readonly signingName: string;
  readonly protocols: readonly AwsProtocol[];
  /** Prefix of IAM actions: `cloudwatch` in `cloudwatch:GetMetricData`. */
  readonly iamPrefix: string;
  /** `query` and `ec2-query`: the API version and the XML namespace of replies. */
  readonly query?: { readonly version: string; readonly namespace: string };
  /** `json`: what stands before the operation in `X-Amz-Target`: `Logs_20140328`. */
  readonly targetPrefix?: string;
  /** `rest-json`: the operation behind method and path, or undefined if there is none. */
  route?(method: string, path: string, query: URLSearchParams): AwsRoute | undefined;
  readonly operations: Readonly<Record<string, AwsOperation>>;
  /** How the service throttles, where it differs from its protocol's usual way. */
  throttled?(protocol: AwsProtocol): AwsError;
  /** Members that hold a page token; default `NextToken` in both directions. Faults that lose a page need them. */
  readonly pageToken?: {
    readonly input: string;
    readonly reply: string;
    /** What the service says to a token it does not know. Default: `InvalidNextToken`. */
    refused?(): AwsError;
  };
}

/** Makes a service over a world and what writes have changed in it. State it needs (queries that run) lives in the closure: a reset makes a new one. */
export type AwsServiceFactory = (fleet: Fleet, changes: AwsChanges) => AwsService;
