import type { FleetScope } from "./bounds.ts";

/** What `/_emulator/calls` says of one call. */
export interface EmulatorCall {
  readonly operation: string;
  readonly status: number | null;
  readonly startMs: number;
  readonly endMs: number | null;
}

interface TruthResource {
  readonly account: string;
  readonly region: string;
  readonly kind: string;
  readonly id: string;
  readonly state: string;
  readonly metrics: Readonly<Record<string, { readonly avg: number }>>;
}

/** The virtual machines of the emulated world as they truly were between two times (ISO 8601). */
export async function trueServers(emulatorUrl: string, from: string, to: string): Promise<readonly TruthResource[]> {
  const query = new URLSearchParams({ from, to });
  const { resources } = await getJson<{ resources: readonly TruthResource[] }>(`${emulatorUrl}/_emulator/truth?${query}`);
  return resources.filter(({ kind }) => kind === "virtual-machine");
}

export async function emulatorCalls(emulatorUrl: string): Promise<readonly EmulatorCall[]> {
  return (await getJson<{ calls: readonly EmulatorCall[] }>(`${emulatorUrl}/_emulator/calls`)).calls;
}

/** Every account and region with what runs there; `regions` are asked even where nothing does. */
export function scopesOf(servers: readonly TruthResource[], regions: readonly string[] = ENABLED_REGIONS): FleetScope[] {
  return ACCOUNTS.flatMap((account) =>
    regions.map((region) => {
      const here = servers.filter((server) => server.account === account && server.region === region);
      const measurable = here.filter(({ state }) => state !== "stopped" && state !== "terminated");
      return { account, region, instances: here.length, measurable: measurable.length };
    }),
  );
}

/** Ids of the servers whose CPU was above the threshold, sorted. */
export function hotServers(servers: readonly TruthResource[], thresholdPercent: number): string[] {
  return servers
    .filter(({ metrics }) => (metrics["cpu.utilization"]?.avg ?? 0) > thresholdPercent)
    .map(({ id }) => id)
    .sort();
}

const ACCOUNTS = ["111122223333", "444455556666"];
const ENABLED_REGIONS = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-1", "ap-northeast-1"];

async function getJson<Body>(url: string): Promise<Body> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Body;
}
