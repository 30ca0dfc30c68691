import type { FaultKind } from "./fault-rules.ts";
import type { Fleet } from "./fleet.ts";
import type { TruthSources } from "./truth-rows.ts";

export interface CloudRequest {
  readonly method: string;
  /** As sent: path and query string, still encoded. */
  readonly target: string;
  /** Lower-case names; several values of one name joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface CloudReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes where the vendor compresses. */
  readonly body: string | Buffer;
}

export type SignatureVerdict = "ok" | "missing" | "malformed" | "unknown-key" | "wrong" | "expired" | "skewed";

/** Faults a cloud words in its own way; the others happen to the connection. */
export type CloudFault = Extract<FaultKind, "throttle" | "500" | "expired" | "lost-page">;

/** A request whose operation, scope and signature are known, before it is answered. */
export interface CloudCall {
  /** The vendor's name, as fault rules use it; `unknown` where there is none. */
  readonly operation: string;
  /** As usage counts it: `ec2.DescribeInstances`. */
  readonly qualifiedOperation: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly signature: SignatureVerdict;
  /** Whether the call asks for a later page. */
  readonly continues: boolean;
  /** `denied`: the operator refuses this region. `repeat`: for a lost page, the reply hands the same token out again instead of refusing it. */
  answer(circumstances: CallCircumstances): CloudReply;
}

export interface CallCircumstances {
  readonly fault: CloudFault | undefined;
  readonly repeat: boolean;
  readonly denied: boolean;
  /** Whether the operator refuses a region, for calls that span several. */
  denies(region: string): boolean;
  readonly nowMs: number;
}

/** One cloud's side of the wire. Made anew by a reset, so state lives in the closure. */
export interface Cloud {
  readonly id: string;
  readonly fleet: Fleet;
  readonly truth: TruthSources;
  readonly operations: readonly string[];
  /** What `/_emulator/credentials` tells about this cloud. */
  readonly credentials: Readonly<Record<string, unknown>>;
  /** Whether a request speaks this cloud's protocol. */
  speaks(request: CloudRequest): boolean;
  open(request: CloudRequest): CloudCall;
}

/** Makes a cloud with `instances` virtual machines. */
export interface CloudFactory {
  readonly id: string;
  create(seed: number, instances: number): Cloud;
}
