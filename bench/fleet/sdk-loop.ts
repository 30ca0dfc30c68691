import { type CloudScope, closeCloud, cpuOf, isMeasurable, lastFiveMinutes, openCloud, serverPages, type Window } from "./cloud.ts";
import { type Contender, NO_MODEL, THRESHOLD_PERCENT } from "./contender.ts";

const BATCH = 500;

/** What a good programmer writes for this one question: as little as the SDK allows, and no receipt. */
export async function openSdkLoop(emulatorUrl: string): Promise<Contender> {
  const scopes = await openCloud(emulatorUrl);
  return {
    async ask() {
      const window = lastFiveMinutes();
      const found = await Promise.all(scopes.map((scope) => hotServersOf(scope, window)));
      return { ids: found.flat(), from: window.from.toISOString(), to: window.to.toISOString() };
    },
    tokens: () => NO_MODEL,
    close: async () => closeCloud(scopes),
  };
}

async function hotServersOf(scope: CloudScope, window: Window): Promise<string[]> {
  const reads: Promise<ReadonlyMap<string, number>>[] = [];
  let waiting: string[] = [];
  for await (const page of serverPages(scope)) {
    waiting.push(...page.filter(isMeasurable).map(({ id }) => id));
    for (; waiting.length >= BATCH; waiting = waiting.slice(BATCH)) reads.push(cpuOf(scope, waiting.slice(0, BATCH), window));
  }
  if (waiting.length > 0) reads.push(cpuOf(scope, waiting, window));
  const values = await Promise.all(reads);
  return values.flatMap((batch) => [...batch].filter(([, cpu]) => cpu > THRESHOLD_PERCENT).map(([id]) => id));
}
