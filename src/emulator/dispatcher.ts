import type { ServerResponse } from "node:http";
import { CallLog } from "./call-log.ts";
import type { Cloud, CloudCall, CloudFactory, CloudFault, CloudReply, CloudRequest } from "./cloud.ts";
import { answerControl, type Controlled } from "./control.ts";
import type { ParsedEmulatorOptions } from "./emulator-options.ts";
import { FaultBook } from "./fault-book.ts";
import { type KnownNames, parseDenyRule, parseFaultRule } from "./fault-rules.ts";
import { jsonReply, send } from "./http-reply.ts";

/** What a call with the fault `slow` takes longer, in milliseconds. */
const SLOW_MS = 3_000;

/** Gives each request to the cloud whose protocol it speaks, and lets happen to it what the rules say. */
export class Dispatcher implements Controlled {
  readonly calls = new CallLog();
  readonly #options: ParsedEmulatorOptions;
  readonly #known: KnownNames;
  readonly faults: FaultBook;
  readonly #factories: readonly CloudFactory[];
  #clouds: readonly Cloud[];

  constructor(options: ParsedEmulatorOptions, factories: readonly CloudFactory[]) {
    this.#options = options;
    this.#factories = factories;
    this.#clouds = this.#createClouds();
    this.#known = new Map(
      this.#clouds.map((cloud) => [cloud.id, { operations: cloud.operations, regions: cloud.fleet.regions.map((region) => region.id) }]),
    );
    this.faults = new FaultBook(this.#parseFaults(options.faults), this.#parseDenied(options.deny));
  }

  get clouds(): readonly Cloud[] {
    return this.#clouds;
  }

  nowMs(): number {
    return this.#options.now?.() ?? Date.now();
  }

  /** Replaces the rules of the kinds that are given. @throws ConfigurationError for a text that is no rule, changing nothing. */
  setRules(rules: { readonly faults?: readonly string[] | undefined; readonly deny?: readonly string[] | undefined }): void {
    const faults = rules.faults && this.#parseFaults(rules.faults);
    const denied = rules.deny && this.#parseDenied(rules.deny);
    if (faults !== undefined) this.faults.setFaults(faults);
    if (denied !== undefined) this.faults.setDenied(denied);
  }

  /** As after the start: its rules, no calls, no running queries. Sessions stay good. */
  reset(): void {
    this.setRules({ faults: this.#options.faults, deny: this.#options.deny });
    this.calls.clear();
    this.#clouds = this.#createClouds();
  }

  dispatch(request: CloudRequest, response: ServerResponse): void {
    const cloud = request.target.startsWith("/_emulator/") ? undefined : this.#clouds.find((one) => one.speaks(request));
    if (cloud !== undefined) this.#serve(cloud, request, response);
    else send(response, request.target.startsWith("/_emulator/") ? answerControl(request, this) : notSpoken(request));
  }

  #serve(cloud: Cloud, request: CloudRequest, response: ServerResponse): void {
    const startMs = machineMs();
    const call = cloud.open(request);
    const hit = call.signature === "ok" ? this.faults.take(cloud.id, call.operation, call.continues) : undefined;
    const end = this.calls.begin({
      provider: cloud.id,
      operation: call.qualifiedOperation,
      account: call.account,
      region: call.region,
      signature: call.signature,
      fault: hit?.kind ?? null,
      startMs,
    });
    if (hit?.kind === "timeout") return;
    const reply = hit?.kind === "reset" ? null : this.#answer(cloud, call, hit);
    const finish = () => {
      end(reply?.status ?? null, machineMs());
      if (reply === null) response.socket?.resetAndDestroy();
      else send(response, hit?.kind === "malformed" ? cut(reply) : reply);
    };
    const waitMs = startMs + this.#options.latencyMs + (hit?.kind === "slow" ? SLOW_MS : 0) - machineMs();
    if (waitMs > 0) setTimeout(finish, waitMs).unref();
    else finish();
  }

  #answer(cloud: Cloud, call: CloudCall, hit: ReturnType<FaultBook["take"]>): CloudReply {
    const kind = hit?.kind;
    const fault: CloudFault | undefined =
      kind === "throttle" || kind === "500" || kind === "expired" || kind === "lost-page" ? kind : undefined;
    return call.answer({
      fault,
      repeat: (hit?.before ?? 0) % 2 === 1,
      denied: this.faults.denies(cloud.id, call.region),
      denies: (region) => this.faults.denies(cloud.id, region),
      nowMs: this.nowMs(),
    });
  }

  #createClouds(): readonly Cloud[] {
    return this.#factories.map((factory) => factory.create(this.#options.seed, this.#options.instances));
  }

  #parseFaults(texts: readonly string[]) {
    return texts.map((text) => parseFaultRule(text, this.#known));
  }

  #parseDenied(texts: readonly string[]) {
    return texts.map((text) => parseDenyRule(text, this.#known));
  }
}

/** The machine's clock with fractions: calls take less than a millisecond. */
function machineMs(): number {
  return performance.timeOrigin + performance.now();
}

/** A reply whose second half got lost on the way, headers and all as if it were whole. */
function cut(reply: CloudReply): CloudReply {
  return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
}

function notSpoken(request: CloudRequest): CloudReply {
  const message = `${request.method} ${request.target.split("?")[0]} is in no protocol the emulator speaks. Its own paths begin with /_emulator/.`;
  return jsonReply(404, { message });
}
