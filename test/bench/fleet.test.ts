import { type Emulator, startEmulator } from "nephoscope/emulator";
import { describe, expect, it } from "vitest";
import { fewestCalls, ONE_OFF_CALLS_AN_ACCOUNT } from "../../bench/fleet/bounds.ts";
import type { Contender } from "../../bench/fleet/contender.ts";
import { THRESHOLD_PERCENT } from "../../bench/fleet/contender.ts";
import { CONTENDERS, type ContenderName } from "../../bench/fleet/contenders.ts";
import { emulatorCalls, hotServers, scopesOf, trueServers } from "../../bench/fleet/emulator-client.ts";

const ACCOUNTS = 2;

async function withContender(instances: number, name: ContenderName, use: (contender: Contender, emulator: Emulator) => Promise<void>) {
  await using emulator = await startEmulator({ providers: ["aws"], instances });
  const contender = await CONTENDERS[name].open(emulator.url);
  try {
    await use(contender, emulator);
  } finally {
    await contender.close();
  }
}

describe("the number of API calls", () => {
  it.each([10, 120, 1_000])("is the documented minimum for %i servers", async (instances) => {
    await withContender(instances, "grammar", async (contender, { url }) => {
      const { from, to } = await contender.ask();
      const fewest = fewestCalls(scopesOf(await trueServers(url, from, to)));
      const first = await emulatorCalls(url);
      expect(first).toHaveLength(fewest + ACCOUNTS * ONE_OFF_CALLS_AN_ACCOUNT);

      await contender.ask();
      const again = (await emulatorCalls(url)).slice(first.length);
      expect(again).toHaveLength(fewest);
      expect(new Set(again.map(({ status }) => status))).toEqual(new Set([200]));
    });
  });
});

describe("a planning model", () => {
  it("is called once and sent the same for 10 servers and for 2,000", async () => {
    const usages: unknown[] = [];
    for (const instances of [10, 2_000]) {
      await withContender(instances, "planner", async (contender) => {
        // The first question may be planned before the accounts' names are known.
        await contender.ask();
        await contender.ask();
        usages.push(contender.tokens((text) => text.length));
      });
    }
    expect(usages[0]).toMatchObject({ modelCalls: 1 });
    expect(usages[1]).toEqual(usages[0]);
  });
});

describe("every contender", () => {
  it.each(Object.keys(CONTENDERS) as ContenderName[])("%s finds the servers that are over the threshold", async (name) => {
    await withContender(60, name, async (contender, { url }) => {
      const { ids, from, to } = await contender.ask();
      const expected = hotServers(await trueServers(url, from, to), THRESHOLD_PERCENT);
      expect(expected.length).toBeGreaterThan(0);
      expect(ids.toSorted()).toEqual(expected);
    });
  });
});
