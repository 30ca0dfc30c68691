import type { Provider, Runtime, TimeWindow } from "../../../src/contracts/index.ts";
import type { EmulatorOptions } from "../../../src/emulator/index.ts";
import { CONNECTION_HEADERS, HTTP_HEADERS } from "./http-headers.ts";
import type { Probe, WorldSize } from "./probe.ts";
import type { Exchange, TapedReply } from "./wire-exchange.ts";

/** A reply whose fields can be called otherwise, and the check that should notice it. */
export interface MutableReply extends TapedReply {
  /** Service and operation, and whether it is a refusal: replies of one kind have the same fields. */
  readonly kind: string;
  /** Each field once, list indexes left out (`Instances.Tags.Key`); headers too (`header retry-after`). */
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
  /** Names of the vendor's own headers, lower case. */
  readonly headers: readonly string[];
}

const HEADER = "header ";

export function mutableReply<Reply extends TapedReply>(reply: Reply, parts: ConformanceParts<Reply>): MutableReply {
  const { status, headers, body } = reply;
  const names = [...headers.keys()].filter((name) => !CONNECTION_HEADERS.has(name));
  return {
    status,
    headers,
    body,
    kind: parts.kindOf(reply),
    fieldPaths: () => [...parts.fieldPathsOf(reply), ...names.map((name) => `${HEADER}${name}`)],
    renamed: (path) =>
      mutableReply(path.startsWith(HEADER) ? withRenamedHeader(reply, path.slice(HEADER.length)) : parts.renamed(reply, path), parts),
    violations: () => [
      ...parts.violations(reply),
      ...names
        .filter((name) => !HTTP_HEADERS.has(name) && !parts.headers.includes(name))
        .map((name) => `nobody published the header ${name}`),
    ],
  };
}

function withRenamedHeader<Reply extends TapedReply>(reply: Reply, name: string): Reply {
  const headers = new Headers(reply.headers);
  headers.set(`${name}-renamed`, headers.get(name) ?? "");
  headers.delete(name);
  return { ...reply, headers };
}
