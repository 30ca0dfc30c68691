import type { Provider, Runtime, TimeWindow } from "../../../src/contracts/index.ts";
import type { EmulatorOptions } from "../../../src/emulator/index.ts";
import type { Probe, WorldSize } from "./probe.ts";
import type { Exchange, TapedReply } from "./tape.ts";

/** A reply whose fields can be called otherwise, and the check that should notice it. */
export interface MutableReply extends TapedReply {
  /** Service and operation, and whether it is a refusal: replies of one kind have the same fields. */
  readonly kind: string;
  /** Each field once, list indexes left out (`Instances.Tags.Key`). */
  fieldPaths(): readonly string[];
  /** The reply with one field called otherwise, wherever it stands. */
  renamed(path: string): MutableReply;
  /** What does not fit what the vendor published. */
  violations(): readonly string[];
}

/** What the mutation script has to know about a cloud. */
export interface MutatedCloud {
  readonly id: string;
  /** Calls every operation in success and refusal, without the provider. */
  recordConformance(): Promise<readonly MutableReply[]>;
  readonly worlds: Readonly<Record<WorldSize, EmulatorOptions>>;
  readonly truthWindow: TimeWindow;
  readonly probes: readonly Probe[];
  createProvider(runtime: Pick<Runtime, "env">): Provider;
  /** The same question of the same identity about the same place; signatures, tokens, dates and nonces are not part of it. */
  keyOf(exchange: Exchange): string;
  /** Undefined for the emulator's own paths. */
  mutable(exchange: Exchange, reply: TapedReply): MutableReply | undefined;
}

/** The parts of a cloud's conformance check, put together. `Reply` is what that check takes. */
export interface ConformanceParts<Reply extends TapedReply> {
  kindOf(reply: Reply): string;
  fieldPathsOf(reply: Reply): readonly string[];
  renamed(reply: Reply, path: string): Reply;
  violations(reply: Reply): readonly string[];
}

export function mutableReply<Reply extends TapedReply>(reply: Reply, parts: ConformanceParts<Reply>): MutableReply {
  const { status, headers, body } = reply;
  return {
    status,
    headers,
    body,
    kind: parts.kindOf(reply),
    fieldPaths: () => parts.fieldPathsOf(reply),
    renamed: (path) => mutableReply(parts.renamed(reply, path), parts),
    violations: () => parts.violations(reply),
  };
}
