import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProviderError } from "../../src/errors/index.ts";
import { AdaptiveLimit } from "../../src/execution/adaptive-limit.ts";
import { CallGate, UsageMeter } from "../../src/execution/index.ts";
import { memory } from "../../src/providers/memory/index.ts";
import { fakeRuntime } from "../../src/testing/index.ts";

function throttled(retryAfterMs?: number): ProviderError {
  return new ProviderError({
    code: "PROVIDER_RATE_LIMITED",
    providerId: "memory",
    message: "slow down",
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function setup(signal = new AbortController().signal, provider = memory()) {
  const runtime = fakeRuntime();
  const meter = new UsageMeter();
  const context = new CallGate({ runtime, meter }).context(provider, { signal, note: () => {} });
  return { runtime, meter, context, startMs: runtime.clock.now() };
}

/** Throws the first so many times. */
function failing(times: number, error: () => unknown = throttled) {
  let sent = 0;
  return {
    send: async () => {
      sent++;
      if (sent <= times) throw error();
      return "reply";
    },
    count: () => sent,
  };
}

describe("a call", () => {
  it("that is throttled for a while has one outcome, and its retries are counted", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 5 }), async (times) => {
        const { context, meter } = setup();
        const request = failing(times);
        expect(await context.call("memory.list", {}, request.send)).toBe("reply");
        expect(meter.usage()).toMatchObject({ apiCalls: { total: times + 1, byOperation: { "memory.list": times + 1 } }, retries: times });
      }),
    );
  });

  it("that is throttled for ever ends as throttled, in seconds", async () => {
    const { context, meter, runtime, startMs } = setup();
    const request = failing(Number.POSITIVE_INFINITY);
    await expect(context.call("memory.list", {}, request.send)).rejects.toMatchObject({ code: "PROVIDER_RATE_LIMITED" });
    expect(request.count()).toBe(6);
    expect(meter.usage().retries).toBe(5);
    expect(runtime.clock.now() - startMs).toBeLessThan(10_000);
  });

  it("draws on one budget with all calls of the run", async () => {
    const { context, meter } = setup();
    const request = failing(Number.POSITIVE_INFINITY);
    const calls = Array.from({ length: 400 }, () => context.call("memory.list", {}, request.send));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
    expect(meter.usage().retries).toBeLessThanOrEqual(600);
  });

  it("waits as long as the cloud asks, and not at all for one that asks too much", async () => {
    const patient = setup();
    await patient.context.call("memory.list", {}, failing(1, () => throttled(5000)).send);
    expect(patient.runtime.clock.now() - patient.startMs).toBeGreaterThanOrEqual(5000);
    const hopeless = setup();
    await expect(hopeless.context.call("memory.list", {}, failing(1, () => throttled(3_600_000)).send)).rejects.toBeInstanceOf(
      ProviderError,
    );
    expect(hopeless.runtime.clock.now()).toBe(hopeless.startMs);
  });

  it("is not repeated where that does not help", async () => {
    const { context, meter } = setup();
    const error = new ProviderError({ code: "PROVIDER_FORBIDDEN", providerId: "memory", message: "no" });
    await expect(context.call("memory.list", {}, failing(1, () => error).send)).rejects.toBe(error);
    expect(meter.usage()).toMatchObject({ apiCalls: { total: 1 }, retries: 0 });
  });

  it("knows vendors' errors through the provider", async () => {
    const provider = {
      ...memory(),
      toError: (error: unknown) =>
        error === "Throttling" ? throttled() : new ProviderError({ code: "PROVIDER_FAILED", providerId: "memory", message: String(error) }),
    };
    const { context, meter } = setup(undefined, provider);
    expect(await context.call("memory.list", {}, failing(2, () => "Throttling").send)).toBe("reply");
    expect(meter.usage().retries).toBe(2);
    await expect(context.call("memory.list", {}, failing(1, () => "Odd").send)).rejects.toMatchObject({ code: "PROVIDER_FAILED" });
  });

  it("ends at once with the reason of an abort, also where the provider does not listen", async () => {
    const controller = new AbortController();
    const { context } = setup(controller.signal);
    const deaf = context.call("memory.list", {}, () => new Promise(() => {}));
    const waiting = context.call("memory.other", {}, failing(9).send);
    setImmediate(() => controller.abort("enough"));
    await expect(deaf).rejects.toBe("enough");
    await waiting.catch((error) => expect(["enough"]).toContain(error));
    await expect(context.call("memory.list", {}, async () => "late")).rejects.toBe("enough");
  });

  it("costs what its provider says for an answered request, and nothing is claimed where no price is known", async () => {
    const { context, meter } = setup();
    await context.call("memory.free", {}, async () => 1);
    expect(meter.usage().estimatedCostUsd).toBeNull();
    const { send } = failing(2);
    const costUsd = (reply: string) => (reply === "reply" ? 0.01 : 1);
    await context.call("memory.paid", {}, send, costUsd);
    await context.call("memory.paid", {}, async () => "reply", costUsd);
    expect(meter.usage().estimatedCostUsd).toBeCloseTo(0.02);
  });
});

describe("a price that cannot be told", () => {
  const broken = (error: Error) => () => {
    throw error;
  };

  it("makes no answered request one to be sent again", async () => {
    const { context, meter } = setup();
    await expect(context.call("memory.paid", {}, async () => "reply", broken(throttled()))).rejects.toMatchObject({
      code: "PROVIDER_RATE_LIMITED",
    });
    expect(meter.usage()).toMatchObject({ apiCalls: { total: 1 }, retries: 0 });
  });

  it("gives the place of its request back once", async () => {
    const { context } = setup();
    for (let n = 0; n < 100; n++) await context.call("memory.paid", {}, async () => "reply", broken(new Error("odd"))).catch(() => {});
    let running = 0;
    let most = 0;
    const send = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
    };
    await Promise.all(Array.from({ length: 200 }, () => context.call("memory.paid", {}, send)));
    expect(most).toBeLessThanOrEqual(64);
  });
});

describe("the limit of an operation", () => {
  const signal = new AbortController().signal;

  it("is never exceeded, and lets everybody through in the end", async () => {
    const outcomes = fc.array(fc.constantFrom("answered" as const, "throttled" as const, "failed" as const), {
      minLength: 1,
      maxLength: 120,
    });
    await fc.assert(
      fc.asyncProperty(outcomes, async (endings) => {
        const limit = new AdaptiveLimit();
        let running = 0;
        let done = 0;
        await Promise.all(
          endings.map(async (ending) => {
            const permit = await limit.acquire(signal);
            running++;
            expect(running).toBeLessThanOrEqual(64);
            await new Promise((resolve) => setImmediate(resolve));
            running--;
            done++;
            permit.release(ending);
          }),
        );
        expect(done).toBe(endings.length);
        expect(limit.limit).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });

  it("halves once for a burst of throttling, and grows back with success", async () => {
    const limit = new AdaptiveLimit();
    const before = limit.limit;
    const burst = await Promise.all(Array.from({ length: before }, () => limit.acquire(signal)));
    for (const permit of burst) permit.release("throttled");
    expect(limit.limit).toBe(before / 2);
    for (let n = 0; n < 200; n++) (await limit.acquire(signal)).release("answered");
    expect(limit.limit).toBeGreaterThan(before);
  });

  it("lets go of whoever waits when aborted, without losing a place", async () => {
    const limit = new AdaptiveLimit();
    const held = await Promise.all(Array.from({ length: limit.limit }, () => limit.acquire(signal)));
    const controller = new AbortController();
    const waiting = limit.acquire(controller.signal);
    const patient = limit.acquire(signal);
    controller.abort("gone");
    await expect(waiting).rejects.toBe("gone");
    held[0]!.release("failed");
    (await patient).release("answered");
  });
});
