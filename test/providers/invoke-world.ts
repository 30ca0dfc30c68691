import { readPages, type WholeReply } from "../../src/codegen/read-pages.ts";
import type { OperationDescription, Provider, Shape } from "../../src/contracts/index.ts";
import { installed } from "../../src/descriptions/installed/index.ts";
import { shipped } from "../../src/descriptions/shipped/index.ts";
import type { CallRecord } from "../../src/emulator/call-log.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/index.ts";
import type { TruthRecord } from "../../src/emulator/truth-rows.ts";
import { CallGate } from "../../src/execution/call-gate.ts";
import { UsageMeter } from "../../src/execution/usage-meter.ts";
import { nodeRuntime } from "../../src/runtime/index.ts";

/** A Sunday morning; every test sees the same world. */
export const NOW = Date.UTC(2026, 10, 22, 9, 58, 40);

type Input = Readonly<Record<string, unknown>>;
type Place = readonly [account: string, region: string];

/** An emulated cloud, the provider that asks it, and the core's own gate between them. */
export interface InvokeWorld extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly provider: Provider;
  readonly meter: UsageMeter;
  /** The operation as our own sources describe it: what ships, else what is installed. */
  describe(service: string, name: string): Promise<OperationDescription>;
  /** One request. */
  invoke(operation: OperationDescription, place: Place, input?: Input, link?: string): Promise<unknown>;
  /** A whole reply, pages and all, as programs get it. `limits` are the broker's. */
  whole(operation: OperationDescription, place: Place, input?: Input, maxPages?: number): Promise<WholeReply>;
  fault(...faults: string[]): Promise<void>;
  deny(...regions: string[]): Promise<void>;
  records(type: string, place?: Place): Promise<readonly TruthRecord[]>;
  /** What reached the cloud since the last question. */
  calls(): Promise<readonly CallRecord[]>;
}

export async function openInvokeWorld(
  id: string,
  create: (options: object, surroundings: { readonly env: Readonly<Record<string, string>> }) => Provider,
  options: EmulatorOptions = {},
): Promise<InvokeWorld> {
  const emulator = await startEmulator({ providers: [id], instances: 300, now: () => NOW, ...options });
  const provider = create({}, { env: emulator.env });
  await provider.load();
  const sources = [shipped(), installed()];
  const { signal } = new AbortController();
  const clock = { now: () => NOW, sleep: async (_ms: number, during?: AbortSignal) => during?.throwIfAborted() };
  const meter = new UsageMeter();
  const context = new CallGate({ runtime: nodeRuntime({ clock }), meter }).context(provider, { signal, note: () => {} });
  const control = async (path: string, body: object) => {
    const reply = await fetch(`${emulator.url}/_emulator/${path}`, { method: "POST", body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(await reply.text());
  };
  const world: InvokeWorld = {
    emulator,
    provider,
    meter,
    async describe(service, name) {
      for (const source of sources) {
        const found = (await source.describe(id, service, signal))?.operations.find((operation) => operation.name === name);
        if (found !== undefined) return found;
      }
      throw new Error(`${id}.${service}.${name} is not described`);
    },
    async invoke(operation, [account, region], input = {}, link) {
      const request = { operation, scope: { provider: id, account, region }, input, ...(link === undefined ? {} : { link }) };
      return await provider.operations?.invoke(request, context);
    },
    async whole(operation, place, input = {}, maxPages = 100) {
      const send = (page: Input, link: string | undefined) => world.invoke(operation, place, page, link);
      return await readPages(operation, input as never, send, { maxPages, maxReplyBytes: 100_000_000 });
    },
    fault: (...faults) => control("faults", { faults }),
    deny: (...deny) => control("faults", { deny }),
    async records(type, place) {
      const { records } = await emulator.truth(new Date(NOW - 60_000).toISOString(), new Date(NOW).toISOString());
      return records.filter(
        (record) =>
          record.type === type &&
          (place === undefined || (record.account === place[0] && (place[1] === "*" || record.region === place[1]))),
      );
    },
    async calls() {
      const reply = await fetch(`${emulator.url}/_emulator/calls`);
      return ((await reply.json()) as { readonly calls: readonly CallRecord[] }).calls;
    },
    async [Symbol.asyncDispose]() {
      await provider.close?.();
      await emulator.close();
    },
  };
  return world;
}

/** A description that lies: the true one with parts replaced. */
export function lying(operation: OperationDescription, lies: Partial<OperationDescription>): OperationDescription {
  return { ...operation, ...lies, wire: { ...operation.wire, ...lies.wire } };
}

/** Where a reply is something else than its description says; fields that are not described are no such place. */
export function misfits(value: unknown, shape: Shape, path = "reply"): readonly string[] {
  if (value === null || value === undefined || shape.type === "unknown") return [];
  switch (shape.type) {
    case "string":
      if (typeof value !== "string") return [`${path} is no string`];
      return shape.format === "date-time" && !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? [`${path} is no time: ${value}`] : [];
    case "boolean":
      return typeof value === "boolean" ? [] : [`${path} is no boolean`];
    case "integer":
    case "number":
      return typeof value === "number" ? [] : [`${path} is no number`];
    case "list":
      return Array.isArray(value) ? value.flatMap((item) => misfits(item, shape.items, `${path}[]`)) : [`${path} is no list`];
    case "map":
      return isRecord(value) ? Object.values(value).flatMap((item) => misfits(item, shape.values, `${path}.*`)) : [`${path} is no object`];
    case "object":
      if (!isRecord(value)) return [`${path} is no object`];
      return Object.entries(shape.fields).flatMap(([name, field]) => misfits(value[name], field.shape, `${path}.${name}`));
  }
}

/** The value behind a dotted path. */
export function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((within, name) => (isRecord(within) ? within[name] : undefined), value);
}

/** The list behind a dotted path. */
export function listAt(value: unknown, path: string): readonly Readonly<Record<string, unknown>>[] {
  const list = at(value, path);
  return Array.isArray(list) ? list : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
