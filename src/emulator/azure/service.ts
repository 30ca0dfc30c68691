import type { CallCircumstances, SignatureVerdict } from "../cloud.ts";
import type { AzureError } from "./azure-error.ts";

/** A request as its service reads it. */
export interface AzureRequest {
  readonly method: string;
  readonly host: string;
  /** Decoded, without the query string. */
  readonly path: string;
  /** Values of the query string by lower-case names: the vendor takes them in any case. */
  readonly query: ReadonlyMap<string, string>;
  /** The query string as sent, still encoded. */
  readonly search: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON of the body; undefined where it is empty or none. Forms are read by the service. */
  readonly json: unknown;
  readonly text: string;
}

/** The operation a request asks for, and the place it is about; null where it is about none or several. */
export interface AzureRoute {
  readonly operation: string;
  readonly account: string | null;
  readonly region: string | null;
  /** Whether it asks for a later page. */
  readonly continues?: boolean;
}

export interface AzureReply {
  /** Absent for replies without any: an accepted write. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export type AzureCircumstances = Pick<CallCircumstances, "fault" | "repeat" | "denies" | "nowMs">;

/** Throws {@link AzureError} for what the vendor refuses. */
type AzureOperation = (request: AzureRequest, circumstances: AzureCircumstances) => AzureReply;

/** Why a request is not let in, in the service's words. */
export type TokenProblem = Exclude<SignatureVerdict, "ok" | "unknown-key" | "skewed"> | "audience";

/** What every service says in its own words. */
export interface AzureWording {
  unauthenticated(problem: TokenProblem, audience: string): AzureError;
  denied(route: AzureRoute): AzureError;
  throttled(): AzureError;
  failed(): AzureError;
  notFound(request: AzureRequest): AzureError;
}

/** One service behind one host (or one host a region). */
export interface AzureService {
  /** As call logs name it: `resourcegraph`. */
  readonly id: string;
  readonly host: RegExp;
  /** Audiences of tokens it takes; absent for the service that issues them. */
  readonly audiences?: readonly string[];
  readonly wording: AzureWording;
  readonly operations: Readonly<Record<string, AzureOperation>>;
  route(request: AzureRequest): AzureRoute | undefined;
  /** For the service that issues tokens: whether the client is who it says. Default: the bearer token decides. */
  verify?(request: AzureRequest): SignatureVerdict;
}
