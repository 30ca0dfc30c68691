import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExecutableStep } from "../../src/contracts/index.ts";
import { executeSteps } from "../../src/execution/index.ts";

interface Shape {
  readonly after: readonly number[];
  readonly during: readonly number[];
  /** Turns of the event loop before it announces output, and before it ends. */
  readonly startsAfter: number;
  readonly endsAfter: number;
  readonly announces: boolean;
  readonly fails: boolean;
}

/** Any DAG: a step may depend on the ones before it; the order of the list is then shuffled. */
const graphs = fc
  .array(
    fc.record({
      after: fc.array(fc.nat(), { maxLength: 3 }),
      during: fc.array(fc.nat(), { maxLength: 3 }),
      startsAfter: fc.nat(3),
      endsAfter: fc.nat(3),
      announces: fc.boolean(),
      fails: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
    }),
    { maxLength: 25 },
  )
  .map((shapes) =>
    shapes.map(
      (shape, index): Shape => ({
        ...shape,
        after: index === 0 ? [] : shape.after.map((n) => n % index),
        during: index === 0 ? [] : shape.during.map((n) => n % index),
      }),
    ),
  );

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const turns = async (count: number) => {
  for (let n = 0; n < count; n++) await turn();
};

function stepsOf(shapes: readonly Shape[], log: string[], running: { now: number; most: number }): ExecutableStep[] {
  return shapes.map((shape, index) => ({
    id: `s${index}`,
    after: shape.after.map((n) => `s${n}`),
    during: shape.during.map((n) => `s${n}`),
    async run(_signal, started) {
      running.now++;
      running.most = Math.max(running.most, running.now);
      log.push(`run ${index}`);
      await turns(shape.startsAfter);
      if (shape.announces) {
        log.push(`announce ${index}`);
        started();
      }
      await turns(shape.endsAfter);
      running.now--;
      log.push(`end ${index}`);
      if (shape.fails) throw new Error(`s${index}`);
    },
  }));
}

function step(id: string, parts: Partial<ExecutableStep> = {}): ExecutableStep {
  return { id, after: [], during: [], run: async () => {}, ...parts };
}

const options = (concurrency = 4) => ({ signal: new AbortController().signal, concurrency });

describe("executing a graph of steps", () => {
  it("respects every dependency, never exceeds the concurrency, and settles every step", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 5 }), fc.infiniteStream(fc.nat()), async (shapes, concurrency, order) => {
        const log: string[] = [];
        const running = { now: 0, most: 0 };
        const steps = stepsOf(shapes, log, running);
        const shuffled = steps.map((one) => ({ one, key: order.next().value ?? 0 })).toSorted((a, b) => a.key - b.key);
        const told: string[] = [];
        const outcomes = await executeSteps(
          shuffled.map(({ one }) => one),
          { ...options(concurrency), onStart: (id) => told.push(`start ${id}`), onSettle: (id) => told.push(`settle ${id}`) },
        );

        const ids = steps.map(({ id }) => id);
        expect(told.filter((text) => text.startsWith("settle")).toSorted()).toEqual(ids.map((id) => `settle ${id}`).toSorted());
        const begun = ids.filter((id) => outcomes.get(id)?.status !== "skipped");
        expect(told.filter((text) => text.startsWith("start")).toSorted()).toEqual(begun.map((id) => `start ${id}`).toSorted());
        expect(running.most).toBeLessThanOrEqual(concurrency);
        expect(outcomes.size).toBe(shapes.length);
        const at = (text: string) => log.indexOf(text);
        shapes.forEach((shape, index) => {
          const outcome = outcomes.get(`s${index}`)!;
          const ran = at(`run ${index}`);
          expect(ran !== -1).toBe(outcome.status !== "skipped");
          if (ran === -1) return;
          for (const n of shape.after) expect(at(`end ${n}`)).toBeLessThan(ran);
          for (const n of shape.during) {
            const from = shapes[n]!.announces ? at(`announce ${n}`) : at(`end ${n}`);
            expect(from).toBeGreaterThanOrEqual(0);
            expect(from).toBeLessThan(ran);
          }
          expect(outcome.status).toBe(shape.fails ? "failed" : "done");
        });
        for (const [id, outcome] of outcomes) {
          if (outcome.status !== "skipped") continue;
          expect(outcomes.get(outcome.because)?.status).toBe("failed");
          const { after, during } = shapes[Number(id.slice(1))]!;
          expect([...after, ...during].some((n) => outcomes.get(`s${n}`)!.status !== "done")).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("starts a step when its own dependencies are done, not when its level is", async () => {
    const log: string[] = [];
    let finishSlow: () => void = () => {};
    const slow = new Promise<void>((resolve) => {
      finishSlow = resolve;
    });
    await executeSteps(
      [
        step("fast"),
        step("slow", { run: () => slow }),
        step("behind-fast", {
          after: ["fast"],
          async run() {
            log.push("behind-fast");
            finishSlow();
          },
        }),
        step("behind-both", { after: ["fast", "slow"], run: async () => void log.push("behind-both") }),
      ],
      options(),
    );
    expect(log).toEqual(["behind-fast", "behind-both"]);
  });

  it("gives outcomes in the order of the steps", async () => {
    const outcomes = await executeSteps([step("b", { after: ["a"] }), step("a")], options());
    expect([...outcomes.keys()]).toEqual(["b", "a"]);
  });

  it.each([
    ["duplicate ids", [step("a"), step("a")], "a"],
    ["unknown ids", [step("a", { after: ["nowhere"] })], "nowhere"],
    ["unknown ids of streams", [step("a", { during: ["nowhere"] })], "nowhere"],
    ["a circle", [step("a", { after: ["b"] }), step("b", { during: ["a"] }), step("c")], "a, b"],
    ["a step that waits for itself", [step("a", { after: ["a"] })], "a"],
  ])("refuses %s, naming the ids, before any step runs", async (_name, steps, named) => {
    let ran = false;
    const run = async () => {
      ran = true;
    };
    const guarded = steps.map((one) => ({ ...one, run }));
    await expect(executeSteps(guarded, options())).rejects.toMatchObject({ code: "PLAN_INVALID", message: expect.stringContaining(named) });
    expect(ran).toBe(false);
  });

  it("rejects with the reason of an abort once every running step has let go", async () => {
    const controller = new AbortController();
    let letGo = false;
    const run = executeSteps(
      [
        step("a", {
          async run(signal) {
            controller.abort("enough");
            expect(signal.aborted).toBe(true);
            await turns(3);
            letGo = true;
          },
        }),
        step("b", { after: ["a"], run: () => Promise.reject(new Error("must not run")) }),
      ],
      { signal: controller.signal, concurrency: 1 },
    );
    await expect(run).rejects.toBe("enough");
    expect(letGo).toBe(true);
  });

  it("does not begin when it is aborted already", async () => {
    await expect(executeSteps([step("a")], { signal: AbortSignal.abort("no"), concurrency: 1 })).rejects.toBe("no");
  });

  it("takes a step that throws at once for one that failed", async () => {
    const broken = step("a", {
      run() {
        throw new Error("at once");
      },
    });
    expect((await executeSteps([broken], options())).get("a")).toMatchObject({ status: "failed" });
  });

  it("rejects, and does not hang, when a callback throws", async () => {
    const onSettle = () => {
      throw new Error("callback");
    };
    await expect(executeSteps([step("a"), step("b", { after: ["a"] })], { ...options(), onSettle })).rejects.toThrow("callback");
  });
});
