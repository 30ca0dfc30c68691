import type { Fleet } from "../fleet.ts";
import type { Identity } from "./credentials.ts";
import type { VolcengineChanges } from "./volcengine-changes.ts";

/** One call whose signature has been verified and whose region exists. */
export interface VolcengineRequest {
  readonly operation: string;
  /** Of the credentials: the account the reply is about. */
  readonly account: string;
  readonly identity: Identity;
  /** Of the credential scope: the region the reply is about. */
  readonly region: string;
  /** Query parameters under their flat names (`TagFilters.1.Values.2`), as strings; over them the members of a JSON body. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The world's time, in milliseconds since the epoch. */
  readonly nowMs: number;
}

/** `Result` of an Open API, the whole body of the log service; as JSON text where that is faster. */
export type VolcengineReply = string | Readonly<Record<string, unknown>>;

/** Throws {@link VolcengineError} for what the vendor refuses. */
export type VolcengineHandler = (request: VolcengineRequest) => VolcengineReply;

/** A parameter as the vendor's SDK metadata describes it (`meta_type.json`): `string`, `integer`, `array[string]`, `object` … */
export interface ParameterType {
  readonly TypeName: string;
  readonly TypeOf?: string;
  readonly Required?: boolean;
}

export interface VolcengineOperation {
  /** By the names of the vendor's metadata, `TagFilters.N.Key` for flat lists. Others are refused. */
  readonly parameters: Readonly<Record<string, ParameterType>>;
  /** Member that holds a page token in requests and in replies. Absent: the list goes by page numbers, which cannot get lost. */
  readonly pageToken?: { readonly input: string; readonly reply: string };
  readonly handle: VolcengineHandler;
}

/** One service behind the Open API gateway, or the log service. */
export interface VolcengineService {
  /** As call logs name it and, in any case, as the credential scope does: `ecs`, `volc_observe`. */
  readonly id: string;
  /** `tls`: the operation is the path, replies have no envelope. */
  readonly protocol: "open-api" | "tls";
  /** Of the `Version` parameter, or of the header `x-tls-apiversion`. */
  readonly versions: readonly string[];
  /** Whether the service tells its own refusals inside replies with status 200; what the gateway refuses has its status all the same. */
  readonly refusesWithin200?: boolean;
  readonly operations: Readonly<Record<string, VolcengineOperation>>;
}

/** Makes a service over a world and what writes have changed in it. State it needs lives in the closure: a reset makes a new one. */
export type VolcengineServiceFactory = (fleet: Fleet, changes: VolcengineChanges) => VolcengineService;
