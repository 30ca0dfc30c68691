import type { Provider, Resource, ResourceKind, ResourceWhere, Scope } from "../../../src/contracts/index.ts";
import { type EmulatorOptions, startEmulator } from "../../../src/emulator/index.ts";
import type { Truth } from "../../../src/emulator/truth.ts";
import { type AlicloudOptions, alicloud } from "../../../src/providers/alicloud/index.ts";
import { collect, type FakeContext, fakeContext } from "../fake-context.ts";

/** A Sunday morning; every test sees the same metrics. */
export const NOW = Date.UTC(2026, 10, 22, 9, 58, 40);
/** The last five full minutes whose points are visible. */
export const FIVE_MINUTES = { fromMs: Date.UTC(2026, 10, 22, 9, 50), toMs: Date.UTC(2026, 10, 22, 9, 55) };
export const MAIN = "1403275690172345";
export const PAYMENTS = "1782046351908264";

export interface World extends AsyncDisposable {
  readonly url: string;
  readonly provider: Provider;
  /** A context whose clock is the world's; sleeping takes no time. */
  context(options?: { signal?: AbortSignal }): FakeContext;
  scopes(context?: FakeContext): Promise<Scope[]>;
  list(kind: ResourceKind, where?: ResourceWhere, context?: FakeContext): Promise<Resource[]>;
  truth(window?: { fromMs: number; toMs: number }): Promise<Truth>;
  fault(...faults: string[]): Promise<void>;
}

/** An emulator and the provider that talks to it. */
export async function openWorld(options: EmulatorOptions = {}, alicloudOptions: AlicloudOptions = {}): Promise<World> {
  const emulator = await startEmulator({ providers: ["alicloud"], now: () => NOW, ...options });
  const provider = alicloud(alicloudOptions, { env: emulator.env });
  const world: World = {
    url: emulator.url,
    provider,
    context: (more = {}) =>
      fakeContext({ ...more, runtime: { clock: { now: () => NOW, sleep: async (_ms, signal) => signal?.throwIfAborted() } } }),
    async scopes(context = world.context()) {
      const findings = await collect(provider.scopes({}, context));
      return findings.map(({ scope }) => ({ ...scope, service: "compute" }));
    },
    async list(kind, where = {}, context = world.context()) {
      const lister = provider.resources[kind];
      const pages = await Promise.all((await world.scopes()).map((scope) => collect(lister!(scope, where, context))));
      return pages.flat(2);
    },
    async truth({ fromMs, toMs } = FIVE_MINUTES) {
      const query = new URLSearchParams({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });
      return (await (await fetch(`${emulator.url}/_emulator/truth?${query}`)).json()) as Truth;
    },
    async fault(...faults) {
      await fetch(`${emulator.url}/_emulator/faults`, { method: "POST", body: JSON.stringify({ faults }) });
    },
    async [Symbol.asyncDispose]() {
      await provider.close?.();
      await emulator.close();
    },
  };
  return world;
}
