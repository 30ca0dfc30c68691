import fc from "fast-check";
import { expect, test } from "vitest";
import { atMost } from "../../src/codegen/at-most.ts";

test("never more at once than the limit, all of it done in order, failures told to whom they belong", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.record({ turns: fc.nat(4), fails: fc.boolean() })),
      async (limit, jobs) => {
        const turn = atMost(limit);
        const begun: number[] = [];
        let running = 0;
        let most = 0;
        const outcomes = await Promise.allSettled(
          jobs.map(({ turns, fails }, index) =>
            turn(async () => {
              begun.push(index);
              most = Math.max(most, ++running);
              for (let left = turns; left > 0; left--) await Promise.resolve();
              running--;
              if (fails) throw index;
              return index;
            }),
          ),
        );
        expect(begun).toEqual(jobs.map((_, index) => index));
        expect(most).toBeLessThanOrEqual(limit);
        expect(outcomes.map((outcome) => (outcome.status === "rejected" ? outcome.reason : outcome.value))).toEqual(begun);
        expect(outcomes.map(({ status }) => status === "rejected")).toEqual(jobs.map(({ fails }) => fails));
      },
    ),
  );
});

test("as many at once as the limit allows", async () => {
  const turn = atMost(3);
  const release: (() => void)[] = [];
  const all = Array.from({ length: 7 }, () => turn(() => new Promise<void>((resolve) => release.push(resolve))));
  for (let done = 0; done < 7; done++) {
    await new Promise((resolve) => setImmediate(resolve));
    expect(release).toHaveLength(Math.min(7, 3 + done));
    release[done]?.();
  }
  await Promise.all(all);
});
