import type { Fleet } from "../fleet.ts";
import type { AlicloudChanges } from "./alicloud-changes.ts";
import type { Identity } from "./credentials.ts";
import type { RpcError } from "./rpc-error.ts";

/** One call whose signature has been verified. */
export interface RpcRequest {
  readonly operation: string;
  /** Of the credentials: the account the reply is about. */
  readonly account: string;
  readonly identity: Identity;
  /** Of the endpoint's name, else of `RegionId`; empty for operations that belong to no region. */
  readonly region: string;
  /** Parameters of query string and form by their wire names: `Tag.1.Key`. */
  readonly input: Readonly<Record<string, string>>;
  /** The world's time, in milliseconds since the epoch. */
  readonly nowMs: number;
  readonly requestId: string;
}

/** The members of the reply beside `RequestId`; as text where they were prepared: without the braces, `NextToken` last. */
export type RpcReply = string | Readonly<Record<string, unknown>>;

/** Throws {@link RpcError} for what the vendor refuses. */
export type RpcOperation = (request: RpcRequest) => RpcReply;

/** One Alibaba Cloud service that is spoken to in RPC style. */
export interface RpcService {
  /** As call logs name it: `ecs`, `cms`. */
  readonly id: string;
  /** `x-acs-version`. */
  readonly version: string;
  /** First label of the endpoint's name: `metrics` for CloudMonitor. */
  readonly endpoint: string;
  readonly operations: Readonly<Record<string, RpcOperation>>;
  /** What it says to a page token it does not know. */
  pageLost(): RpcError;
  /** What it says to a caller whose policy does not allow the call. */
  denied(): RpcError;
}

/** Makes a service over a world: a reset makes a new one, without changes. */
export type RpcServiceFactory = (fleet: Fleet, changes: AlicloudChanges) => RpcService;
