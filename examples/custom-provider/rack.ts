import type { NativeMetric, Provider, Resource, Where } from "nephoscope";

const cpu: NativeMetric = { metric: "cpu.utilization", kind: "virtual-machine", native: "rack:load", scale: 100 };
const MINUTE_MS = 60_000;

/** What the controller of our own machines would answer over HTTP: their names, and their load from 0 to 1. */
export interface RackController {
  machines(): Promise<readonly { readonly name: string; readonly team: string }[]>;
  loads(names: readonly string[]): Promise<readonly number[]>;
}

/** A rack in the cellar, as a cloud that can be asked. */
export function rack(controller: RackController): Provider {
  const place = { provider: "rack", account: "cellar", region: "vienna" };
  return {
    contractVersion: "provider-v1",
    id: "rack",
    name: { en: "Rack", zh: "机架" },
    aliases: ["cellar", "地下室"],
    regions: [{ id: "vienna", partition: "rack", places: ["vienna", "维也纳"] }],
    accountNames: {},
    emulated: false,
    async load() {},
    async *scopes({ accounts, regions }) {
      if (isMeant(accounts, place.account) && isMeant(regions, place.region)) yield { scope: place };
    },
    resources: {
      async *"virtual-machine"(scope, _where, context) {
        const machines = await context.call("rack.control.ListMachines", scope, () => controller.machines());
        yield machines.map(
          ({ name, team }): Resource => ({
            ...place,
            kind: "virtual-machine",
            id: name,
            name,
            state: "running",
            tags: { team },
            attributes: {},
          }),
        );
      },
    },
    metrics: {
      lagMs: 0,
      batchSize: 100,
      catalogue: [cpu],
      parseNative: (native, kind) => (native === cpu.native && kind === cpu.kind ? cpu : undefined),
      async *read(scope, { targets }, context) {
        const names = targets.map(({ resource }) => resource.id);
        const loads = await context.call("rack.control.GetLoads", scope, () => controller.loads(names));
        yield targets.map((target, index) => ({
          target,
          value: loads[index] === undefined ? null : loads[index] * cpu.scale,
          points: [],
          periodMs: MINUTE_MS,
        }));
      },
      nativeQuery: ({ resource }) => `GET /loads?machine=${resource.id}`,
    },
    async check() {
      return { status: "ok", source: "the cellar's key", identity: "cellar" };
    },
  };
}

function isMeant(selection: Where["regions"], name: string): boolean {
  return !selection?.exclude?.includes(name) && (selection?.include?.includes(name) ?? true);
}
